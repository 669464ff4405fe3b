import { setImmediate as breathe } from 'node:timers/promises';
import { decodeTime } from 'ulid';
import type { Ctx } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { type Layout, layOut, rowStart } from './bars.ts';
import type {
  AttemptCounts,
  DeliveryBar,
  DeliveryGroup,
  DeliveryQuery,
  DeliveryReport,
  DeliveryTimes,
} from './delivery-schema.ts';
import { readWatermark } from './follow-attempts.server.ts';
import { percentile } from './histogram.ts';
import { readAnswers } from './read-answers.server.ts';
import { msOf, readRows } from './read-rows.server.ts';
import { countsOf, narrowed, type Place, type RawCounts, SUMS, sumOf } from './rollup-sql.server.ts';

/** Groups in the table. */
const GROUPS_MAX = 100;
/** Counting that lies further back than this is told. */
const BEHIND_WORTH_TELLING_MS = 60_000;

/** Gives an account its names; from the account book, by the composition root. */
export interface DeliveryDeps {
  accounts(): Promise<{ id: string; name: string; connector: string }[]>;
}

/** Outcomes, first-try success, time to delivered and commonest answers of a stretch of time. Reads rollups alone. */
export async function readDelivery(
  ctx: Pick<Ctx, 'store' | 'clock'>,
  deps: DeliveryDeps,
  query: DeliveryQuery,
): Promise<DeliveryReport> {
  const layout = layOut(query.from, query.to, query.zone);
  const accounts = await deps.accounts();
  const place: Place = {
    from: layout.edges[0] as number,
    to: layout.edges.at(-1) as number,
    span: layout.span,
    accountIds:
      query.network.length === 0
        ? null
        : accounts.filter((account) => query.network.includes(account.name)).map((account) => account.id),
    campaigns: query.campaign,
  };
  // one statement after the other, with a turn of the event loop between: on SQLite each holds the process
  const times = await readBarTimes(ctx.store, place);
  await breathe();
  const bars = await readBars(ctx.store, layout, place, times);
  await breathe();
  const groups = await readGroups(ctx.store, inDays(place), accounts);
  await breathe();
  return {
    from: new Date(place.from).toISOString(),
    to: new Date(place.to).toISOString(),
    barMs: layout.barMs,
    bars,
    total: { ...sumOf(bars), ...timesOf(times) },
    groups,
    groupsByDay: inDays(place) !== place,
    answers: await readAnswers(ctx.store, place),
    countedTo: await countedTo(ctx),
  };
}

/** Over two days groups are read from the rows of the days touched: a fraction of the rows, by a border of a day. */
const FINE_GROUPS_MS = 2 * 86_400_000;
function inDays(place: Place): Place {
  if (place.span === 1440 || place.to - place.from <= FINE_GROUPS_MS) return place;
  return { ...place, span: 1440, from: rowStart(place.from, 1440) };
}

interface TimeEntry {
  bucket: number;
  count: number;
}
interface BarTime extends TimeEntry {
  at: number;
}
const groupKey = (accountId: string, networkCampaignId: string): string =>
  `${accountId}\n${networkCampaignId}`;

async function readBarTimes(conn: Conn, place: Place): Promise<BarTime[]> {
  const { where, args } = narrowed(conn, place, 'total');
  const rows = await readRows<[number, number, number]>(
    conn,
    [msOf(conn, 't."at"'), 't."bucket"', 't."count"'],
    `(SELECT "at", "bucket", sum("count") AS "count" FROM "DeliveryTime" WHERE ${where} GROUP BY "at", "bucket") AS t`,
    args,
  );
  return rows.map(([at, bucket, count]) => ({ at, bucket, count }));
}

async function readGroupTimes(conn: Conn, place: Place): Promise<Map<string, TimeEntry[]>> {
  const { where, args } = narrowed(conn, place, 'groups');
  const rows = await readRows<[string, string, number, number]>(
    conn,
    ['t."accountId"', 't."networkCampaignId"', 't."bucket"', 't."count"'],
    `(SELECT "accountId", "networkCampaignId", "bucket", sum("count") AS "count" FROM "DeliveryTime" WHERE ${where} GROUP BY "accountId", "networkCampaignId", "bucket") AS t`,
    args,
  );
  const out = new Map<string, TimeEntry[]>();
  for (const [accountId, campaign, bucket, count] of rows)
    push(out, groupKey(accountId, campaign), { bucket, count });
  return out;
}

