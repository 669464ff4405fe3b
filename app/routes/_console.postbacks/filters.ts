import type { PostbackFilter, PostbackOrder } from '#app/modules/outbox/postback-schema.ts';
import { ATTENTION_STATUSES, type MessageStatus, POSTBACK_STATUSES } from '#app/modules/outbox/schema.ts';
import { isRange, rangeStart, type TimeRange } from './time-range.ts';

/** What the URL of the list says. Everything the page shows follows from it, so that a pasted link restores it. */
export interface ListState {
  status: MessageStatus[];
  cause: string[];
  answer: number[];
  network: string[];
  campaign: string[];
  q: string;
  range: TimeRange | null;
  order: PostbackOrder;
  after: string | null;
  before: string | null;
  hide: string[];
  open: string | null;
}

const texts = (query: URLSearchParams, name: string): string[] =>
  query.getAll(name).filter((value) => value !== '' && value.isWellFormed() && !value.includes('\0'));

/** Reads the URL; values that mean nothing are left out. */
export function readState(query: URLSearchParams): ListState {
  const range = query.get('range');
  return {
    status: POSTBACK_STATUSES.filter((status) => query.getAll('status').includes(status)),
    cause: texts(query, 'cause'),
    answer: texts(query, 'answer')
      .map(Number)
      .filter((n) => Number.isInteger(n) && n >= 100 && n <= 599),
    network: texts(query, 'network'),
    campaign: texts(query, 'campaign'),
    q: texts(query, 'q')[0]?.slice(0, 255) ?? '',
    range: isRange(range) ? range : null,
    order: query.get('order') === 'oldest' ? 'oldest' : 'newest',
    after: texts(query, 'after')[0] ?? null,
    before: texts(query, 'before')[0] ?? null,
    hide: texts(query, 'hide'),
    open: texts(query, 'open')[0] ?? null,
  };
}

/** Writes a state back; `readState` of it gives the same state. Defaults are left out. */
export function writeState(state: ListState): URLSearchParams {
  const out = new URLSearchParams();
  for (const status of state.status) out.append('status', status);
  for (const cause of state.cause) out.append('cause', cause);
  for (const answer of state.answer) out.append('answer', String(answer));
  for (const network of state.network) out.append('network', network);
  for (const campaign of state.campaign) out.append('campaign', campaign);
  if (state.q) out.set('q', state.q);
  if (state.range) out.set('range', state.range);
  if (state.order === 'oldest') out.set('order', 'oldest');
  if (state.after) out.set('after', state.after);
  if (state.before) out.set('before', state.before);
  for (const hide of state.hide) out.append('hide', hide);
  if (state.open) out.set('open', state.open);
  return out;
}

/** The list's address with some of its state changed. A change of what is listed goes back to the first page. */
export function listHref(state: ListState, change: Partial<ListState>): string {
  const moves = Object.keys(change).every((key) => ['open', 'hide', 'after', 'before'].includes(key));
  const cursor = moves ? {} : { after: null, before: null };
  const query = writeState({ ...state, ...cursor, ...change }).toString();
  return query === '' ? '/postbacks' : `/postbacks?${query}`;
}

/** The parameters that a form keeps, without its own and without the cursor and the open row. */
export function keptBy(state: ListState, own: keyof ListState): [string, string][] {
  return [
    ...writeState({
      ...state,
      [own]: Array.isArray(state[own]) ? [] : null,
      after: null,
      before: null,
      open: null,
    }).entries(),
  ];
}

/** The filter for the verbs. `now` in ms; `zone` says where the day began. */
export function toFilter(state: ListState, now: number, zone: string): PostbackFilter {
  return {
    status: state.status,
    cause: state.cause,
    httpStatus: state.answer,
    network: state.network,
    campaign: state.campaign,
    ...(state.q ? { q: state.q } : {}),
    ...(state.range ? { from: new Date(rangeStart(state.range, now, zone)).toISOString() } : {}),
  };
}

export interface View {
  key: string;
  label: string;
  status: readonly MessageStatus[];
  range: TimeRange | null;
}

/** The saved views that everybody has, as tabs. */
export const VIEWS: readonly View[] = [
  { key: 'all', label: 'All', status: [], range: null },
  { key: 'today', label: 'Today', status: [], range: 'today' },
  { key: 'attention', label: 'Needs attention', status: ATTENTION_STATUSES, range: null },
  { key: 'retrying', label: 'Retrying', status: ['retrying'], range: null },
  { key: 'parked', label: 'Parked', status: ['parked'], range: null },
  { key: 'failed', label: 'Failed', status: ['failed'], range: null },
  { key: 'exhausted', label: 'Exhausted', status: ['exhausted'], range: null },
];

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((value) => b.includes(value));

/** The view whose filters these are, whatever else narrows the list; '' where it is none. */
export function viewOf(state: ListState): string {
  const bare =
    state.cause.length + state.answer.length + state.network.length + state.campaign.length === 0 &&
    state.q === '';
  return (
    VIEWS.find(
      (view) =>
        sameSet(view.status, state.status) && view.range === state.range && (bare || view.key !== 'all'),
    )?.key ?? ''
  );
}

/** Where a view's tab leads: its own filters, with the order and columns kept. */
export const viewHref = (state: ListState, view: View): string =>
  listHref(readState(new URLSearchParams()), {
    status: [...view.status],
    range: view.range,
    order: state.order,
    hide: state.hide,
  });
