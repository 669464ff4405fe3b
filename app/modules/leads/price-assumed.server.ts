import { numberOrNull } from '#app/platform/db/numbers.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { flagsOf } from './policy.ts';

const PRICE = { id: 'text', expectedCents: 'bigint', flags: 'text' } as const;
const BATCH = 1000;

interface Unpriced {
  id: string;
  trackingCode: string | null;
  payoutCents: bigint | number | null;
  revenueCents: bigint | number | null;
  ref: string | null;
}

/**
 * Computes the expected payout, and flags a difference (RG-21, RG-22), of leads that were opened before their
 * campaign's terms were known. On an open transaction, before their hold is frozen (which ends their being assumed).
 */
export async function priceAssumedLeads(
  tx: Conn,
  campaign: { accountId: string; networkCampaignId: string },
  expectedOf: (revenueCents: number | null) => number | null,
): Promise<void> {
  const { dialect } = tx;
  for (let after = ''; ; ) {
    const leads = await tx.query<Unpriced>(
      `SELECT l."id", l."trackingCode", l."payoutCents", c."revenueCents", c."ref" FROM "Lead" l JOIN "Conversion" c ON c."id" = l."conversionId"
       WHERE l."accountId" = ${dialect.p(1)} AND l."networkCampaignId" = ${dialect.p(2)} AND l."holdAssumed" AND l."expectedCents" IS NULL AND l."id" > ${dialect.p(3)} ORDER BY l."id" LIMIT ${BATCH}`,
      campaign.accountId,
      campaign.networkCampaignId,
      after,
    );
    const rows = leads.map(({ id, trackingCode, payoutCents, revenueCents, ref }) => {
      const expectedCents = expectedOf(numberOrNull(revenueCents));
      const flags = flagsOf(
        { ref: ref ?? '', expectedCents },
        { trackingCode, payoutCents: numberOrNull(payoutCents) },
      );
      return { id, expectedCents, flags: flags.length > 0 ? JSON.stringify(flags) : null };
    });
    if (rows.length > 0) {
      const source = dialect.rows(PRICE, 1, 'r');
      await tx.execute(
        `UPDATE "Lead" SET "expectedCents" = r."expectedCents", "flags" = r."flags" FROM ${source} WHERE "Lead"."id" = r."id"`,
        dialect.encode(PRICE, rows),
      );
    }
    after = leads.at(-1)?.id ?? '';
    if (leads.length < BATCH) return;
  }
}
