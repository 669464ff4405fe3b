import type { Ctx } from '#app/platform/context.server.ts';
import type { Dialect } from '#app/platform/db/dialect.server.ts';
import { type Param, parameters } from '#app/platform/db/parameters.server.ts';
import { firstIdAt, ID_LAG_MS } from '#app/platform/ids.server.ts';
import type { CaptureFilter } from './filter-schema.ts';

/** A filter whose network has been looked up. */
export interface CaptureWhere extends Omit<CaptureFilter, 'network'> {
  /** One account, or any of several; an empty list matches nothing. */
  accountId?: string | undefined;
  accountIds?: readonly string[] | undefined;
}

/** Bounds on ids, and the way to walk. */
export interface CaptureBounds {
  direction: 'ASC' | 'DESC';
  /** Only ids below / above these; only ids up to this one. */
  below?: string | undefined;
  above?: string | undefined;
  atMost?: string | undefined;
}

/** Rows that one page or count looks through where no one index knows the whole filter. */
export const LOOK_CAP = 50_000;
/** A beginning shared by so many codes is checked row by row: sorting them would take longer. */
const COMMON = 10_000;

/** A condition; `plus` stands before columns that are only checked, so that SQLite does not walk their index. */
type Condition = (param: Param, plus: string) => string;
type Named = { name: string; alternatives: Condition[] };
const RANGES = ['prefix', 'promoPrefix'];

/** How a filter is walked: the rows of each branch by one index, the rest of it checked on them. */
export interface CapturePlan {
  branches: Condition[];
  rest: Condition[];
  /** The index is walked over a range of values, not in the order of ids. */
  ranged: boolean;
}

/** Chooses the one condition whose index is walked: SQLite has no statistics, so the choice is made for it. */
export async function planOf(ctx: Pick<Ctx, 'store'>, where: CaptureWhere): Promise<CapturePlan> {
  const named = conditionsOf(ctx.store.dialect, where);
  const walked = await firstWalkable(ctx, named);
  const rest = named
    .filter((one) => one !== walked)
    .map(({ alternatives }): Condition => {
      const [only] = alternatives;
      if (alternatives.length === 1 && only) return only;
      return (param, plus) => `(${alternatives.map((one) => one(param, plus)).join(' OR ') || '1 = 0'})`;
    });
  return {
    branches: walked ? walked.alternatives : [() => '1 = 1'],
    rest,
    ranged: walked !== null && RANGES.includes(walked.name),
  };
}

/** Conditions in the order in which their indexes are preferred: what names fewest rows first. */
function conditionsOf(dialect: Dialect, where: CaptureWhere): Named[] {
  const out: Named[] = [];
  const add = (name: string, ...alternatives: Condition[]) => void out.push({ name, alternatives });
  const is =
    (column: string, value: unknown): Condition =>
    (param, plus) =>
      `${plus}"${column}" = ${param(value)}`;
  if (where.ref !== undefined) add('ref', is('ref', where.ref));
  if (where.visitor !== undefined) add('visitor', is('visitorId', where.visitor));
  if (where.promo !== undefined) add('promo', is('promo', where.promo));
  if (where.prefix !== undefined) add('prefix', begins(dialect, 'ref', where.prefix));
  if (where.promoPrefix !== undefined) add('promoPrefix', begins(dialect, 'promo', where.promoPrefix));
  // written out: a partial index serves what is rare, and only a constant can tell the planner so
  if (where.outcome === 'overwrite_blocked') add('blocked', () => `"outcome" = 'overwrite_blocked'`);
  if (where.outcome === 'kept') add('kept', () => `"outcome" = 'kept'`);
  const accounts = where.accountIds ?? (where.accountId === undefined ? null : [where.accountId]);
  if (accounts) add('account', ...accounts.map((id) => is('accountId', id)));
  if (where.source !== undefined) add('source', is('source', where.source));
  return out;
}

/** Values that begin so, byte for byte: SQLite compares by byte already, PostgreSQL's ~>=~ does whatever the locale. */
function begins(dialect: Dialect, column: string, prefix: string): Condition {
  const [from, to] = dialect.name === 'postgres' ? ['~>=~', '~<~'] : ['>=', '<'];
  return (param, plus) =>
    `${plus}"${column}" ${from} ${param(prefix)} AND ${plus}"${column}" ${to} ${param(`${prefix}\u{10FFFF}`)}`;
}

