import type { JobView } from '#app/modules/triage/job-schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import type { Column } from '#app/ui/data-table-types.ts';
import { Progress } from '#app/ui/progress.tsx';
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

/** A bar while it runs; afterwards the numbers alone. */
function JobBar({ job }: { job: JobView }) {
  const { done, total } = progressOf(job);
  const words = `${formatCount(done)} of ${formatCount(total)}`;
  return (
    <span className="row gap-2">
      {isActive(job) && (
        <span className="grow">
          <Progress
            value={done}
            max={job.state === 'collecting' ? null : total}
            label={`${job.name}: ${words}`}
          />
        </span>
      )}
      <span className="num c2">{words}</span>
    </span>
  );
}
