import type { Ctx } from '#app/platform/context.server.ts';
import { ms, type NarrowedLeads, type Num, num, PAYS, type Time, Where } from './payout-filter.server.ts';

/** More refunds than this that wait are not looked at for one month. */
const MAX = 5_000;

/** A held lead of which it is not certain that it will be paid. */
export interface RiskyLead {
  id: string;
  at: number;
  campaignId: string | null;
  affiliateId: string | null;
  currency: string | null;
  minor: number | null;
  /** A dispute is on its way; else its refund waits for a decision. */
  disputing: boolean;
}

interface Row {
  id: string;
  disputeBy: Time;
  networkCampaignId: string | null;
  affiliateId: string | null;
  currency: string | null;
  minor: Num;
  disputing: number | bigint | boolean;
}

const COLUMNS = `l."id", l."disputeBy", l."networkCampaignId", l."affiliateId", l."currency", ${PAYS} AS "minor"`;

/**
 * Held leads that release between two moments (ms) and were refunded or are being disputed: found from the refunds
 * that wait and the disputes under way, which are few, rather than from all leads. Each lead once.
 */
export async function readRisks(
  ctx: Pick<Ctx, 'store'>,
  filter: NarrowedLeads,
  from: number,
  to: number,
): Promise<{ leads: RiskyLead[]; capped: boolean }> {
  const { dialect } = ctx.store;
  const read = (source: string, disputing: string): Promise<Row[]> => {
    const where = new Where(dialect).within('l."disputeBy"', from, to).leads('l', filter);
    return ctx.store.beside<Row>(
      `SELECT DISTINCT ${COLUMNS}, ${disputing} AS "disputing" FROM ${source}
       AND l."holdState" = 'pending_release' AND ${where.sql} ORDER BY l."disputeBy", l."id" LIMIT ${MAX + 1}`,
      ...where.args,
    );
  };
  const refunded = await read(
    `"Refund" r JOIN "Lead" l ON l."id" = r."leadId" WHERE r."disposition" IN ('needs_review', 'manual', 'in_grace', 'awaiting_lead')`,
    `CASE WHEN l."disputeMessageId" IS NULL THEN 0 ELSE 1 END`,
  );
  const disputed = await read(
    `"OutboxMessage" m JOIN "Lead" l ON l."id" = m."leadId" AND l."disputeMessageId" = m."id"
     WHERE m."kind" = 'dispute' AND m."status" IN ('queued', 'sending', 'retrying', 'parked')`,
    '1',
  );
  const byId = new Map<string, RiskyLead>();
  for (const row of [...refunded, ...disputed])
    byId.set(row.id, {
      id: row.id,
      at: ms(row.disputeBy),
      campaignId: row.networkCampaignId,
      affiliateId: row.affiliateId,
      currency: row.currency,
      minor: row.minor === null ? null : num(row.minor),
      disputing: Number(row.disputing) === 1,
    });
  return { leads: [...byId.values()], capped: refunded.length > MAX || disputed.length > MAX };
}
