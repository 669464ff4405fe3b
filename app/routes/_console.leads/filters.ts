import type { LeadFilter } from '#app/modules/leads/lead-schema.ts';
import { HOLD_STATES, type HoldState } from '#app/modules/leads/schema.ts';

/** The tabs of the page. */
export const VIEWS = ['refunded', 'due', 'held', 'released', 'disputed', 'all'] as const;
export type View = (typeof VIEWS)[number];

/** What the address says: the tab, its filters, the place in the list, the open row. */
export interface LeadsUrl {
  view: View;
  holdState: HoldState[];
  network: string[];
  campaign: string[];
  affiliate: string | null;
  /** ISO bounds of the end of the hold, as the payout calendar asks. */
  releaseFrom: string | null;
  releaseTo: string | null;
  currency: string | null;
  q: string | null;
  after: string | undefined;
  before: string | undefined;
  open: string | null;
  hidden: string[];
}

/** Parameters that say which leads are shown; any of them without a view means all leads. */
const FILTERS = [
  'holdState',
  'network',
  'campaign',
  'affiliate',
  'releaseFrom',
  'releaseTo',
  'currency',
  'q',
] as const;
const CURSORS = ['after', 'before'] as const;

const text = (value: string | null): string | null =>
  value === null || value === '' || value.includes('\0') ? null : value.slice(0, 255);
const iso = (value: string | null): string | null => {
  const at = Date.parse(value ?? '');
  return Number.isNaN(at) ? null : new Date(at).toISOString();
};
const texts = (query: URLSearchParams, name: string): string[] =>
  query.getAll(name).flatMap((value) => text(value) ?? []);

/** Reads the address; what cannot be read counts as absent. */
export function parseLeadsUrl(query: URLSearchParams): LeadsUrl {
  const filtered = FILTERS.some((name) => texts(query, name).length > 0);
  const view = VIEWS.find((known) => known === query.get('view')) ?? (filtered ? 'all' : 'refunded');
  return {
    view,
    holdState: texts(query, 'holdState').filter((state): state is HoldState =>
      (HOLD_STATES as readonly string[]).includes(state),
    ),
    network: texts(query, 'network'),
    campaign: texts(query, 'campaign'),
    affiliate: text(query.get('affiliate')),
    releaseFrom: iso(query.get('releaseFrom')),
    releaseTo: iso(query.get('releaseTo')),
    currency: text(query.get('currency')),
    q: text(query.get('q')),
    after: text(query.get('after')) ?? undefined,
    before: text(query.get('before')) ?? undefined,
    open: text(query.get('open')),
    hidden: texts(query, 'hide'),
  };
}

/** What a tab means, before the address adds its filters. `now` is epoch milliseconds. */
function baseOf(view: View, now: number): LeadFilter {
  switch (view) {
    case 'refunded':
      return { refunded: true };
    case 'due':
      // the worst case counts: a deadline within three days
      return { refunded: true, dueBefore: new Date(now + 72 * 3_600_000).toISOString() };
    case 'held':
      return { holdState: ['pending_release'] };
    case 'released':
      return { holdState: ['released'] };
    case 'disputed':
      return { holdState: ['disputed'] };
    case 'all':
      return {};
  }
}

/** The filter that the address asks for. */
export function filterOf(url: LeadsUrl, now: number): LeadFilter {
  return {
    ...baseOf(url.view, now),
    ...(url.view === 'all' && url.holdState.length > 0 ? { holdState: url.holdState } : {}),
    ...(url.network.length > 0 ? { network: url.network } : {}),
    ...(url.campaign.length > 0 ? { campaign: url.campaign } : {}),
    ...(url.affiliate === null ? {} : { affiliate: url.affiliate }),
    ...(url.releaseFrom === null ? {} : { releaseFrom: url.releaseFrom }),
    ...(url.releaseTo === null ? {} : { releaseTo: url.releaseTo }),
    ...(url.currency === null ? {} : { currency: url.currency }),
    ...(url.q === null ? {} : { q: url.q }),
  };
}

/** The address with some parameters set (or dropped with null). Another filter begins at the start of the list. */
export function hrefWith(
  query: URLSearchParams,
  changes: Record<string, string | readonly string[] | null>,
): string {
  const next = new URLSearchParams(query);
  const filters = Object.keys(changes).some((name) => !['open', 'hide'].includes(name));
  if (filters) for (const name of CURSORS) next.delete(name);
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name);
    for (const one of value === null ? [] : typeof value === 'string' ? [value] : value)
      next.append(name, one);
  }
  const search = next.toString();
  return search === '' ? '?' : `?${search}`;
}

/** What of the address a saved view keeps: the tab, filters and columns, in one order, without cursor and open row. */
export function cleanQuery(query: URLSearchParams): string {
  const kept = ['view', ...FILTERS, 'hide'].flatMap((name) =>
    texts(query, name).map((value): [string, string] => [name, value]),
  );
  return new URLSearchParams(kept).toString();
}

/** The queries of the page's own tabs in that form; none is the first of them. */
export const BUILT_IN = ['', ...VIEWS.map((view) => `view=${view}`)];

/** The parameters that a filter's form must carry along. */
export function keepFor(query: URLSearchParams, own: string): (readonly [string, string])[] {
  return [...query].filter(
    ([name]) => name !== own && name !== 'open' && !(CURSORS as readonly string[]).includes(name),
  );
}

/** True where something beyond the tab narrows the list. */
export const isNarrowed = (url: LeadsUrl): boolean =>
  url.q !== null ||
  url.affiliate !== null ||
  url.campaign.length > 0 ||
  url.network.length > 0 ||
  url.releaseFrom !== null ||
  url.releaseTo !== null ||
  url.currency !== null ||
  (url.view === 'all' && url.holdState.length > 0);
