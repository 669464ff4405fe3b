import { writeFilter } from '#app/modules/outbox/filter-schema.ts';
import { filterOfLists, HTTP_STATUS, splitOperators } from '#app/modules/triage/issue-filter-schema.ts';
import { ISSUE_ORDERS, type IssueFilter, type IssueOrder } from '#app/modules/triage/issue-schema.ts';
import { ISSUE_STATES, type IssueState } from '#app/modules/triage/schema.ts';
import { heldFilter, UNREADABLE_SUCCESS } from '#app/modules/triage/unread-schema.ts';
import { isRange, rangeStart, type TimeRange } from '#app/platform/time-range.ts';

/** What the address says: the tab, its filters, the order, the place in the list, the open issue and its job. */
export interface IssuesUrl {
  state: IssueState;
  /** Network, code and campaign with their operators before them: "not:TIMEOUT" (issue-filter-schema). */
  network: string[];
  code: string[];
  campaign: string[];
  /** Statuses of the answer, "none" where none came; with "not:" before them. */
  httpStatus: string[];
  /** Last seen: a range that moves, or two moments (UTC ISO). */
  range: TimeRange | null;
  from: string | null;
  to: string | null;
  /** Seen at least so often. */
  seenMin: number | null;
  /** User id, or "none". */
  assignee: string | null;
  q: string | null;
  order: IssueOrder;
  /** Two lines an issue, or a table with columns to choose from. */
  layout: 'list' | 'table';
  /** Columns of the table that are not shown. */
  hidden: string[];
  cursor: string | undefined;
  open: string | null;
  /** The job whose end is told in the open issue. */
  job: string | null;
}

export const NOBODY = 'none';
const PLACE = ['cursor', 'open', 'job'] as const;
const NARROWING = [
  'network',
  'code',
  'campaign',
  'httpStatus',
  'range',
  'from',
  'to',
  'seenMin',
  'assignee',
  'q',
] as const;

const text = (value: string | null): string | null =>
  value === null || value === '' || value.includes('\0') ? null : value.slice(0, 255);
const texts = (query: URLSearchParams, name: string): string[] =>
  query.getAll(name).flatMap((value) => text(value) ?? []);

/** Reads the address; what cannot be read counts as absent. */
export function parseIssuesUrl(query: URLSearchParams): IssuesUrl {
  return {
    state: ISSUE_STATES.find((known) => known === query.get('state')) ?? 'open',
    network: texts(query, 'network'),
    code: texts(query, 'code'),
    campaign: texts(query, 'campaign'),
    httpStatus: texts(query, 'httpStatus').filter(isStatus),
    range: rangeOf(query.get('range')),
    from: momentOf(query.get('from')),
    to: momentOf(query.get('to')),
    seenMin: countOf(query.get('seenMin')),
    assignee: text(query.get('assignee')),
    q: text(query.get('q')),
    order: ISSUE_ORDERS.find((known) => known === query.get('order')) ?? 'money',
    layout: query.get('layout') === 'table' ? 'table' : 'list',
    hidden: [
      ...columnsOf(query, 'hide').filter((id) => !EXTRA_COLUMNS.includes(id)),
      ...EXTRA_COLUMNS.filter((id) => !columnsOf(query, 'show').includes(id)),
    ],
    cursor: text(query.get('cursor')) ?? undefined,
    open: text(query.get('open')),
    job: text(query.get('job')),
  };
}

/** Columns of the table that can be hidden. */
export const HIDEABLE: readonly string[] = [
  'network',
  'campaign',
  'code',
  'httpStatus',
  'held',
  'unpaid',
  'trend',
  'seen',
  'first',
  'last',
  'assignee',
];

/** Not shown until somebody asks for them. */
export const EXTRA_COLUMNS: readonly string[] = ['seen', 'first'];

const columnsOf = (query: URLSearchParams, name: 'hide' | 'show'): string[] =>
  [...new Set(query.getAll(name))].filter((id) => HIDEABLE.includes(id)).sort();

/** The address that hides exactly these columns: what is usual is not in it. */
export const hiddenHref = (query: URLSearchParams, hidden: readonly string[]): string =>
  hrefWith(query, {
    hide: hidden.filter((id) => !EXTRA_COLUMNS.includes(id)).sort(),
    show: EXTRA_COLUMNS.filter((id) => !hidden.includes(id)),
  });

