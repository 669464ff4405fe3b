import type { Ctx } from '#app/platform/context.server.ts';
import type { AttemptCounts } from './delivery-schema.ts';
import { countsOf, type RawCounts, SUMS } from './rollup-sql.server.ts';

/** All that was ever counted of an account, for /metrics: numbers that only rise. */
export interface DeliveryTotals {
  accountId: string;
  counts: AttemptCounts;
  /** Time from conversion to acceptance, by bucket (see `histogram.ts`). */
  times: Map<number, number>;
}

/** Totals by account, from the rows of days: a few thousand a year. */
export async function readDeliveryTotals(ctx: Pick<Ctx, 'store'>): Promise<DeliveryTotals[]> {
  const steps = await ctx.store.query<RawCounts & { accountId: string }>(
    `SELECT "accountId", ${SUMS} FROM "DeliveryStep" WHERE "span" = 1440 AND "accountId" <> '' GROUP BY "accountId"`,
  );
  const times = await ctx.store.query<{ accountId: string; bucket: number | bigint; count: number | bigint }>(
    `SELECT "accountId", "bucket", sum("count") AS "count" FROM "DeliveryTime" WHERE "span" = 1440 AND "accountId" <> '' GROUP BY "accountId", "bucket"`,
  );
  return steps.map((row) => ({
    accountId: row.accountId,
    counts: countsOf(row),
    times: new Map(
      times
        .filter((time) => time.accountId === row.accountId)
        .map((time) => [Number(time.bucket), Number(time.count)]),
    ),
  }));
}
