import { searchBodies } from '#app/modules/metrics/index.server.ts';
import { listPostbacks, readDepsOf, resolveFilter } from '#app/modules/outbox/index.server.ts';
import type { PostbackItem } from '#app/modules/outbox/postback-schema.ts';
import { readState, toFilter } from '../../routes/_console.postbacks/filters.ts';
import { CHUNK, exportTable } from './table.ts';

/** The list of postbacks as /postbacks shows it. The network's words stay out: they may repeat what was sent. */
export const postbacks = exportTable<PostbackItem>({
  async read(runtime, query, zone) {
    const state = readState(query);
    const { ctx } = runtime;
    const filter = toFilter(state, ctx.clock.now(), zone);
    // looked up once: what a search finds stays the same from the first chunk to the last
    const resolved = await resolveFilter(ctx, filter, (text, limit) => searchBodies(ctx, text, limit));
    const { connectorFor } = readDepsOf(runtime);
    return async (cursor) => {
      const page = await listPostbacks(ctx, connectorFor, {
        filter,
        resolved,
        limit: CHUNK,
        order: state.order,
        after: cursor ?? undefined,
      });
      return { rows: page.items, next: page.nextAfter };
    };
  },
  columns: [
    { header: 'Postback', text: (row) => row.id },
    { header: 'Status', text: (row) => row.status },
    { header: 'Order', text: (row) => row.externalId },
    { header: 'Tracking code', text: (row) => row.ref },
    { header: 'Event', text: (row) => row.eventType },
    { header: 'Network', text: (row) => row.network },
    { header: 'Campaign', text: (row) => row.networkCampaignId },
    { header: 'Campaign name', text: (row) => row.campaignName },
    { header: 'Affiliate', text: (row) => row.affiliateId },
    { header: 'Revenue', money: (row) => ({ minor: row.revenueCents, currency: row.revenueCurrency }) },
    { header: 'Payout', money: (row) => ({ minor: row.payoutCents, currency: row.currency }) },
    { header: 'Currency', text: (row) => row.currency },
    { header: 'Attempts', text: (row) => row.attempts },
    { header: 'HTTP status', text: (row) => row.httpStatus },
    { header: 'Cause', text: (row) => row.errorCode },
    { header: 'Reason', text: (row) => row.reason },
    { header: 'Lead', text: (row) => row.leadId },
    { header: 'Created', time: (row) => row.createdAt },
    { header: 'Settled', time: (row) => row.settledAt },
  ],
});
