import { RotateCw } from 'lucide-react';
import type { PostbackItem } from '#app/modules/outbox/postback-schema.ts';
import { networkName } from '#app/platform/network-name.ts';
import { Button } from '#app/ui/button.tsx';
import type { Column } from '#app/ui/data-table-types.ts';
import type { CellFilter } from '#app/ui/filter-cell.tsx';
import { Money } from '#app/ui/money.tsx';
import { Time } from '#app/ui/time.tsx';
import { answerLine } from './attempt-view.ts';
import { PostbackStatus } from './status.tsx';

/** Where a retry makes sense without force. */
export const canBeRetried = (item: Pick<PostbackItem, 'status'>): boolean =>
  ['queued', 'retrying', 'failed', 'exhausted', 'parked'].includes(item.status);

/** Columns that stand off until somebody turns them on. */
export const EXTRA_COLUMNS = ['affiliate', 'attempts', 'revenue'] as const;

/** The ids of the columns that are off. */
export const hiddenColumns = ({
  hide,
  show,
}: {
  hide: readonly string[];
  show: readonly string[];
}): string[] => [...hide, ...EXTRA_COLUMNS.filter((id) => !show.includes(id))];

/** Whether a column is on, as the address keeps it: what is off by itself is named when it is on. */
export function columnChoice(hidden: readonly string[]): { hide: string[]; show: string[] } {
  const extra: readonly string[] = EXTRA_COLUMNS;
  return {
    hide: hidden.filter((id) => !extra.includes(id)),
    show: extra.filter((id) => !hidden.includes(id)),
  };
}

/** What a cell can narrow the list to: see `cellFilters` in cell-filters.ts. */
export type CellFilters = (column: string, item: PostbackItem) => CellFilter[];

/** The columns of the list. `retry` is what the row's button does; without it rows have no button. */
export function postbackColumns(
  retry: ((item: PostbackItem) => void) | null,
  drawerOpen: boolean,
  filters: CellFilters,
): Column<PostbackItem>[] {
  const columns: Column<PostbackItem>[] = [
    {
      id: 'status',
      header: 'Status',
      primary: true,
      cell: (item) => <PostbackStatus item={item} inTable />,
      ...(drawerOpen ? {} : { width: 272 }),
    },
    {
      id: 'answer',
      header: 'Last answer',
      kind: 'muted-mono',
      wide: true,
      cell: (item) => answerLine(item.httpStatus, item.errorCode),
      title: (item) => item.errorMessage ?? undefined,
    },
    {
      id: 'order',
      header: 'Order',
      kind: 'mono',
      width: drawerOpen ? 108 : 144,
      card: 'meta',
      cell: (item) => item.externalId,
      title: (item) => item.externalId,
    },
    {
      id: 'ref',
      header: 'Tracking code',
      kind: 'muted-mono',
      width: 116,
      wide: true,
      cell: (item) => <span className="whitespace-pre">{item.ref}</span>,
      title: (item) => item.ref ?? undefined,
    },
    {
      id: 'campaign',
      header: 'Campaign',
      kind: 'muted',
      width: 150,
      wide: true,
      card: 'meta',
      cell: campaignName,
      title: (item) => item.networkCampaignId ?? undefined,
    },
    {
      id: 'affiliate',
      header: 'Affiliate',
      kind: 'muted-mono',
      width: 116,
      wide: true,
      cell: (item) => item.affiliateId ?? <span className="c3">not known yet</span>,
      title: (item) => item.affiliateId ?? undefined,
    },
    {
      id: 'network',
      header: 'Network',
      kind: 'muted',
      width: 96,
      wide: true,
      cell: (item) => networkName(item.network, item.connector),
    },
    {
      id: 'attempts',
      header: 'Attempts',
      kind: 'muted-num',
      align: 'right',
      width: 84,
      wide: true,
      cell: (item) => item.attempts,
    },
    {
      id: 'revenue',
      header: 'Revenue',
      kind: 'muted-num',
      align: 'right',
      width: 96,
      wide: true,
      cell: (item) => <Money minor={item.revenueCents} currency={item.revenueCurrency ?? 'USD'} />,
    },
    {
      id: 'payout',
      header: 'Payout',
      kind: 'num',
      align: 'right',
      width: drawerOpen ? 88 : 100,
      card: 'end',
      cell: (item) => <Payout item={item} />,
      title: (item) =>
        item.payoutCents === null && item.expectedCents !== null ? 'Expected; not paid so far' : undefined,
    },
    {
      id: 'when',
      header: 'When',
      kind: 'muted-num',
      align: 'right',
      width: 82,
      sortable: true,
      sortFirst: 'desc',
      card: 'metaEnd',
      cell: (item) => <Time at={item.createdAt} />,
    },
  ];
  const narrowing = columns.map((column) => ({
    ...column,
    filters: (item: PostbackItem) => filters(column.id, item),
  }));
  return retry ? [...narrowing, retryColumn(retry)] : narrowing;
}

const retryColumn = (retry: (item: PostbackItem) => void): Column<PostbackItem> => ({
  id: 'act',
  header: 'Actions',
  headerHidden: true,
  kind: 'actions',
  width: 48,
  cell: (item) =>
    canBeRetried(item) && (
      <Button
        variant="quiet"
        small
        icon={RotateCw}
        aria-label={`Retry ${item.externalId} now`}
        onClick={() => retry(item)}
      />
    ),
});

/** What it pays, or is expected to; where no answer has told a sum yet, whether one is still to come. */
function Payout({ item }: { item: PostbackItem }) {
  const { payoutCents, expectedCents, expectedCurrency, status } = item;
  if (payoutCents !== null) return <Money minor={payoutCents} currency={item.currency ?? 'USD'} />;
  if (status === 'test' || status === 'canceled') return <span className="c3">none</span>;
  if (['queued', 'sending', 'retrying'].includes(status)) return <span className="c3">not yet</span>;
  if (!['failed', 'exhausted', 'parked'].includes(status)) return <Money minor={null} currency="USD" />;
  return expectedCents === null ? (
    <span className="c3">unpaid</span>
  ) : (
    <span className="c3">
      <span className="sr">unpaid, expected </span>
      <Money minor={expectedCents} currency={expectedCurrency ?? 'USD'} />
    </span>
  );
}

const campaignName = (item: PostbackItem) =>
  item.campaignName ??
  (item.networkCampaignId ? (
    <span className="mono">{item.networkCampaignId}</span>
  ) : (
    <span className="c3">not known yet</span>
  ));
