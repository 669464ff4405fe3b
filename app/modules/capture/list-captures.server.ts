import type { Ctx } from '#app/platform/context.server.ts';
import { parameters } from '#app/platform/db/parameters.server.ts';
import {
  type CaptureBounds,
  type CaptureWhere,
  idsSql,
  LOOK_CAP,
  lookBound,
  planOf,
} from './list-captures-sql.server.ts';
import type { CaptureItem, CapturePage } from './view-schema.ts';

export interface ListCapturesInput extends CaptureWhere {
  /** 1–1,000, default 50. */
  limit?: number | undefined;
  /** Id of the last capture of the page before (older follow), or of the first of the page after (newer follow). */
  before?: string | undefined;
  after?: string | undefined;
  /** Leaves out what is newer than this id: how a page keeps its rows in place while new ones arrive. */
  top?: string | undefined;
}

export type CaptureRow = Omit<CaptureItem, 'capturedAt' | 'createdAt'> & {
  capturedAt: Date;
  createdAt: Date;
};

const NAMES = [
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
];
export const CAPTURE_COLUMNS = NAMES.map((name) => `"${name}"`).join(', ');
const OF_PAGE = NAMES.map((name) => `c."${name}"`).join(', ');
const COUNT_CAP = 1_001;

/** A row as shown. */
export const captureItem = (row: CaptureRow): CaptureItem => ({
  ...row,
  capturedAt: row.capturedAt.toISOString(),
  createdAt: row.createdAt.toISOString(),
});

const boundsOf = ({ before, after, top }: ListCapturesInput): CaptureBounds => ({
  direction: after === undefined ? 'DESC' : 'ASC',
  below: before,
  above: after,
  atMost: top,
});

/**
 * Captures, newest first. Keyset by id, both ways; milliseconds at a million rows. Where no one index knows the
 * filter, a page looks through 50,000 rows and then says so in `looked`; its cursor goes on from there.
 */
export async function listCaptures(
  ctx: Pick<Ctx, 'store'>,
  input: ListCapturesInput = {},
): Promise<CapturePage> {
  const { store } = ctx;
  const limit = Math.min(Math.max(Math.trunc(input.limit ?? 50), 1), 1_000);
  const bounds = boundsOf(input);
  const back = bounds.direction === 'ASC';
  const plan = await planOf(ctx, input);
  const look = await lookBound(ctx, plan, input, bounds);
  const { args, param } = parameters(store.dialect);
  const ids = idsSql(store.dialect, plan, input, bounds, look, limit + 1, param);
  // CROSS JOIN keeps SQLite at this order: the page first, then its rows
  const rows = await store.query<CaptureRow>(
    `WITH page AS (${ids}) SELECT ${OF_PAGE} FROM page CROSS JOIN "Capture" c WHERE c."id" = page."id" ORDER BY c."id" ${bounds.direction}`,
    ...args,
  );
  const more = rows.length > limit;
  const page = rows.slice(0, limit);
  if (back) page.reverse();
  const stopped = more ? null : look;
  const [first, last] = [page[0]?.id ?? null, page.at(-1)?.id ?? null];
  return {
    items: page.map(captureItem),
    nextBefore: back ? (last ?? stopped) : more ? last : stopped,
    nextAfter: back ? (more ? first : stopped) : input.before !== undefined ? first : null,
    looked: stopped === null ? null : LOOK_CAP,
  };
}

/**
 * How many captures match, counted to 1,000, and "or more" too where the walk stopped after 50,000 rows. `after` and
 * `top` count those on that side of a capture.
 */
export async function countCaptures(
  ctx: Pick<Ctx, 'store'>,
  input: ListCapturesInput = {},
): Promise<{ n: number; capped: boolean }> {
  const bounds: CaptureBounds = { ...boundsOf(input), direction: 'DESC' };
  const plan = await planOf(ctx, input);
  const look = await lookBound(ctx, plan, input, bounds);
  const { args, param } = parameters(ctx.store.dialect);
  const ids = idsSql(ctx.store.dialect, plan, input, bounds, look, COUNT_CAP, param);
  const [row] = await ctx.store.query<{ n: bigint | number }>(
    `SELECT count(*) AS n FROM (${ids}) AS seen`,
    ...args,
  );
  const n = Number(row?.n ?? 0);
  return { n: Math.min(n, COUNT_CAP - 1), capped: n >= COUNT_CAP || look !== null };
}
