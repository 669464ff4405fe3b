import { Pause } from 'lucide-react';
import { LISTS, type ScheduleView } from '#app/modules/scheduled/schema.ts';
import { filterWords, rhythmWords } from '#app/modules/scheduled/words-schema.ts';
import type { Column } from '#app/ui/data-table-types.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { Time } from '#app/ui/time.tsx';
import { RunState } from './run-state.tsx';

/** "Leads: state: due", or the saved view's name. */
export const whatWords = ({ list, view, query }: Pick<ScheduleView, 'list' | 'view' | 'query'>): string =>
  `${LISTS[list].label}: ${view === null ? filterWords(query) : (view.name ?? 'a saved view that is gone')}`;

export const SCHEDULE_COLUMNS: Column<ScheduleView>[] = [
  {
    id: 'name',
    header: 'Export',
    primary: true,
    width: 190,
    title: ({ name }) => name,
    cell: ({ name }) => name,
  },
  { id: 'what', header: 'What', kind: 'muted', card: 'meta', title: whatWords, cell: whatWords },
  {
    id: 'when',
    header: 'When',
    kind: 'muted',
    width: 270,
    title: rhythmWords,
    cell: rhythmWords,
  },
  {
    id: 'to',
    header: 'To',
    kind: 'muted',
    width: 150,
    title: ({ channel }) => channel?.hint,
    cell: ({ channel }) => channel?.name ?? <span className="lost">removed</span>,
  },
  {
    id: 'next',
    header: 'Next',
    width: 110,
    card: 'metaEnd',
    title: ({ pausedWhy }) => pausedWhy ?? undefined,
    cell: ({ status, nextAt }) =>
      status === 'paused' ? (
        <StatusBadge meaning="needs" icon={Pause} label="Paused" inTable />
      ) : (
        <Time at={nextAt} />
      ),
  },
  {
    id: 'last',
    header: 'Last',
    width: 210,
    card: 'end',
    title: ({ last }) => last?.words ?? undefined,
    cell: ({ last }) => <RunState run={last} inTable />,
  },
];
