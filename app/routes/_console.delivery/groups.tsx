import type { DeliveryGroup } from '#app/modules/metrics/delivery-schema.ts';
import { formatCount, formatMs } from '#app/platform/time-format.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import type { Column } from '#app/ui/data-table-types.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ExportLink } from '#app/ui/export-link.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { share } from './figures.tsx';
import { type DeliveryState, hrefWith, pairsOf } from './filters.ts';

const time = (ms: number | null) => (ms === null ? <span className="c3">none</span> : formatMs(ms));

const COLUMNS: Column<DeliveryGroup>[] = [
  {
    id: 'campaign',
    header: 'Network and campaign',
    primary: true,
    cell: (group) => (
      <>
        {group.connector} <span className="c3">·</span>{' '}
        {group.campaignName ?? group.networkCampaignId ?? <span className="c3">campaign not known</span>}
      </>
    ),
    title: (group) => `${group.network} ${group.networkCampaignId ?? ''}`,
  },
  {
    id: 'attempts',
    header: 'Attempts',
    width: 96,
    align: 'right',
    kind: 'num',
    card: 'end',
    cell: (group) => formatCount(group.attempts),
  },
  {
    id: 'first',
    header: 'First try',
    width: 96,
    align: 'right',
    kind: 'num',
    card: 'meta',
    cell: (group) => share(group.firstSuccesses, group.firstTries) ?? <span className="c3">none</span>,
  },
  {
    id: 'failed',
    header: 'Not accepted',
    width: 112,
    align: 'right',
    kind: 'muted-num',
    cell: (group) => formatCount(group.retryable + group.rejected + group.interrupted),
  },
  {
    id: 'p50',
    header: 'p50',
    width: 88,
    align: 'right',
    kind: 'num',
    cell: (group) => time(group.p50),
  },
  {
    id: 'p95',
    header: 'p95',
    width: 88,
    align: 'right',
    kind: 'num',
    card: 'metaEnd',
    cell: (group) => time(group.p95),
  },
];

/** The same numbers by network and campaign; a row narrows the page to itself. */
export function GroupsPanel({
  groups,
  byDay,
  state,
}: {
  groups: DeliveryGroup[];
  byDay: boolean;
  state: DeliveryState;
}) {
  return (
    <Panel
      title="By network and campaign"
      end={
        <>
          {byDay && 'by whole days (UTC)'}
          <ExportLink
            table="delivery"
            query={new URLSearchParams(pairsOf(state)).toString()}
            schedulable={false}
          />
        </>
      }
      padded={false}
    >
      <DataTable
        label="Delivery by network and campaign"
        columns={COLUMNS}
        rows={groups}
        rowId={(group) => group.key}
        rowHref={(group) =>
          hrefWith(state, { network: [group.network], campaign: [group.networkCampaignId ?? 'unknown'] })
        }
        minWidth={720}
        empty={
          <EmptyState kind="no-match" title="No attempt in this time">
            Choose a longer time, or drop a filter.
          </EmptyState>
        }
      />
    </Panel>
  );
}
