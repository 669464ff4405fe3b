import type { Ctx } from '#app/platform/context.server.ts';
import type { FirstSteps } from './schema.ts';

/** What a new installation still lacks. Each look reads one row at most. */
export async function readFirstSteps(ctx: Pick<Ctx, 'store'>): Promise<FirstSteps> {
  const { prisma } = ctx.store;
  const select = { id: true } as const;
  const [account, apiKey, campaign, conversion, capture] = await Promise.all([
    prisma.networkAccount.findFirst({ select }),
    prisma.apiKey.findFirst({ where: { revokedAt: null }, select }),
    prisma.campaign.findFirst({ orderBy: { id: 'desc' }, select: { testTrackingCode: true } }),
    prisma.conversion.findFirst({ select }),
    prisma.capture.findFirst({ select }),
  ]);
  const traffic = conversion !== null || capture !== null;
  return {
    account: account !== null,
    apiKey: apiKey !== null,
    campaign: campaign !== null,
    traffic,
    testCode: campaign?.testTrackingCode ?? null,
  };
}
