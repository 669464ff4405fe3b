import type { JobView } from '#app/modules/triage/job-schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import type { Column } from '#app/ui/data-table-types.ts';
import { ProgressCell } from '#app/ui/progress-cell.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { Time } from '#app/ui/time.tsx';
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
  {
    id: 'tally',
    header: 'What came of it',
    kind: 'muted-num',
    width: 300,
    wide: true,
    card: 'meta',
    cell: tallyWords,
    title: tallyWords,
  },
  {
    id: 'who',
    header: 'Started by',
    kind: 'muted',
    width: 120,
    card: 'meta',
    cell: (job) => job.createdByName,
  },
  {
    id: 'when',
    header: 'Started',
    kind: 'muted-num',
    align: 'right',
    width: 92,
    card: 'metaEnd',
    cell: (job) => <Time at={job.createdAt} />,
  },
];

function JobBar({ job }: { job: JobView }) {
  const { done, total } = progressOf(job);
  const words = `${formatCount(done)} of ${formatCount(total)}`;
  const max = job.state === 'collecting' ? null : total;
  return <ProgressCell name={job.name} words={words} done={done} total={max} active={isActive(job)} />;
}
