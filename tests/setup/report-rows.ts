import type { TestCtx } from '../factories/test-ctx.ts';

type Prisma = TestCtx['ctx']['store']['prisma'];
type LeadData = Parameters<Prisma['lead']['create']>[0]['data'];
type RefundData = Parameters<Prisma['refund']['create']>[0]['data'];

const DAY_MS = 86_400_000;

/** Writes rows that reports read, as the modules that own them would leave them. */
export function reportRows({ ctx }: Pick<TestCtx, 'ctx'>) {
  const { prisma } = ctx.store;
  let number = 0;
  return {
    /** A lead of $10.00, held for 30 days from `createdAt` (now), with an order of $49.00 behind it. */
    async lead(fields: Partial<LeadData> & { revenueCents?: number | null } = {}) {
      const { revenueCents = 4900, ...over } = fields;
      const n = ++number;
      const createdAt = new Date((over.createdAt as Date | undefined) ?? ctx.clock.now());
      const currency = over.currency === undefined ? 'USD' : over.currency;
      const conversion = await prisma.conversion.create({
        data: {
          id: ctx.newId('cnv'),
          accountId: 'acc_1',
          campaignKey: '',
          externalId: `order_${n}`,
          eventType: 'PURCHASE',
          revenueCents,
          currency,
          occurredAt: createdAt,
          contentHash: `hash_${n}`,
          origin: 'api',
          createdAt,
        },
      });
      return prisma.lead.create({
        data: {
          id: idAt(createdAt, n),
          accountId: 'acc_1',
          networkLeadId: `nl_${n}`,
          conversionId: conversion.id,
          postbackId: `pbk_${n}`,
          networkCampaignId: 'camp_1',
          affiliateId: 'aff_1',
          externalId: `order_${n}`,
          trackingCode: 'AbC12345',
          payoutCents: 1000,
          expectedCents: 1000,
          currency,
          holdState: 'pending_release',
          holdingPeriodDays: 30,
          heldSince: createdAt,
          disputeBy: new Date(createdAt.getTime() + 30 * DAY_MS),
          createdAt,
          updatedAt: createdAt,
          ...over,
        },
      });
    },
    /** A refund of a lead, in full and still to be decided. */
    async refund(lead: { id: string; conversionId: string }, fields: Partial<RefundData> = {}) {
      const n = ++number;
      const at = new Date(ctx.clock.now());
      return prisma.refund.create({
        data: {
          id: ctx.newId('rfd'),
          refundId: `re_${n}`,
          kind: 'refund',
          amountCents: 4900,
          currency: 'USD',
          full: true,
          source: 'stripe',
          contentHash: `hash_${n}`,
          disposition: 'needs_review',
          explanation: 'A person decides.',
          conversionId: lead.conversionId,
          leadId: lead.id,
          occurredAt: at,
          createdAt: at,
          updatedAt: at,
          ...fields,
        },
      });
    },
  };
}

const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** An id as the lead would have got at its time: ten letters of time, then a number. */
function idAt(at: Date, n: number): string {
  let [time, rest] = ['', at.getTime()];
  for (let i = 0; i < 10; i++) {
    time = LETTERS.charAt(rest % 32) + time;
    rest = Math.floor(rest / 32);
  }
  return `led_${time}${String(n).padStart(16, '0')}`;
}
