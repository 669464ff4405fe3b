import { newestLead, type WalkStep, walkLeads } from '#app/modules/leads/index.server.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import type { Selection } from './batch-schema.ts';
import type { RefundFilter } from './inbox-schema.ts';
import { conditionsOf } from './list-refunds.server.ts';

type Read = Pick<Ctx, 'store'>;

/** Rows that one step looks at. */
const WINDOW = 5_000;
/** Ids given out at once where they are named one by one. */
const CHUNK = 1_000;

/** Lets everything else have its turn between two steps. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Bound of a selection by filter: what comes later is not in it. */
export async function boundOf(ctx: Read, selection: Selection): Promise<string> {
  if ('ids' in selection) return '';
  if (selection.newestId !== undefined) return selection.newestId;
  if (selection.of === 'matching_leads') return newestLead(ctx);
  const [row] = await ctx.store.query<{ id: string }>(`SELECT "id" FROM "Refund" ORDER BY "id" DESC LIMIT 1`);
  return row?.id ?? '';
}

/** One step through what is selected, by id: above `above`. Give `next` back for the next; null: that was all. */
export async function walkSelection(
  ctx: Read,
  selection: Selection,
  bounds: { above: string; atMost: string },
): Promise<WalkStep> {
  if (selection.of === 'matching_leads') return walkLeads(ctx, selection.filter, bounds);
  if (selection.of === 'matching_refunds') return walkRefunds(ctx, selection.filter, bounds);
  const sorted = [...new Set(selection.ids)].filter((id) => id > bounds.above).sort();
  const ids = sorted.slice(0, CHUNK);
  return { ids, next: sorted.length > CHUNK ? (ids.at(-1) ?? null) : null };
}

async function walkRefunds(
  ctx: Read,
  filter: RefundFilter,
  { above, atMost }: { above: string; atMost: string },
): Promise<WalkStep> {
  const { store } = ctx;
  const { p } = store.dialect;
  const window = `SELECT * FROM "Refund" WHERE "id" > ${p(1)} AND "id" <= ${p(2)} ORDER BY "id" LIMIT ${WINDOW}`;
  const [end] = await store.query<{ id: string | null; n: number | bigint }>(
    `SELECT max("id") AS "id", count(*) AS "n" FROM (SELECT "id" FROM "Refund" WHERE "id" > ${p(1)} AND "id" <= ${p(2)} ORDER BY "id" LIMIT ${WINDOW}) w`,
    above,
    atMost,
  );
  if (!end?.id) return { ids: [], next: null };
  const { where, args } = await conditionsOf(ctx, filter, [above, atMost]);
  const rows = await store.query<{ id: string }>(
    `SELECT "id" FROM (${window}) w WHERE ${where.join(' AND ') || '1 = 1'} ORDER BY "id"`,
    ...args,
  );
  return { ids: rows.map((row) => row.id), next: Number(end.n) < WINDOW ? null : end.id };
}
