import { numberOrNull } from '#app/platform/db/numbers.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { safetyOf } from './deadline-safety.server.ts';
import { lockLead } from './lock-postback.server.ts';
import { isFull } from './policy.ts';
import { graceEnd, type Ruling, ruleFor } from './policy-rules.ts';
import type { RefundRow } from './refund-copies.server.ts';
import { hasCampaignRules, policyFor } from './save-policy.server.ts';

/** What is read to decide about a refund, on the transaction that decides. */

export type { RefundRow };

const CONVERSION = {
  id: true,
  accountId: true,
  campaignKey: true,
  externalId: true,
  revenueCents: true,
  currency: true,
  postbackId: true,
} as const;
const POSTBACK = { id: true, status: true, firstMaySentAt: true, networkCampaignId: true } as const;

export type ConversionRow = NonNullable<Awaited<ReturnType<typeof conversionOf>>>;
export type MessageRow = NonNullable<Awaited<ReturnType<typeof postbackOf>>>;

/** The order of a refund. */
export const conversionOf = (tx: Conn, id: string) =>
  tx.prisma.conversion.findUnique({ where: { id }, select: CONVERSION });
/** What was sent for an order. */
export const postbackOf = (tx: Conn, id: string) =>
  tx.prisma.outboxMessage.findUnique({ where: { id }, select: POSTBACK });
export type LeadRow = NonNullable<Awaited<ReturnType<Conn['prisma']['lead']['findUnique']>>>;

/**
 * What has been given back of an order so far, in its currency: several partial refunds can make a full one. Amounts
 * in another currency do not add up with it.
 */
export async function refundedTotal(
  tx: Conn,
  refund: RefundRow,
  currency: string | null,
): Promise<number | null> {
  if (refund.amountCents === null || refund.kind !== 'refund') return numberOrNull(refund.amountCents);
  const all = await tx.prisma.refund.findMany({
    where: { conversionId: refund.conversionId, kind: 'refund', reversal: null },
    select: { id: true, amountCents: true, currency: true },
  });
  const same = all.filter(
    (row) => row.id === refund.id || row.currency === null || currency === null || row.currency === currency,
  );
  return same.reduce((sum, row) => sum + Number(row.amountCents ?? 0), 0);
}

/** The lead of a conversion, locked: its own, or the one that another report of the same order opened (RG-14). */
export async function leadOf(
  tx: Conn,
  conversion: ConversionRow,
  postback: MessageRow | null,
): Promise<LeadRow | null> {
  const { accountId, externalId } = conversion;
  const networkCampaignId = postback?.networkCampaignId;
  const own = await tx.prisma.lead.findFirst({
    where: { conversionId: conversion.id },
    select: { id: true },
  });
  const known =
    own ??
    (networkCampaignId
      ? await tx.prisma.lead.findFirst({
          where: { accountId, externalId, networkCampaignId },
          select: { id: true },
        })
      : null);
  if (!known) return null;
  await lockLead(tx, known.id);
  return tx.prisma.lead.findUnique({ where: { id: known.id } });
}

/** What the policy of its campaign says about a refund, and the end of its grace time while that lasts. */
export async function rulingOf(
  tx: Conn,
  {
    refund,
    facts,
    conversion,
    postback,
    lead,
    now,
  }: {
    refund: RefundRow;
    facts: Parameters<typeof isFull>[0];
    conversion: ConversionRow;
    postback: MessageRow | null;
    lead: LeadRow | null;
    now: Date;
  },
): Promise<{ ruling: Ruling; graceUntil: Date | null }> {
  const { accountId, currency } = conversion;
  const revenueCents = numberOrNull(conversion.revenueCents);
  const campaign = lead?.networkCampaignId ?? postback?.networkCampaignId ?? (conversion.campaignKey || null);
  const { rules, origin } = await policyFor(tx, accountId, campaign);
  const said = ruleFor(rules, origin, {
    kind: facts.kind,
    full: isFull(facts, revenueCents),
    refundedCents: facts.amountCents,
    revenueCents,
    currency,
  });
  const unsure = campaign === null && (await hasCampaignRules(tx, accountId));
  const ruling = unsure ? { ...said, unsure } : said;
  if (ruling.deed !== 'after_grace') return { ruling, graceUntil: null };
  const end = graceEnd(refund, rules.graceHours, lead, await safetyOf(tx, accountId));
  return { ruling, graceUntil: end > now ? end : null };
}
