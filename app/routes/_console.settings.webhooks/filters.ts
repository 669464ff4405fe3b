import type { EventFilter } from '#app/modules/webhooks/endpoint-schema.ts';
import { EVENT_STATES, type EventState } from '#app/modules/webhooks/schema.ts';

/** The deliveries that the address asks for. */
export interface EventsUrl {
  state: EventState | null;
  type: string | null;
  q: string | null;
  /** Live ones alone, or the provider's tests alone; null: both. */
  mode: 'live' | 'test' | null;
  before: string | undefined;
  after: string | undefined;
}

const text = (value: string | null): string | null =>
  value === null || value === '' || value.includes('\0') ? null : value.slice(0, 255);

/** Reads the address; what cannot be read counts as absent. */
export function parseEventsUrl(query: URLSearchParams): EventsUrl {
  return {
    state: EVENT_STATES.find((known) => known === query.get('state')) ?? null,
    type: text(query.get('type')),
    q: text(query.get('q')),
    mode: (['live', 'test'] as const).find((known) => known === query.get('mode')) ?? null,
    before: text(query.get('before')) ?? undefined,
    after: text(query.get('after')) ?? undefined,
  };
}

type Kept = Omit<EventsUrl, 'before' | 'after'>;

/** The parameters that say what is shown, without the cursor. */
export const keptOf = ({ state, type, q, mode }: Kept): [string, string][] => [
  ...(state === null ? [] : [['state', state] as [string, string]]),
  ...(type === null ? [] : [['type', type] as [string, string]]),
  ...(q === null ? [] : [['q', q] as [string, string]]),
  ...(mode === null ? [] : [['mode', mode] as [string, string]]),
];

/** The list's address with other filters, from its first page unless a cursor is given. */
export function eventsHref(
  endpointId: string,
  url: Kept,
  change: Partial<Kept> = {},
  cursor: { before?: string; after?: string } = {},
): string {
  const query = new URLSearchParams([...keptOf({ ...url, ...change }), ...Object.entries(cursor)]);
  const text = query.toString();
  return `/settings/webhooks/${endpointId}${text === '' ? '' : `?${text}`}`;
}

/** The filters as the list's verb takes them. */
export const filterOf = ({ state, type, q, mode }: Kept): EventFilter => ({
  state: state ?? undefined,
  type: type ?? undefined,
  q: q ?? undefined,
  mode: mode ?? undefined,
});

/** Whether anything is filtered. */
export const isFiltered = ({ state, type, q, mode }: Kept): boolean =>
  state !== null || type !== null || q !== null || mode !== null;
