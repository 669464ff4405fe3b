import type { BatchView } from '#app/modules/disputes/batch-schema.ts';
import { listBatches } from '#app/modules/disputes/index.server.ts';
import { listJobs } from '#app/modules/triage/index.server.ts';
import type { JobView } from '#app/modules/triage/job-schema.ts';
import { readView } from '../../routes/_console.jobs/filters.ts';
import { CHUNK, exportTable } from './table.ts';

/** Bulk jobs as /jobs finds them, newest first; the rows of one are `job-rows`. */
export const jobs = exportTable<JobView>({
  async read({ ctx }, query) {
    const { states } = readView(query);
    return async (cursor) => {
      const page = await listJobs(ctx, { state: states, limit: CHUNK, after: cursor ?? undefined });
      return { rows: page.items, next: page.nextAfter };
    };
  },
  columns: [
    { header: 'Job', text: (row) => row.id },
    { header: 'Name', text: (row) => row.name },
    { header: 'Kind', text: (row) => row.kind },
    { header: 'State', text: (row) => row.state },
    { header: 'Why', text: (row) => row.stateReason },
    { header: 'Matched', text: (row) => row.matched },
    { header: 'Left out', text: (row) => row.skipped },
    { header: 'Let go', text: (row) => row.started },
    { header: 'Succeeded', text: (row) => row.succeeded },
    { header: 'Failed again', text: (row) => row.failed },
    { header: 'Issue', text: (row) => row.issueId },
    { header: 'Started by', text: (row) => row.createdByName },
    { header: 'Started', time: (row) => row.createdAt },
    { header: 'Finished', time: (row) => row.finishedAt },
  ],
});

/** Batches of disputes as /batches shows them, newest first; the rows of one are `batch-rows`. Reasons stay out: people wrote them. */
export const batches = exportTable<BatchView>({
  async read({ ctx }) {
    return async (cursor) => {
      const page = await listBatches(ctx, { limit: CHUNK, after: cursor ?? undefined });
      return { rows: page.items, next: page.nextAfter };
    };
  },
  columns: [
    { header: 'Batch', text: (row) => row.id },
    { header: 'Name', text: (row) => row.name },
    { header: 'Selection', text: (row) => row.selection },
    { header: 'Template', text: (row) => row.templateName },
    { header: 'State', text: (row) => row.state },
    { header: 'Leads', text: (row) => row.eligible },
    { header: 'To go', text: (row) => row.waiting },
    { header: 'Disputed', text: (row) => row.disputed },
    { header: 'Wait for approval', text: (row) => row.needApproval },
    { header: 'Refused', text: (row) => row.refused },
    { header: 'Left as they were', text: (row) => row.stopped },
    { header: 'Left out', text: (row) => row.leftOut },
    { header: 'Started by', text: (row) => row.createdByName },
    { header: 'Started', time: (row) => row.createdAt },
    { header: 'Finished', time: (row) => row.finishedAt },
  ],
});
