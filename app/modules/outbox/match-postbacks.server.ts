import type { Ctx } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { resolveFilter, type SearchBodies } from './find-postbacks.server.ts';
import type { PostbackFilter } from './postback-schema.ts';
import { walkIds } from './walk-postbacks.server.ts';

export interface MatchBounds {
  /** Only ids above this one: where the chunk before ended. */
  above?: string | undefined;
  /** Only ids up to this one: rows that came later are not in it. */
  atMost?: string | undefined;
  limit: number;
}

export interface MatchChunk {
  ids: string[];
  /** `above` of the next chunk; null where this was the last. A chunk may be short and still not the last. */
  next: string | null;
}

/** Reads one chunk on the connection given. */
export type Matching = (conn: Conn, bounds: MatchBounds) => Promise<MatchChunk>;

/** Rows looked at for one chunk where no index knows the filter: so that one statement never takes long. */
const LOOK = 20_000;

/**
 * Everything that matches a filter, oldest first, in chunks: for bulk jobs, which act on more than one page. Names
 * and searches of the filter are looked up here, so not inside a transaction.
 */
export async function matchPostbacks(
  ctx: Pick<Ctx, 'store'>,
  filter: PostbackFilter,
  searchBodies?: SearchBodies,
): Promise<Matching> {
  const resolved = await resolveFilter(ctx, { ...filter, kind: 'postback' }, searchBodies);
  return async (conn, { limit, ...bounds }) => {
    const { ids, lastLooked } = await walkIds(conn, resolved, { order: 'oldest', limit, ...bounds }, LOOK);
    return { ids, next: ids.length >= limit ? (ids.at(-1) ?? null) : lastLooked };
  };
}
