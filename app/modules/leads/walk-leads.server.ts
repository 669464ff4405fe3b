import type { Ctx } from '#app/platform/context.server.ts';
import { parameters } from '#app/platform/db/parameters.server.ts';
import type { LeadFilter } from './lead-schema.ts';
import { conditionsOf, resolveLeads } from './list-leads-sql.server.ts';

/** Rows that one statement looks at: a few milliseconds, so that SQLite's thread is never held for long. */
const WINDOW = 5_000;

/** One step of a walk: what matches of the rows looked at, and where the next step begins (null: that was all). */
export interface WalkStep {
  ids: string[];
  next: string | null;
}

/** Id of the newest lead there is: the bound of what is selected now. '' where there is none. */
export async function newestLead({ store }: Pick<Ctx, 'store'>): Promise<string> {
  const [row] = await store.query<{ id: string }>(`SELECT "id" FROM "Lead" ORDER BY "id" DESC LIMIT 1`);
  return row?.id ?? '';
}

/**
 * Leads that match the list's filter, by id: above `above`, up to and with `atMost`. A bounded number of rows is looked
 * at, however few match; give `next` back as `above`. Answers at most 5,000 ids.
 */
export async function walkLeads(
  ctx: Pick<Ctx, 'store'>,
  filter: LeadFilter,
  { above, atMost }: { above: string; atMost: string },
): Promise<WalkStep> {
  const { store } = ctx;
  const resolved = await resolveLeads(ctx, filter);
  // few are named: they are looked up by their own index
  const few = filter.refunded === true || resolved.ids !== null;
  const end = few ? atMost : await windowEnd(ctx, above, atMost);
  if (end === null) return { ids: [], next: null };
  const params = parameters(store.dialect);
  const bounds = `"id" > ${params.param(above)} AND "id" <= ${params.param(end)}`;
  // a table behind LIMIT is read by its id: a condition on another index cannot turn it into a walk of that
  const source = few ? '"Lead"' : `(SELECT * FROM "Lead" WHERE ${bounds} ORDER BY "id" LIMIT ${WINDOW}) w`;
  const where = [...(few ? [bounds] : []), ...conditionsOf(store.dialect, resolved, params)];
  const rows = await store.query<{ id: string }>(
    `SELECT "id" FROM ${source} WHERE ${where.join(' AND ') || '1 = 1'} ORDER BY "id" LIMIT ${WINDOW}`,
    ...params.args,
  );
  const ids = rows.map((row) => row.id);
  if (few) return { ids, next: ids.length < WINDOW ? null : (ids.at(-1) ?? null) };
  return { ids, next: end === atMost ? null : end };
}

/** The last id of the next window; null where nothing is left. */
async function windowEnd(
  { store }: Pick<Ctx, 'store'>,
  above: string,
  atMost: string,
): Promise<string | null> {
  const { p } = store.dialect;
  const rows = await store.query<{ id: string | null; n: number | bigint }>(
    `SELECT max("id") AS "id", count(*) AS "n" FROM (SELECT "id" FROM "Lead" WHERE "id" > ${p(1)} AND "id" <= ${p(2)} ORDER BY "id" LIMIT ${WINDOW}) w`,
    above,
    atMost,
  );
  const [row] = rows;
  if (!row?.id) return null;
  return Number(row.n) < WINDOW ? atMost : row.id;
}
