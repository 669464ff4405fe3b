import { listLeads } from '#app/modules/leads/index.server.ts';
import type { LeadItem } from '#app/modules/leads/lead-schema.ts';
import { readDepsOf } from '#app/modules/outbox/index.server.ts';
import { filterOf, parseLeadsUrl } from '../../routes/_console.leads/filters.ts';
import { CHUNK, exportTable } from './table.ts';

/** Leads as /leads shows them. Notes and reasons stay out: people wrote them. */
export const leads = exportTable<LeadItem>({
  async read(runtime, query) {
    const filter = filterOf(parseLeadsUrl(query), runtime.ctx.clock.now());
    const { connectorFor } = readDepsOf(runtime);
    return async (cursor) => {
      const page = await listLeads(runtime.ctx, connectorFor, {
        filter,
        limit: CHUNK,
        after: cursor ?? undefined,
      });
      return { rows: page.items, next: page.nextAfter };
    };
  },
  columns: [
    { header: 'Lead', text: (row) => row.id },
    { header: "Network's lead", text: (row) => row.networkLeadId },
    { header: 'Network', text: (row) => row.network },
    { header: 'Order', text: (row) => row.externalId },
    { header: 'Tracking code', text: (row) => row.trackingCode },
    { header: 'Campaign', text: (row) => row.campaignId },
    { header: 'Campaign name', text: (row) => row.campaignName },
    { header: 'Affiliate', text: (row) => row.affiliateId },
    { header: 'Payout', money: (row) => ({ minor: row.payoutCents, currency: row.currency }) },
    { header: 'Expected payout', money: (row) => ({ minor: row.expectedCents, currency: row.currency }) },
    { header: 'Currency', text: (row) => row.currency },
    { header: 'Revenue', money: (row) => ({ minor: row.revenueCents, currency: row.revenueCurrency }) },
    { header: 'Revenue currency', text: (row) => row.revenueCurrency },
    { header: 'Flags', text: (row) => row.flags.join(' ') },
    { header: 'Status', text: (row) => row.status },
    { header: 'Hold', text: (row) => row.holdState },
    { header: 'Holding days', text: (row) => row.holdingPeriodDays },
    { header: 'Days assumed', text: (row) => (row.holdAssumed ? 'yes' : 'no') },
    { header: 'Held since', time: (row) => row.heldSince },
    { header: 'Dispute by', time: (row) => row.disputeBy },
    { header: 'Released', time: (row) => row.releasedAt },
    { header: 'Disputed', time: (row) => row.disputedAt },
    { header: 'Refund', text: (row) => row.refund?.refundId ?? null },
    { header: 'Refund kind', text: (row) => row.refund?.kind ?? null },
    { header: 'Refund state', text: (row) => row.refund?.disposition ?? null },
    { header: 'Refunds', text: (row) => row.refundCount },
    { header: 'Opened', time: (row) => row.createdAt },
  ],
});
