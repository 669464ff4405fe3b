import { Ban, CircleCheck, CircleX, Clock, MinusCircle, Send } from 'lucide-react';
import type { MessageStatus } from '#app/modules/outbox/schema.ts';
import type { JobItemView } from '#app/modules/triage/job-schema.ts';
import type { ItemState } from '#app/modules/triage/schema.ts';
import type { Column } from '#app/ui/data-table-types.ts';
import type { Look } from '#app/ui/meaning.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { STATUS_LABELS } from '../_console.postbacks/status.tsx';

const LOOKS: Record<ItemState, Look> = {
  waiting: { meaning: 'waiting', icon: Clock, label: 'Waiting' },
  under_way: { meaning: 'waiting', icon: Send, label: 'Under way' },
  done: { meaning: 'good', icon: CircleCheck, label: 'Done' },
  failed: { meaning: 'needs', icon: CircleX, label: 'Failed again' },
  skipped: { meaning: 'neutral', icon: MinusCircle, label: 'Left out' },
  canceled: { meaning: 'neutral', icon: Ban, label: 'Left as it was' },
};

const label = (status: string): string => STATUS_LABELS[status as MessageStatus] ?? status;

/** What came of a row, in words: "Done, delivered", "Left out: a test conversion". */
function outcomeOf({ state, outcome }: JobItemView): Look {
  const look = LOOKS[state];
  if (state === 'done' && outcome)
    return { ...look, label: outcome === 'acknowledged' ? 'Acknowledged' : label(outcome) };
  return look;
}

/** The rows of a job. */
export const ITEM_COLUMNS: Column<JobItemView>[] = [
  {
    id: 'outcome',
    header: 'What came of it',
    width: 280,
    card: 'meta',
    cell: (item) => (
      <StatusBadge {...outcomeOf(item)} then={item.state === 'skipped' ? item.outcome : null} inTable />
    ),
    title: (item) => (item.state === 'skipped' ? (item.outcome ?? undefined) : undefined),
  },
  {
    id: 'order',
    header: 'Order',
    kind: 'mono',
    primary: true,
    cell: (item) => item.externalId,
    title: (item) => item.externalId,
  },
  {
    id: 'ref',
    header: 'Tracking code',
    kind: 'muted-mono',
    width: 140,
    wide: true,
    cell: (item) => <span className="whitespace-pre">{item.ref}</span>,
  },
  {
    id: 'before',
    header: 'Before',
    kind: 'muted',
    width: 110,
    card: 'meta',
    cell: (item) => label(item.before),
  },
  { id: 'now', header: 'Now', width: 110, card: 'end', cell: (item) => label(item.status) },
  {
    id: 'code',
    header: 'Last answer',
    kind: 'muted-mono',
    width: 280,
    card: 'metaEnd',
    cell: (item) => [item.httpStatus, item.errorCode].filter(Boolean).join(' '),
  },
];
