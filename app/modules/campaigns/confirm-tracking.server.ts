import type { Conn } from '#app/platform/db/store.server.ts';

/** A test postback that the network recognised. */
export interface ConfirmedTest {
  accountId: string;
  networkCampaignId: string;
  trackingConfirmedAt: string | null;
  /** shop: a real conversion; console: fired from the wizard, which proves less (RG-45). */
  by: 'shop' | 'console';
  at: Date;
}

/** Marks campaigns as confirmed (RG-46). The first confirmation stays; a repeat is a no-op. On an open transaction. */
export async function confirmTracking(
  tx: Conn,
  newId: (prefix: string) => string,
  tests: readonly ConfirmedTest[],
): Promise<void> {
  for (const test of tests) {
    const where = { accountId: test.accountId, networkCampaignId: test.networkCampaignId };
    const confirmedAt = test.trackingConfirmedAt ? new Date(test.trackingConfirmedAt) : test.at;
    // another worker may meet the same campaign at this moment: an error would undo the whole settlement
    await tx.execute(
      `INSERT INTO "Campaign" ("id", "accountId", "networkCampaignId", "syncDueAt", "createdAt", "updatedAt")
       VALUES (${[1, 2, 3, 4, 5, 6].map((n) => tx.dialect.p(n)).join(', ')}) ON CONFLICT ("accountId", "networkCampaignId") DO NOTHING`,
      newId('cmp'),
      test.accountId,
      test.networkCampaignId,
      ...Array.from({ length: 3 }, () => tx.dialect.time(test.at)),
    );
    await tx.prisma.campaign.updateMany({
      where: { ...where, trackingConfirmedAt: null },
      data: { trackingConfirmedAt: confirmedAt, updatedAt: test.at },
    });
    // a confirmation from the shop proves more than one from the console
    const weaker =
      test.by === 'shop' ? [{ confirmedBy: null }, { confirmedBy: 'console' }] : [{ confirmedBy: null }];
    await tx.prisma.campaign.updateMany({
      where: { ...where, OR: weaker },
      data: { confirmedBy: test.by, updatedAt: test.at },
    });
  }
}
