import { nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import type { WriteContext } from './issue-events.server.ts';

const CODE = { breakerId: 'text', ref: 'text' } as const;

/** Notes tracking codes that lead into what a breaker holds back, on an open transaction. */
export async function addCodes(tx: Conn, breakerId: string, refs: readonly string[]): Promise<void> {
  if (refs.length === 0) return;
  await tx.execute(
    `INSERT INTO "BreakerCode" ("breakerId", "ref") SELECT r."breakerId", r."ref" FROM ${tx.dialect.eachRow(CODE, 1, 'r')} WHERE true
     ON CONFLICT ("breakerId", "ref") DO NOTHING`,
    tx.dialect.encode(
      CODE,
      refs.map((ref) => ({ breakerId, ref })),
    ),
  );
}

/** The same for a breaker that is known to this process already: `updatedAt` tells everybody to read its codes anew. */
export async function learnCodes(
  tx: Conn,
  ctx: WriteContext,
  breakerId: string,
  refs: readonly string[],
): Promise<boolean> {
  if (refs.length === 0) return false;
  await addCodes(tx, breakerId, [...new Set(refs)]);
  await tx.prisma.breaker.updateMany({ where: { id: breakerId }, data: { updatedAt: nowOf(ctx) } });
  return true;
}

/**
 * Tracking codes of conversions that a campaign took, from its newest `looked` deliveries: one walk of an index, so
 * that a large campaign costs no more than a small one.
 */
export async function codesOfCampaign(
  tx: Conn,
  campaign: { accountId: string; networkCampaignId: string },
  looked: number,
): Promise<string[]> {
  const { dialect } = tx;
  const rows = await tx.query<{ ref: string }>(
    `SELECT DISTINCT "ref" FROM (SELECT "ref", "accountId" FROM "OutboxMessage"
       WHERE "networkCampaignId" = ${dialect.p(1)} AND "status" = 'delivered' ORDER BY "id" DESC LIMIT ${looked}) t
     WHERE "accountId" = ${dialect.p(2)} AND "ref" IS NOT NULL`,
    campaign.networkCampaignId,
    campaign.accountId,
  );
  return rows.map(({ ref }) => ref);
}
