import type { RunView } from '#app/modules/scheduled/schema.ts';
import { formatBytes, formatCount } from '#app/platform/time-format.ts';
import type { Column } from '#app/ui/data-table-types.ts';
import { Time } from '#app/ui/time.tsx';
import { RunState } from '../_console.settings.exports/run-state.tsx';

/** What one should know of a sending: why it failed, who did not get it, what was missed, how the file went. */
function notes({ words, missed, attached }: RunView): string {
  return [
    ...(words === null ? [] : [words]),
    ...(missed === 0 ? [] : [`${missed} before it ${missed === 1 ? 'was' : 'were'} missed.`]),
    ...(attached === 'none' ? ['Too large for a mail: it held a link.'] : []),
  ].join(' ');
}

export const LOG_COLUMNS: Column<RunView>[] = [
  {
    id: 'for',
    header: 'For',
    primary: true,
    width: 190,
    cell: ({ cause, dueAt }) => (
      <>
        <Time at={dueAt} /> {cause === 'asked' && <span className="c3">Send now</span>}
      </>
    ),
  },
  {
    id: 'rows',
    header: 'Rows',
    kind: 'muted-num',
    align: 'right',
    width: 90,
    cell: ({ rows, attached }) => (rows === null ? '' : formatCount(rows, attached === 'none')),
  },
  {
    id: 'bytes',
    header: 'Size',
    kind: 'muted-num',
    align: 'right',
    width: 90,
    title: ({ attached }) => (attached === 'gzip' ? 'Sent packed with gzip' : undefined),
    cell: ({ bytes }) => (bytes === null ? '' : formatBytes(bytes)),
  },
  { id: 'notes', header: 'Notes', kind: 'muted', card: 'meta', title: notes, cell: notes },
  {
    id: 'state',
    header: 'State',
    width: 200,
    card: 'end',
    title: ({ words }) => words ?? undefined,
    cell: (run) => <RunState run={run} inTable />,
  },
];
