import { formatCount } from '../platform/time-format.ts';
import type { Column } from './data-table-types.ts';
import { ProgressCell } from './progress-cell.tsx';
import { Time } from './time.tsx';

/** Something with many rows that a person started: a bulk job, a batch of disputes. */
interface Run {
  name: string;
  state: string;
  createdByName: string;
  createdAt: string;
}

/** What came of each run, who started it and when: the last columns of every list of them. `width` in px, of the first. */
export function runColumns<T extends Run>(tally: (run: T) => string, width: number): Column<T>[] {
  return [
    {
      id: 'tally',
      header: 'What came of it',
      kind: 'muted-num',
      width,
      wide: true,
      card: 'meta',
      cell: tally,
      title: tally,
    },
    {
      id: 'who',
      header: 'Started by',
      kind: 'muted',
      width: 120,
      card: 'meta',
      cell: (run) => run.createdByName,
    },
    {
      id: 'when',
      header: 'Started',
      kind: 'muted-num',
      align: 'right',
      width: 92,
      card: 'metaEnd',
      cell: (run) => <Time at={run.createdAt} />,
    },
  ];
}

/** How far a run is, "1,204 of 5,000"; no share while its rows are still being collected. */
export function RunBar({
  run,
  done,
  total,
  active,
  words = `${formatCount(done)} of ${formatCount(total)}`,
}: {
  run: Pick<Run, 'name' | 'state'>;
  done: number;
  total: number;
  active: boolean;
  words?: string;
}) {
  const max = run.state === 'collecting' ? null : total;
  return <ProgressCell name={run.name} words={words} done={done} total={max} active={active} />;
}
