import {
  type FilterParameter,
  type FilterQuery,
  readFilter,
  timed,
  writeFilter,
} from '#app/modules/outbox/filter-schema.ts';
import type { PostbackFilter, PostbackOrder } from '#app/modules/outbox/postback-schema.ts';
import { ATTENTION_STATUSES } from '#app/modules/outbox/schema.ts';

/** What the URL of the list says. Everything the page shows follows from it, so that a pasted link restores it. */
export interface ListState {
  filter: FilterQuery;
  order: PostbackOrder;
  after: string | null;
  before: string | null;
  /** Columns turned off, and those turned on that stand off by themselves. */
  hide: string[];
  show: string[];
  open: string | null;
}

const texts = (query: URLSearchParams, name: string): string[] =>
  query.getAll(name).filter((value) => value !== '' && value.isWellFormed() && !value.includes('\0'));

/** The filters of a URL, with what in them means nothing. */
function readTold(query: URLSearchParams): ReturnType<typeof readFilter> {
  const told = new URLSearchParams(query);
  // links of before operators came
  for (const answer of query.getAll('answer')) told.append('httpStatus', answer);
  return readFilter(told);
}

/** What of the URL's filters means nothing and is left out, in words. */
export const problemsOf = (query: URLSearchParams): string[] => [
  ...new Set(readTold(query).problems.map(({ message }) => message)),
];

/** Reads the URL; values that mean nothing are left out. */
export function readState(query: URLSearchParams): ListState {
  return {
    filter: readTold(query).filter,
    order: query.get('order') === 'oldest' ? 'oldest' : 'newest',
    after: texts(query, 'after')[0] ?? null,
    before: texts(query, 'before')[0] ?? null,
    hide: texts(query, 'hide'),
    show: texts(query, 'show'),
    open: texts(query, 'open')[0] ?? null,
  };
}

/** Writes a state back; `readState` of it gives the same state. Defaults are left out. */
export function writeState(state: ListState): URLSearchParams {
  const out = new URLSearchParams(writeFilter(state.filter));
  if (state.order === 'oldest') out.set('order', 'oldest');
  if (state.after) out.set('after', state.after);
  if (state.before) out.set('before', state.before);
  for (const hide of state.hide) out.append('hide', hide);
  for (const show of state.show) out.append('show', show);
  if (state.open) out.set('open', state.open);
  return out;
}

/** The list's address with some of its state changed. A change of what is listed goes back to the first page. */
export function listHref(state: ListState, change: Partial<ListState>): string {
  const moves = Object.keys(change).every((key) => ['open', 'hide', 'show', 'after', 'before'].includes(key));
  const cursor = moves ? {} : { after: null, before: null };
  const query = writeState({ ...state, ...cursor, ...change }).toString();
  return query === '' ? '/postbacks' : `/postbacks?${query}`;
}

/** The parts of a filter that people set and drop as one. */
export type FilterName = Exclude<FilterParameter, 'from' | 'to' | 'currency'>;

/** The fields of a filter that belong to each part. */
const PARTS: Record<FilterName, readonly (keyof FilterQuery)[]> = {
  status: ['status'],
  cause: ['cause', 'causeBegins'],
  httpStatus: ['httpStatus'],
  network: ['network'],
  campaign: ['campaign', 'campaignKnown'],
  affiliate: ['affiliate'],
  code: ['code', 'codeBegins'],
  externalId: ['externalId', 'externalIdBegins'],
  issue: ['issue'],
  ids: ['ids'],
  amount: ['amount'],
  attempts: ['attempts'],
  job: ['job'],
  acknowledged: ['acknowledged'],
  text: ['text'],
  q: ['q'],
  range: ['range', 'from', 'to'],
};
const NEGATED = ['status', 'cause', 'httpStatus', 'network', 'campaign'] as const;

