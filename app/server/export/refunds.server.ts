import type { LossItem, RefundItem } from '#app/modules/disputes/inbox-schema.ts';
import { listLosses, listRefunds } from '#app/modules/disputes/index.server.ts';
import { choiceOf, parseLossesUrl } from '../../routes/_console.losses/filters.ts';
import { filterOf, parseRefundsUrl } from '../../routes/_console.refunds/filters.ts';
import { CHUNK, exportTable } from './table.ts';

/** Refunds as /refunds finds them, newest first. Notes stay out: people wrote them. */
export const refunds = exportTable<RefundItem>({
  async read(runtime, query) {
    const filter = filterOf(parseRefundsUrl(query));
    return async (cursor) => {
      const page = await listRefunds(runtime.ctx, { filter, limit: CHUNK, after: cursor ?? undefined });
      return { rows: page.items, next: page.nextAfter };
    };
  },
  columns: [
    { header: 'Refund', text: (row) => row.refundId },
    { header: 'Kind', text: (row) => row.kind },
    { header: 'Source', text: (row) => row.source },
    { header: 'State', text: (row) => row.disposition },
    { header: 'Explanation', text: (row) => row.explanation },
    { header: 'Order', text: (row) => row.order?.externalId ?? row.externalId },
    { header: 'Payment', text: (row) => row.paymentId },
    {
      header: 'Amount',
      // in its own currency, which may be another than its order's
      money: (row) => ({ minor: row.amountCents, currency: row.currency ?? row.order?.currency ?? null }),
    },
    { header: 'Currency', text: (row) => row.currency ?? row.order?.currency ?? null },
    { header: 'Order currency', text: (row) => row.order?.currency ?? null },
    { header: 'Full', text: (row) => (row.full === null ? null : row.full ? 'yes' : 'no') },
    { header: "Network's lead", text: (row) => row.lead?.networkLeadId ?? null },
    { header: 'Affiliate', text: (row) => row.lead?.affiliateId ?? null },
    {
      header: 'Payout at stake',
      money: (row) => ({ minor: row.lead?.payoutCents ?? null, currency: row.lead?.currency ?? null }),
    },
    { header: 'Payout currency', text: (row) => row.lead?.currency ?? null },
    { header: 'Hold', text: (row) => row.lead?.holdState ?? null },
    { header: 'Dispute by', time: (row) => row.lead?.disputeBy ?? null },
    { header: 'Loss', text: (row) => row.loss?.cause ?? null },
    { header: 'Occurred', time: (row) => row.occurredAt },
    { header: 'Reported', time: (row) => row.createdAt },
  ],
});

/** Losses as /losses shows them, newest first. */
export const losses = exportTable<LossItem>({
  async read(runtime, query, zone) {
    const { month, ...choice } = choiceOf(parseLossesUrl(query));
    return async (cursor) => {
      const page = await listLosses(runtime.ctx, {
        ...choice,
        month: month === undefined ? undefined : { key: month, zone },
        limit: CHUNK,
        after: cursor ?? undefined,
      });
      return { rows: page.items, next: page.nextAfter };
    };
  },
  columns: [
    { header: 'Loss', text: (row) => row.id },
    { header: 'Cause', text: (row) => row.cause },
    { header: 'Explanation', text: (row) => row.explanation },
    { header: 'How it could have been caught', text: (row) => row.lesson },
    { header: 'Payout lost', money: (row) => ({ minor: row.payoutCents, currency: row.currency }) },
    { header: 'Currency', text: (row) => row.currency },
    { header: 'Lead', text: (row) => row.leadId },
    { header: 'Order', text: (row) => row.lead?.externalId ?? null },
    { header: 'Campaign', text: (row) => row.lead?.campaignId ?? null },
    { header: 'Campaign name', text: (row) => row.lead?.campaignName ?? null },
    { header: 'Affiliate', text: (row) => row.lead?.affiliateId ?? null },
    { header: 'Holding days', text: (row) => row.lead?.holdingPeriodDays ?? null },
    { header: 'Held since', time: (row) => row.lead?.heldSince ?? null },
    { header: 'Dispute by', time: (row) => row.lead?.disputeBy ?? null },
    { header: 'Refund', text: (row) => row.refund?.refundId ?? null },
    { header: 'Refund kind', text: (row) => row.refund?.kind ?? null },
    { header: 'Refunded', time: (row) => row.refund?.occurredAt ?? null },
    { header: 'Recorded', time: (row) => row.createdAt },
  ],
});
