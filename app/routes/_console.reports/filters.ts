import type { AskedTime } from '#app/modules/reports/reading-schema.ts';
import type { LeadsNarrowing } from '#app/modules/reports/report-filter-schema.ts';
import { isRange, rangeStart, type TimeRange } from '#app/platform/time-range.ts';
import type { TimeFilter } from '#app/ui/filter-time.tsx';

const CURSORS = ['after', 'before'];
const VALUE_MAX = 255;

const text = (value: string | null): string | null =>
  value === null || value === '' || value.length > VALUE_MAX || value.includes('\0') || !value.isWellFormed()
    ? null
    : value;
const texts = (query: URLSearchParams, name: string): string[] => [
  ...new Set(query.getAll(name).flatMap((value) => text(value) ?? [])),
];

/** Reads what a report is narrowed to from its address; what makes no sense is left out. */
export function readNarrowing(query: URLSearchParams): LeadsNarrowing {
  const currency = query.get('currency')?.toUpperCase() ?? '';
  return {
    network: texts(query, 'network'),
    campaign: texts(query, 'campaign'),
    affiliate: text(query.get('affiliate')),
    currency: /^[A-Z]{3}$/.test(currency) ? currency : null,
  };
}

/** Whether anything is left out by a filter. */
export const isNarrowed = (filter: LeadsNarrowing): boolean =>
  filter.network.length > 0 ||
  filter.campaign.length > 0 ||
  filter.affiliate !== null ||
  filter.currency !== null;

/** Drops every filter, for "Show all". */
export const NO_FILTERS = { network: null, campaign: null, affiliate: null, currency: null } as const;

/** Range of time of a report: one that moves with the clock, or two moments (UTC ISO), one of which may be missing. */
export interface Period extends TimeFilter {
  /** Since ever. */
  any: boolean;
}

const USUAL: TimeRange = '30d';

const isoOf = (value: string | null): string | undefined => {
  const at = Date.parse(value ?? '');
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
};

/** Reads the range of time; without one it is the last 30 days. */
export function readPeriod(query: URLSearchParams): Period {
  const [from, to, range] = [isoOf(query.get('from')), isoOf(query.get('to')), query.get('range')];
  if (from !== undefined || to !== undefined)
    return from !== undefined && to !== undefined && from >= to
      ? { range: USUAL, any: false }
      : { from, to, any: false };
  if (range === 'any') return { any: true };
  return { range: isRange(range) ? range : USUAL, any: false };
}

/** The changes of the address that choose a range; `readPeriod` reads them back. */
export function periodChanges({ range, from, to }: TimeFilter): Record<string, string | null> {
  const none = range === undefined && from === undefined && to === undefined;
  return {
    range: none ? 'any' : range === USUAL ? null : (range ?? null),
    from: from ?? null,
    to: to ?? null,
  };
}

/** The bounds of a range in ms; null where it has none. */
export function boundsOf(
  period: Period,
  now: number,
  zone: string,
): { from: number | null; to: number | null } {
  if (period.range) return { from: rangeStart(period.range, now, zone), to: null };
  const ms = (iso: string | undefined) => (iso === undefined ? null : Date.parse(iso));
  return { from: ms(period.from), to: ms(period.to) };
}

/** The same as reports ask for it: a range that moves keeps its name while it does. */
export const askedTime = (period: Period, zone: string): AskedTime => ({
  key: JSON.stringify([period, zone]),
  bounds: (now) => boundsOf(period, now, zone),
});

/** The address with some parameters set, or dropped with null. Another filter begins at the start of the list. */
export function hrefWith(
  query: URLSearchParams,
  changes: Record<string, string | readonly string[] | null>,
): string {
  const next = new URLSearchParams(query);
  if (!Object.keys(changes).some((name) => CURSORS.includes(name)))
    for (const name of CURSORS) next.delete(name);
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name);
    for (const one of value === null ? [] : typeof value === 'string' ? [value] : value)
      next.append(name, one);
  }
  const search = next.toString();
  return search === '' ? '?' : `?${search}`;
}

/** The parameters that a filter's form must carry along. */
export const keepFor = (query: URLSearchParams, own: string): [string, string][] =>
  [...query].filter(([name]) => name !== own && !CURSORS.includes(name));

/** The list of leads that a number stands for. */
export function leadsHref(
  filter: LeadsNarrowing,
  more: {
    holdState?: 'pending_release' | 'released';
    releaseFrom?: string;
    releaseTo?: string;
    campaign?: string | null;
    affiliate?: string | null;
    currency?: string | null;
  } = {},
): string {
  const { campaign, affiliate, currency, ...rest } = more;
  const query = new URLSearchParams([['view', 'all']]);
  for (const [name, value] of Object.entries(rest)) query.set(name, value);
  for (const network of filter.network) query.append('network', network);
  for (const id of campaign ? [campaign] : filter.campaign) query.append('campaign', id);
  const [whose, which] = [affiliate ?? filter.affiliate, currency ?? filter.currency];
  if (whose) query.set('affiliate', whose);
  if (which) query.set('currency', which);
  return `/leads?${query}`;
}
