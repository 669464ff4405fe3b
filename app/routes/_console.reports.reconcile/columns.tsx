import type { RunView } from '#app/modules/reconcile/schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import type { Column } from '#app/ui/data-table-types.ts';
import { Progress } from '#app/ui/progress.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { Time } from '#app/ui/time.tsx';
import { SOURCE_LABELS, stateOf } from './run-words.ts';

const started = ({ state }: RunView): boolean => state !== 'draft' && state !== 'uploading';

/** Earlier reconciliations. */
export const RUN_COLUMNS: Column<RunView>[] = [
  { id: 'name', header: 'File', primary: true, cell: (run) => run.name, title: (run) => run.name },
  {
    id: 'source',
    header: 'From',
    kind: 'muted',
    width: 130,
    card: 'meta',
    cell: (run) => SOURCE_LABELS[run.source],
  },
  {
    id: 'state',
    header: 'State',
    width: 190,
    card: 'meta',
    cell: (run) => <StatusBadge {...stateOf(run)} inTable />,
    title: (run) => run.stateReason ?? undefined,
  },
  {
    id: 'rows',
    header: 'Rows',
    width: 200,
    kind: 'num',
    align: 'right',
    card: 'metaEnd',
    cell: (run) => <Rows run={run} />,
  },
  {
    id: 'gaps',
    header: 'Gaps',
    kind: 'num',
    align: 'right',
    width: 90,
    card: 'end',
    cell: (run) => (started(run) ? formatCount(run.gaps) : ''),
  },
  {
    id: 'who',
    header: 'Uploaded by',
    kind: 'muted',
    width: 130,
    wide: true,
    cell: (run) => run.createdByName,
  },
  {
    id: 'when',
    header: 'Uploaded',
    kind: 'muted-num',
    align: 'right',
    width: 96,
    card: 'metaEnd',
    cell: (run) => <Time at={run.createdAt} />,
  },
];

/** A bar while it runs; afterwards the number alone. */
function Rows({ run }: { run: RunView }) {
  if (run.state === 'uploading') return null;
  const whole = run.rowsDone === run.rowCount || run.state === 'draft';
  const words = whole
    ? formatCount(run.rowCount)
    : `${formatCount(run.rowsDone)} of ${formatCount(run.rowCount)}`;
  return (
    <span className="row gap-2">
      {run.state === 'running' && (
        <span className="grow">
          <Progress value={run.rowsDone} max={run.rowCount} label={`${run.name}: ${words}`} />
        </span>
      )}
      <span className="grow text-right">{words}</span>
    </span>
  );
}
