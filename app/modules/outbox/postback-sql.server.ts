import { encodeTime } from 'ulid';
import type { Dialect } from '#app/platform/db/dialect.server.ts';
import type { PostbackFilter, PostbackOrder } from './postback-schema.ts';
import { type MessageStatus, POSTBACK_STATUSES } from './schema.ts';

/** A filter whose names and search have been looked up: `accountIds` for network, `ids` for q (null: no search). */
export interface ResolvedFilter extends Omit<PostbackFilter, 'network' | 'q'> {
  accountIds: readonly string[] | null;
  ids: readonly string[] | null;
}

export interface PageBounds {
  order: PostbackOrder;
  limit: number;
  /** Only ids below / above these. */
  below?: string | undefined;
  above?: string | undefined;
  /** Only ids up to this one. */
  atMost?: string | undefined;
}

/** Takes a value, answers its placeholder. Values must be taken in the order of the text. */
export type Param = (value: unknown) => string;
type Condition = (param: Param) => string;

/** Collects the arguments of one statement. */
export function parameters(dialect: Dialect): { args: unknown[]; param: Param } {
  const args: unknown[] = [];
  return { args, param: (value) => dialect.p(args.push(value)) };
}

/** Ids carry the time they were made, never before the row's own: a time bound is an id bound. */
const PREFIX = { postback: 'pbk_', dispute: 'msg_' } as const;
/** How much later than its row's time an id may have been drawn, in ms. */
const ID_LAG_MS = 60_000;

/**
 * Statement text that answers the ids of one page, in order. Each branch walks one index and stops at the limit, so
 * that the cost does not grow with the table: see `branchesOf`.
 */
export function idsSql(dialect: Dialect, filter: ResolvedFilter, bounds: PageBounds, param: Param): string {
  const direction = bounds.order === 'newest' ? 'DESC' : 'ASC';
  const rest = (column: string) => (dialect.name === 'sqlite' ? `+${column}` : column);
  const branch = (driver: Condition) => {
    const conditions = [
      driver,
      ...timeConditions(dialect, filter, bounds),
      ...residues(dialect, filter, rest),
    ];
    return `SELECT * FROM (SELECT "id" FROM "OutboxMessage" WHERE ${conditions.map((c) => c(param)).join(' AND ')} ORDER BY "id" ${direction} LIMIT ${bounds.limit}) AS b`;
  };
  const branches = branchesOf(dialect, filter);
  if (branches.length === 0) return 'SELECT "id" FROM "OutboxMessage" WHERE 1 = 0';
  return `SELECT "id" FROM (${branches.map(branch).join(' UNION ALL ')}) AS u ORDER BY "id" ${direction} LIMIT ${bounds.limit}`;
}

/**
 * The conditions that choose the index, one branch each. SQLite has no statistics here, so the choice is made for it:
 * columns that are only checked are written with a unary plus, which keeps them from being walked.
 */
function branchesOf(dialect: Dialect, filter: ResolvedFilter): Condition[] {
  const kind = filter.kind ?? 'postback';
  const statuses = filled(filter.status) ?? POSTBACK_STATUSES;
  if (filter.ids)
    return filter.ids.length === 0 ? [] : [(param) => inJson(dialect, '"id"', filter.ids ?? [], param)];
  if (filter.accountIds?.length === 0) return [];
  const causes = filled(filter.cause);
  if (causes)
    return causes.map(
      (code): Condition =>
        (param) =>
          `"errorCode" = ${param(code)}`,
    );
  const campaigns = filled(filter.campaign);
  if (campaigns) {
    return campaigns.flatMap((id) =>
      statuses.map(
        (status): Condition =>
          (param) =>
            `"networkCampaignId" = ${param(id)} AND "status" = '${known(status)}'`,
      ),
    );
  }
  const answers = filled(filter.httpStatus);
  // 201 is the answer to nearly everything, so the index leaves it out
  if (answers && !answers.includes(201))
    return answers.map(
      (status): Condition =>
        (param) =>
          `"httpStatus" = ${param(status)} AND "httpStatus" <> 201`,
    );
  if (filter.accountIds && statuses.includes('delivered'))
    return filter.accountIds.map(
      (id): Condition =>
        (param) =>
          `"accountId" = ${param(id)}`,
    );
  if (filled(filter.status))
    return statuses.map(
      (status): Condition =>
        () =>
          `"kind" = '${kind}' AND "status" = '${known(status)}'`,
    );
  return [() => `"kind" = '${kind}'`];
}

/** Bounds on the id: the cursor, and the time range where ids tell it. */
function timeConditions(
  dialect: Dialect,
  filter: ResolvedFilter,
  { below, above, atMost }: PageBounds,
): Condition[] {
  const prefix = PREFIX[filter.kind ?? 'postback'];
  const out: Condition[] = [];
  const idAt = (at: number) => `${prefix}${encodeTime(Math.max(0, at), 10)}`;
  if (below !== undefined) out.push((param) => `"id" < ${param(below)}`);
  if (above !== undefined) out.push((param) => `"id" > ${param(above)}`);
  if (atMost !== undefined) out.push((param) => `"id" <= ${param(atMost)}`);
  if (filter.from !== undefined) {
    const from = Date.parse(filter.from);
    out.push(
      (param) => `"id" >= ${param(idAt(from))}`,
      (param) => `"createdAt" >= ${param(dialect.time(from))}`,
    );
  }
  if (filter.to !== undefined) {
    const to = Date.parse(filter.to);
    out.push(
      (param) => `"id" < ${param(idAt(to + ID_LAG_MS))}`,
      (param) => `"createdAt" < ${param(dialect.time(to))}`,
    );
  }
  return out;
}

/** All other conditions, checked on the rows that a branch walks. Repeating the branch's own costs nothing. */
function residues(dialect: Dialect, filter: ResolvedFilter, rest: (column: string) => string): Condition[] {
  const out: Condition[] = [() => `${rest('"kind"')} = '${filter.kind ?? 'postback'}'`];
  const statuses = filled(filter.status);
  if (statuses)
    out.push(() => `${rest('"status"')} IN (${statuses.map((status) => `'${known(status)}'`).join(', ')})`);
  for (const [column, values] of [
    ['"errorCode"', filled(filter.cause)],
    ['"networkCampaignId"', filled(filter.campaign)],
    ['"accountId"', filter.accountIds],
  ] as const) {
    if (values) out.push((param) => inJson(dialect, rest(column), values, param));
  }
  const answers = filled(filter.httpStatus);
  if (answers)
    out.push(() => `${rest('"httpStatus"')} IN (${answers.map((status) => Math.trunc(status)).join(', ')})`);
  return out;
}

function inJson(dialect: Dialect, column: string, values: readonly string[], param: Param): string {
  const placeholder = param(JSON.stringify(values));
  return dialect.inList(column, Number(placeholder.slice(1)) || 1);
}

const filled = <T>(values: readonly T[] | null | undefined): readonly T[] | null =>
  values && values.length > 0 ? values : null;

/** A status is written into the text, so it must be one of ours. */
function known(status: MessageStatus): MessageStatus {
  if (!POSTBACK_STATUSES.includes(status)) throw new RangeError(`Not a status: ${status}`);
  return status;
}
