import type { BatchRow } from '#app/modules/disputes/batch-schema.ts';
import { getBatch, listBatchRows } from '#app/modules/disputes/index.server.ts';
import { getJob, listJobItems } from '#app/modules/triage/index.server.ts';
import type { JobItemView } from '#app/modules/triage/job-schema.ts';
import { CHUNK, exportTable } from './table.ts';

/** The rows of one batch of disputes, `id` its id: what each came to, and where its dispute is by now. Throws NOT_FOUND. */
export const batchRows = exportTable<BatchRow>({
  async read({ ctx }, query) {
    const batch = await getBatch(ctx, query.get('id') ?? '');
    return async (cursor) => {
      const page = await listBatchRows(ctx, { batchId: batch.id, limit: CHUNK, after: cursor ?? undefined });
      return { rows: page.items, next: page.nextAfter };
    };
  },
  columns: [
    { header: 'Row', text: (row) => row.targetId },
    { header: 'Order', text: (row) => row.externalId },
    { header: "Network's lead", text: (row) => row.networkLeadId },
    { header: 'Payout', money: (row) => ({ minor: row.payoutCents, currency: row.currency }) },
    { header: 'Currency', text: (row) => row.currency },
    { header: 'Dispute by', time: (row) => row.disputeBy },
    { header: 'State', text: (row) => row.state },
    { header: 'What came of it', text: (row) => row.outcome },
    { header: 'Hold now', text: (row) => row.holdState },
    { header: 'Dispute now', text: (row) => row.disputeStatus },
  ],
});

/** The rows of one bulk job, `id` its id, oldest postback first. Throws NOT_FOUND. */
export const jobRows = exportTable<JobItemView>({
  async read({ ctx }, query) {
    const job = await getJob(ctx, query.get('id') ?? '');
    return async (cursor) => {
      const page = await listJobItems(ctx, { jobId: job.id, limit: CHUNK, after: cursor ?? undefined });
      return { rows: page.items, next: page.nextAfter };
    };
  },
  columns: [
    { header: 'Postback', text: (row) => row.messageId },
    { header: 'Order', text: (row) => row.externalId },
    { header: 'Tracking code', text: (row) => row.ref },
    { header: 'Before', text: (row) => row.before },
    { header: 'State', text: (row) => row.state },
    { header: 'What came of it', text: (row) => row.outcome },
    { header: 'Status now', text: (row) => row.status },
    { header: 'HTTP status', text: (row) => row.httpStatus },
    { header: 'Code', text: (row) => row.errorCode },
  ],
});
