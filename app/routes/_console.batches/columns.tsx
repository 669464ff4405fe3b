import type { BatchView } from '#app/modules/disputes/batch-schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import type { Column } from '#app/ui/data-table-types.ts';
import { ProgressCell } from '#app/ui/progress-cell.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { Time } from '#app/ui/time.tsx';
import { isActive, progressOf, stateOf, tallyWords } from './batch-words.ts';

/** The columns of the list of batches. */
export const BATCH_COLUMNS: Column<BatchView>[] = [
  {
    id: 'state',
    header: 'State',
    width: 172,
    card: 'meta',
    cell: (batch) => <StatusBadge {...stateOf(batch)} inTable />,
  },
  {
    id: 'name',
    header: 'Batch',
    primary: true,
    cell: (batch) => batch.name,
    title: (batch) => `${batch.name}: ${batch.selection}`,
  },
  { id: 'progress', header: 'Leads', width: 170, card: 'end', cell: (batch) => <Bar batch={batch} /> },
  {
    id: 'tally',
    header: 'What came of it',
    kind: 'muted-num',
    width: 330,
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
    cell: (batch) => batch.createdByName,
  },
  {
    id: 'when',
    header: 'Started',
    kind: 'muted-num',
    align: 'right',
    width: 92,
    card: 'metaEnd',
    cell: (batch) => <Time at={batch.createdAt} />,
  },
];

function Bar({ batch }: { batch: BatchView }) {
  const { done, total } = progressOf(batch);
  const active = isActive(batch);
  const words = active ? `${formatCount(done)} of ${formatCount(total)}` : formatCount(total);
  const max = batch.state === 'collecting' ? null : total;
  return <ProgressCell name={batch.name} words={words} done={done} total={max} active={active} />;
}