function timesOf(entries: readonly TimeEntry[]): DeliveryTimes {
  const counts = new Map<number, number>();
  for (const { bucket, count } of entries) counts.set(bucket, (counts.get(bucket) ?? 0) + count);
  return { p50: percentile(counts, 0.5), p95: percentile(counts, 0.95) };
}

async function readBars(
  conn: Conn,
  layout: Layout,
  place: Place,
  times: readonly BarTime[],
): Promise<DeliveryBar[]> {
  const { where, args } = narrowed(conn, place, 'total');
  const rows = await conn.query<RawCounts & { at: Date }>(
    `SELECT "at", ${SUMS} FROM "DeliveryStep" WHERE ${where} GROUP BY "at"`,
    ...args,
  );
  const { edges } = layout;
  const barOf = (at: number): number => Math.floor((at - (edges[0] as number)) / layout.barMs);
  const counts = new Map<number, AttemptCounts[]>();
  for (const row of rows) push(counts, barOf(row.at.getTime()), countsOf(row));
  const taken = new Map<number, BarTime[]>();
  for (const entry of times) push(taken, barOf(entry.at), entry);
  return edges.slice(0, -1).map((from, i) => ({
    from: new Date(from).toISOString(),
    to: new Date(edges[i + 1] as number).toISOString(),
    ...sumOf(counts.get(i) ?? []),
    ...timesOf(taken.get(i) ?? []),
  }));
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

async function readGroups(
  conn: Conn,
  place: Place,
  accounts: Awaited<ReturnType<DeliveryDeps['accounts']>>,
): Promise<DeliveryGroup[]> {
  const { where, args } = narrowed(conn, place, 'groups');
  const rows = await conn.query<
    RawCounts & { accountId: string; networkCampaignId: string; name: string | null }
  >(
    `SELECT g.*, c."name" FROM (SELECT "accountId", "networkCampaignId", ${SUMS} FROM "DeliveryStep" WHERE ${where}
       GROUP BY "accountId", "networkCampaignId" ORDER BY sum("attempts") DESC, "accountId", "networkCampaignId" LIMIT ${GROUPS_MAX}) AS g
     LEFT JOIN "Campaign" c ON c."accountId" = g."accountId" AND c."networkCampaignId" = g."networkCampaignId"`,
    ...args,
  );
  await breathe();
  const taken = await readGroupTimes(conn, place);
  const groups = rows.map((row) => {
    const account = accounts.find(({ id }) => id === row.accountId);
    const key = groupKey(row.accountId, row.networkCampaignId);
    return {
      key,
      network: account?.name ?? 'unknown',
      connector: account?.connector ?? 'unknown',
      networkCampaignId: row.networkCampaignId === '' ? null : row.networkCampaignId,
      campaignName: row.name,
      ...countsOf(row),
      ...timesOf(taken.get(key) ?? []),
    };
  });
  return groups.sort((a, b) => b.attempts - a.attempts || (a.key < b.key ? -1 : 1));
}

/** Up to when attempts are counted, where that is so far back that the numbers would mislead; else null. */
async function countedTo(ctx: Pick<Ctx, 'store' | 'clock'>): Promise<string | null> {
  const watermark = await readWatermark(ctx.store);
  const newest = await ctx.store.prisma.attempt.findFirst({ orderBy: { id: 'desc' }, select: { id: true } });
  if (!newest || newest.id <= watermark) return null;
  // what is newest may just not be in reach yet
  const oldest = await ctx.store.prisma.attempt.findFirst({
    where: { id: { gt: watermark } },
    orderBy: { id: 'asc' },
    select: { id: true, startedAt: true },
  });
  if (!oldest || timeOf(oldest.id, oldest.startedAt) > ctx.clock.now() - BEHIND_WORTH_TELLING_MS) return null;
  return oldest.startedAt.toISOString();
}

/** When an id was drawn; rows from elsewhere may carry an id that tells no time. */
function timeOf(id: string, otherwise: Date): number {
  const ulid = id.slice(id.indexOf('_') + 1);
  return /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(ulid) ? decodeTime(ulid) : otherwise.getTime();
}
