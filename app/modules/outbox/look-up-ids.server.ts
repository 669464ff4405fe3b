import type { Dialect } from '#app/platform/db/dialect.server.ts';
import { type Param, parameters } from '#app/platform/db/parameters.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { beginsWith, inJson, type ResolvedFilter } from './postback-conditions.server.ts';
import { LOOKUP_CAP, type PostbackFilter } from './postback-schema.ts';

/** Ids that a statement answers; null where they are more than are looked up ahead. */
async function few(conn: Conn, text: (param: Param) => string): Promise<string[] | null> {
  const { args, param } = parameters(conn.dialect);
  const rows = await conn.query<{ id: string | null }>(`${text(param)} LIMIT ${LOOKUP_CAP + 1}`, ...args);
  if (rows.length > LOOKUP_CAP) return null;
  return rows.map((row) => row.id).filter((id) => id !== null);
}

/** One by one while they are few: PostgreSQL takes a list of unknown length for a long one. */
const oneOf = (dialect: Dialect, column: string, values: readonly string[], param: Param): string =>
  values.length > 20
    ? inJson(dialect, column, values, param)
    : `${column} IN (${values.map((value) => param(value)).join(', ')})`;

type Named = 'code' | 'codeBegins' | 'externalId' | 'externalIdBegins' | 'affiliate';

/**
 * Ids of the messages that tracking codes, orders and affiliates name. What names more than a few stays in the filter
 * as a check on rows (`left` takes out the others).
 */
export async function lookUpIds(
  conn: Conn,
  filter: PostbackFilter,
): Promise<{ ids: string[] | null; left: { [K in Named]?: undefined } }> {
  const { dialect } = conn;
  const { code, codeBegins, externalId, externalIdBegins, affiliate } = filter;
  // a dispute is of a lead that is there already: only its own columns tell
  const own = filter.kind === 'dispute';
  const from = (table: string, id: string, condition: (param: Param) => string) => (param: Param) =>
    `SELECT "${id}" AS "id" FROM "${table}" WHERE ${condition(param)}`;
  const texts: [Named, ((param: Param) => string) | null][] = [
    [
      'code',
      code?.length && !own ? from('Conversion', 'postbackId', (p) => oneOf(dialect, '"ref"', code, p)) : null,
    ],
    [
      'codeBegins',
      codeBegins && !own
        ? from('Conversion', 'postbackId', (p) => beginsWith(dialect, '"ref"', codeBegins, p))
        : null,
    ],
    [
      'externalId',
      externalId?.length
        ? from('OutboxMessage', 'id', (p) => oneOf(dialect, '"externalId"', externalId, p))
        : null,
    ],
    [
      'externalIdBegins',
      externalIdBegins
        ? from('OutboxMessage', 'id', (p) => beginsWith(dialect, '"externalId"', externalIdBegins, p))
        : null,
    ],
    [
      'affiliate',
      affiliate?.length && !own
        ? from('Lead', 'postbackId', (p) => oneOf(dialect, '"affiliateId"', affiliate, p))
        : null,
    ],
  ];
  let ids: string[] | null = null;
  const left: { [K in Named]?: undefined } = {};
  for (const [name, text] of texts) {
    const found = text && (await few(conn, text));
    if (!found) continue;
    left[name] = undefined;
    const both = new Set(found);
    ids = ids === null ? [...both] : ids.filter((id) => both.has(id));
  }
  return { ids, left };
}

/**
 * What a search text names: a postback's or lead's id, an externalId or tracking code, whole or by its beginning. Case
 * counts: codes are opaque. `ids` where they are few; else `rest`, to be checked row by row.
 */
export async function lookUpSearch(
  conn: Conn,
  text: string,
): Promise<{ ids: string[] | null; rest: ResolvedFilter['search'] | null }> {
  const { dialect } = conn;
  const begins = (column: string) => (param: Param) => beginsWith(dialect, column, text, param);
  const [own, orders, codes, leads, networkLeads] = await Promise.all([
    few(conn, (param) => `SELECT "id" FROM "OutboxMessage" WHERE "id" = ${param(text)}`),
    few(conn, (param) => `SELECT "id" FROM "OutboxMessage" WHERE ${begins('"externalId"')(param)}`),
    few(conn, (param) => `SELECT "postbackId" AS "id" FROM "Conversion" WHERE ${begins('"ref"')(param)}`),
    few(conn, (param) => `SELECT "postbackId" AS "id" FROM "Lead" WHERE "Lead"."id" = ${param(text)}`),
    few(
      conn,
      (param) =>
        `SELECT "postbackId" AS "id" FROM "Lead" WHERE "accountId" IN (SELECT a."id" FROM "NetworkAccount" a) AND "networkLeadId" = ${param(text)}`,
    ),
  ]);
  const byLead = [...(leads ?? []), ...(networkLeads ?? [])];
  if (!orders || !codes) return { ids: null, rest: { text, postbackIds: byLead } };
  return { ids: [...new Set([...(own ?? []), ...orders, ...codes, ...byLead])], rest: null };
}
