import type { Conn } from '#app/platform/db/store.server.ts';
import type { Span } from './bars.ts';
import { type AttemptCounts, UNKNOWN_CAMPAIGN } from './delivery-schema.ts';
import { ALL } from './roll-up.ts';

const COUNTS = [
  'attempts',
  'accepted',
  'duplicate',
  'test',
  'retryable',
  'rejected',
  'interrupted',
  'firstTries',
  'firstSuccesses',
] as const satisfies readonly (keyof AttemptCounts)[];

/** The sums of a group of rows, by name. */
export const SUMS = COUNTS.map((name) => `sum("${name}") AS "${name}"`).join(', ');
export type RawCounts = Record<(typeof COUNTS)[number], number | bigint | null>;

export const countsOf = (row: RawCounts): AttemptCounts =>
  Object.fromEntries(COUNTS.map((name) => [name, Number(row[name] ?? 0)])) as unknown as AttemptCounts;

export function sumOf(rows: readonly AttemptCounts[]): AttemptCounts {
  return Object.fromEntries(
    COUNTS.map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0)]),
  ) as unknown as AttemptCounts;
}

/** What rows are read: of one span, in a stretch of time (ms), of some accounts (null: all) and campaigns (empty: all). */
export interface Place {
  span: Span;
  from: number;
  to: number;
  accountIds: readonly string[] | null;
  campaigns: readonly string[];
}

/** `total`: the rows of all places together where nothing narrows them. `groups`: those of each place. */
export type Grain = 'total' | 'groups';

/** Condition on rollup rows, walking their key from its front. With `day` for the table of answers. */
export function narrowed(
  conn: Conn,
  place: Place,
  grain: Grain,
  table: 'step' | 'day' = 'step',
): { where: string; args: unknown[] } {
  const { dialect } = conn;
  const args: unknown[] = [];
  const put = (value: unknown): number => args.push(value);
  const column = table === 'step' ? '"at"' : '"day"';
  const parts = table === 'step' ? [`"span" = ${place.span}`] : [];
  parts.push(`${column} >= ${dialect.p(put(dialect.time(place.from)))}`);
  parts.push(`${column} < ${dialect.p(put(dialect.time(place.to)))}`);
  const all = grain === 'total' && place.accountIds === null && place.campaigns.length === 0;
  if (table === 'step') parts.push(`"accountId" ${all ? '=' : '<>'} '${ALL}'`);
  if (place.accountIds) parts.push(dialect.inList('"accountId"', put(JSON.stringify(place.accountIds))));
  if (place.campaigns.length > 0) {
    const ids = place.campaigns.map((id) => (id === UNKNOWN_CAMPAIGN ? '' : id));
    parts.push(dialect.inList('"networkCampaignId"', put(JSON.stringify(ids))));
  }
  return { where: parts.join(' AND '), args };
}
