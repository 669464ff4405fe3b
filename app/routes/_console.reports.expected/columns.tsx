import type { DifferenceSum, DifferingLead } from '#app/modules/reports/expected-schema.ts';
import { formatMoney } from '#app/platform/money.ts';
import { formatCount } from '#app/platform/time-format.ts';
import type { Column } from '#app/ui/data-table-types.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { Time } from '#app/ui/time.tsx';
import { DIFFERENCE_WORDS } from './words.ts';

/** Money of a currency that may not be known. */
const amount = (minor: number, currency: string | null): string =>
  currency === null ? `${minor} minor units` : formatMoney(minor, currency);

/** "+$1.20": a difference with its sign. */
export const signed = (minor: number, currency: string | null): string =>
  minor > 0 ? `+${amount(minor, currency)}` : amount(minor, currency);

/** The columns of leads that pay otherwise than expected. */
export const COLUMNS: Column<DifferingLead>[] = [
  {
    id: 'order',
    header: 'Order',
    width: 150,
    kind: 'mono',
    primary: true,
    cell: (lead) => lead.externalId,
    title: (lead) => lead.externalId,
  },
  {
    id: 'kind',
    header: 'Paid',
    width: 132,
    card: 'meta',
    cell: (lead) => {
      const { meaning, label } = DIFFERENCE_WORDS[lead.kind];
      return <StatusBadge meaning={meaning} label={label} inTable />;
    },
    title: (lead) => DIFFERENCE_WORDS[lead.kind].why,
  },
  {
    id: 'expected',
    header: 'Expected',
    width: 104,
    align: 'right',
    kind: 'num',
    cell: (lead) => amount(lead.expectedCents, lead.currency),
  },
  {
    id: 'actual',
    header: 'Actual',
    width: 110,
    align: 'right',
    kind: 'num',
    card: 'end',
    cell: (lead) => amount(lead.payoutCents, lead.currency),
  },
  {
    id: 'difference',
    header: 'Difference',
    width: 116,
    align: 'right',
    kind: 'num',
    card: 'metaEnd',
    cell: (lead) => <b>{signed(lead.payoutCents - lead.expectedCents, lead.currency)}</b>,
  },
  {
    id: 'revenue',
    header: 'Revenue',
    width: 100,
    align: 'right',
    kind: 'muted-num',
    cell: (lead) => lead.revenueCents !== null && amount(lead.revenueCents, lead.revenueCurrency),
  },
  {
    id: 'campaign',
    header: 'Campaign',
    kind: 'muted',
    cell: (lead) => lead.campaignName ?? lead.campaignId ?? 'unknown',
    title: (lead) => lead.campaignId ?? undefined,
  },
  {
    id: 'affiliate',
    header: 'Affiliate',
    width: 130,
    kind: 'muted-mono',
    cell: (lead) => lead.affiliateId ?? 'unknown',
    title: (lead) => lead.affiliateId ?? undefined,
  },
  {
    id: 'opened',
    header: 'Opened',
    width: 92,
    kind: 'muted-num',
    cell: (lead) => <Time at={lead.createdAt} />,
  },
];

/** The columns of their sums by campaign and currency. */
export const SUM_COLUMNS: Column<DifferenceSum>[] = [
  {
    id: 'campaign',
    header: 'Campaign',
    primary: true,
    cell: (sum) => sum.campaignName ?? sum.campaignId ?? 'unknown',
    title: (sum) => sum.campaignId ?? undefined,
  },
  { id: 'currency', header: 'Currency', width: 82, card: 'meta', cell: (sum) => sum.currency ?? 'unknown' },
  {
    id: 'count',
    header: 'Leads',
    width: 84,
    align: 'right',
    kind: 'num',
    card: 'end',
    cell: (sum) => formatCount(sum.count),
  },
  {
    id: 'hundredfold',
    header: '100 times',
    width: 90,
    align: 'right',
    kind: 'num',
    cell: (sum) => (
      <span className={sum.hundredfold > 0 ? 'lost' : 'c3'}>{formatCount(sum.hundredfold)}</span>
    ),
  },
  {
    id: 'hundredth',
    header: 'A hundredth',
    width: 102,
    align: 'right',
    kind: 'num',
    cell: (sum) => <span className={sum.hundredth > 0 ? 'needs' : 'c3'}>{formatCount(sum.hundredth)}</span>,
  },
  {
    id: 'expected',
    header: 'Expected',
    width: 132,
    align: 'right',
    kind: 'num',
    cell: (sum) => amount(sum.expectedMinor, sum.currency),
  },
  {
    id: 'actual',
    header: 'Actual',
    width: 132,
    align: 'right',
    kind: 'num',
    cell: (sum) => amount(sum.actualMinor, sum.currency),
  },
  {
    id: 'difference',
    header: 'Difference',
    width: 136,
    align: 'right',
    kind: 'num',
    card: 'metaEnd',
    cell: (sum) => <b>{signed(sum.actualMinor - sum.expectedMinor, sum.currency)}</b>,
  },
];
