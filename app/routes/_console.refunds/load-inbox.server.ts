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
/** Rows of a group among others, before "Show more"; shown by itself it has pages. */
const GROUP_ROWS = 20;

/** Everything the page of refunds shows, for one address. */
export async function loadInbox(ctx: Ctx, actor: Actor, url: RefundsUrl) {
  const filter = filterOf(url);
  // what is open is worked through by deadline, the rest is looked up newest first
  const grouped = url.view === 'open' || url.view === 'review';
  const groups = grouped
    ? OPEN_DISPOSITIONS.filter((disposition) => filter.disposition?.includes(disposition))
    : [];
  const alone = groups.length === 1;
  const place = { after: url.after, before: url.before };
  const [counts, review, page, inbox, open, total, views] = await Promise.all([
    countRefunds(ctx),
    refundTotal(ctx, { disposition: ['needs_review', 'manual'] }),
    grouped ? null : listRefunds(ctx, { filter, limit: LIMIT, ...place }),
    Promise.all(
      groups.map(async (disposition) => {
        const own = { ...filter, disposition: [disposition] };
        // what found no order has no deadline, and there can be very many of them
        const read = disposition === 'unmatched' ? listRefunds : listByDeadline;
        const [rows, total] = await Promise.all([
          read(ctx, { filter: own, ...(alone ? { limit: LIMIT, ...place } : { limit: GROUP_ROWS }) }),
          refundTotal(ctx, own),
        ]);
        return { disposition, rows, ...total };
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
  // the page that can be turned: of the list, or of the one group
  const turned = page ?? (alone ? inbox[0]?.rows : undefined);
  return {
    items: page ? page.items : inbox.flatMap((group) => group.rows.items),
    groups: inbox.map(({ disposition, rows, count, sums }) => ({
      disposition,
      shown: rows.items.length,
      count,
      sums,
    })),
    nextAfter: turned?.nextAfter ?? null,
    prevBefore: turned?.prevBefore ?? null,
    grouped,
    paged: turned !== undefined,
    counts,
    review,
    open,
    /** Up to 1,001. */
    total: total?.count ?? Math.min(COUNT_CAP, sumOf(inbox.map((group) => group.count))),
    views,
  };
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
