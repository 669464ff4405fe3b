import type { Ctx } from '#app/platform/context.server.ts';
import type { Dialect } from '#app/platform/db/dialect.server.ts';
import type { CaptureFilter } from './filter-schema.ts';
import { firstIdAt } from './first-id.ts';
import type { CaptureItem, CapturePage } from './view-schema.ts';

export interface ListCapturesInput extends Omit<CaptureFilter, 'network'> {
  accountId?: string | undefined;
  /** 1–200, default 50. */
  limit?: number | undefined;
  /** Id of the last capture of the page before (older follow), or of the first of the page after (newer follow). */
  before?: string | undefined;
  after?: string | undefined;
}

export type CaptureRow = Omit<CaptureItem, 'capturedAt' | 'createdAt'> & {
  capturedAt: Date;
  createdAt: Date;
};

export const CAPTURE_COLUMNS = [
  'id',
  'accountId',
  'ref',
  'promo',
  'url',
  'visitorId',
  'cookieValue',
  'source',
  'outcome',
  'keptRef',
  'capturedAt',
  'createdAt',
]
  .map((name) => `"${name}"`)
  .join(', ');

const OUTCOME_SQL = {
  kept: `"outcome" = 'kept'`,
  overwrite_blocked: `"outcome" = 'overwrite_blocked'`,
} as const;
const COUNT_CAP = 1_001;
const COMMON = 10_000;

/** A row as shown. */
export const captureItem = (row: CaptureRow): CaptureItem => ({
  ...row,
  capturedAt: row.capturedAt.toISOString(),
  createdAt: row.createdAt.toISOString(),
});

interface Where {
  sql: string;
  args: unknown[];
}

/** Conditions on captures. Times become bounds of the id, which begins with its time: one index serves all pages. */
function whereOf(dialect: Dialect, input: ListCapturesInput, commonPrefix = false): Where {
  const parts: string[] = [];
  const args: unknown[] = [];
  const add = (sql: (p: string) => string, value: unknown): void => {
    args.push(value);
    parts.push(sql(dialect.p(args.length)));
  };
  if (input.ref !== undefined) add((p) => `"ref" = ${p}`, input.ref);
  if (input.prefix !== undefined) addPrefix(dialect, input.prefix, commonPrefix, add);
  // written out: a partial index serves what is rare, and only a constant can tell the planner so
  if (input.outcome !== undefined) parts.push(OUTCOME_SQL[input.outcome]);
  if (input.source !== undefined) add((p) => `"source" = ${p}`, input.source);
  if (input.accountId !== undefined) add((p) => `"accountId" = ${p}`, input.accountId);
  if (input.from !== undefined) add((p) => `"id" >= ${p}`, firstIdAt('cap', Date.parse(input.from)));
  if (input.to !== undefined) add((p) => `"id" < ${p}`, firstIdAt('cap', Date.parse(input.to)));
  if (input.before !== undefined) add((p) => `"id" < ${p}`, input.before);
  if (input.after !== undefined) add((p) => `"id" > ${p}`, input.after);
  return { sql: parts.length > 0 ? `WHERE ${parts.join(' AND ')}` : '', args };
}

/** Codes that begin so, byte for byte: SQLite compares by byte already, PostgreSQL's ~>=~ does whatever the locale. */
function addPrefix(
  dialect: Dialect,
  prefix: string,
  common: boolean,
  add: (sql: (p: string) => string, value: unknown) => void,
): void {
  const [from, to] = dialect.name === 'postgres' ? ['~>=~', '~<~'] : ['>=', '<'];
  // SQLite knows no statistics: the plus keeps it from sorting all that begin with a common prefix
  const column = common ? '+"ref"' : '"ref"';
  add((p) => `${column} ${from} ${p}`, prefix);
  add((p) => `${column} ${to} ${p}`, `${prefix}\u{10FFFF}`);
}

/** Whether so many codes begin with it that reading by time finds a page sooner than sorting them (SQLite only). */
async function isCommonPrefix({ store }: Pick<Ctx, 'store'>, prefix: string | undefined): Promise<boolean> {
  if (prefix === undefined || store.dialect.name !== 'sqlite') return false;
  const where = whereOf(store.dialect, { prefix });
  const [row] = await store.query<{ n: bigint | number }>(
    `SELECT count(*) AS n FROM (SELECT 1 FROM "Capture" ${where.sql} LIMIT ${COMMON})`,
    ...where.args,
  );
  return Number(row?.n ?? 0) >= COMMON;
}

/** Captures, newest first. Keyset by id, both ways; milliseconds at a million rows. */
export async function listCaptures(
  ctx: Pick<Ctx, 'store'>,
  input: ListCapturesInput = {},
): Promise<CapturePage> {
  const { store } = ctx;
  const limit = Math.min(Math.max(Math.trunc(input.limit ?? 50), 1), 200);
  const back = input.after !== undefined;
  const where = whereOf(store.dialect, input, await isCommonPrefix(ctx, input.prefix));
  const rows = await store.query<CaptureRow>(
    `SELECT ${CAPTURE_COLUMNS} FROM "Capture" ${where.sql} ORDER BY "id" ${back ? 'ASC' : 'DESC'} LIMIT ${limit + 1}`,
    ...where.args,
  );
  const more = rows.length > limit;
  const page = rows.slice(0, limit);
  if (back) page.reverse();
  return {
    items: page.map(captureItem),
    nextBefore: (back ? page.length > 0 : more) ? (page.at(-1)?.id ?? null) : null,
    nextAfter: (back ? more : input.before !== undefined) ? (page[0]?.id ?? null) : null,
  };
}

/** How many captures match, counted to 1,000. `after` counts those that are newer than a capture. */
export async function countCaptures(
  ctx: Pick<Ctx, 'store'>,
  input: ListCapturesInput = {},
): Promise<{ n: number; capped: boolean }> {
  const where = whereOf(ctx.store.dialect, input);
  const [row] = await ctx.store.query<{ n: bigint | number }>(
    `SELECT count(*) AS n FROM (SELECT 1 FROM "Capture" ${where.sql} LIMIT ${COUNT_CAP}) AS seen`,
    ...where.args,
  );
  const n = Number(row?.n ?? 0);
  return { n: Math.min(n, COUNT_CAP - 1), capped: n >= COUNT_CAP };
}
