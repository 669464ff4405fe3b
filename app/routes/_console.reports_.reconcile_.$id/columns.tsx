import type { ReasonTotal, ResultRow, Source } from '#app/modules/reconcile/schema.ts';
import { type Reason, SETTLED } from '#app/modules/reconcile/schema.ts';
import { placeOf, reasonWords } from '#app/modules/reconcile/words-schema.ts';
import { formatMoney } from '#app/platform/money.ts';
import { formatCount } from '#app/platform/time-format.ts';
import type { Column } from '#app/ui/data-table-types.ts';
import type { Meaning } from '#app/ui/meaning.ts';
import { Money } from '#app/ui/money.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';

/** How a reason looks: what costs money first. */
export function meaningOf(reason: Reason): Meaning {
  if (reason === 'matched') return 'good';
  if (reason === 'waiting') return 'waiting';
  if (['refunded_not_disputed', 'status_differs', 'refund_differs'].includes(reason)) return 'lost';
  return SETTLED.includes(reason) ? 'neutral' : 'needs';
}

/** One reason with its sums in every currency. */
export interface ReasonLine {
  reason: Reason;
  count: number;
  money: string;
}

/** Totals by reason, in their order. */
export function linesOf(totals: readonly ReasonTotal[]): ReasonLine[] {
  const lines = new Map<Reason, ReasonLine>();
  for (const { reason, currency, count, minor } of totals) {
    const line = lines.get(reason) ?? { reason, count: 0, money: '' };
    const money = currency === '' || minor === 0 ? '' : formatMoney(minor, currency);
    lines.set(reason, {
      reason,
      count: line.count + count,
      money: [line.money, money].filter(Boolean).join(' · '),
    });
  }
  return [...lines.values()];
}

/** Columns of the table of reasons. */
export const reasonColumns = (source: Source): Column<ReasonLine>[] => [
  {
    id: 'reason',
    header: 'Reason',
    width: 220,
    primary: true,
    cell: ({ reason }) => (
      <StatusBadge meaning={meaningOf(reason)} label={reasonWords(reason, source).label} inTable />
    ),
  },
  {
    id: 'count',
    header: 'Rows',
    kind: 'num',
    align: 'right',
    width: 100,
    card: 'end',
    cell: (line) => formatCount(line.count),
  },
  {
    id: 'money',
    header: 'Amount',
    kind: 'num',
    align: 'right',
    width: 190,
    card: 'metaEnd',
    cell: (line) => line.money,
    title: (line) => line.money,
  },
  {
    id: 'todo',
    header: 'What it means and what to do',
    kind: 'muted',
    card: 'meta',
    cell: ({ reason }) => (
      <span className="block whitespace-normal py-1.5">
        {reasonWords(reason, source).means} {SETTLED.includes(reason) ? '' : reasonWords(reason, source).todo}
      </span>
    ),
  },
];

/** Columns of the rows themselves. */
export const rowColumns = (source: Source): Column<ResultRow>[] => [
  {
    id: 'line',
    header: 'Line',
    kind: 'muted-num',
    align: 'right',
    width: 72,
    card: 'meta',
    cell: (row) => (row.line === null ? '–' : formatCount(row.line)),
    title: (row) => (row.line === null ? 'Not in the file' : undefined),
  },
  {
    id: 'id',
    header: 'Id',
    kind: 'mono',
    width: 170,
    primary: true,
    cell: (row) => row.key || 'none',
    title: (row) => row.key,
  },
  {
    id: 'reason',
    header: 'Reason',
    width: 190,
    card: 'meta',
    cell: ({ reason }) => (
      <StatusBadge meaning={meaningOf(reason)} label={reasonWords(reason, source).label} inTable />
    ),
    title: ({ reason }) => reasonWords(reason, source).means,
  },
  {
    id: 'file',
    header: 'File',
    kind: 'num',
    align: 'right',
    width: 104,
    card: 'end',
    cell: (row) => <FileMoney row={row} />,
  },
  {
    id: 'ours',
    header: 'Leadline',
    kind: 'num',
    align: 'right',
    width: 104,
    wide: true,
    cell: (row) =>
      row.ourMinor !== null && row.ourCurrency && <Money minor={row.ourMinor} currency={row.ourCurrency} />,
  },
  {
    id: 'when',
    header: 'When',
    kind: 'muted-num',
    width: 76,
    wide: true,
    cell: (row) => row.occurredAt && <Time at={row.occurredAt} as="day" />,
  },
  {
    id: 'detail',
    header: 'Detail',
    kind: 'muted',
    card: 'meta',
    cell: (row) => (
      <span className="block whitespace-normal py-1.5">
        {row.detail ?? reasonWords(row.reason, source).todo}
      </span>
    ),
  },
  {
    id: 'open',
    header: 'Open',
    headerHidden: true,
    kind: 'actions',
    width: 110,
    card: 'metaEnd',
    cell: (row) => {
      const place = placeOf(row);
      return place && <TextLink to={place.to}>{place.label}</TextLink>;
    },
  },
];

function FileMoney({ row }: { row: ResultRow }) {
  const { amountMinor, refundedMinor, currency, reason } = row;
  if (currency === null) return null;
  const ofRefund = reason === 'refund_differs' || reason === 'refunded_not_disputed';
  if (amountMinor !== null && !(ofRefund && refundedMinor !== null))
    return <Money minor={amountMinor} currency={currency} />;
  return refundedMinor === null ? null : <Money minor={-refundedMinor} currency={currency} />;
}
