import { clsx } from 'clsx';
import type { IssueItem, IssueOrder } from '#app/modules/triage/issue-schema.ts';
import { networkName } from '#app/platform/network-name.ts';
import { formatCount } from '#app/platform/time-format.ts';
import type { Column } from '#app/ui/data-table-types.ts';
import { Icon } from '#app/ui/icon.tsx';
import { meaningClass } from '#app/ui/meaning.ts';
import { Sparkline } from '#app/ui/sparkline.tsx';
import { Time } from '#app/ui/time.tsx';
import { issueCellFilters, type NARROWING_COLUMNS } from './cell-filters.ts';
import { goingOn, Unpaid } from './issue-row.tsx';
import { lookOf, STATE_LABELS } from './issue-words.ts';

/** The order of the list that a column's head asks for; all of them begin with the most or the latest. */
export const ORDER_COLUMNS: Readonly<Record<string, IssueOrder>> = {
  unpaid: 'money',
  held: 'count',
  first: 'newest',
  last: 'last_seen',
};

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
      least: 240,
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
      width: 140,
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
