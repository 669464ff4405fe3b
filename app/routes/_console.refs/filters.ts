import { captureQuery } from '#app/modules/capture/filter-schema.ts';

/** The filters of the page, as they stand in the URL; '' is none. */
export interface RefFilters {
  ref: string;
  prefix: string;
  outcome: '' | 'kept' | 'overwrite_blocked';
  source: '' | 'api' | 'browser';
  network: string;
  /** A span back from now, e.g. 24h. */
  range: string;
}

export const RANGES: Record<string, { label: string; ms: number }> = {
  '1h': { label: 'Last hour', ms: 3_600_000 },
  '24h': { label: 'Last 24 hours', ms: 86_400_000 },
  '7d': { label: 'Last 7 days', ms: 7 * 86_400_000 },
  '30d': { label: 'Last 30 days', ms: 30 * 86_400_000 },
};

const NAMES = ['ref', 'prefix', 'outcome', 'source', 'network', 'range'] as const;

/** Reads the filters; codes stay as they are, byte for byte (RG-06). What makes no sense is left out. */
export function readFilters(params: URLSearchParams): RefFilters {
  const read = (name: 'ref' | 'prefix' | 'outcome' | 'source' | 'network'): string => {
    const value = params.get(name) ?? '';
    return value !== '' && captureQuery.shape[name].safeParse(value).success ? value : '';
  };
  const range = params.get('range') ?? '';
  return {
    ref: read('ref'),
    prefix: read('prefix'),
    outcome: read('outcome') as RefFilters['outcome'],
    source: read('source') as RefFilters['source'],
    network: read('network'),
    range: Object.hasOwn(RANGES, range) ? range : '',
  };
}

/** The filters as pairs, without those named. */
export const pairsOf = (filters: RefFilters, ...without: (keyof RefFilters)[]): [string, string][] =>
  NAMES.filter((name) => filters[name] !== '' && !without.includes(name)).map((name) => [
    name,
    filters[name],
  ]);

/** The page's address with these filters and, perhaps, a cursor or an open row. */
export function refsHref(
  pairs: readonly (readonly [string, string])[],
  extra: Record<string, string> = {},
): string {
  const query = new URLSearchParams([
    ...pairs.map(([name, value]) => [name, value] as [string, string]),
    ...Object.entries(extra),
  ]).toString();
  return query === '' ? '/refs' : `/refs?${query}`;
}
