import { CornerDownRight, ShieldCheck } from 'lucide-react';
import type { CaptureItem, CodeReach } from '#app/modules/capture/view-schema.ts';
import type { Column } from '#app/ui/data-table-types.ts';
import type { CellFilter } from '#app/ui/filter-cell.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { Time } from '#app/ui/time.tsx';
import { Code } from './code.tsx';
import { hrefWith, type RefFilters } from './filters.ts';

/** A captured ref with its account (as callers name it, and as people do) and how far its code got. */
export type RefRow = CaptureItem & { account: string; network: string; reach: CodeReach | null };

/** Path and query of the page it arrived on; the whole text where it is no address. */
export function pageOf(url: string | null): string | null {
  if (url === null) return null;
  return URL.canParse(url) ? new URL(url).pathname : url;
}

/** How far a code got, whoever brought it: "2 conversions, delivered". */
export function reachWords(reach: CodeReach | null): string {
  if (reach === null) return '';
  if (reach.conversions > 0) {
    const count = `${reach.conversions}${reach.more ? '+' : ''} ${reach.conversions === 1 ? 'conversion' : 'conversions'}`;
    return reach.postback === null ? count : `${count}, last ${reach.postback}`;
  }
  return reach.record ? 'on a record' : 'seen only';
}

/** Whether the code stayed (RG-03). */
export function OutcomeBadge({ row, inTable = false }: { row: CaptureItem; inTable?: boolean }) {
  if (row.outcome === 'kept')
    return <StatusBadge meaning="good" icon={CornerDownRight} label="Kept" inTable={inTable} />;
  return (
    <StatusBadge
      meaning="neutral"
      icon={ShieldCheck}
      label="Overwrite blocked"
      then={
        row.keptRef === null ? undefined : (
          <>
            kept <Code value={row.keptRef} />
          </>
        )
      }
      inTable={inTable}
    />
  );
}

/** The columns of the list; cells that can narrow it do so from `filters`. */
export function refColumns(filters: RefFilters): Column<RefRow>[] {
  /** Nothing where the cell is empty. */
  const narrow = (
    field: string,
    value: string | null,
    is: Partial<RefFilters>,
    not?: Partial<RefFilters>,
  ): CellFilter[] => {
    if (value === null || value === '') return [];
    const isTo = hrefWith(filters, is);
    return [not ? { field, value, isTo, notTo: hrefWith(filters, not) } : { field, value, isTo }];
  };
  const either = <K extends 'outcome' | 'source'>(name: K, of: readonly RefFilters[K][], row: RefRow) => {
    const [own, other] = row[name] === of[0] ? of : [of[1], of[0]];
    return [{ [name]: own }, { [name]: other }] as const;
  };
  return [
    {
      id: 'ref',
      header: 'Tracking code',
      primary: true,
      kind: 'mono',
      width: 140,
      cell: (row) => <Code value={row.ref} />,
      title: (row) => row.ref,
      filters: (row) => narrow('Code', row.ref, { ref: row.ref, prefix: '' }),
    },
    {
      id: 'outcome',
      header: 'Outcome',
      width: 264,
      card: 'meta',
      cell: (row) => <OutcomeBadge row={row} inTable />,
      filters: (row) =>
        narrow(
          'Outcome',
          row.outcome === 'kept' ? 'Kept' : 'Overwrite blocked',
          ...either('outcome', ['kept', 'overwrite_blocked'], row),
        ),
    },
    {
      id: 'reach',
      header: 'This code got to',
      kind: 'muted',
      wide: true,
      cell: (row) => reachWords(row.reach),
      title: (row) => reachWords(row.reach),
    },
    {
      id: 'page',
      header: 'Page',
      width: 140,
      kind: 'muted',
      wide: true,
      cell: (row) => pageOf(row.url) ?? <span className="c3">not told</span>,
      title: (row) => row.url ?? undefined,
    },
    {
      id: 'promo',
      header: 'Promo',
      width: 96,
      kind: 'muted-mono',
      wide: true,
      cell: (row) => (row.promo === null ? null : <Code value={row.promo} />),
      filters: (row) => narrow('Promo', row.promo, { promo: row.promo ?? '', promoPrefix: '' }),
    },
    {
      id: 'visitor',
      header: 'Visitor',
      width: 104,
      kind: 'muted-mono',
      wide: true,
      cell: (row) => row.visitorId,
      title: (row) => row.visitorId ?? undefined,
      filters: (row) => narrow('Visitor', row.visitorId, { visitor: row.visitorId ?? '' }),
    },
    {
      id: 'source',
      header: 'Source',
      width: 80,
      kind: 'muted',
      wide: true,
      card: 'metaEnd',
      cell: (row) => (row.source === 'browser' ? 'browser' : 'server'),
      filters: (row) =>
        narrow(
          'Source',
          row.source === 'browser' ? 'browser' : 'server',
          ...either('source', ['api', 'browser'], row),
        ),
    },
    {
      id: 'network',
      header: 'Network',
      width: 92,
      kind: 'muted',
      wide: true,
      cell: (row) => row.network,
      filters: (row) =>
        narrow(
          'Network',
          row.network,
          { network: [row.account], networkNot: [] },
          { network: [], networkNot: [row.account] },
        ),
    },
    {
      id: 'when',
      header: 'When',
      width: 72,
      align: 'right',
      kind: 'muted-num',
      card: 'end',
      cell: (row) => <Time at={row.createdAt} />,
    },
  ];
}
