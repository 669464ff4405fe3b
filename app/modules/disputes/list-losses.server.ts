import type { Ctx } from '#app/platform/context.server.ts';
import type { LossItem } from './inbox-schema.ts';
import { lessonOf } from './lessons.ts';
import { plainRefundId } from './schema.ts';

type Read = Pick<Ctx, 'store'>;

/** What was lost for one cause in one currency. */
export interface LossSum {
  cause: string;
  currency: string | null;
  count: number;
  minor: number;
}

/** All losses, by cause and currency, the dearest first. */
export async function readLossSums({ store }: Read): Promise<LossSum[]> {
  const rows = await store.query<{
    cause: string;
    currency: string | null;
    n: number | bigint;
    minor: number | bigint | string | null;
  }>(
    `SELECT "cause", "currency", count(*) AS "n", COALESCE(sum("payoutCents"), 0) AS "minor" FROM "Loss" GROUP BY "cause", "currency"`,
  );
  return rows
    .map(({ cause, currency, n, minor }) => ({ cause, currency, count: Number(n), minor: Number(minor) }))
    .sort((a, b) => b.minor - a.minor || b.count - a.count);
}

/** One page of losses, newest first. `after` and `before` are ids of rows. */
export async function listLosses(
  { store }: Read,
  input: {
    cause?: string | undefined;
    currency?: string | undefined;
    limit: number;
    after?: string | undefined;
    before?: string | undefined;
  },
): Promise<{ items: LossItem[]; nextAfter: string | null; prevBefore: string | null }> {
  const { prisma } = store;
  const back = input.before !== undefined;
  const found = await prisma.loss.findMany({
    where: {
      ...(input.cause === undefined ? {} : { cause: input.cause }),
      ...(input.currency === undefined ? {} : { currency: input.currency }),
      ...(back
        ? { id: { gt: input.before as string } }
        : input.after === undefined
          ? {}
          : { id: { lt: input.after } }),
    },
    orderBy: { id: back ? 'asc' : 'desc' },
    take: input.limit + 1,
  });
  const more = found.length > input.limit;
  const page = found.slice(0, input.limit);
  if (back) page.reverse();
  const refundIds = page.map((loss) => loss.refundId).filter((id) => id !== null);
  const [leads, refunds] = await Promise.all([
    prisma.lead.findMany({ where: { id: { in: page.map((loss) => loss.leadId) } } }),
    prisma.refund.findMany({ where: { id: { in: refundIds } } }),
  ]);
  const campaignIds = leads.map((lead) => lead.networkCampaignId).filter((id) => id !== null);
  const campaigns = await prisma.campaign.findMany({
    where: { networkCampaignId: { in: campaignIds } },
    select: { accountId: true, networkCampaignId: true, name: true },
  });
  const items = page.map((loss): LossItem => {
    const lead = leads.find((row) => row.id === loss.leadId);
    const refund = refunds.find((row) => row.id === loss.refundId);
    const campaign = campaigns.find(
      (row) => row.accountId === lead?.accountId && row.networkCampaignId === lead.networkCampaignId,
    );
    const disputeBy = lead?.disputeBy?.toISOString() ?? null;
    return {
      id: loss.id,
      leadId: loss.leadId,
      payoutCents: loss.payoutCents === null ? null : Number(loss.payoutCents),
      currency: loss.currency,
      cause: loss.cause,
      explanation: loss.explanation,
      createdAt: loss.createdAt.toISOString(),
      lesson: lessonOf({
        cause: loss.cause,
        holdingPeriodDays: lead?.holdingPeriodDays ?? null,
        disputeBy,
        refundedAt: refund?.occurredAt.toISOString() ?? null,
        reportedAt: refund?.createdAt.toISOString() ?? null,
      }),
      refund: refund
        ? {
            id: refund.id,
            refundId: plainRefundId(refund),
            kind: refund.kind,
            occurredAt: refund.occurredAt.toISOString(),
            createdAt: refund.createdAt.toISOString(),
          }
        : null,
      lead: lead
        ? {
            externalId: lead.externalId,
            affiliateId: lead.affiliateId,
            campaignId: lead.networkCampaignId,
            campaignName: campaign?.name ?? null,
            holdingPeriodDays: lead.holdingPeriodDays,
            heldSince: lead.heldSince.toISOString(),
            disputeBy,
          }
        : null,
    };
  });
  return {
    items,
    nextAfter: back || more ? (items.at(-1)?.id ?? null) : null,
    prevBefore: (back ? more : input.after !== undefined) ? (items.at(0)?.id ?? null) : null,
  };
}
