const HOUR = 3_600_000;

/** Spans back from now, as the page's address names them. */
const RANGES = {
  '1h': { label: 'Last hour', ms: HOUR },
  '6h': { label: 'Last 6 hours', ms: 6 * HOUR },
  '24h': { label: 'Last 24 hours', ms: 24 * HOUR },
  '7d': { label: 'Last 7 days', ms: 7 * 24 * HOUR },
  '30d': { label: 'Last 30 days', ms: 30 * 24 * HOUR },
  '90d': { label: 'Last 90 days', ms: 90 * 24 * HOUR },
} as const;
export type DeliveryRange = keyof typeof RANGES;
const USUAL: DeliveryRange = '24h';

export const RANGE_OPTIONS = (Object.keys(RANGES) as DeliveryRange[]).map((value) => ({
  value,
  label: RANGES[value].label,
}));

/** What the page's address says: a span back from now, or bounds (UTC ISO) that stay, as a zoom leaves them. */
export interface DeliveryState {
  range: DeliveryRange;
  between: { from: string; to: string } | null;
  /** Names of accounts, and the network's campaign ids; empty: all. */
  network: string[];
  campaign: string[];
}

const texts = (params: URLSearchParams, name: string): string[] => [
  ...new Set(
    params
      .getAll(name)
      .filter(
        (value) => value !== '' && value.length <= 255 && value.isWellFormed() && !value.includes('\0'),
      ),
  ),
];

const isoOf = (text: string | null): string | null => {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? null : new Date(at).toISOString();
};

/** Reads the address; what makes no sense is left out. */
export function readState(params: URLSearchParams): DeliveryState {
  const range = params.get('range') ?? '';
  const [from, to] = [isoOf(params.get('from')), isoOf(params.get('to'))];
  return {
    range: Object.hasOwn(RANGES, range) ? (range as DeliveryRange) : USUAL,
    between: from !== null && to !== null && from < to ? { from, to } : null,
    network: texts(params, 'network'),
    campaign: texts(params, 'campaign'),
  };
}

/** The state as pairs of the address, without those named; `readState` of them gives it back. */
export function pairsOf(
  state: DeliveryState,
  ...without: ('range' | 'network' | 'campaign')[]
): [string, string][] {
  const out: [string, string][] = [];
  if (!without.includes('range')) {
    if (state.range !== USUAL) out.push(['range', state.range]);
    if (state.between) out.push(['from', state.between.from], ['to', state.between.to]);
  }
  for (const name of ['network', 'campaign'] as const)
    if (!without.includes(name)) for (const value of state[name]) out.push([name, value]);
  return out;
}

/** The page's address with some of its state changed. */
export function hrefWith(state: DeliveryState, change: Partial<DeliveryState>): string {
  const query = new URLSearchParams(pairsOf({ ...state, ...change })).toString();
  return query === '' ? '/delivery' : `/delivery?${query}`;
}

/** The stretch of time that a state means, in ms. */
export function boundsOf(state: DeliveryState, now: number): { from: number; to: number } {
  if (state.between) return { from: Date.parse(state.between.from), to: Date.parse(state.between.to) };
  return { from: now - RANGES[state.range].ms, to: now };
}

export const rangeLabel = (range: DeliveryRange): string => RANGES[range].label;
