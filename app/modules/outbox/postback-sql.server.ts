import type { Dialect } from '#app/platform/db/dialect.server.ts';
import type { Param } from '#app/platform/db/parameters.server.ts';
import { firstIdAt, ID_LAG_MS } from '#app/platform/ids.server.ts';
import { checksOf } from './postback-checks.server.ts';
import type { Condition, PageBounds, ResolvedFilter } from './postback-conditions.server.ts';
import { planOf, type WalkPlan } from './postback-plan.server.ts';

export type { PageBounds, ResolvedFilter } from './postback-conditions.server.ts';

/**
 * Statement text that answers the ids of one page, in order. Each branch walks one index and stops at the limit, so
 * that the cost does not grow with the table: see planOf. What the index does not know is checked on the rows that
 * the branch walks: `lastLooked` bounds how many those are.
 */
export function idsSql(dialect: Dialect, filter: ResolvedFilter, bounds: PageBounds, param: Param): string {
  const plan = planOf(dialect, filter);
  const rows = [...times(dialect, filter), ...checksOf(dialect, filter, plan.covers)];
  // an id tells its kind, except where ids were given by somebody; it costs nothing to look
  if (!plan.covers.has('kind'))
    rows.push(
      () =>
        `${unwalked(dialect, 'm."kind"', plan)} = '${filter.kind === 'dispute' ? 'dispute' : 'postback'}'`,
    );
  const direction = bounds.order === 'newest' ? 'DESC' : 'ASC';
  const branches = plan.branches.map((driver) => {
    const conditions = [driver, ...plan.join, ...idBounds(filter, bounds, plan), ...rows];
    return `SELECT * FROM (SELECT ${plan.id} AS "id" FROM ${plan.from} WHERE ${conditions.map((c) => c(param)).join(' AND ')} ORDER BY ${plan.id} ${direction} LIMIT ${bounds.limit}) AS b`;
  });
  if (branches.length === 0) return 'SELECT "id" FROM "OutboxMessage" WHERE 1 = 0';
  return `SELECT "id" FROM (${branches.join(' UNION ALL ')}) AS u ORDER BY "id" ${direction} LIMIT ${bounds.limit}`;
}

/**
 * A column that is only checked, written so that no index of it is walked. PostgreSQL guesses badly how many rows such
 * an expression lets through, so there only where it would take the wrong index: that of kind and status, which does
 * not know what is acknowledged.
 */
const unwalked = (dialect: Dialect, column: string, { covers }: WalkPlan): string => {
  if (dialect.name === 'sqlite') return `+${column}`;
  return covers.has('acknowledged') ? `(${column} || '')` : column;
};

/** Whether rows of the walked indexes have to be looked at one by one: the walk may then be long. */
export function looksAtRows(dialect: Dialect, filter: ResolvedFilter): boolean {
  const plan = planOf(dialect, filter);
  return !plan.short && plan.branches.length > 0 && checksOf(dialect, filter, plan.covers).length > 0;
}

/**
 * Statement text that answers, for each branch that is longer than its share of `look` rows, the id of the last row of
 * that share. Reads indexes only.
 */
export function lastLookedSql(
  dialect: Dialect,
  filter: ResolvedFilter,
  bounds: PageBounds,
  look: number,
  param: Param,
): string {
  const plan = planOf(dialect, filter);
  const direction = bounds.order === 'newest' ? 'DESC' : 'ASC';
  const share = Math.max(1, Math.floor(look / Math.max(1, plan.branches.length)));
  const branches = plan.branches.map((driver) => {
    const conditions = [driver, ...idBounds(filter, bounds, plan)];
    return `SELECT * FROM (SELECT ${plan.id} AS "id" FROM ${plan.indexOnly} WHERE ${conditions.map((c) => c(param)).join(' AND ')} ORDER BY ${plan.id} ${direction} LIMIT 1 OFFSET ${share - 1}) AS b`;
  });
  return branches.join(' UNION ALL ');
}

/** Ids carry the time they were made, never before the row's own, and their kind: both are bounds on the id. */
function idBounds(
  { kind = 'postback', from, to }: ResolvedFilter,
  { order, below, above, atMost, lastLooked }: PageBounds,
  { id, covers, short }: Pick<WalkPlan, 'id' | 'covers' | 'short'>,
): Condition[] {
  const prefix = kind === 'postback' ? 'pbk' : 'msg';
  const out: Condition[] = [];
  const bound = (operator: string, value: string | undefined) =>
    value !== undefined && out.push((param) => `${id} ${operator} ${param(value)}`);
  // 'msg_' sorts before 'pbk_': without this a walk in order of age meets all disputes first
  if (!covers.has('kind') && !short) bound(kind === 'postback' ? '>=' : '<', 'pbk_');
  bound('<', below);
  bound('>', above);
  bound('<=', atMost);
  bound(order === 'newest' ? '>=' : '<=', lastLooked);
  if (from !== undefined) bound('>=', firstIdAt(prefix, Date.parse(from)));
  if (to !== undefined) bound('<', firstIdAt(prefix, Date.parse(to) + ID_LAG_MS));
  return out;
}

function times(dialect: Dialect, { from, to }: ResolvedFilter): Condition[] {
  const out: Condition[] = [];
  if (from !== undefined) out.push((param) => `m."createdAt" >= ${param(dialect.time(Date.parse(from)))}`);
  if (to !== undefined) out.push((param) => `m."createdAt" < ${param(dialect.time(Date.parse(to)))}`);
  return out;
}
