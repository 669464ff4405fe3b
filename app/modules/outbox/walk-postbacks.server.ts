import { parameters } from '#app/platform/db/parameters.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import type { PageBounds, ResolvedFilter } from './postback-conditions.server.ts';
import { LOOK_CAP } from './postback-schema.ts';
import { idsSql, lastLookedSql, looksAtRows } from './postback-sql.server.ts';

/** Rows looked at first: enough for nearly every page, and cheap. */
const FIRST_LOOK = 2_000;

/**
 * Runs a read over what matches, looking at no more than `look` rows where no index knows the filter. `lastLooked` is
 * the id where it stopped before it had enough: the cursor to go on from; null where all was seen or enough found.
 */
export async function lookedThrough<T>(
  conn: Conn,
  filter: ResolvedFilter,
  bounds: PageBounds,
  read: { run(bounds: PageBounds): Promise<T>; enough(found: T): boolean },
  look: number = LOOK_CAP,
): Promise<{ found: T; lastLooked: string | null }> {
  if (!looksAtRows(conn.dialect, filter)) return { found: await read.run(bounds), lastLooked: null };
  let stopped: { found: T; lastLooked: string } | null = null;
  for (const rows of look > FIRST_LOOK ? [FIRST_LOOK, look] : [look]) {
    const lastLooked = await lastLookedId(conn, filter, bounds, rows);
    const found = await read.run(lastLooked === null ? bounds : { ...bounds, lastLooked });
    if (lastLooked === null || read.enough(found)) return { found, lastLooked: null };
    stopped = { found, lastLooked };
  }
  return stopped as NonNullable<typeof stopped>;
}

/** The nearest of the branches' ends: up to there every branch was looked through. */
async function lastLookedId(
  conn: Conn,
  filter: ResolvedFilter,
  bounds: PageBounds,
  rows: number,
): Promise<string | null> {
  const { args, param } = parameters(conn.dialect);
  const ends = await conn.query<{ id: string }>(
    lastLookedSql(conn.dialect, filter, bounds, rows, param),
    ...args,
  );
  const ids = ends.map((end) => end.id).sort();
  return (bounds.order === 'newest' ? ids.at(-1) : ids[0]) ?? null;
}

/**
 * Ids of matching messages in order, at most `limit`. With `lastLooked` there may be more beyond it though fewer than
 * `limit` came: go on from there. For jobs and exports, which walk everything.
 */
export async function walkIds(
  conn: Conn,
  filter: ResolvedFilter,
  bounds: PageBounds,
  look?: number,
): Promise<{ ids: string[]; lastLooked: string | null }> {
  const run = async (within: PageBounds): Promise<string[]> => {
    const { args, param } = parameters(conn.dialect);
    const rows = await conn.query<{ id: string }>(idsSql(conn.dialect, filter, within, param), ...args);
    return rows.map((row) => row.id);
  };
  const enough = (ids: string[]) => ids.length >= bounds.limit;
  const { found, lastLooked } = await lookedThrough(conn, filter, bounds, { run, enough }, look);
  return { ids: found, lastLooked };
}
