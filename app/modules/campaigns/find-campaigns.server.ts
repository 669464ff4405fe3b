import { setImmediate as breathe } from 'node:timers/promises';
import type { Ctx } from '#app/platform/context.server.ts';
import type { Dialect } from '#app/platform/db/dialect.server.ts';

/** Campaigns that one statement looks at, where few of them may match. */
const LOOK = 2_000;

export interface CampaignSearch {
  accountId?: string | undefined;
  status?: string | undefined;
  /** Part of the name or of the network's id; case does not matter. */
  q?: string | undefined;
  confirmed?: boolean | undefined;
  /** Bound of the id, left out itself: the newest below it, or the oldest above it where `oldest` says so. */
  beyond?: string | undefined;
  oldest: boolean;
  limit: number;
}

/** A text as a pattern that finds it anywhere. */
const anywhere = (text: string): string => `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** Conditions with their arguments, in the order in which they stand in the statement. */
function conditions(dialect: Dialect) {
  const args: unknown[] = [];
  const where: string[] = [];
  const param = (value: unknown): string => dialect.p(args.push(value));
  return { args, where, param, text: () => where.join(' AND ') || '1 = 1' };
}

/**
 * Ids of the campaigns that match, in their order. Account and status have an index in that order; what else is asked
 * for is looked for in steps on SQLite, between which others are let in.
 */
export async function findCampaigns(
  { store }: Pick<Ctx, 'store'>,
  search: CampaignSearch,
): Promise<string[]> {
  const { dialect } = store;
  const { accountId, status, q, confirmed, oldest, limit } = search;
  const order = oldest ? 'ASC' : 'DESC';
  const rare =
    q !== undefined || confirmed !== undefined || (accountId !== undefined && status !== undefined);
  // SQLite answers within this process, which does nothing else meanwhile
  const stepped = rare && dialect.name === 'sqlite';
  const found: string[] = [];
  let from = search.beyond;
  for (;;) {
    const walk = conditions(dialect);
    if (accountId !== undefined) walk.where.push(`"accountId" = ${walk.param(accountId)}`);
    else if (status !== undefined) walk.where.push(`"status" = ${walk.param(status)}`);
    if (from !== undefined) walk.where.push(`"id" ${oldest ? '>' : '<'} ${walk.param(from)}`);
    // the last of a step; none where the rest is no more than one
    const [end] = stepped
      ? await store.query<{ id: string }>(
          `SELECT "id" FROM "Campaign" WHERE ${walk.text()} ORDER BY "id" ${order} LIMIT 1 OFFSET ${LOOK - 1}`,
          ...walk.args,
        )
      : [];
    if (end) walk.where.push(`"id" ${oldest ? '<=' : '>='} ${walk.param(end.id)}`);
    if (accountId !== undefined && status !== undefined) walk.where.push(`"status" = ${walk.param(status)}`);
    if (q !== undefined) {
      const like = dialect.name === 'postgres' ? 'ILIKE' : 'LIKE';
      const is = (column: string): string => `"${column}" ${like} ${walk.param(anywhere(q))} ESCAPE '\\'`;
      walk.where.push(`(${is('name')} OR ${is('networkCampaignId')})`);
    }
    if (confirmed !== undefined)
      walk.where.push(`"trackingConfirmedAt" IS ${confirmed ? 'NOT NULL' : 'NULL'}`);
    const rows = await store.query<{ id: string }>(
      `SELECT "id" FROM "Campaign" WHERE ${walk.text()} ORDER BY "id" ${order} LIMIT ${limit - found.length}`,
      ...walk.args,
    );
    for (const row of rows) found.push(row.id);
    if (!end || found.length >= limit) return found;
    from = end.id;
    await breathe();
  }
}
