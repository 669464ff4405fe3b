import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { DUE_MS, UNSETTLED } from './needs.server.ts';
import { addUp } from './policy.ts';
import type { DueLeads } from './schema.ts';

const STEP_MS = 6 * 3_600_000;
/** More open refunds than this are counted, not listed. */
const MAX = 5_000;

interface Row {
  id: string;
  externalId: string;
  disputeBy: Date;
  payoutCents: number | bigint | null;
  expectedCents: number | bigint | null;
  currency: string | null;
}

/**
 * Leads that were refunded, are not disputed yet, and will be released within 72 hours (or `withinMs`): what is lost when nobody
 * acts, or when a dispute on its way does not get through. Found from their open refunds; at most 5,000, the first to fall due.
 */
export async function readDueLeads(
  ctx: Pick<Ctx, 'store' | 'clock'>,
  withinMs: number = DUE_MS,
): Promise<DueLeads> {
  const { store } = ctx;
  const { p } = store.dialect;
  const now = nowOf(ctx).getTime();
  const rows = await store.query<Row>(
    `SELECT DISTINCT l."id", l."externalId", l."disputeBy", l."payoutCents", l."expectedCents", l."currency" FROM "Refund" r JOIN "Lead" l ON l."id" = r."leadId"
     WHERE ${UNSETTLED} AND l."holdState" = 'pending_release' AND l."disputeBy" > ${p(1)} AND l."disputeBy" <= ${p(2)} ORDER BY l."disputeBy", l."id" LIMIT ${MAX}`,
    store.dialect.time(now),
    store.dialect.time(now + withinMs),
  );
  const trend = Array.from({ length: Math.ceil(withinMs / STEP_MS) }, () => 0);
  for (const { disputeBy } of rows) {
    const step = Math.min(trend.length - 1, Math.floor((disputeBy.getTime() - now) / STEP_MS));
    trend[step] = (trend[step] ?? 0) + 1;
  }
  const money = rows.flatMap(({ currency, payoutCents, expectedCents }) => {
    const minor = payoutCents ?? expectedCents;
    return currency === null || minor === null ? [] : [{ currency, minor: Number(minor), count: 1 }];
  });
  const first = rows[0];
  return {
    count: rows.length,
    atStake: addUp(money),
    unknown: rows.length - money.length,
    first: first
      ? { leadId: first.id, externalId: first.externalId, disputeBy: first.disputeBy.toISOString() }
      : null,
    trend,
  };
}
