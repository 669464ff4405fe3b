import { OPEN_DISPOSITIONS, type RefundFilter } from '#app/modules/disputes/inbox-schema.ts';
import { type Disposition, REFUND_KINDS } from '#app/modules/disputes/schema.ts';

/** The tabs of the inbox. */
export const VIEWS = ['open', 'review', 'disputed', 'too_late', 'canceled', 'ignored', 'all'] as const;
export type View = (typeof VIEWS)[number];
type Kind = (typeof REFUND_KINDS)[number];

export interface RefundsUrl {
  view: View;
  /** One disposition of the inbox by itself ("Show 7 more"). */
  only: Disposition | null;
  kind: Kind[];
  source: string[];
  q: string | null;
  after: string | undefined;
  before: string | undefined;
  open: string | null;
}

const text = (value: string | null): string | null =>
  value === null || value === '' || value.includes('\0') ? null : value.slice(0, 255);

/** Reads the address; what cannot be read counts as absent. A search alone looks through everything. */
export function parseRefundsUrl(query: URLSearchParams): RefundsUrl {
  const q = text(query.get('q'));
  return {
    view: VIEWS.find((known) => known === query.get('view')) ?? (q === null ? 'open' : 'all'),
    only: OPEN_DISPOSITIONS.find((known) => known === query.get('only')) ?? null,
    kind: query
      .getAll('kind')
      .filter((kind): kind is Kind => (REFUND_KINDS as readonly string[]).includes(kind)),
    source: query.getAll('source').flatMap((source) => text(source) ?? []),
    q,
    after: text(query.get('after')) ?? undefined,
    before: text(query.get('before')) ?? undefined,
    open: text(query.get('open')),
  };
}

const DISPOSITIONS_OF: Record<View, readonly Disposition[]> = {
  open: OPEN_DISPOSITIONS,
  review: ['needs_review', 'manual'],
  disputed: ['disputed'],
  too_late: ['too_late'],
  canceled: ['canceled_before_send'],
  ignored: ['ignored'],
  all: [],
};

/** The dispositions that a tab shows; none means all. */
export const dispositionsOf = (view: View): readonly Disposition[] => DISPOSITIONS_OF[view];

/** The filter that the address asks for. */
export function filterOf(url: RefundsUrl): RefundFilter {
  const disposition = url.only && url.view === 'open' ? [url.only] : dispositionsOf(url.view);
  return {
    ...(disposition.length > 0 ? { disposition } : {}),
    ...(url.kind.length > 0 ? { kind: url.kind } : {}),
    ...(url.source.length > 0 ? { source: url.source } : {}),
    ...(url.q === null ? {} : { q: url.q }),
  };
}

/** What of the address a saved view keeps: the tab and its filters, in one order, without cursor and open row. */
export function cleanQuery(query: URLSearchParams): string {
  const kept = ['view', 'only', 'kind', 'source', 'q'].flatMap((name) =>
    query
      .getAll(name)
      .filter((value) => value !== '')
      .map((value): [string, string] => [name, value]),
  );
  return new URLSearchParams(kept).toString();
}

/** The queries of the page's own tabs in that form; none is the first of them. */
export const BUILT_IN = ['', ...VIEWS.map((view) => `view=${view}`)];

/** True where something beyond the tab narrows the list. */
export const isNarrowed = (url: RefundsUrl): boolean =>
  url.q !== null || url.kind.length > 0 || url.source.length > 0;
