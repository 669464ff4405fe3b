import { clsx } from 'clsx';
import { withOperator } from '#app/modules/triage/issue-filter-schema.ts';
import type { IssueItem, IssueOrder } from '#app/modules/triage/issue-schema.ts';
import { networkName } from '#app/platform/network-name.ts';
import { formatCount } from '#app/platform/time-format.ts';
import type { Column } from '#app/ui/data-table-types.ts';
import type { CellFilter } from '#app/ui/filter-cell.tsx';
import { Icon } from '#app/ui/icon.tsx';
import { meaningClass } from '#app/ui/meaning.ts';
import { Sparkline } from '#app/ui/sparkline.tsx';
import { Time } from '#app/ui/time.tsx';
import { hrefWith, NOBODY } from './filters.ts';
import { goingOn, Unpaid } from './issue-row.tsx';
import { lookOf, STATE_LABELS } from './issue-words.ts';

/** The order of the list that a column's head asks for; all of them begin with the most or the latest. */
export const ORDER_COLUMNS: Readonly<Record<string, IssueOrder>> = {
  unpaid: 'money',
  held: 'count',
  first: 'newest',
  last: 'last_seen',
};

type Narrowing = { field: string; value: string; name: string; copy?: string };

/**
 * What an issue can narrow the list to, by column; the other filters stay. The list and the table offer the same.
 * `query` is the address that the filters are added to.
 */
export function issueCellFilters(query: URLSearchParams, column: string, issue: IssueItem): CellFilter[] {
  const either = ({ field, value, name, copy }: Narrowing, raw: string): CellFilter[] => [
    {
      field,
      value,
      ...(copy === undefined ? {} : { copy }),
      isTo: hrefWith(query, { [name]: withOperator('is', raw), open: null }),
      notTo: hrefWith(query, { [name]: [...others(query, name), withOperator('not', raw)], open: null }),
    },
  ];
  const { network, connector, networkCampaignId: campaign, campaignName, errorCode, httpStatus } = issue;
  switch (column) {
    case 'network':
      return either(
        { field: 'Network', value: networkName(network, connector), name: 'network', copy: network },
        network,
      );
    case 'campaign':
      return campaign === null
        ? []
        : either(
            { field: 'Campaign', value: campaignName ?? campaign, name: 'campaign', copy: campaign },
            campaign,
          );
    case 'code':
      return either({ field: 'Code', value: errorCode, name: 'code' }, errorCode);
    case 'httpStatus': {
      const status = httpStatus === null ? 'none' : String(httpStatus);
      return either({ field: 'HTTP status', value: status, name: 'httpStatus' }, status);
    }
    case 'seen':
      return [
        {
          field: 'Seen at least',
          value: formatCount(issue.seen),
          copy: String(issue.seen),
          isTo: hrefWith(query, { seenMin: String(issue.seen), open: null }),
        },
      ];
    case 'assignee':
      return [
        {
          field: 'Assignee',
          value: issue.assignee?.name ?? 'nobody',
          isTo: hrefWith(query, { assignee: issue.assignee?.id ?? NOBODY, open: null }),
        },
      ];
    default:
      return [];
  }
}

/** What the address leaves out already: one more is added to it. */
const others = (query: URLSearchParams, name: string): string[] =>
  query.getAll(name).filter((value) => value.startsWith('not:'));

const NARROWING_COLUMNS = ['network', 'campaign', 'code', 'httpStatus', 'seen', 'assignee'] as const;

/** All that a row can narrow the list to, for the key F. */
export const issueFilters = (query: URLSearchParams, issue: IssueItem): CellFilter[] =>
  NARROWING_COLUMNS.flatMap((column) => issueCellFilters(query, column, issue));

function Cause({ issue }: { issue: IssueItem }) {
  const { icon, meaning } = lookOf(issue);
  const told = goingOn(issue);
  return (
    <span className={clsx('st', meaningClass(meaning))}>
      <Icon icon={icon} size={14} />
      <span className="trunc">
        {issue.explanation.title}
        {told !== null && <span className="c3"> · {told}</span>}
      </span>
      <span className="sr">, {STATE_LABELS[issue.state]}</span>
    </span>
  );
}

/** The columns of the table of issues. Its state is that of the tab; the icon says what goes on. */
export function issueColumns(query: URLSearchParams): Column<IssueItem>[] {
  const narrows = (id: (typeof NARROWING_COLUMNS)[number]) => ({
    id,
    filters: (issue: IssueItem) => issueCellFilters(query, id, issue),
  });
  return [
    {
      id: 'cause',
      header: 'Cause',
      primary: true,
      cell: (issue) => <Cause issue={issue} />,
      title: (issue) => [issue.explanation.title, goingOn(issue)].filter(Boolean).join(' · '),
    },
    {
      ...narrows('network'),
      header: 'Network',
      width: 84,
      kind: 'muted',
      wide: true,
      cell: (issue) => networkName(issue.network, issue.connector),
    },
    {
      ...narrows('campaign'),
      header: 'Campaign',
      width: 124,
      kind: 'muted',
      wide: true,
      card: 'meta',
      cell: (issue) => issue.campaignName ?? issue.networkCampaignId ?? <span className="c3">not known</span>,
      title: (issue) => issue.networkCampaignId ?? undefined,
    },
    {
      ...narrows('code'),
      header: 'Code',
      width: 160,
      kind: 'muted-mono',
      wide: true,
      cell: (issue) => issue.errorCode,
      title: (issue) => issue.message || issue.errorCode,
    },
    {
      ...narrows('httpStatus'),
      header: 'HTTP',
      width: 60,
      kind: 'muted-num',
      wide: true,
      cell: (issue) => issue.httpStatus ?? <span className="c3">none</span>,
    },
    {
      id: 'held',
      header: 'Held up',
      width: 72,
      align: 'right',
      kind: 'num',
      sortable: true,
      sortFirst: 'desc',
      card: 'metaEnd',
      cell: (issue) => formatCount(issue.held),
    },
    {
      id: 'unpaid',
      header: 'Unpaid',
      width: 116,
      align: 'right',
      kind: 'num',
      sortable: true,
      sortFirst: 'desc',
      card: 'end',
      cell: (issue) => <Unpaid issue={issue} />,
    },
    {
      id: 'trend',
      header: 'Last 24 h',
      width: 88,
      wide: true,
      cell: (issue) => (
        <Sparkline points={issue.trend} meaning={lookOf(issue).meaning} width={72} height={20} dot={false} />
      ),
    },
    {
      ...narrows('seen'),
      header: 'Seen',
      width: 80,
      align: 'right',
      kind: 'muted-num',
      wide: true,
      cell: (issue) => formatCount(issue.seen),
    },
    {
      id: 'first',
      header: 'First seen',
      width: 92,
      align: 'right',
      kind: 'muted-num',
      sortable: true,
      sortFirst: 'desc',
      wide: true,
      cell: (issue) => <Time at={issue.firstSeenAt} />,
    },
    {
      id: 'last',
      header: 'Last seen',
      width: 92,
      align: 'right',
      kind: 'muted-num',
      sortable: true,
      sortFirst: 'desc',
      wide: true,
      cell: (issue) => <Time at={issue.lastSeenAt} />,
    },
    {
      ...narrows('assignee'),
      header: 'Assignee',
      width: 96,
      kind: 'muted',
      wide: true,
      cell: (issue) => issue.assignee?.name ?? <span className="c3">nobody</span>,
    },
  ];
}
