import { TriangleAlert } from 'lucide-react';
import type { RateRow } from '#app/modules/reports/refund-rate-schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import type { Column } from '#app/ui/data-table-types.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { moneyWords, shareWords } from '../_console.reports/sums.tsx';

/** "5.2 % of USD, 4 % of EUR": the refunded share of the payouts of each currency. */
export const moneyShares = (money: RateRow['money']): string =>
  money
    .filter(({ minor }) => minor > 0)
    .map(({ currency, minor, refundedMinor }) => `${shareWords(refundedMinor / minor)} of ${currency}`)
    .join(', ');

/** Payouts refunded; the title tells the share of each currency. */
const refundedMoney = (money: RateRow['money']): string =>
  moneyWords(
    {
      sums: money
        .filter(({ refundedMinor }) => refundedMinor > 0)
        .map(({ currency, refundedMinor }) => ({ currency, minor: refundedMinor })),
      unknown: 0,
    },
    true,
  );

/** "5.2 × the others’ 1.0 %", in the words of the badge. */
export const timesWords = ({ rate, others }: Pick<RateRow, 'rate' | 'others'>): string =>
  others === null || others === 0
    ? 'others have none'
    : `${(rate / others).toFixed(1)} × the others’ ${shareWords(others)}`;

/** The columns of refund rates by affiliate. */
export const COLUMNS: Column<RateRow>[] = [
  {
    id: 'affiliate',
    header: 'Affiliate',
    kind: 'mono',
    primary: true,
    cell: (row) => row.affiliateId ?? 'not told by the network',
    title: (row) => row.affiliateId ?? undefined,
  },
  {
    id: 'outlier',
    header: 'Compared with the others',
    width: 252,
    card: 'meta',
    cell: (row) =>
      row.outlier ? (
        <StatusBadge meaning="needs" icon={TriangleAlert} label="Outlier" then={timesWords(row)} inTable />
      ) : (
        <span className="c3">within what chance explains</span>
      ),
    title: (row) => (row.outlier ? `Outlier: ${timesWords(row)}` : undefined),
  },
  {
    id: 'rate',
    header: 'Refunded',
    width: 86,
    align: 'right',
    kind: 'num',
    sortable: true,
    sortFirst: 'desc',
    card: 'end',
    cell: (row) => <b className={row.outlier ? 'needs' : undefined}>{shareWords(row.rate)}</b>,
  },
  {
    id: 'interval',
    header: '99 % sure',
    width: 124,
    align: 'right',
    kind: 'muted-num',
    cell: (row) => `${(row.lower * 100).toFixed(1)} to ${(row.upper * 100).toFixed(1)} %`,
  },
  {
    id: 'leads',
    header: 'Leads',
    width: 78,
    align: 'right',
    kind: 'num',
    sortable: true,
    sortFirst: 'desc',
    cell: (row) => formatCount(row.leads),
  },
  {
    id: 'refunded',
    header: 'Refunds',
    width: 84,
    align: 'right',
    kind: 'num',
    sortable: true,
    sortFirst: 'desc',
    card: 'metaEnd',
    cell: (row) => formatCount(row.refunded),
  },
  {
    id: 'chargebacks',
    header: 'Chargebacks',
    width: 100,
    align: 'right',
    kind: 'muted-num',
    cell: (row) =>
      `${formatCount(row.chargebacks)}${row.frauds > 0 ? ` + ${formatCount(row.frauds)} fraud` : ''}`,
  },
  {
    id: 'money',
    header: 'Payouts refunded',
    width: 170,
    align: 'right',
    kind: 'num',
    cell: (row) => refundedMoney(row.money),
    title: (row) => moneyShares(row.money),
  },
];
