import { type CampaignView, campaignName } from '#app/modules/campaigns/campaign-schema.ts';
import type { CampaignFigures } from '#app/modules/campaigns/index.server.ts';
import { networkName } from '#app/platform/network-name.ts';
import { formatCount } from '#app/platform/time-format.ts';
import type { Column } from '#app/ui/data-table-types.ts';
import { Time } from '#app/ui/time.tsx';
import { amountWords, CampaignStatus, holdWords, payoutWords, TrackingStatus, Unknown } from './words.tsx';

/** A campaign with what came of it. */
export type CampaignRow = CampaignView & { figures: CampaignFigures | null };

/** "$120.00", or several currencies with a plus; "at least" where not all were added up. */
export function pendingWords(figures: CampaignFigures | null): string | null {
  if (figures === null || figures.pending.length === 0) return null;
  const sums = figures.pending.map((one) => amountWords(one.payoutCents, one.currency)).join(' + ');
  return figures.pendingCapped ? `at least ${sums}` : sums;
}

/** The columns of the list. */
export const CAMPAIGN_COLUMNS: Column<CampaignRow>[] = [
  {
    id: 'name',
    header: 'Campaign',
    primary: true,
    least: 180,
    cell: (row) => <span className="med">{campaignName(row)}</span>,
    title: (row) => `${campaignName(row)} (${row.networkCampaignId})`,
  },
  {
    id: 'status',
    header: 'Status',
    width: 96,
    card: 'end',
    cell: (row) => <CampaignStatus campaign={row} inTable />,
  },
  {
    id: 'tracking',
    header: 'Tracking',
    width: 230,
    card: 'meta',
    cell: (row) => <TrackingStatus campaign={row} inTable />,
  },
  {
    id: 'payout',
    header: 'Model and payout',
    width: 224,
    cell: (row) => payoutWords(row) ?? <Unknown />,
    title: (row) => payoutWords(row) ?? undefined,
  },
  {
    id: 'hold',
    header: 'Hold',
    width: 76,
    kind: 'muted',
    cell: (row) => (row.holdingPeriodDays === 0 ? '0 days' : (holdWords(row.holdingPeriodDays) ?? 'unknown')),
  },
  {
    id: 'leads',
    header: 'Leads',
    width: 64,
    align: 'right',
    kind: 'num',
    cell: (row) => (row.figures ? formatCount(row.figures.leads, row.figures.leadsCapped) : null),
  },
  {
    id: 'pending',
    header: 'Still held',
    width: 132,
    align: 'right',
    kind: 'num',
    card: 'metaEnd',
    cell: (row) => pendingWords(row.figures) ?? <span className="c3">none held</span>,
    title: (row) => pendingWords(row.figures) ?? undefined,
  },
  {
    id: 'network',
    header: 'Network',
    width: 84,
    kind: 'muted',
    cell: (row) => networkName(row.network, row.networkLabel),
  },
  {
    id: 'synced',
    header: 'Synced',
    width: 92,
    align: 'right',
    kind: 'muted-num',
    cell: (row) =>
      row.syncError ? (
        <span className="needs" title={row.syncError}>
          refused
        </span>
      ) : row.syncedAt === null ? (
        'not yet'
      ) : (
        <Time at={row.syncedAt} as="ago" />
      ),
  },
];