/** A filter without one of its parts. */
export function without(filter: FilterQuery, name: FilterName): FilterQuery {
  const { not, ...rest } = filter;
  const left = Object.fromEntries(
    NEGATED.filter((field) => field !== name && not?.[field]?.length).map((field) => [field, not?.[field]]),
  );
  for (const field of PARTS[name]) delete rest[field as keyof typeof rest];
  return Object.keys(left).length > 0 ? { ...rest, not: left } : rest;
}

/** Whether the filter has this part. */
export const isSet = (filter: FilterQuery, name: FilterName): boolean =>
  PARTS[name].some((field) => filter[field] !== undefined) ||
  NEGATED.some((field) => field === name && (filter.not?.[field]?.length ?? 0) > 0);

/** The parts that are set, in the order of the columns. */
export const setParts = (filter: FilterQuery): FilterName[] =>
  (Object.keys(PARTS) as FilterName[]).filter((name) => isSet(filter, name));

/** A filter with one part replaced; `part` holds only fields of that part. */
export function withPart(filter: FilterQuery, name: FilterName, part: FilterQuery): FilterQuery {
  const rest = without(filter, name);
  return part.not ? { ...rest, ...part, not: { ...rest.not, ...part.not } } : { ...rest, ...part };
}

/** The parameters that a form keeps, without its own and without the cursor and the open row. */
export const keptBy = (state: ListState, own: FilterName): [string, string][] => [
  ...writeState({
    ...state,
    filter: without(state.filter, own),
    after: null,
    before: null,
    open: null,
  }).entries(),
];

/** The filter for the verbs. `now` in ms; `zone` says where the day began. */
export const toFilter = (state: ListState, now: number, zone: string): PostbackFilter =>
  timed(state.filter, now, zone);

export interface View {
  key: string;
  label: string;
  filter: FilterQuery;
}

/** The views that everybody has, as tabs. What a person has seen and put aside needs nobody's attention. */
export const VIEWS: readonly View[] = [
  { key: 'all', label: 'All', filter: {} },
  { key: 'today', label: 'Today', filter: { range: 'today' } },
  {
    key: 'attention',
    label: 'Needs attention',
    filter: { status: ATTENTION_STATUSES, acknowledged: false },
  },
  { key: 'retrying', label: 'Retrying', filter: { status: ['retrying'] } },
  { key: 'parked', label: 'Parked', filter: { status: ['parked'] } },
  { key: 'failed', label: 'Failed', filter: { status: ['failed'] } },
  { key: 'exhausted', label: 'Exhausted', filter: { status: ['exhausted'] } },
];

const EMPTY = readState(new URLSearchParams());

/** A filter as text, in one form for all that mean the same. */
export const filterText = (filter: FilterQuery): string =>
  new URLSearchParams(writeFilter(filter).sort(([a, x], [b, y]) => (a + x < b + y ? -1 : 1))).toString();

/** The query of a view's tab, in the form of `writeState`. */
export const viewQuery = (view: View): string => writeState({ ...EMPTY, filter: view.filter }).toString();

/** The view whose filters these are, whatever else narrows the list; '' where it is none. */
export function viewOf({ filter }: Pick<ListState, 'filter'>): string {
  const here = filterText(filter);
  const exact = VIEWS.find((view) => filterText(view.filter) === here);
  if (exact) return exact.key;
  const narrowed = VIEWS.findLast((view) => {
    const own = setParts(view.filter);
    if (own.length === 0) return false;
    const same = own.reduce((rest, name) => without(rest, name), filter);
    const kept = setParts(same).reduce((rest, name) => without(rest, name), filter);
    return filterText(kept) === filterText(view.filter);
  });
  return narrowed?.key ?? '';
}

/** Where a view's tab leads: its own filters, with the order and columns kept. */
export const viewHref = (state: ListState, view: View): string =>
  listHref(EMPTY, { filter: view.filter, order: state.order, hide: state.hide, show: state.show });
