import { RotateCw } from 'lucide-react';
import type { PostbackItem } from '#app/modules/outbox/postback-schema.ts';
import { networkName } from '#app/platform/network-name.ts';
import { Button } from '#app/ui/button.tsx';
import type { Column } from '#app/ui/data-table-types.ts';
import { Money } from '#app/ui/money.tsx';
import { Time } from '#app/ui/time.tsx';
import { answerLine } from './attempt-view.ts';
import { PostbackStatus } from './status.tsx';

/** Where a retry makes sense without force. */
export const canBeRetried = (item: Pick<PostbackItem, 'status'>): boolean =>
  ['queued', 'retrying', 'failed', 'exhausted', 'parked'].includes(item.status);

/** Columns that a reader may hide. */
export const OPTIONAL_COLUMNS = [
  { id: 'answer', label: 'Last answer' },
  { id: 'ref', label: 'Tracking code' },
  { id: 'campaign', label: 'Campaign' },
  { id: 'network', label: 'Network' },
] as const;

/** The columns of the list. `retry` is what the row's button does; without it rows have no button. */
export function postbackColumns(
  retry: ((item: PostbackItem) => void) | null,
  drawerOpen: boolean,
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
      width: drawerOpen ? 120 : 144,
      card: 'meta',
      cell: (item) => item.externalId,
      title: (item) => item.externalId,
    },
    {
      id: 'ref',
      header: 'Tracking code',
      kind: 'muted-mono',
      width: 112,
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
      id: 'network',
      header: 'Network',
      kind: 'muted',
      width: 92,
      wide: true,
      cell: (item) => networkName(item.network, item.connector),
    },
    {
      id: 'payout',
      header: 'Payout',
      kind: 'num',
      align: 'right',
      width: 84,
      card: 'end',
      cell: (item) => <Payout item={item} />,
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
  if (retry) {
    columns.push({
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
  }
  return columns;
}

/** What it pays; where no answer has told a sum yet, whether one is still to come. */
function Payout({ item }: { item: PostbackItem }) {
  const { payoutCents, status } = item;
  if (payoutCents !== null) return <Money minor={payoutCents} currency={item.currency ?? 'USD'} />;
  if (status === 'test' || status === 'canceled') return <span className="c3">none</span>;
  if (['queued', 'sending', 'retrying'].includes(status)) return <span className="c3">not yet</span>;
  return ['failed', 'exhausted', 'parked'].includes(status) ? (
    <span className="c3">unpaid</span>
  ) : (
    <Money minor={null} currency="USD" />
  );
}

const campaignName = (item: PostbackItem) =>
  item.campaignName ??
  (item.networkCampaignId ? (
    <span className="mono">{item.networkCampaignId}</span>
  ) : (
    <span className="c3">not known yet</span>
  ));
