import { captureQuery } from '#app/modules/capture/filter-schema.ts';
import { isRange, rangeStart, type TimeRange } from '#app/platform/time-range.ts';

/** The filters of the page, as they stand in the URL; '' and an empty list are none. */
export interface RefFilters {
  /** A whole tracking code, and how codes begin. */
  ref: string;
  prefix: string;
  promo: string;
  promoPrefix: string;
  visitor: string;
  outcome: '' | 'kept' | 'overwrite_blocked';
  source: '' | 'api' | 'browser';
  /** Names of accounts: is any of, or is none of (`network=not:name`). */
  network: string[];
  networkNot: string[];
  /** A span back from now, e.g. 24h; or bounds, UTC ISO. */
  range: TimeRange | '';
  from: string;
  to: string;
  /** Columns that are not shown. */
  hide: string[];
}

export type FilterName = keyof RefFilters;
export type Pairs = readonly (readonly [string, string])[];

const TEXTS = [
  'ref',
  'prefix',
  'promo',
  'promoPrefix',
  'visitor',
  'outcome',
  'source',
  'from',
  'to',
] as const;
const NOT = 'not:';

/** Reads the filters; codes stay as they are, byte for byte (RG-06). What makes no sense is left out. */
export function readFilters(params: URLSearchParams): RefFilters {
  const read = (name: (typeof TEXTS)[number]): string => {
    const value = params.get(name) ?? '';
    if (value === '' || !value.isWellFormed() || value.includes('\0')) return '';
    return captureQuery.shape[name].safeParse(value).success ? value : '';
  };
  const [outcome, source] = [
    read('outcome') as RefFilters['outcome'],
    read('source') as RefFilters['source'],
  ];
  const names = [...new Set(params.getAll('network'))].filter(
    (name) => name !== '' && name.length <= 64 && name.isWellFormed() && !name.includes('\0'),
  );
  const range = params.get('range');
  const known = isRange(range) ? range : '';
  return {
    ref: read('ref'),
    prefix: read('prefix'),
    promo: read('promo'),
    promoPrefix: read('promoPrefix'),
    visitor: read('visitor'),
    outcome,
    source,
    network: names.filter((name) => !name.startsWith(NOT)),
    networkNot: names.filter((name) => name.startsWith(NOT)).map((name) => name.slice(NOT.length)),
    range: known,
    // one of the two: a range that moves, or bounds that stay
    from: known === '' ? read('from') : '',
    to: known === '' ? read('to') : '',
    hide: [...new Set(params.getAll('hide'))].filter((id) => HIDEABLE.includes(id)).sort(),
  };
}

/** Columns that can be hidden. */
export const HIDEABLE: readonly string[] = [
  'outcome',
  'reach',
  'page',
  'promo',
  'visitor',
  'source',
  'network',
  'when',
];

/** The filters as pairs of the URL, without those named. */
export function pairsOf(filters: RefFilters, ...without: FilterName[]): [string, string][] {
  const out: [string, string][] = [];
  const add = (name: FilterName, key: string, values: readonly string[]) => {
    if (without.includes(name)) return;
    for (const value of values) if (value !== '') out.push([key, value]);
  };
  for (const name of ['ref', 'prefix', 'outcome', 'promo', 'promoPrefix', 'visitor', 'source'] as const)
    add(name, name, [filters[name]]);
  add('network', 'network', filters.network);
  add(
    'networkNot',
    'network',
    filters.networkNot.map((name) => NOT + name),
  );
  for (const name of ['range', 'from', 'to'] as const) add(name, name, [filters[name]]);
  add('hide', 'hide', filters.hide);
  return out;
}

/** The filters with some of them changed, as the page's address; the list begins at its start. */
export const hrefWith = (filters: RefFilters, change: Partial<RefFilters>): string =>
  refsHref(pairsOf({ ...filters, ...change }));

/** The query as saved views keep it: what the page knows, in its own order, without cursor and open row. */
export const cleanQuery = (params: URLSearchParams): string =>
  new URLSearchParams(pairsOf(readFilters(params))).toString();

/** True where something narrows the list. */
export const isNarrowed = (filters: RefFilters): boolean => pairsOf(filters, 'hide').length > 0;

/** The tabs that everybody has. */
export const VIEWS = [
  { key: 'all', label: 'All', query: '' },
  { key: 'today', label: 'Today', query: 'range=today' },
  { key: 'blocked', label: 'Overwrite blocked', query: 'outcome=overwrite_blocked' },
] as const;

/** The tab whose filters these are, whatever columns are shown; '' where it is none. */
export function viewOf(filters: RefFilters): string {
  const own = new URLSearchParams(pairsOf(filters, 'hide')).toString();
  return VIEWS.find((view) => view.query === own)?.key ?? '';
}

/**
 * The filter for the verbs. `now` in ms; `zone` says where a day began. An unknown network matches nothing when
 * asked for, and leaves nothing out when not.
 */
export function whereOf(
  filters: RefFilters,
  accounts: readonly { id: string; name: string }[],
  now: number,
  zone: string,
) {
  const { network, networkNot, range } = filters;
  const narrowed = network.length > 0 || networkNot.length > 0;
  const chosen = accounts.filter(
    ({ name }) => (network.length === 0 || network.includes(name)) && !networkNot.includes(name),
  );
  // all of them is no filter: the list is then walked by time, not account by account
  const all =
    chosen.length === accounts.length && network.every((name) => chosen.some((a) => a.name === name));
  return {
    ref: filters.ref || undefined,
    prefix: filters.prefix || undefined,
    promo: filters.promo || undefined,
    promoPrefix: filters.promoPrefix || undefined,
    visitor: filters.visitor || undefined,
    outcome: filters.outcome || undefined,
    source: filters.source || undefined,
    accountIds: narrowed && !all ? chosen.map((account) => account.id) : undefined,
    from: range === '' ? filters.from || undefined : new Date(rangeStart(range, now, zone)).toISOString(),
    to: filters.to || undefined,
  };
}

/** The page's address with these filters and, perhaps, a cursor or an open row. */
export function refsHref(pairs: Pairs, extra: Record<string, string> = {}): string {
  const query = new URLSearchParams([
    ...pairs.map(([name, value]): [string, string] => [name, value]),
    ...Object.entries(extra),
  ]).toString();
  return query === '' ? '/refs' : `/refs?${query}`;
}
