import { encodeTime } from 'ulid';
import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { LossItem } from './inbox-schema.ts';
import { lessonOf } from './lessons.ts';
import { lastMonths, type Month } from './months.ts';
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

const MONTHS = 12;
/** Ids sort by time: the first that a row of this moment can have. */
const idAt = (ms: number): string => `los_${encodeTime(ms, 10)}`;

export interface LossMonth {
  /** "2026-11", in the zone asked for. */
  key: string;
  /** Sums by currency, the dearest first; leads whose payout is unknown are counted, not summed. */
  sums: { currency: string; minor: number }[];
  count: number;
}

/** The months of a zone that `listLosses` and `readLossesByMonth` speak of, oldest first. */
const monthsOf = (ctx: Pick<Ctx, 'clock'>, zone: string): Month[] =>
  lastMonths(nowOf(ctx).getTime(), zone, MONTHS);

/** What was lost in each of the last twelve months, by when it was lost; oldest first, months without a loss included. */
export async function readLossesByMonth(
  ctx: Pick<Ctx, 'store' | 'clock'>,
  input: { zone: string; cause?: string | undefined; currency?: string | undefined },
): Promise<LossMonth[]> {
  const { dialect } = ctx.store;
  return Promise.all(
    monthsOf(ctx, input.zone).map(async ({ key, startsAt, endsAt }) => {
      const args: unknown[] = [idAt(startsAt), idAt(endsAt)];
      const where = [`"id" >= ${dialect.p(1)}`, `"id" < ${dialect.p(2)}`];
      if (input.cause !== undefined) where.push(`"cause" = ${dialect.p(args.push(input.cause))}`);
      if (input.currency !== undefined) where.push(`"currency" = ${dialect.p(args.push(input.currency))}`);
      const rows = await ctx.store.query<{
        currency: string | null;
        n: number | bigint;
        minor: number | bigint | string | null;
      }>(
        `SELECT "currency", count(*) AS "n", sum("payoutCents") AS "minor" FROM "Loss" WHERE ${where.join(' AND ')} GROUP BY "currency"`,
        ...args,
      );
      const sums = rows.flatMap(({ currency, minor }) =>
        currency === null || minor === null ? [] : [{ currency, minor: Number(minor) }],
      );
      return {
        key,
        sums: sums.sort((a, b) => b.minor - a.minor),
        count: rows.reduce((sum, row) => sum + Number(row.n), 0),
      };
    }),
  );
}

/** One page of losses, newest first. `after` and `before` are ids of rows. */
export async function listLosses(
  { store, clock }: Pick<Ctx, 'store' | 'clock'>,
  input: {
    cause?: string | undefined;
    currency?: string | undefined;
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
  const month = asked && monthsOf({ clock }, asked.zone).find(({ key }) => key === asked.key);
  if (asked && !month) return { items: [], nextAfter: null, prevBefore: null };
  const found = await prisma.loss.findMany({
    where: {
      ...(input.cause === undefined ? {} : { cause: input.cause }),
      ...(input.currency === undefined ? {} : { currency: input.currency }),
      AND: [
        month ? { id: { gte: idAt(month.startsAt), lt: idAt(month.endsAt) } } : {},
        back
          ? { id: { gt: input.before as string } }
          : input.after === undefined
            ? {}
            : { id: { lt: input.after } },
      ],
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
