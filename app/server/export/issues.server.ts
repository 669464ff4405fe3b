import { readDepsOf } from '#app/modules/outbox/index.server.ts';
import { listIssues } from '#app/modules/triage/index.server.ts';
import type { IssueItem } from '#app/modules/triage/issue-schema.ts';
import { minorToDecimal } from '#app/platform/money.ts';
import { filterOf, parseIssuesUrl } from '../../routes/_console.issues/filters.ts';
import { CHUNK, exportTable } from './table.ts';

/** Money by currency in one cell, in major units: "49.00 USD; 120 JPY". */
const unpaidWords = (row: IssueItem): string =>
  row.unpaid.map(({ minor, currency }) => `${minorToDecimal(minor, currency)} ${currency}`).join('; ');

/** Issues as /issues shows them, in its order. Notes and the network's own sample stay out. */
export const issues = exportTable<IssueItem>({
  async read(runtime, query, zone) {
    const url = parseIssuesUrl(query);
    const deps = readDepsOf(runtime);
    const filter = filterOf(url, runtime.ctx.clock.now(), zone);
    return async (cursor) => {
      const page = await listIssues(runtime.ctx, deps, {
        filter,
        order: url.order,
        limit: CHUNK,
        cursor: cursor ?? undefined,
      });
      return { rows: page.items, next: page.next };
    };
  },
  columns: [
    { header: 'Issue', text: (row) => row.id },
    { header: 'State', text: (row) => row.state },
    { header: 'Cause', text: (row) => row.errorCode },
    { header: 'HTTP status', text: (row) => row.httpStatus },
    { header: 'What happened', text: (row) => row.explanation.title },
    { header: 'Message', text: (row) => row.message },
    { header: 'Network', text: (row) => row.network },
    { header: 'Campaign', text: (row) => row.networkCampaignId },
    { header: 'Campaign name', text: (row) => row.campaignName },
    { header: 'Assignee', text: (row) => row.assignee?.name ?? null },
    { header: 'Held up', text: (row) => row.held },
    { header: 'Failed', text: (row) => row.counts.failed },
    { header: 'Exhausted', text: (row) => row.counts.exhausted },
    { header: 'Parked', text: (row) => row.counts.parked },
    { header: 'Success without data', text: (row) => row.counts.unread },
    { header: 'Unpaid', text: unpaidWords },
    { header: 'Unpaid not known', text: (row) => row.unpaidUnknown },
    { header: 'Seen', text: (row) => row.seen },
    { header: 'Came back', text: (row) => row.reopened },
    { header: 'First seen', time: (row) => row.firstSeenAt },
    { header: 'Last seen', time: (row) => row.lastSeenAt },
    { header: 'Resolved', time: (row) => row.resolvedAt },
  ],
});
