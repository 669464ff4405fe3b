import type { Ctx } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { type PostbackFilter, SEARCH_CAP } from './postback-schema.ts';
import { parameters, type ResolvedFilter } from './postback-sql.server.ts';

/** Looks up the names and the search of a filter. */
export async function resolveFilter(
  ctx: Pick<Ctx, 'store'>,
  filter: PostbackFilter,
): Promise<ResolvedFilter> {
  const { network, q, ...rest } = filter;
  const accounts = network?.length
    ? await ctx.store.prisma.networkAccount.findMany({
        where: { name: { in: [...network] } },
        select: { id: true },
      })
    : null;
  return {
    ...rest,
    accountIds: accounts?.map((account) => account.id) ?? null,
    ids: q ? await searchIds(ctx.store, q) : null,
  };
}

/**
 * Ids of the messages that a search text names: a postback's or lead's id, an externalId or tracking code, whole or
 * by its beginning. Case counts: codes are opaque. Each way of matching answers its newest thousand at most.
 */
async function searchIds(conn: Conn, q: string): Promise<string[]> {
  const begins = (column: string, param: (value: unknown) => string) =>
    conn.dialect.name === 'postgres'
      ? `${column} ^@ ${param(q)}`
      : `${column} >= ${param(q)} AND ${column} < ${param(`${q}\u{10ffff}`)}`;
  const run = async (text: (param: (value: unknown) => string) => string): Promise<string[]> => {
    const { args, param } = parameters(conn.dialect);
    const rows = await conn.query<{ id: string | null }>(text(param), ...args);
    return rows.map((row) => row.id).filter((id) => id !== null);
  };
  const message = '"OutboxMessage"';
  const found = await Promise.all([
    run((param) => `SELECT "id" FROM ${message} WHERE "id" = ${param(q)}`),
    run((param) => `SELECT "id" FROM ${message} WHERE "externalId" = ${param(q)} LIMIT ${SEARCH_CAP}`),
    run((param) => `SELECT "id" FROM ${message} WHERE ${begins('"externalId"', param)} LIMIT ${SEARCH_CAP}`),
    run(
      (param) =>
        `SELECT "postbackId" AS "id" FROM "Conversion" WHERE "ref" = ${param(q)} ORDER BY "Conversion"."id" DESC LIMIT ${SEARCH_CAP}`,
    ),
    run(
      (param) =>
        `SELECT "postbackId" AS "id" FROM "Conversion" WHERE ${begins('"ref"', param)} LIMIT ${SEARCH_CAP}`,
    ),
    run((param) => `SELECT "postbackId" AS "id" FROM "Lead" WHERE "Lead"."id" = ${param(q)}`),
    run(
      (param) =>
        `SELECT "postbackId" AS "id" FROM "Lead" WHERE "accountId" IN (SELECT a."id" FROM "NetworkAccount" a) AND "networkLeadId" = ${param(q)}`,
    ),
  ]);
  return [...new Set(found.flat())];
}