const isStatus = (value: string): boolean =>
  Object.values(splitOperators([value]))
    .flat()
    .every((one) => HTTP_STATUS.test(one));

const rangeOf = (value: string | null): TimeRange | null => (isRange(value) ? value : null);

function momentOf(value: string | null): string | null {
  const at = Date.parse(value ?? '');
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

function countOf(value: string | null): number | null {
  const n = Number(value);
  return value !== null && Number.isSafeInteger(n) && n >= 1 && n <= 1_000_000_000 ? n : null;
}

/** The filter that the address asks for. `now` (ms) and `zone` say where a moving range begins. */
export function filterOf(url: IssuesUrl, now: number, zone: string): IssueFilter {
  const from = url.range ? new Date(rangeStart(url.range, now, zone)).toISOString() : url.from;
  return {
    state: [url.state],
    ...filterOfLists(url),
    ...(url.seenMin === null ? {} : { seenMin: url.seenMin }),
    ...(from === null ? {} : { seenFrom: from }),
    ...(url.to === null ? {} : { seenTo: url.to }),
    ...(url.assignee === null ? {} : { assignee: url.assignee }),
    ...(url.q === null ? {} : { q: url.q }),
  };
}

/** What can change while the list stays at its page. */
const KEEPS_PLACE = ['open', 'job', 'hide', 'show', 'layout'];

/**
 * The address with some parameters set (or dropped with null). Another filter begins at the start of the list, and
 * another issue leaves the job of the one before.
 */
export function hrefWith(
  query: URLSearchParams,
  changes: Record<string, string | readonly string[] | null>,
): string {
  const next = new URLSearchParams(query);
  const names = Object.keys(changes);
  if (names.some((name) => !KEEPS_PLACE.includes(name))) for (const name of PLACE) next.delete(name);
  if (names.includes('open')) next.delete('job');
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name);
    for (const one of value === null ? [] : typeof value === 'string' ? [value] : value)
      next.append(name, one);
  }
  const search = next.toString();
  return search === '' ? '?' : `?${search}`;
}

/** The parameters that a filter's form must carry along. */
export function keepFor(query: URLSearchParams, own: string): (readonly [string, string])[] {
  return [...query].filter(([name]) => name !== own && !(PLACE as readonly string[]).includes(name));
}

/** The address of a tab: its filters stay, the place in the list does not. */
export const tabHref = (query: URLSearchParams, state: IssueState): string =>
  hrefWith(query, { state: state === 'open' ? null : state });

/** The address without anything that narrows the list inside its tab. */
export const withoutFilters = (query: URLSearchParams): string =>
  hrefWith(query, Object.fromEntries(NARROWING.map((name) => [name, null])));

/** True where something beyond the tab narrows the list. */
export const isNarrowed = (url: IssuesUrl): boolean =>
  url.q !== null ||
  url.range !== null ||
  url.from !== null ||
  url.to !== null ||
  url.seenMin !== null ||
  url.assignee !== null ||
  url.campaign.length > 0 ||
  url.httpStatus.length > 0 ||
  url.code.length > 0 ||
  url.network.length > 0;

/** The list of postbacks that an issue holds up. */
export const rowsHref = (issue: { id: string; errorCode: string }): string =>
  `/postbacks?${new URLSearchParams(
    issue.errorCode === UNREADABLE_SUCCESS ? writeFilter(heldFilter(issue)) : { issue: issue.id },
  )}`;

const KEPT = ['state', ...NARROWING, 'order'] as const;
const LOOKS = ['layout', 'hide', 'show'] as const;

const only = (query: URLSearchParams, names: readonly string[]): string =>
  new URLSearchParams(
    names.flatMap((name) =>
      query
        .getAll(name)
        .filter((value) => value !== '')
        .map((value) => [name, value]),
    ),
  ).toString();

/** What of the address is a view of the list: no place in it, no open issue. The same form as saved views have. */
export const cleanQuery = (query: URLSearchParams): string => only(query, [...KEPT, ...LOOKS]);

/** What of the address says which issues there are and in which order, however they are shown. */
export const exportQuery = (query: URLSearchParams): string => only(query, KEPT);
