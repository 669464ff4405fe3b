import type { Ctx } from '#app/platform/context.server.ts';
import { compareKeys, type IssueCursor, readCursor, writeCursor } from './issue-cursor.ts';
import type { IssueOrder, ListIssuesInput } from './issue-schema.ts';
import { issueConditions } from './issue-sql.server.ts';
import { type Held, heldInState, NOTHING_HELD } from './issue-totals.server.ts';
import { ISSUE_STATES } from './schema.ts';

type Context = Pick<Ctx, 'store'>;
type Keyed = { id: string; keys: (number | string)[] };

/** Issues that are put in order by what they hold up: of more, those that were seen last. */
const ORDERED_MAX = 5_000;

export interface IssueIds {
  ids: string[];
  next: string | null;
  prev: string | null;
}

/** The ids of one page of issues, in order. */
export async function pageOfIssues(ctx: Context, input: ListIssuesInput): Promise<IssueIds> {
  const limit = Math.min(Math.max(Math.trunc(input.limit), 1), 200);
  const cursor = input.cursor === undefined ? null : readCursor(input.cursor, input.order);
  const found =
    input.order === 'money' || input.order === 'count'
      ? await byWhatIsHeld(ctx, input, cursor, limit + 1)
      : await byTime(ctx, input, cursor, limit + 1);
  const more = found.length > limit;
  const page = found.slice(0, limit);
  const backwards = cursor?.side === 'before';
  if (backwards) page.reverse();
  const at = (row: Keyed | undefined, side: IssueCursor['side']) =>
    row === undefined ? null : writeCursor({ side, order: input.order, keys: row.keys });
  return {
    ids: page.map(({ id }) => id),
    next: backwards || more ? at(page.at(-1), 'after') : null,
    prev: (backwards ? more : cursor !== null) ? at(page.at(0), 'before') : null,
  };
}

/** The first rows beyond the cursor, nearest first, walked by the store. */
async function byTime(
  ctx: Context,
  input: ListIssuesInput,
  cursor: IssueCursor | null,
  limit: number,
): Promise<Keyed[]> {
  const { dialect } = ctx.store;
  const { text, args } = issueConditions(dialect, input.filter);
  const backwards = cursor?.side === 'before';
  const columns = input.order === 'newest' ? ['i."id"'] : ['i."lastSeenAt"', 'i."id"'];
  const beyond =
    cursor === null
      ? ''
      : ` AND (${columns.join(', ')}) ${backwards ? '>' : '<'} (${cursor.keys
          .map((key) => dialect.p(args.push(typeof key === 'number' ? dialect.time(key) : key)))
          .join(', ')})`;
  const direction = backwards ? 'ASC' : 'DESC';
  const rows = await ctx.store.query<{ id: string; lastSeenAt: Date }>(
    `SELECT i."id", i."lastSeenAt" FROM "Issue" i WHERE ${text}${beyond}
     ORDER BY ${columns.map((column) => `${column} ${direction}`).join(', ')} LIMIT ${limit}`,
    ...args,
  );
  return rows.map(({ id, lastSeenAt }) => ({
    id,
    keys: input.order === 'newest' ? [id] : [lastSeenAt.getTime(), id],
  }));
}

/** The same by money or count, which are sums: put in order here. */
async function byWhatIsHeld(
  ctx: Context,
  input: ListIssuesInput,
  cursor: IssueCursor | null,
  limit: number,
): Promise<Keyed[]> {
  const { text, args } = issueConditions(ctx.store.dialect, input.filter);
  const rows = await ctx.store.query<{ id: string }>(
    `SELECT i."id" FROM "Issue" i WHERE ${text} ORDER BY i."lastSeenAt" DESC LIMIT ${ORDERED_MAX}`,
    ...args,
  );
  const held = await heldInStates(ctx, input);
  const keyed = rows.map(({ id }) => ({ id, keys: keysOf(input.order, id, held.get(id) ?? NOTHING_HELD) }));
  keyed.sort((a, b) => compareKeys(a.keys, b.keys));
  if (cursor === null) return keyed.slice(0, limit);
  if (cursor.side === 'after')
    return keyed.filter(({ keys }) => compareKeys(keys, cursor.keys) > 0).slice(0, limit);
  return keyed
    .filter(({ keys }) => compareKeys(keys, cursor.keys) < 0)
    .reverse()
    .slice(0, limit);
}

async function heldInStates(ctx: Context, { filter }: ListIssuesInput): Promise<Map<string, Held>> {
  const all = new Map<string, Held>();
  for (const state of filter.state?.length ? filter.state : ISSUE_STATES) {
    for (const [id, held] of await heldInState(ctx, state)) all.set(id, held);
  }
  return all;
}

/** Money of different currencies cannot be compared: the largest sum of any counts. */
function keysOf(order: IssueOrder, id: string, { held, unpaid }: Held): (number | string)[] {
  const most = unpaid[0]?.minor ?? 0;
  return order === 'count' ? [held, most, id] : [most, held, id];
}
