import type { Ctx } from '#app/platform/context.server.ts';
import { firstIdAt, ID_LAG_MS } from '#app/platform/ids.server.ts';
import { inTurn } from './in-turn.server.ts';
import { remember } from './remember.server.ts';
import type { FunnelToday, OutcomeStep } from './schema.ts';

type Context = Pick<Ctx, 'store'>;
const KEEP_MS = 2_500;

/**
 * From capture to lead since `from` (ms). `steps` are the outcome steps of the same time: postbacks are counted there
 * already. The rest counts ids from that moment on, without reading rows, because ids begin with their time. Test
 * conversions are told apart and counted nowhere else (RG-49).
 */
export async function readFunnel(
  ctx: Context,
  from: number,
  steps: readonly OutcomeStep[],
): Promise<FunnelToday> {
  const { captures, conversions, leads } = await remember(ctx.store, `funnel ${from}`, KEEP_MS, () =>
    countToday(ctx, from),
  );
  const total = (pick: (step: OutcomeStep) => number) => steps.reduce((sum, step) => sum + pick(step), 0);
  const tests = total((step) => step.test);
  const accepted = total((step) => step.delivered + step.duplicate);
  const postbacks =
    accepted + total((step) => step.waiting + step.retrying + step.parked + step.failed + step.canceled);
  return {
    captures,
    conversions: Math.max(postbacks, conversions - tests),
    // every conversion with a tracking code has a postback of its own
    unattributed: Math.max(0, conversions - tests - postbacks),
    postbacks,
    accepted,
    duplicates: total((step) => step.duplicate),
    tests,
    leads,
  };
}

async function countToday(
  ctx: Context,
  from: number,
): Promise<Pick<FunnelToday, 'captures' | 'conversions' | 'leads'>> {
  const [captures = 0, conversions = 0, leads = 0] = await inTurn(ctx.store, [
    () => countSince(ctx, '"Capture"', 'cap', from),
    () => countSince(ctx, '"Conversion"', 'cnv', from),
    () => countSince(ctx, '"Lead"', 'led', from),
  ]);
  return { captures, conversions, leads };
}

/**
 * Rows made at `from` or later. The first of them is found by its own time, because in practice the clock is turned
 * and ids may be ahead of it; all after it are counted on the index of ids.
 */
async function countSince(ctx: Context, table: string, prefix: string, from: number): Promise<number> {
  const { dialect } = ctx.store;
  const [first] = await ctx.store.query<{ id: string }>(
    `SELECT "id" FROM ${table} WHERE "id" >= ${dialect.p(1)} AND "createdAt" >= ${dialect.p(2)} ORDER BY "id" LIMIT 1`,
    firstIdAt(prefix, from - ID_LAG_MS),
    dialect.time(from),
  );
  if (!first) return 0;
  const [row] = await ctx.store.query<{ n: number | bigint }>(
    `SELECT count(*) AS "n" FROM ${table} WHERE "id" >= ${dialect.p(1)}`,
    first.id,
  );
  return Number(row?.n ?? 0);
}
