/** The filters of the list, as they stand in the URL. */
export interface CampaignFilters {
  q: string;
  status: string;
  network: string;
  /** '', 'yes' or 'no'. */
  confirmed: string;
}

const NAMES = ['q', 'status', 'network', 'confirmed'] as const;

/** Reads the filters; what makes no sense is left out. */
export function readFilters(params: URLSearchParams): CampaignFilters {
  const confirmed = params.get('confirmed') ?? '';
  return {
    q: (params.get('q') ?? '').slice(0, 200),
    status: (params.get('status') ?? '').slice(0, 64),
    network: (params.get('network') ?? '').slice(0, 64),
    confirmed: confirmed === 'yes' || confirmed === 'no' ? confirmed : '',
  };
}

/** The filters as pairs, without those named. */
export const pairsOf = (
  filters: CampaignFilters,
  ...without: (keyof CampaignFilters)[]
): [string, string][] =>
  NAMES.filter((name) => filters[name] !== '' && !without.includes(name)).map((name) => [
    name,
    filters[name],
  ]);

/** The list's address with these filters and, perhaps, a cursor. */
export function listHref(
  pairs: readonly (readonly [string, string])[],
  cursor: Record<string, string> = {},
): string {
  const query = new URLSearchParams([
    ...pairs.map(([name, value]) => [name, value] as [string, string]),
    ...Object.entries(cursor),
  ]).toString();
  return query === '' ? '/campaigns' : `/campaigns?${query}`;
}
