import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { isStoreFault } from '#app/platform/db/store-errors.server.ts';
import { ignored, type Processed, waiting } from './processed.ts';
import { EventFault } from './sources/types.ts';

/** A payment of a subscription, by the id its conversion gets. */
export interface SubscriptionPayment {
  accountId: string;
  subscription: string;
  externalId: string;
  /** What the provider calls it: the beginning of the subscription, or a payment that follows it. */
  said: 'first' | 'later';
}

/**
 * A payment that claimed to be the first and never became a conversion (its process died, and its event is not taken
 * up any more) gives its place up after this time.
 */
const GIVEN_UP_MS = 3_600_000;

/**
 * Reports a payment only where it is the first of its subscription. Which one that is, is decided by a row that there
 * can be only one of, so several processes that take payments in at the same instant come to the same. One that comes
 * second while the first is still being written waits until that is known.
 *
 * The beginning of a subscription may be told after a renewal (out of order, or long after a fault): where the renewal
 * was sent, it stays the one; where it was only kept, for want of a tracking code, the beginning takes its place.
 */
export async function reportIfFirst(
  ctx: Ctx,
  payment: SubscriptionPayment,
  report: () => Promise<Processed>,
): Promise<Processed> {
  if (await paidBefore(ctx, payment)) return notFirst(payment);
  const holder = await claim(ctx, payment);
  if (holder === payment.externalId) return reportOrRelease(ctx, payment, report);
  return (await reportedAs(ctx, payment.accountId, holder)) !== null
    ? notFirst(payment)
    : waiting(
        `Another payment of the subscription ${payment.subscription} is being taken in: once that is done it is known which was the first.`,
      );
}

const notFirst = ({ subscription, said }: SubscriptionPayment): Processed =>
  ignored(
    said === 'later'
      ? `A payment of the subscription ${subscription} was reported before: by this endpoint's mapping only the first counts.`
      : `It begins the subscription ${subscription}, but another payment of it was told and reported before: by this endpoint's mapping one counts, so this one is not reported too.`,
  );

/** Claims the first place, unless it is taken. Answers whose it is, by externalId. */
async function claim(
  ctx: Ctx,
  { accountId, subscription, externalId, said }: SubscriptionPayment,
): Promise<string> {
  const { store } = ctx;
  const { p, time } = store.dialect;
  const now = nowOf(ctx);
  await store.execute(
    `INSERT INTO "FirstPayment" ("accountId", "subscription", "externalId", "createdAt") VALUES (${p(1)}, ${p(2)}, ${p(3)}, ${p(4)}) ON CONFLICT DO NOTHING`,
    accountId,
    subscription,
    externalId,
    time(now),
  );
  const key = { accountId_subscription: { accountId, subscription } };
  const row = await store.prisma.firstPayment.findUniqueOrThrow({ where: key });
  if (row.externalId === externalId) return externalId;
  const reported = await reportedAs(ctx, accountId, row.externalId);
  const stale = row.createdAt.getTime() < now.getTime() - GIVEN_UP_MS;
  if (reported === null ? !stale : !(reported === 'kept' && said === 'first')) return row.externalId;
  await store.prisma.firstPayment.updateMany({
    where: { accountId, subscription, externalId: row.externalId, createdAt: row.createdAt },
    data: { externalId, createdAt: now },
  });
  return (await store.prisma.firstPayment.findUniqueOrThrow({ where: key })).externalId;
}

/** What cannot be reported is no first payment: the next one may be. Where the store is at fault it is taken up again. */
async function reportOrRelease(
  ctx: Ctx,
  payment: SubscriptionPayment,
  report: () => Promise<Processed>,
): Promise<Processed> {
  try {
    const processed = await report();
    if (processed.state === 'failed') await release(ctx, payment);
    return processed;
  } catch (error) {
    if (error instanceof EventFault || !isStoreFault(error)) await release(ctx, payment);
    throw error;
  }
}

const release = (ctx: Ctx, { accountId, subscription, externalId }: SubscriptionPayment) =>
  ctx.store.prisma.firstPayment.deleteMany({ where: { accountId, subscription, externalId } });

/** Whether a payment became a conversion: one that is sent, or one that is only kept, without a tracking code. */
async function reportedAs(ctx: Ctx, accountId: string, externalId: string): Promise<'sent' | 'kept' | null> {
  const found = await ctx.store.prisma.conversion.findMany({
    where: { accountId, externalId },
    select: { postbackId: true },
    take: 20,
  });
  if (found.length === 0) return null;
  return found.some(({ postbackId }) => postbackId !== null) ? 'sent' : 'kept';
}

/**
 * Whether another payment of the subscription was reported to the account that moved money, by whatever door. Beside
 * the beginning of the subscription only one that is sent counts.
 */
async function paidBefore(ctx: Ctx, payment: SubscriptionPayment): Promise<boolean> {
  const { prisma } = ctx.store;
  // by its payments first: an account has many conversions, a subscription has few
  const paid = await prisma.paymentRef.findMany({
    where: { paymentId: payment.subscription },
    select: { conversionId: true },
    take: 500,
  });
  const known = await prisma.conversion.findFirst({
    where: {
      id: { in: paid.map(({ conversionId }) => conversionId) },
      accountId: payment.accountId,
      externalId: { not: payment.externalId },
      revenueCents: { gt: 0 },
      ...(payment.said === 'first' ? { postbackId: { not: null } } : {}),
    },
    select: { id: true },
  });
  return known !== null;
}
