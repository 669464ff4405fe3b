import { expect, onTestFinished, test } from 'vitest';
import {
  approveDispute,
  decideReview,
  getDisputeState,
  saveFourEyes,
  savePolicy,
  startBatch,
} from '#app/modules/disputes/index.server.ts';
import { DEFAULT_RULES } from '#app/modules/disputes/refund-policy-schema.ts';
import { TurnableClock } from '#app/platform/clock.ts';
import { startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { seedRegatta } from '#app/practice/seed.ts';
import { startHeldLine } from '../setup/held-line.ts';
import { startLeadline } from '../setup/leadline.ts';
import { DAY_MS, maya, startRefundKit } from '../setup/refund-kit.ts';
import { until } from '../setup/wait.ts';

/** What the model property test found (tests/model), each in its smallest form. */

test('RG-37 issue 4 point 5: a dispute whose answers were all lost is sent behind its ladder until the network answers; no loss is told', async () => {
  const kit = await startRefundKit();
  const { externalId, lead } = await kit.lead();
  kit.regatta.setFaults([{ kind: '500', afterWork: true, route: 'dispute', remaining: 7 }]);
  const { id } = await kit.refund({ externalId, amountCents: 4900, full: true });
  const { disputeMessageId } = await until('the dispute', async () => {
    const row = await kit.refundRow(id);
    return row.disputeMessageId ? row : null;
  });
  const messageId = disputeMessageId as string;
  const attempts = (n: number) =>
    until(`attempt ${n}`, async () => {
      const message = await kit.message(messageId);
      return message.attempts === n && message.status !== 'sending' ? message : null;
    });
  for (const [i, seconds] of [0, 2, 6, 35, 340, 4000, 4000].entries()) {
    if (seconds > 0) await kit.pass(seconds * 1000);
    // the sixth attempt ends the ladder; the seventh is behind it
    expect(await attempts(i + 1)).toMatchObject({ status: 'retrying', errorCode: 'INTERNAL_ERROR' });
  }
  expect(await kit.refundRow(id)).toMatchObject({ disposition: 'disputing' });
  // past the release: the network still knows that it took it
  await kit.pass(31 * DAY_MS);
  await kit.disposed(id, 'disputed');
  expect(kit.regatta.leads()[0]).toMatchObject({ status: 'DISPUTED' });
  expect(await kit.leadRow(lead.id)).toMatchObject({ holdState: 'disputed' });
  expect(await kit.lossOf(lead.id)).toBeNull();
});

test('issue 4 point 4: where campaigns have rules of their own, a refund waits for its lead to tell the campaign; nothing is canceled by the wrong rule', async () => {
  const kit = await startRefundKit();
  const { id: accountId } = await kit.prisma.networkAccount.findFirstOrThrow();
  const networkCampaignId = kit.seed.campaigns.springStarter.id;
  const rules = { ...DEFAULT_RULES, full: { do: 'never' } };
  await savePolicy(kit.ctx, { accountId, networkCampaignId, rules, actor: maya });
  kit.regatta.setFaults([{ kind: '429', route: 'postback', retryAfterSeconds: 60, remaining: 1 }]);
  const conversion = await kit.convert();
  await kit.settled(conversion.postbackId, 'retrying');
  const refund = await kit.refund({ externalId: conversion.externalId, amountCents: 4900, full: true });
  expect(refund.disposition).toBe('awaiting_lead');
  await kit.pass(70_000);
  await kit.settled(conversion.postbackId, 'delivered');
  expect(await kit.disposed(refund.id, 'ignored')).toMatchObject({
    explanation: expect.stringContaining("the campaign's rule for full refunds"),
  });
  expect(kit.regatta.leads()[0]).toMatchObject({ status: 'VERIFIED' });
});

test('RG-42 a dispute that a person chose before the lead was there leaves when it lands; nobody is asked twice', async () => {
  const kit = await startRefundKit();
  kit.regatta.setFaults([{ kind: 'reset_after_work', route: 'postback', remaining: 1 }]);
  // an answer lost: there may be a lead, and none is known
  const conversion = await kit.convert();
  await kit.settled(conversion.postbackId, 'retrying');
  const { id } = await kit.refund({ externalId: conversion.externalId, amountCents: 1000, full: false });
  const decided = await decideReview(kit.ctx, kit.deps, { refundId: id, choice: 'dispute', actor: maya });
  expect(decided.disposition).toBe('awaiting_lead');
  await kit.pass(5_000);
  await kit.settled(conversion.postbackId, 'duplicate');
  await kit.disposed(id, 'disputed');
});

test('issue 4 point 5: a dispute that waits for another person is not dropped for a refund that was let pass before it was asked for', async () => {
  const kit = await startRefundKit();
  const { externalId, lead } = await kit.lead();
  const { accountId } = lead;
  const owner = { ...maya, id: 'usr_2', name: 'Olga', role: 'owner' } as const;
  const rules = { ...DEFAULT_RULES, fraud: { do: 'never' } };
  await savePolicy(kit.ctx, { accountId, networkCampaignId: '', rules, actor: owner });
  await saveFourEyes(kit.ctx, { rule: { enabled: true, above: {} }, actor: owner });
  const { id } = await kit.refund({ externalId, kind: 'fraud' });
  expect(await kit.refundRow(id)).toMatchObject({ disposition: 'ignored' });
  const selection = { of: 'leads', ids: [lead.id] };
  await startBatch(kit.ctx, kit.deps, { selection, text: 'Fraud ring of May', actor: maya });
  await kit.pass(10_001);
  const approval = await until('asked for', () => kit.prisma.disputeApproval.findFirst());
  await kit.pass(60_000);
  expect(await kit.prisma.disputeApproval.findFirst(), 'it still waits').toMatchObject({ state: 'pending' });
  await approveDispute(kit.ctx, kit.deps, { id: approval.id, actor: owner });
  await until('disputed', () => kit.regatta.leads()[0]?.status === 'DISPUTED');
});

/** A Leadline that waits a second for answers, behind a line that holds what is sent. */
async function startBehindLine() {
  const regatta = await startPracticeRegatta();
  const { apiKey, enrollments, campaigns } = seedRegatta(regatta);
  const line = await startHeldLine(regatta.url);
  const clock = new TurnableClock();
  const env = { REQUEST_TIMEOUT_SECONDS: '1' };
  const leadline = await startLeadline({ regattaBaseUrl: line.baseUrl, regattaKey: apiKey, clock, env });
  onTestFinished(async () => {
    await leadline.stop();
    await line.close();
    await regatta.stop();
  });
  const ref = enrollments.find((one) => one.campaignId === campaigns.springStarter.id)?.trackingCode;
  const order = { externalId: 'order_1', eventType: 'PURCHASE', revenueCents: 4900, currency: 'USD', ref };
  await leadline.call('POST', '/api/v1/conversions', order);
  const { prisma } = leadline.runtime.ctx.store;
  const lead = await until('a lead', () => prisma.lead.findFirst({ where: { externalId: 'order_1' } }));
  const attempts = (n: number) =>
    until(`attempt ${n} without an answer`, async () => {
      const message = await prisma.outboxMessage.findFirst({ where: { kind: 'dispute' } });
      return message?.attempts === n && message.status === 'retrying' ? message : null;
    });
  const wallet = (): number => regatta.state().advertisers[0]?.availableCents ?? 0;
  /** Both clocks on by so much; what is due by then runs. */
  const pass = async (ms: number): Promise<void> => {
    regatta.changeClock({ advanceMs: ms });
    clock.advance(ms);
    leadline.runtime.worker?.wake();
    await leadline.runtime.clockwork?.tick();
  };
  return { regatta, line, leadline, prisma, ctx: leadline.runtime.ctx, lead, attempts, wallet, pass };
}

test('issue 4 point 5: a dispute that takes effect after its time limit is ambiguous, sent until answered, and counted once', async () => {
  const { regatta, line, leadline, prisma, ctx, lead, attempts, wallet, pass } = await startBehindLine();
  const before = wallet();
  line.hold('dispute');
  await leadline.call('POST', '/api/v1/refunds', { refundId: 're_1', kind: 'refund', externalId: 'order_1' });
  expect(await attempts(1)).toMatchObject({ errorCode: 'TIMEOUT' });
  expect(await getDisputeState(ctx, lead.id)).toMatchObject({ state: 'ambiguous' });
  await pass(60_000);
  await attempts(2);
  expect(line.held).toBe(2);
  // the first arrives now, and nobody waits for its answer
  line.letOneGo();
  await until('taken back', () => regatta.leads()[0]?.status === 'DISPUTED');
  expect(await getDisputeState(ctx, lead.id), 'only an answer settles it').toMatchObject({
    state: 'ambiguous',
  });
  expect(await prisma.refund.findFirst()).toMatchObject({ disposition: 'disputing' });
  line.open();
  await pass(600_000);
  await until('settled', async () => (await prisma.refund.findFirst())?.disposition === 'disputed');
  expect(await getDisputeState(ctx, lead.id)).toMatchObject({ state: 'disputed' });
  const effects = regatta.ledger({}).requests.filter((one) => one.route === 'dispute');
  expect(effects.map((one) => one.effect).sort()).toEqual([
    'already_disputed',
    'already_disputed',
    'disputed',
  ]);
  expect(wallet() - before, 'given back once').toBe(Number(lead.payoutCents));
  expect(await prisma.loss.count()).toBe(0);
});

test('issue 4 point 5: a dispute that timed out and never took effect is a loss only when the network refuses it', async () => {
  const { regatta, line, leadline, prisma, ctx, lead, attempts, wallet, pass } = await startBehindLine();
  const before = wallet();
  regatta.setFaults([{ kind: 'timeout', afterWork: false, route: 'dispute', remaining: 1 }]);
  await leadline.call('POST', '/api/v1/refunds', { refundId: 're_1', kind: 'refund', externalId: 'order_1' });
  await attempts(1);
  line.hold('dispute');
  await pass(31 * DAY_MS);
  await attempts(2);
  expect(await getDisputeState(ctx, lead.id), 'the hold is over').toMatchObject({ state: 'ambiguous' });
  expect(await prisma.loss.count(), 'nobody knows yet').toBe(0);
  line.open();
  await pass(600_000);
  await until('refused', async () => (await prisma.refund.findFirst())?.disposition === 'too_late');
  expect(await prisma.loss.findMany()).toMatchObject([
    { leadId: lead.id, cause: 'dispute_refused', payoutCents: lead.payoutCents },
  ]);
  expect(regatta.leads()[0]).toMatchObject({ status: 'VERIFIED' });
  expect(wallet()).toBe(before);
});
