import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import type { LossItem } from './inbox-schema.ts';
import { lessonOf } from './lessons.ts';
import { findLosses, lossIdAt } from './list-losses-find.server.ts';
import { LOSS_MONTHS } from './list-losses-totals.server.ts';
import { lastMonths } from './months.ts';
import { plainRefundId } from './schema.ts';

/** One page of losses, newest first. `after` and `before` are ids of rows. */
export async function listLosses(
  { store, clock }: Pick<Ctx, 'store' | 'clock'>,
  input: {
    cause?: string | undefined;
    currency?: string | undefined;
    /** The network's campaign id. */
    campaign?: string | undefined;
    /** One of the last twelve months of a zone: "2026-11". One that is none of them has no losses. */
    month?: { key: string; zone: string } | undefined;
    limit: number;
    after?: string | undefined;
    before?: string | undefined;
  },
): Promise<{ items: LossItem[]; nextAfter: string | null; prevBefore: string | null }> {
  const { prisma } = store;
  const back = input.before !== undefined;
  const asked = input.month;
  const month =
    asked &&
    lastMonths(nowOf({ clock }).getTime(), asked.zone, LOSS_MONTHS).find(({ key }) => key === asked.key);
  if (asked && !month) return { items: [], nextAfter: null, prevBefore: null };
  const from = month ? lossIdAt(month.startsAt) : null;
  const to = month ? lossIdAt(month.endsAt) : null;
  const ids = await findLosses(
    { store },
    {
      cause: input.cause,
      currency: input.currency,
      campaign: input.campaign,
      above: later(from, back ? (input.before ?? null) : null),
      below: earlier(to, back ? null : (input.after ?? null)),
      oldest: back,
      limit: input.limit + 1,
    },
  );
  const rows = await prisma.loss.findMany({ where: { id: { in: ids } } });
  const found = ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
  const more = found.length > input.limit;
  const page = found.slice(0, input.limit);
  if (back) page.reverse();
  const refundIds = page.map((loss) => loss.refundId).filter((id) => id !== null);
  const [leads, refunds] = await Promise.all([
    prisma.lead.findMany({ where: { id: { in: page.map((loss) => loss.leadId) } } }),
    prisma.refund.findMany({ where: { id: { in: refundIds } } }),
  ]);
  const campaignIds = page.map((loss) => loss.networkCampaignId).filter((id) => id !== null);
  const campaigns = await prisma.campaign.findMany({
    where: { networkCampaignId: { in: campaignIds } },
    select: { accountId: true, networkCampaignId: true, name: true },
  });
  const items = page.map((loss): LossItem => {
    const lead = leads.find((row) => row.id === loss.leadId);
    const refund = refunds.find((row) => row.id === loss.refundId);
    const campaign = campaigns.find(
      (row) => row.accountId === loss.accountId && row.networkCampaignId === loss.networkCampaignId,
    );
    const disputeBy = lead?.disputeBy?.toISOString() ?? null;
    return {
      id: loss.id,
      leadId: loss.leadId,
      payoutCents: numberOrNull(loss.payoutCents),
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

/** The bound that leaves less, of two that may be missing. */
const later = (a: string | null, b: string | null): string | null =>
  a === null || b === null ? (a ?? b) : a > b ? a : b;
const earlier = (a: string | null, b: string | null): string | null =>
  a === null || b === null ? (a ?? b) : a < b ? a : b;
