import type { JobView } from '#app/modules/triage/job-schema.ts';
import type { Column } from '#app/ui/data-table-types.ts';
import { RunBar, runColumns } from '#app/ui/run-columns.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { isActive, progressOf, stateOf, tallyWords } from './job-words.ts';

/** The columns of the list of bulk jobs. */
export const JOB_COLUMNS: Column<JobView>[] = [
  {
    id: 'state',
    header: 'State',
    width: 168,
    card: 'meta',
    cell: (job) => <StatusBadge {...stateOf(job)} inTable />,
    title: (job) => job.stateReason ?? undefined,
  },
  { id: 'name', header: 'Job', primary: true, cell: (job) => job.name, title: (job) => job.name },
  {
    id: 'progress',
    header: 'Progress',
    width: 190,
    card: 'end',
    cell: (job) => <JobBar job={job} />,
  },
  ...runColumns<JobView>(tallyWords, 300),
];

function JobBar({ job }: { job: JobView }) {
  return <RunBar run={job} {...progressOf(job)} active={isActive(job)} />;
}
