import { Ban, CircleX, Clock, MinusCircle, Send, Undo2, Users } from 'lucide-react';
import type { BatchRow, RowState } from '#app/modules/disputes/batch-schema.ts';
import { Countdown } from '#app/ui/countdown.tsx';
import type { Column } from '#app/ui/data-table-types.ts';
import type { Look } from '#app/ui/meaning.ts';
import { Money } from '#app/ui/money.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';

/** Each state of a row as a badge. */
export const ROW_LOOKS: Record<RowState, Look> = {
  waiting: { meaning: 'waiting', icon: Clock, label: 'To go' },
  disputed: { meaning: 'good', icon: Send, label: 'Disputed' },
  needs_approval: { meaning: 'waiting', icon: Users, label: 'Asked for approval' },
  refused: { meaning: 'needs', icon: CircleX, label: 'Refused' },
  left_out: { meaning: 'neutral', icon: MinusCircle, label: 'Left out' },
  undone: { meaning: 'neutral', icon: Undo2, label: 'Undone' },
  canceled: { meaning: 'neutral', icon: Ban, label: 'Left as it was' },
};

/** Where the dispute of a row is by now, in words. */
const DISPUTE_WORDS: Record<string, string> = {
  queued: 'waits to leave',
  sending: 'being sent',
  retrying: 'retrying',
  parked: 'parked',
  delivered: 'the network took it back',
  duplicate: 'the network had taken it back',
  failed: 'the network refused it',
  exhausted: 'not delivered',
  canceled: 'taken back',
};

/** What came of the dispute after it was queued; empty where there is none. */
const disputeWords = (row: Pick<BatchRow, 'disputeStatus'>): string =>
  row.disputeStatus === null ? '' : (DISPUTE_WORDS[row.disputeStatus] ?? row.disputeStatus);

function Deadline({ row }: { row: BatchRow }) {
  if (row.disputeBy === null) return <span className="c3">no hold</span>;
  if (row.holdState !== 'pending_release') return <span className="c3">{row.holdState ?? 'unknown'}</span>;
  return <Countdown deadline={row.disputeBy} pastWord="Ended" />;
}

/** A dispute that has been answered: what the network did says more than that it was on its way. */
const ANSWERED = ['delivered', 'duplicate', 'failed', 'exhausted', 'canceled'];

/** What came of a row as a sentence, with where its dispute is by now. */
export function rowWords(row: Pick<BatchRow, 'outcome' | 'disputeStatus'>): string {
  const later = disputeWords(row);
  if (row.disputeStatus === null || !ANSWERED.includes(row.disputeStatus))
    return [row.outcome, later].filter(Boolean).join(' · ');
  return `${later.charAt(0).toUpperCase()}${later.slice(1)}.`;
}

/** The rows of a batch. */
export const ROW_COLUMNS: Column<BatchRow>[] = [
  {
    id: 'state',
    header: 'What came of it',
    width: 180,
    card: 'meta',
    cell: (row) => <StatusBadge {...ROW_LOOKS[row.state]} inTable />,
  },
  {
    id: 'order',
    header: 'Order',
    kind: 'mono',
    width: 190,
    primary: true,
    cell: (row) => row.externalId ?? row.targetId,
    title: (row) => row.externalId ?? row.targetId,
  },
  {
    id: 'why',
    header: 'In words',
    kind: 'muted',
    card: 'meta',
    cell: rowWords,
    title: (row) => rowWords(row) || undefined,
  },
  {
    id: 'lead',
    header: 'Network’s lead',
    kind: 'muted-mono',
    width: 180,
    wide: true,
    cell: (row) => row.networkLeadId ?? '',
    title: (row) => row.networkLeadId ?? undefined,
  },
  {
    id: 'payout',
    header: 'Payout',
    width: 120,
    align: 'right',
    kind: 'num',
    card: 'end',
    cell: (row) => <Money minor={row.payoutCents} currency={row.currency ?? 'USD'} className="num med" />,
  },
  {
    id: 'within',
    header: 'Dispute within',
    width: 142,
    card: 'metaEnd',
    cell: (row) => <Deadline row={row} />,
  },
];
