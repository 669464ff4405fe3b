import { COUNT_CAP, OPEN_DISPOSITIONS } from '#app/modules/disputes/inbox-schema.ts';
import {
  countRefunds,
  getRefund,
  listByDeadline,
  listRefunds,
  refundTotal,
} from '#app/modules/disputes/index.server.ts';
import { listViews } from '#app/modules/views/index.server.ts';
import type { Actor, Ctx } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { filterOf, type RefundsUrl } from './filters.ts';

const LIMIT = 50;
/** Rows of a group before "Show more", and of a group shown by itself. */
const GROUP_ROWS = 20;
const GROUP_ALL = 200;

/** Everything the page of refunds shows, for one address. */
export async function loadInbox(ctx: Ctx, actor: Actor, url: RefundsUrl) {
  const filter = filterOf(url);
  // what is open is worked through by deadline, the rest is looked up newest first
  const grouped = url.view === 'open' || url.view === 'review';
  const groups = grouped
    ? OPEN_DISPOSITIONS.filter((disposition) => filter.disposition?.includes(disposition))
    : [];
  const [counts, review, page, inbox, open, total, views] = await Promise.all([
    countRefunds(ctx),
    refundTotal(ctx, { disposition: ['needs_review', 'manual'] }),
    grouped ? null : listRefunds(ctx, { filter, limit: LIMIT, after: url.after, before: url.before }),
    Promise.all(
      groups.map(async (disposition) => {
        const own = { ...filter, disposition: [disposition] };
        const limit = groups.length === 1 ? GROUP_ALL : GROUP_ROWS;
        // what found no order has no deadline, and there can be very many of them
        const rows =
          disposition === 'unmatched'
            ? listRefunds(ctx, { filter: own, limit }).then((found) => found.items)
            : listByDeadline(ctx, own, limit);
        const [items, total] = await Promise.all([rows, refundTotal(ctx, own)]);
        return { disposition, items, ...total };
      }),
    ),
    url.open === null
      ? null
      : getRefund(ctx, url.open).catch((error: unknown) => {
          if (error instanceof AppError && error.code === 'NOT_FOUND') return null;
          throw error;
        }),
    grouped ? null : refundTotal(ctx, filter),
    listViews(ctx, { page: 'refunds', actor }),
  ]);
  return {
    items: page ? page.items : inbox.flatMap((group) => group.items),
    groups: inbox.map(({ disposition, items, count, sums }) => ({
      disposition,
      shown: items.length,
      count,
      sums,
    })),
    nextAfter: page?.nextAfter ?? null,
    prevBefore: page?.prevBefore ?? null,
    grouped,
    counts,
    review,
    open,
    /** Up to 1,001. */
    total: total?.count ?? Math.min(COUNT_CAP, sumOf(inbox.map((group) => group.count))),
    views,
  };
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
