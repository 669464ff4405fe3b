import { onTestFinished } from 'vitest';
import {
  endGraces,
  freeStoppedDisputes,
  type RefundReport,
  reportRefund,
  reverseRefund,
} from '#app/modules/disputes/index.server.ts';
import type { KeyKind } from '#app/modules/disputes/schema.ts';
import { TurnableClock } from '#app/platform/clock.ts';
import { SYSTEM } from '#app/platform/context.server.ts';
import { type PracticeRegatta, startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { type RegattaSeed, seedRegatta } from '#app/practice/seed.ts';
import { startLeadline, type TestLeadline } from './leadline.ts';
import { until } from './wait.ts';

export const DAY_MS = 86_400_000;
export const maya = { ...SYSTEM, type: 'user', id: 'usr_1', name: 'Maya', role: 'finance' } as const;

/** A Leadline and its practice network with what tests of refunds and disputes do again and again. */
export async function startRefundKit() {
  const regatta: PracticeRegatta = await startPracticeRegatta();
  const seed: RegattaSeed = seedRegatta(regatta);
  const clock = new TurnableClock();
  const leadline: TestLeadline = await startLeadline({
    regattaBaseUrl: regatta.baseUrl,
    regattaKey: seed.apiKey,
    clock,
    env: { REQUEST_TIMEOUT_SECONDS: '2' },
  });
  onTestFinished(async () => {
    await leadline.stop();
    await regatta.stop();
  });
  const { ctx, wiring } = leadline.runtime;
  const { prisma } = ctx.store;
  let number = 0;

  const codeOf = (campaign: keyof RegattaSeed['campaigns']): string => {
    const id = seed.campaigns[campaign].id;
    return (
      seed.enrollments.find((one) => one.campaignId === id)?.trackingCode ??
      seed.campaigns[campaign].testTrackingCode
    );
  };
  const kit = {
    regatta,
    seed,
    clock,
    leadline,
    ctx,
    prisma,
    deps: wiring.disputes,
    codeOf,
    /** Reports a purchase of $49.00 for Spring Starter ($10.00, 30 days), or with some fields changed. */
    async convert(fields: Record<string, unknown> = {}) {
      const externalId = `order_${++number}`;
      const body = {
        externalId,
        eventType: 'PURCHASE',
        revenueCents: 4900,
        currency: 'USD',
        ref: codeOf('springStarter'),
        ...fields,
      };
      const { json } = await leadline.call('POST', '/api/v1/conversions', body);
      return {
        ...(json.data as { id: string; postbackId: string; status: string }),
        externalId: body.externalId,
      };
    },
    /** A purchase whose lead is there. */
    async lead(fields: Record<string, unknown> = {}) {
      const conversion = await kit.convert(fields);
      const lead = await until('a lead', () =>
        prisma.lead.findFirst({ where: { conversionId: conversion.id } }),
      );
      return { ...conversion, lead };
    },
    async refund(body: Record<string, unknown>) {
      const { status, json } = await leadline.call('POST', '/api/v1/refunds', {
        refundId: `re_${++number}`,
        kind: 'refund',
        ...body,
      });
      return { status, error: json.error, ...(json.data as { id: string; disposition: string }) };
    },
    /** Takes in a refund as a provider's event tells it: with ids by kind, a currency, an account. */
    async told(report: Partial<RefundReport> & { keys?: { kind: KeyKind; key: string }[] } = {}) {
      const body = { refundId: `re_${++number}`, kind: 'refund' as const, ...report };
      const taken = await reportRefund(ctx, wiring.disputes, { body, source: 'stripe', actor: SYSTEM });
      return { refundId: body.refundId, row: await kit.refundRow(taken.id) };
    },
    /** A chargeback won back, or a refund that failed. */
    reversed: (refundId: string, reversal: 'won' | 'failed' = 'failed') =>
      ctx.store.transaction((tx) => reverseRefund(tx, ctx, { refundId, reversal, actor: SYSTEM })),
    /** What the clock does about refunds in grace and about disputes that stopped without an answer. */
    tend: async () => ({
      graces: await endGraces(ctx, wiring.disputes),
      freed: await freeStoppedDisputes(ctx),
    }),
    /** All rows of a refund: one for each report of its order. */
    copiesOf: (id: string) =>
      prisma.refund.findMany({ where: { OR: [{ id }, { copyOf: id }] }, orderBy: { id: 'asc' } }),
    message: (id: string) => prisma.outboxMessage.findUniqueOrThrow({ where: { id } }),
    refundRow: (id: string) => prisma.refund.findUniqueOrThrow({ where: { id } }),
    leadRow: (id: string) => prisma.lead.findUniqueOrThrow({ where: { id } }),
    lossOf: (leadId: string) => prisma.loss.findUnique({ where: { leadId } }),
    disputes: () => prisma.outboxMessage.findMany({ where: { kind: 'dispute' } }),
    settled: (id: string, status: string) =>
      until(`${id} ${status}`, async () => (await kit.message(id)).status === status),
    disposed: (id: string, disposition: string) =>
      until(`${id} ${disposition}`, async () => {
        const row = await kit.refundRow(id);
        return row.disposition === disposition ? row : null;
      }),
    /** Waits until no lead's hold is assumed any more. */
    async campaignsKnown() {
      await until('all campaigns known', async () => {
        await leadline.runtime.clockwork?.tick();
        return (await prisma.lead.count({ where: { holdAssumed: true } })) === 0;
      });
    },
    /** Turns both clocks on and lets everything that waits for the time look. */
    async pass(ms: number) {
      clock.advance(ms);
      regatta.changeClock({ advanceMs: ms });
      leadline.runtime.worker?.wake();
      await leadline.runtime.clockwork?.tick();
    },
  };
  return kit;
}
