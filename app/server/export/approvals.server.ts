import type { ApprovalItem } from '#app/modules/disputes/approval-schema.ts';
import { listApprovals } from '#app/modules/disputes/index.server.ts';
import { SYSTEM } from '#app/platform/context.server.ts';
import { readView } from '../../routes/_console.approvals/filters.ts';
import { CHUNK, exportTable } from './table.ts';

/** Approvals as /approvals finds them: what waits by deadline, or what is over. Reasons and notes stay out: people wrote them. */
export const approvals = exportTable<ApprovalItem>({
  async read({ ctx }, query) {
    const state = readView(query);
    return async (cursor) => {
      // the actor only says who may decide, which no column tells
      const page = await listApprovals(ctx, {
        actor: SYSTEM,
        state,
        limit: CHUNK,
        after: cursor ?? undefined,
      });
      return { rows: page.items, next: page.nextAfter };
    };
  },
  columns: [
    { header: 'Approval', text: (row) => row.id },
    { header: 'State', text: (row) => row.state },
    { header: 'Order', text: (row) => row.lead.externalId },
    { header: 'Payout', money: (row) => ({ minor: row.payoutCents, currency: row.currency }) },
    { header: 'Currency', text: (row) => row.currency },
    { header: 'Asked by', text: (row) => row.requestedByName },
    { header: 'Kind of asker', text: (row) => row.requestedByType },
    { header: 'Asked', time: (row) => row.createdAt },
    { header: 'Decided by', text: (row) => row.decidedByName },
    { header: 'Decided', time: (row) => row.decidedAt },
    { header: 'Urgent', text: (row) => (row.urgent ? 'yes' : 'no') },
    { header: 'Urgent from', time: (row) => row.lead.decideBy },
    { header: 'Dispute by', time: (row) => row.lead.disputeBy },
    { header: 'Hold', text: (row) => row.lead.holdState },
    { header: 'Network', text: (row) => row.lead.network },
    { header: 'Campaign', text: (row) => row.lead.campaignId },
    { header: 'Affiliate', text: (row) => row.lead.affiliateId },
    { header: 'Lead', text: (row) => row.leadId },
    { header: 'Refund', text: (row) => row.refund?.refundId ?? null },
    { header: 'Refund kind', text: (row) => row.refund?.kind ?? null },
    { header: 'Batch', text: (row) => row.batchId },
  ],
});
