import { Ban, CircleAlert, CircleCheck, CircleX, Clock, MinusCircle, Send } from 'lucide-react';
import type { MessageStatus } from '#app/modules/outbox/schema.ts';
import type { JobItemView } from '#app/modules/triage/job-schema.ts';
import type { ItemState } from '#app/modules/triage/schema.ts';
import { isUnread } from '#app/modules/triage/unread-schema.ts';
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

/** What the job sent was answered with a success without its data, and nothing has come of it since (RG-43). */
const withoutData = (item: JobItemView): boolean =>
  item.state === 'done' && item.outcome === item.status && isUnread(item);

/** What follows the outcome of a row: why it was left out, or what its success lacks. */
const thenOf = (item: JobItemView): string | null =>
  item.state === 'skipped' ? item.outcome : withoutData(item) ? 'without the lead’s data' : null;

/** What came of a row, in words: "Done, delivered", "Left out: a test conversion". */
function outcomeOf(item: JobItemView): Look {
  const { state, outcome } = item;
  const look = LOOKS[state];
  if (withoutData(item) && outcome) return { meaning: 'needs', icon: CircleAlert, label: label(outcome) };
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
    cell: (item) => <StatusBadge {...outcomeOf(item)} then={thenOf(item)} inTable />,
    title: (item) => thenOf(item) ?? undefined,
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
