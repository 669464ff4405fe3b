import type { AppLoadContext } from '@remix-run/node';
import { refundTotal } from '#app/modules/disputes/index.server.ts';
import { readLeadTotal } from '#app/modules/leads/index.server.ts';
import { searchBodies } from '#app/modules/metrics/index.server.ts';
import { countResolved, readDepsOf, resolveFilter } from '#app/modules/outbox/index.server.ts';
import { listIssues } from '#app/modules/triage/index.server.ts';
import type { CleanQuery, ViewPage } from '#app/modules/views/view-schema.ts';
import { nowOf } from '#app/platform/context.server.ts';
import * as issues from '../_console.issues/filters.ts';
import * as leads from '../_console.leads/filters.ts';
import * as postbacks from '../_console.postbacks/filters.ts';
import * as refs from '../_console.refs/filters.ts';
import { countRefs } from '../_console.refs/load-refs.server.ts';
import * as refunds from '../_console.refunds/filters.ts';

/** Counted to 1,000: `capped` means "or more". */
export interface ViewCount {
  n: number;
  capped: boolean;
}

/** What saved views need to know of a page: its check of a query, and its own capped count. */
interface PageOfViews {
  cleanQuery: CleanQuery;
  /** `zone` says where a day begins, for ranges such as "today". Left out: this page counts no views. */
  count?: (context: AppLoadContext, query: URLSearchParams, zone: string) => Promise<ViewCount>;
}

const CAP = 1_000;
const capped = (n: number): ViewCount => ({ n: Math.min(n, CAP), capped: n > CAP });

const PAGES: Record<ViewPage, PageOfViews> = {
  postbacks: {
    cleanQuery: (query) =>
      postbacks
        .writeState({ ...postbacks.readState(query), after: null, before: null, open: null })
        .toString(),
    async count({ ctx }, query, zone) {
      const filter = postbacks.toFilter(postbacks.readState(query), nowOf(ctx).getTime(), zone);
      const resolved = await resolveFilter(ctx, filter, (text, limit) => searchBodies(ctx, text, limit));
      const { n, more } = await countResolved(ctx, resolved);
      return { n: Math.min(n, CAP), capped: more };
    },
  },
  issues: {
    cleanQuery: issues.cleanQuery,
    async count(context, query, zone) {
      const filter = issues.filterOf(issues.parseIssuesUrl(query), nowOf(context.ctx).getTime(), zone);
      const page = await listIssues(context.ctx, readDepsOf(context), { filter, order: 'newest', limit: 1 });
      return capped(page.total);
    },
  },
  refs: { cleanQuery: refs.cleanQuery, count: countRefs },
  leads: {
    cleanQuery: leads.cleanQuery,
    count: async ({ ctx }, query) =>
      capped((await readLeadTotal(ctx, leads.filterOf(leads.parseLeadsUrl(query), ctx.clock.now()))).count),
  },
  refunds: {
    cleanQuery: refunds.cleanQuery,
    count: async ({ ctx }, query) =>
      capped((await refundTotal(ctx, refunds.filterOf(refunds.parseRefundsUrl(query)))).count),
  },
};

/** The check of a page's query. */
export const cleanQueryOf = (page: ViewPage): CleanQuery => PAGES[page].cleanQuery;

/** How many rows a view shows, or null where its page does not count. */
export const countView = async (
  context: AppLoadContext,
  page: ViewPage,
  query: URLSearchParams,
  zone: string,
): Promise<ViewCount | null> => (await PAGES[page].count?.(context, query, zone)) ?? null;
