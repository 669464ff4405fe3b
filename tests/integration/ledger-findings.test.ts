import { expect, test } from 'vitest';
import { decideReview, savePolicy } from '#app/modules/disputes/index.server.ts';
import { DEFAULT_RULES } from '#app/modules/disputes/refund-policy-schema.ts';
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
