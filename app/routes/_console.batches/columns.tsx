import type { BatchView } from '#app/modules/disputes/batch-schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import type { Column } from '#app/ui/data-table-types.ts';
import { RunBar, runColumns } from '#app/ui/run-columns.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { isActive, progressOf, stateOf, tallyWords } from './batch-words.ts';

/** The columns of the list of batches. */
export const BATCH_COLUMNS: Column<BatchView>[] = [
  {
    id: 'state',
    header: 'State',
    width: 192,
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
  ...runColumns<BatchView>(tallyWords, 330),
];

function Bar({ batch }: { batch: BatchView }) {
  const { done, total } = progressOf(batch);
  const active = isActive(batch);
  return (
    <RunBar run={batch} {...{ done, total, active }} {...(active ? {} : { words: formatCount(total) })} />
  );
}
