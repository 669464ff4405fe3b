import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { inTurn } from './in-turn.server.ts';
import { addUp } from './policy.ts';
import { remember } from './remember.server.ts';
import type { ReleaseDay } from './schema.ts';

type Context = Pick<Ctx, 'store' | 'clock'>;
/** Today's sum follows what is disputed; those of later days may be a minute old. */
const TODAY_MS = 2_500;
const LATER_MS = 60_000;

/**
 * What is still held and will be paid out between `edges` (ms, ascending), by day and currency. Each day is one
 * statement on the index (holdState, disputeBy, id, currency, payoutCents), which holds all that is summed. What
 * falls due before now has been or is being released and is not counted.
 */
export function readReleases(ctx: Context, edges: readonly number[]): Promise<ReleaseDay[]> {
  const now = nowOf(ctx).getTime();
  const reads = edges.slice(0, -1).map((from, i) => () => {
    const to = edges[i + 1] as number;
    return remember(ctx.store, `release ${from} ${to}`, i === 0 ? TODAY_MS : LATER_MS, () =>
      readDay(ctx, from, Math.max(from, now), to),
    );
  });
  return inTurn(ctx.store, reads);
}

async function readDay(ctx: Context, day: number, from: number, to: number): Promise<ReleaseDay> {
  const { dialect } = ctx.store;
  const rows = await ctx.store.query<{
    currency: string | null;
    n: number | bigint;
    known: number | bigint;
    minor: number | bigint | null;
  }>(
    `SELECT "currency", count(*) AS "n", count("payoutCents") AS "known", CAST(sum("payoutCents") AS BIGINT) AS "minor" FROM "Lead"
     WHERE "holdState" = 'pending_release' AND "disputeBy" > ${dialect.p(1)} AND "disputeBy" <= ${dialect.p(2)} GROUP BY "currency"`,
    dialect.time(from),
    dialect.time(to),
  );
  const known = rows.filter((row) => row.currency !== null && Number(row.known) > 0);
  const all = rows.reduce((total, row) => total + Number(row.n), 0);
  const sums = addUp(
    known.map((row) => ({
      currency: row.currency as string,
      minor: Number(row.minor ?? 0),
      count: Number(row.known),
    })),
  );
  return {
    from: new Date(day).toISOString(),
    sums,
    unknown: all - sums.reduce((total, sum) => total + sum.count, 0),
  };
}
