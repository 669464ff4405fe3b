import type { Ctx } from '#app/platform/context.server.ts';
import { resolveFilter } from './find-postbacks.server.ts';
import type { PageBounds, ResolvedFilter } from './postback-conditions.server.ts';
import { type ConnectorFor, type PostbackRow, readRows, toItems } from './postback-items.server.ts';
import type { PostbackFilter, PostbackItem, PostbackOrder } from './postback-schema.ts';
import { idsSql } from './postback-sql.server.ts';
import type { MessageKind } from './schema.ts';
import { lookedThrough } from './walk-postbacks.server.ts';

export interface ListPostbacksInput {
  /** A filter by `text` must be resolved by the caller, who has the search. */
  filter: PostbackFilter;
  /** The same filter, looked up already (resolveFilter). */
  resolved?: ResolvedFilter | undefined;
  /** 1–200. */
  limit: number;
  order?: PostbackOrder | undefined;
  /** Cursors: the id of the last row of the page before, or of the first row of the page after. */
  after?: string | undefined;
  before?: string | undefined;
  /** Leaves out what is newer than this id: how a page keeps its rows in place while new ones arrive. */
  top?: string | undefined;
  /** Rows to look through for one page where no index knows the filter; LOOK_CAP where left out. */
  look?: number | undefined;
}

export interface PostbackPage {
  items: PostbackItem[];
  /** Cursor for `after`, or null at the end. */
  nextAfter: string | null;
  /** Cursor for `before`, or null at the start. */
  prevBefore: string | null;
  /** The page is short because so many rows were looked through (LOOK_CAP); the cursor goes on from here. */
  lastLooked: string | null;
}

/** One page of messages, newest first where `order` is left out. Reads neither bodies nor payloads. */
export async function listPostbacks(
  ctx: Pick<Ctx, 'store'>,
  connectorFor: ConnectorFor,
  input: ListPostbacksInput,
): Promise<PostbackPage> {
  const limit = Math.min(Math.max(Math.trunc(input.limit), 1), 200);
  const order = input.order ?? 'newest';
  const backwards = input.before !== undefined;
  // a page before the cursor is read from the cursor backwards, then turned round
  const walk = backwards ? (order === 'newest' ? 'oldest' : 'newest') : order;
  const cursor = input.before ?? input.after;
  const bound = cursor === undefined ? {} : walk === 'newest' ? { below: cursor } : { above: cursor };
  const filter = input.resolved ?? (await resolveFilter(ctx, input.filter));
  const bounds = { order: walk, limit: limit + 1, ...bound, atMost: input.top } as const;
  const read = {
    run: (within: PageBounds) =>
      readRows(ctx, (param) => idsSql(ctx.store.dialect, filter, within, param), walk),
    enough: (found: PostbackRow[]) => found.length > limit,
  };
  const { found: rows, lastLooked } = await lookedThrough(ctx.store, filter, bounds, read, input.look);
  const more = rows.length > limit;
  const page = rows.slice(0, limit);
  if (backwards) page.reverse();
  const items = await toItems(page, connectorFor);
  const [first, last] = [items.at(0)?.id ?? lastLooked, items.at(-1)?.id ?? lastLooked];
  return {
    items,
    nextAfter: backwards || more ? last : lastLooked,
    prevBefore: backwards ? (more ? first : lastLooked) : input.after === undefined ? null : first,
    lastLooked,
  };
}

/** One message as lists show it, or null. */
export async function readItem(
  ctx: Pick<Ctx, 'store'>,
  connectorFor: ConnectorFor,
  kind: MessageKind,
  id: string,
): Promise<PostbackItem | null> {
  const rows = await readRows(
    ctx,
    (param) =>
      idsSql(ctx.store.dialect, { kind, ids: [id], accountIds: null }, { order: 'newest', limit: 1 }, param),
    'newest',
  );
  return (await toItems(rows, connectorFor))[0] ?? null;
}