async function firstWalkable(ctx: Pick<Ctx, 'store'>, named: readonly Named[]): Promise<Named | null> {
  for (const one of named) {
    // nearly everything was kept: no index knows it
    if (one.name === 'kept') continue;
    if (RANGES.includes(one.name) && (await isCommon(ctx, one))) continue;
    return one;
  }
  return null;
}

async function isCommon({ store }: Pick<Ctx, 'store'>, { alternatives }: Named): Promise<boolean> {
  const { args, param } = parameters(store.dialect);
  const conditions = alternatives.map((one) => one(param, '')).join(' OR ');
  const [row] = await store.query<{ n: bigint | number }>(
    `SELECT count(*) AS n FROM (SELECT 1 FROM "Capture" WHERE ${conditions} LIMIT ${COMMON}) AS seen`,
    ...args,
  );
  return Number(row?.n ?? 0) >= COMMON;
}

/**
 * Times become bounds of the id, which begins with its time, so that one index serves all pages; the row's own time
 * is checked as well, because ids never go back though a clock may.
 */
function boundsOf(dialect: Dialect, where: CaptureWhere, bounds: CaptureBounds): Condition[] {
  const out: Condition[] = [];
  const add = (operator: string, id: string | undefined) => {
    if (id !== undefined) out.push((param, plus) => `${plus}"id" ${operator} ${param(id)}`);
  };
  const at = (operator: string, time: number) =>
    void out.push(
      (param) =>
        `${dialect.name === 'sqlite' ? '+' : ''}"createdAt" ${operator} ${param(dialect.time(time))}`,
    );
  if (where.from) {
    const from = Date.parse(where.from);
    add('>=', firstIdAt('cap', from));
    at('>=', from);
  }
  if (where.to) {
    const to = Date.parse(where.to);
    add('<', firstIdAt('cap', to + ID_LAG_MS));
    at('<', to);
  }
  add('<', bounds.below);
  add('>', bounds.above);
  add('<=', bounds.atMost);
  return out;
}

/** The id at which to stop looking, where the filter is not wholly an index's and the walk is longer than LOOK_CAP. */
export async function lookBound(
  { store }: Pick<Ctx, 'store'>,
  plan: CapturePlan,
  where: CaptureWhere,
  bounds: CaptureBounds,
): Promise<string | null> {
  if (plan.rest.length === 0) return null;
  const found = await Promise.all(
    plan.branches.map(async (branch) => {
      const { args, param } = parameters(store.dialect);
      const conditions = [branch, ...boundsOf(store.dialect, where, bounds)].map((one) => one(param, ''));
      const [row] = await store.query<{ id: string }>(
        `SELECT "id" FROM "Capture" WHERE ${conditions.join(' AND ')} ORDER BY "id" ${bounds.direction} LIMIT 1 OFFSET ${LOOK_CAP - 1}`,
        ...args,
      );
      return row?.id ?? null;
    }),
  );
  const ids = found.filter((id) => id !== null).sort();
  return (bounds.direction === 'DESC' ? ids.at(-1) : ids[0]) ?? null;
}

/** Statement text that answers the ids of one page in order; each branch stops at the limit. */
export function idsSql(
  dialect: Dialect,
  plan: CapturePlan,
  where: CaptureWhere,
  bounds: CaptureBounds,
  look: string | null,
  limit: number,
  param: Param,
): string {
  const plus = dialect.name === 'sqlite' ? '+' : '';
  // a range of values and a range of ids: the first is the narrower one, or it would not have been chosen
  const idPlus = plan.ranged ? plus : '';
  const stop: Condition[] =
    look === null
      ? []
      : [(take, sign) => `${sign}"id" ${bounds.direction === 'DESC' ? '>=' : '<='} ${take(look)}`];
  const order = `ORDER BY "id" ${bounds.direction} LIMIT ${limit}`;
  if (plan.branches.length === 0) return 'SELECT "id" FROM "Capture" WHERE 1 = 0';
  const branches = plan.branches.map((branch) => {
    const text = [
      branch(param, ''),
      ...[...boundsOf(dialect, where, bounds), ...stop].map((one) => one(param, idPlus)),
      ...plan.rest.map((one) => one(param, plus)),
    ].join(' AND ');
    return `SELECT * FROM (SELECT "id" FROM "Capture" WHERE ${text} ${order}) AS b`;
  });
  return branches.length === 1
    ? (branches[0] as string)
    : `SELECT "id" FROM (${branches.join(' UNION ALL ')}) AS u ${order}`;
}
