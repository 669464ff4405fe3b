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
    const known = await tx.prisma.campaign.count({ where });
    if (known === 0) {
      await tx.prisma.campaign.create({
        data: {
          ...where,
          id: newId('cmp'),
          trackingConfirmedAt: confirmedAt,
          confirmedBy: test.by,
          syncDueAt: test.at,
          createdAt: test.at,
          updatedAt: test.at,
        },
      });
      continue;
    }
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
