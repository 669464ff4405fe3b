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
  // a store holds no NUL: PostgreSQL refuses to look for one
  const text = (name: string, most: number): string =>
    (params.get(name) ?? '').replaceAll('\0', '').slice(0, most).toWellFormed();
  const confirmed = params.get('confirmed') ?? '';
  return {
    q: text('q', 200),
    status: text('status', 64),
    network: text('network', 64),
    confirmed: confirmed === 'yes' || confirmed === 'no' ? confirmed : '',
  };
}

/** The filters of an address, where an account that there is not counts as none. */
export function readKnown(params: URLSearchParams, networks: readonly string[]): CampaignFilters {
  const filters = readFilters(params);
  return { ...filters, network: networks.includes(filters.network) ? filters.network : '' };
}

/** The filters as the list's verb takes them. */
export const choiceOf = ({ q, status, network, confirmed }: CampaignFilters) => ({
  q: q || undefined,
  status: status || undefined,
  network: network || undefined,
  confirmed: confirmed === '' ? undefined : confirmed === 'yes',
});

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
