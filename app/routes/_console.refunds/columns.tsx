import { Siren } from 'lucide-react';
import { isUrgent, type RefundItem } from '#app/modules/disputes/inbox-schema.ts';
import { Countdown } from '#app/ui/countdown.tsx';
import type { Column } from '#app/ui/data-table-types.ts';
import { Money } from '#app/ui/money.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { useNow } from '#app/ui/time-context.tsx';
import { sourceWords, whatHappened } from '../_console.leads/lead-words.ts';
import { reversalShort } from './match-words.ts';
import { orderOf, RefundAct, type RefundActions } from './refund-act.tsx';

/** Nothing was paid, so there is nothing to take back. */
const NOT_OWED: readonly string[] = ['canceled_before_send', 'ignored'];

function Payout({ refund }: { refund: RefundItem }) {
  if (refund.loss)
    return (
      <Money
        minor={refund.loss.payoutCents}
        currency={refund.loss.currency ?? 'USD'}
        className="num med lost"
      />
    );
  if (!refund.lead)
    return <span className="c3">{NOT_OWED.includes(refund.disposition) ? 'none' : 'unknown'}</span>;
  return (
    <Money minor={refund.lead.payoutCents} currency={refund.lead.currency ?? 'USD'} className="num med" />
  );
}

/** Marks what waits though its account's margin before the deadline has begun. */
export function Urgent({ refund }: { refund: RefundItem }) {
  return useUrgent(refund) ? <StatusBadge meaning="lost" icon={Siren} label="Urgent" /> : null;
}

function useUrgent(refund: RefundItem): boolean {
  const now = useNow(15_000);
  return isUrgent(refund, new Date(now).toISOString());
}

function Within({ refund }: { refund: RefundItem }) {
  const { lead } = refund;
  const urgent = useUrgent(refund);
  if (refund.disposition === 'in_grace' && refund.graceUntil !== null)
    return <Countdown deadline={refund.graceUntil} prefix="by itself in" pastWord="Due" past="neutral" />;
  if (!lead)
    return <span className="c3">{NOT_OWED.includes(refund.disposition) ? 'not needed' : 'not yet'}</span>;
  if (lead.holdState === 'disputed') return <span className="c3">settled</span>;
  if (lead.disputeBy === null) return <span className="c3">no hold</span>;
  return (
    <Countdown
      deadline={lead.disputeBy}
      pastWord="Released"
      past={refund.disposition === 'too_late' ? 'lost' : 'neutral'}
      {...(urgent ? { prefix: 'urgent:' } : {})}
    />
  );
}

/** The columns of the inbox; `actions` are stable functions of the page. */
export const refundColumns = (actions: RefundActions): Column<RefundItem>[] => [
  {
    id: 'refund',
    header: 'Refund',
    width: 130,
    kind: 'mono',
    primary: true,
    cell: (refund) => refund.refundId,
    title: (refund) => refund.refundId,
  },
  {
    id: 'from',
    header: 'From',
    width: 64,
    kind: 'muted',
    wide: true,
    cell: (refund) => sourceWords(refund.source),
  },
  {
    id: 'order',
    header: 'Order',
    width: 112,
    kind: 'mono',
    card: 'meta',
    cell: (refund) => orderOf(refund) ?? <span className="c3">not found</span>,
    title: (refund) => orderOf(refund) ?? undefined,
  },
  {
    id: 'what',
    header: 'What',
    width: 146,
    card: 'meta',
    cell: (refund) => {
      const what = whatHappened(refund, refund.order?.revenueCents ?? null);
      return refund.reversal === null ? what : `${what}, ${reversalShort(refund.reversal)}`;
    },
  },
  {
    id: 'why',
    header: 'What happens to it',
    least: 56,
    kind: 'muted',
    wide: true,
    cell: (refund) => refund.explanation,
    title: (refund) => refund.explanation,
  },
  {
    id: 'payout',
    header: 'Payout',
    width: 88,
    align: 'right',
    kind: 'num',
    card: 'end',
    cell: (refund) => <Payout refund={refund} />,
  },
  {
    id: 'within',
    header: 'Dispute within',
    width: 168,
    wide: true,
    card: 'end',
    cell: (refund) => (
      <span className="max-md:ml-2">
        <Within refund={refund} />
      </span>
    ),
  },
  {
    id: 'act',
    header: 'Decide',
    headerHidden: true,
    width: 168,
    align: 'right',
    kind: 'actions',
    wide: true,
    card: 'metaEnd',
    cell: (refund) => <RefundAct refund={refund} actions={actions} />,
  },
];
