import { setImmediate as breathe } from 'node:timers/promises';
import type { Ctx } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { firstIdAt } from '#app/platform/ids.server.ts';
import type { RefundFilter } from './inbox-schema.ts';

type Read = Pick<Ctx, 'store'>;

const SEARCH_CAP = 1000;
/** Refunds that one statement looks at, where few of them may match: some milliseconds on SQLite. */
const LOOK = 4_000;

/** Conditions of a filter on "Refund", with their arguments; `args`: those that stand before them in the statement. */
export async function conditionsOf(
  { store }: Read,
  filter: RefundFilter,
  args: unknown[] = [],
): Promise<{ where: string[]; args: unknown[]; param(value: unknown): string }> {
  const { dialect } = store;
  const param = (value: unknown): string => dialect.p(args.push(value));
  const inList = (column: string, values: readonly string[]): string =>
    dialect.inList(column, args.push(JSON.stringify(values)));
  const where: string[] = [];
  if (filter.disposition?.length)
    where.push(`"disposition" IN (${filter.disposition.map(param).join(', ')})`);
  if (filter.kind?.length) where.push(inList('"kind"', filter.kind));
  if (filter.source?.length) where.push(inList('"source"', filter.source));
  if (filter.q !== undefined) where.push(inList('"id"', await searchIds(store, filter.q)));
  if (filter.from !== undefined) where.push(`"id" >= ${param(firstIdAt('rfd', Date.parse(filter.from)))}`);
  if (filter.to !== undefined) where.push(`"id" < ${param(firstIdAt('rfd', Date.parse(filter.to)))}`);
  return { where, args, param };
}

/** Refunds that a text names: by their own id, the order's, a payment's, or the lead's. */
async function searchIds(conn: Conn, q: string): Promise<string[]> {
  const { p } = conn.dialect;
  const ways = [
    `SELECT "id" FROM "Refund" WHERE "id" = ${p(1)}`,
    `SELECT "id" FROM "Refund" WHERE "refundId" = ${p(1)}`,
    `SELECT x."id" FROM "Refund" r JOIN "Refund" x ON x."copyOf" = r."id" WHERE r."refundId" = ${p(1)}`,
    `SELECT "id" FROM "Refund" WHERE "leadId" = ${p(1)}`,
    `SELECT r."id" FROM "Conversion" c JOIN "Refund" r ON r."conversionId" = c."id" WHERE c."externalId" = ${p(1)} LIMIT ${SEARCH_CAP}`,
    `SELECT r."id" FROM "PaymentRef" y JOIN "Refund" r ON r."conversionId" = y."conversionId" WHERE y."paymentId" = ${p(1)} LIMIT ${SEARCH_CAP}`,
    `SELECT "id" FROM "Refund" WHERE "disposition" = 'unmatched' AND "externalId" = ${p(1)} LIMIT ${SEARCH_CAP}`,
    `SELECT "id" FROM "Refund" WHERE "disposition" = 'unmatched' AND "paymentId" = ${p(1)} LIMIT ${SEARCH_CAP}`,
  ];
  const found = await Promise.all(ways.map((sql) => conn.query<{ id: string }>(sql, q)));
  return [...new Set(found.flat().map((row) => row.id))];
}

/** What an index holds in the order of ids; the first that a filter asks for leads, the rest is looked for in it. */
const LEADING = ['disposition', 'kind', 'source'] as const;

/** One walk of an index: the refunds that share what leads it, of which `rest` is asked as well. */
export interface RefundWalk {
  leading: { column: (typeof LEADING)[number]; value: string } | null;
  rest: RefundFilter;
  /** Few may match: it is walked in steps. */
  stepped: boolean;
}

/** The walks that find what a filter asks for: one for each value of what leads, for no index holds several in order. */
export function walksOf(filter: RefundFilter): RefundWalk[] {
  // what a text names is few, and found by itself
  if (filter.q !== undefined) return [{ leading: null, rest: filter, stepped: false }];
  const [column, ...others] = LEADING.filter((name) => filter[name]?.length);
  if (column === undefined) return [{ leading: null, rest: filter, stepped: false }];
  const rest = { ...filter, [column]: undefined };
  return [...new Set<string>(filter[column])].map((value) => ({
    leading: { column, value },
    rest,
    stepped: others.length > 0,
  }));
}

/** A part of a walk: conditions on "Refund" with their arguments, in the order in which they stand. */
export interface Slice {
  where: string;
  args: unknown[];
}

/**
 * A walk in parts of so many refunds as one statement may look at, oldest first or newest first, from beyond an id;
 * others are let in between two. A walk that is not `stepped` is one part, and each is on PostgreSQL.
 */
export async function* slicesOf(
  ctx: Read,
  { leading, rest, stepped }: RefundWalk,
  { beyond, oldest }: { beyond?: string | undefined; oldest: boolean },
): AsyncGenerator<Slice> {
  let from = beyond;
  for (;;) {
    // SQLite answers within this process, which does nothing else meanwhile; PostgreSQL does not need the steps
    const inSteps = stepped && ctx.store.dialect.name === 'sqlite';
    const end = inSteps ? await stepEnd(ctx, leading, from, oldest) : null;
    const { where, args, param } = await conditionsOf(ctx, rest);
    if (leading) where.push(`"${leading.column}" = ${param(leading.value)}`);
    if (from !== undefined) where.push(`"id" ${oldest ? '>' : '<'} ${param(from)}`);
    if (end !== null) where.push(`"id" ${oldest ? '<=' : '>='} ${param(end)}`);
    yield { where: where.join(' AND ') || '1 = 1', args };
    if (end === null) return;
    from = end;
    await breathe();
  }
}

/** The last id of a step; null where the rest is no more than one. */
async function stepEnd(
  { store }: Read,
  leading: RefundWalk['leading'],
  from: string | undefined,
  oldest: boolean,
): Promise<string | null> {
  const args: unknown[] = [];
  const param = (value: unknown): string => store.dialect.p(args.push(value));
  const where = [
    ...(leading ? [`"${leading.column}" = ${param(leading.value)}`] : []),
    ...(from === undefined ? [] : [`"id" ${oldest ? '>' : '<'} ${param(from)}`]),
  ];
  const [end] = await store.query<{ id: string }>(
    `SELECT "id" FROM "Refund" WHERE ${where.join(' AND ') || '1 = 1'} ORDER BY "id" ${oldest ? 'ASC' : 'DESC'} LIMIT 1 OFFSET ${LOOK - 1}`,
    ...args,
  );
  return end?.id ?? null;
}

/** Ids of the refunds that match, newest or oldest first, from beyond an id. Walks indexes; never holds others up. */
export async function findRefunds(
  ctx: Read,
  search: { filter: RefundFilter; beyond?: string | undefined; oldest: boolean; limit: number },
): Promise<string[]> {
  const { filter, oldest, limit } = search;
  const walks = walksOf(filter);
  const all: string[] = [];
  for (const walk of walks) {
    const found: string[] = [];
    for await (const { where, args } of slicesOf(ctx, walk, search)) {
      const rows = await ctx.store.query<{ id: string }>(
        `SELECT "id" FROM "Refund" WHERE ${where} ORDER BY "id" ${oldest ? 'ASC' : 'DESC'} LIMIT ${limit - found.length}`,
        ...args,
      );
      for (const row of rows) found.push(row.id);
      if (found.length >= limit) break;
    }
    all.push(...found);
  }
  if (walks.length > 1) all.sort((a, b) => (a < b === oldest ? -1 : 1));
  return all.slice(0, limit);
}
