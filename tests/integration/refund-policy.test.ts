import { describe, expect, test } from 'vitest';
import {
  decideReview,
  openDispute,
  readPolicy,
  rematchRefunds,
  savePolicy,
} from '#app/modules/disputes/index.server.ts';
import { DEFAULT_RULES } from '#app/modules/disputes/refund-policy-schema.ts';
import { maya, startRefundKit } from '../setup/refund-kit.ts';
import { until } from '../setup/wait.ts';

const HOUR_MS = 3_600_000;
type Kit = Awaited<ReturnType<typeof startRefundKit>>;

const accountOf = async (kit: Kit) => (await kit.prisma.networkAccount.findFirstOrThrow()).id;
const save = async (kit: Kit, fields: Partial<typeof DEFAULT_RULES>, networkCampaignId = '') =>
  savePolicy(kit.ctx, {
    accountId: await accountOf(kit),
    networkCampaignId,
    rules: { ...DEFAULT_RULES, ...fields },
    actor: maya,
  });

describe('the policy of a campaign', () => {
  test('RG-42 the campaign’s rules stand before the account’s, and those before the product’s; each is audited', async () => {
    const kit = await startRefundKit();
    const accountId = await accountOf(kit);
    const networkCampaignId = kit.seed.campaigns.springStarter.id;
    expect(await readPolicy(kit.ctx, { accountId, networkCampaignId })).toMatchObject({
      origin: 'default',
      own: false,
    });
    await save(kit, { full: { do: 'never' } });
    expect(await readPolicy(kit.ctx, { accountId, networkCampaignId })).toMatchObject({ origin: 'account' });
    const passed = await kit.refund({ externalId: (await kit.lead()).externalId });
    expect(passed.disposition).toBe('ignored');
    expect((await kit.refundRow(passed.id)).explanation).toContain("By the account's rule for full refunds");
    await save(kit, { full: { do: 'ask' } }, networkCampaignId);
    const asked = await kit.refund({ externalId: (await kit.lead()).externalId });
    expect(asked.disposition).toBe('needs_review');
    expect((await kit.refundRow(asked.id)).explanation).toContain("By the campaign's rule for full refunds");
    await savePolicy(kit.ctx, { accountId, networkCampaignId, rules: null, actor: maya });
    expect(await readPolicy(kit.ctx, { accountId, networkCampaignId })).toMatchObject({ origin: 'account' });
    const audit = await kit.prisma.auditEntry.findMany({
      where: { action: { startsWith: 'refund_policy' } },
      orderBy: { id: 'asc' },
    });
    expect(audit.map((entry) => [entry.action, entry.actorName])).toEqual([
      ['refund_policy_saved', 'Maya'],
      ['refund_policy_saved', 'Maya'],
      ['refund_policy_removed', 'Maya'],
    ]);
    await expect(save(kit, { graceHours: 0 })).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
    await expect(
      savePolicy(kit.ctx, { accountId: 'acc_none', networkCampaignId: '', rules: null, actor: maya }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('RG-42 after its grace time a refund is disputed by itself; before, a person can let it pass', async () => {
    const kit = await startRefundKit();
    await save(kit, { full: { do: 'after_grace' }, graceHours: 10 });
    const { externalId, lead } = await kit.lead();
    const refund = await kit.refund({ externalId });
    const passed = await kit.refund({ externalId: (await kit.lead()).externalId });
    const row = await kit.refundRow(refund.id);
    expect(row).toMatchObject({ disposition: 'in_grace', leadId: lead.id });
    expect(row.graceUntil).toEqual(new Date(row.createdAt.getTime() + 10 * HOUR_MS));
    await decideReview(kit.ctx, kit.deps, { refundId: passed.id, choice: 'let_pass', actor: maya });
    await kit.pass(9 * HOUR_MS);
    expect((await kit.tend()).graces).toBe(0);
    await kit.pass(HOUR_MS + 1000);
    await kit.tend();
    await kit.disposed(refund.id, 'disputed');
    expect(await kit.refundRow(refund.id)).toMatchObject({ graceUntil: null });
    expect(await kit.refundRow(passed.id)).toMatchObject({ disposition: 'ignored', graceUntil: null });
    expect(await kit.disputes()).toHaveLength(1);
  });

  test('RG-42 a rule that is changed during a grace time decides when it ends, as the refund says', async () => {
    const kit = await startRefundKit();
    await save(kit, { full: { do: 'after_grace' }, graceHours: 10 });
    const refund = await kit.refund({ externalId: (await kit.lead()).externalId });
    expect(await kit.refundRow(refund.id)).toMatchObject({
      disposition: 'in_grace',
      explanation: expect.stringContaining('or its rule is changed before'),
    });
    await save(kit, { full: { do: 'never' }, graceHours: 10 });
    await kit.pass(10 * HOUR_MS + 1000);
    await kit.tend();
    expect(await kit.refundRow(refund.id)).toMatchObject({ disposition: 'ignored', graceUntil: null });
    expect(await kit.disputes()).toEqual([]);
  });

  test('RG-41 a refund in grace before its lead is tied to it when it lands, and nothing is canceled', async () => {
    const kit = await startRefundKit();
    await save(kit, { full: { do: 'after_grace' } });
    kit.regatta.setFaults([{ kind: '429', route: 'postback', retryAfterSeconds: 60, remaining: 1 }]);
    const { postbackId, externalId, id } = await kit.convert();
    await kit.settled(postbackId, 'retrying');
    const refund = await kit.refund({ externalId });
    expect(refund.disposition).toBe('in_grace');
    await kit.pass(61_000);
    const lead = await until('a lead', () => kit.prisma.lead.findFirst({ where: { conversionId: id } }));
    expect(await kit.refundRow(refund.id)).toMatchObject({ disposition: 'in_grace', leadId: lead.id });
  });
});

describe('refunds that are taken back', () => {
  test('before its dispute left it is canceled, and the affiliate is paid', async () => {
    const kit = await startRefundKit();
    const { externalId, lead } = await kit.lead();
    const { refundId, row } = await kit.told({ externalId, amountCents: 100 });
    await decideReview(kit.ctx, kit.deps, { refundId: row.id, choice: 'dispute', actor: maya });
    expect(await kit.reversed(refundId)).toMatchObject({ kind: 'reversed', disposition: 'ignored' });
    await kit.pass(20_000);
    expect(await kit.leadRow(lead.id)).toMatchObject({
      disputeMessageId: null,
      holdState: 'pending_release',
    });
    expect((await kit.disputes())[0]).toMatchObject({ status: 'canceled', attempts: 0 });
    expect(kit.regatta.leads({ externalId })[0]?.status).toBe('VERIFIED');
    expect(await kit.reversed(refundId), 'told twice').toMatchObject({ kind: 'repeat' });
  });

  test('a dispute that never reached the network is canceled while it waits to be tried again', async () => {
    const kit = await startRefundKit();
    kit.regatta.setFaults([{ kind: '429', route: 'dispute', retryAfterSeconds: 60 }]);
    const { externalId } = await kit.lead();
    const { refundId } = await kit.told({ externalId, kind: 'chargeback' });
    await until('one attempt', async () => (await kit.disputes())[0]?.status === 'retrying');
    expect(await kit.reversed(refundId, 'won')).toMatchObject({ kind: 'reversed' });
    expect((await kit.disputes())[0]).toMatchObject({ status: 'canceled' });
  });

  test('after it may have reached the network it stays what it is, said as not reversible', async () => {
    const kit = await startRefundKit();
    kit.regatta.setFaults([{ kind: '500', route: 'dispute', remaining: 1 }]);
    const { externalId } = await kit.lead();
    const { refundId, row } = await kit.told({ externalId, kind: 'chargeback' });
    await until('one attempt', async () => (await kit.disputes())[0]?.status === 'retrying');
    expect(await kit.reversed(refundId, 'won')).toMatchObject({ kind: 'too_late', disposition: 'disputing' });
    await kit.pass(2_000);
    await kit.disposed(row.id, 'disputed');
    const after = await kit.refundRow(row.id);
    expect(after).toMatchObject({ reversal: 'won' });
    expect(after.reversedAt).not.toBeNull();
    expect(after.explanation, 'the answer does not hide it').toMatch(/had left already/);
  });

  test('a dispute that the network refuses after its reason was reversed is neither asked again nor a loss', async () => {
    const kit = await startRefundKit();
    kit.regatta.setFaults([{ kind: '500', route: 'dispute', remaining: 1 }]);
    const { externalId, lead } = await kit.lead();
    const { refundId, row } = await kit.told({ externalId, kind: 'chargeback' });
    await until('one attempt', async () => (await kit.disputes())[0]?.status === 'retrying');
    await kit.reversed(refundId, 'won');
    await kit.pass(31 * 24 * HOUR_MS);
    await kit.disposed(row.id, 'ignored');
    expect(await kit.lossOf(lead.id)).toBeNull();
  });

  test('of two parts that made a whole one fails: the dispute is taken back and the other part asks', async () => {
    const kit = await startRefundKit();
    const { externalId, lead } = await kit.lead();
    const first = await kit.told({ externalId, amountCents: 2000 });
    await openDispute(kit.ctx, kit.deps, { leadId: lead.id, reason: 're', delayMs: 10_000, actor: maya });
    const second = await kit.told({ externalId, amountCents: 2900 });
    expect((await kit.refundRow(second.row.id)).disposition).toBe('disputing');
    expect(await kit.reversed(second.refundId)).toMatchObject({ kind: 'reversed' });
    await rematchRefunds(kit.ctx, kit.deps);
    expect(await kit.refundRow(first.row.id)).toMatchObject({
      disposition: 'needs_review',
      leadId: lead.id,
      disputeMessageId: null,
    });
    expect((await kit.refundRow(second.row.id)).disposition).toBe('ignored');
  });

  test('in review, in grace, unmatched and lost: nothing is disputed, and the loss goes with its last reason', async () => {
    const kit = await startRefundKit();
    const late = await kit.lead();
    await kit.pass(31 * 24 * HOUR_MS);
    const lost = await kit.told({ externalId: late.externalId, kind: 'chargeback' });
    const again = await kit.told({ externalId: late.externalId });
    expect(await kit.lossOf(late.lead.id)).toMatchObject({ refundId: lost.row.id });
    await kit.reversed(lost.refundId, 'won');
    expect(await kit.lossOf(late.lead.id), 'the other refund stands').toMatchObject({
      refundId: again.row.id,
    });
    await kit.reversed(again.refundId);
    expect(await kit.lossOf(late.lead.id)).toBeNull();

    await save(kit, { full: { do: 'after_grace' } });
    const { externalId } = await kit.lead();
    for (const report of [{ externalId, amountCents: 100 }, { externalId }, { externalId: 'never seen' }]) {
      const { refundId } = await kit.told(report);
      expect(await kit.reversed(refundId)).toMatchObject({ kind: 'reversed', disposition: 'ignored' });
    }
    expect(await kit.disputes()).toHaveLength(0);
  });

  test('a reversal that comes before its refund is kept and applied when it comes', async () => {
    const kit = await startRefundKit();
    const { externalId } = await kit.lead();
    expect(await kit.reversed('re_early')).toEqual({ kind: 'kept' });
    const { row } = await kit.told({ refundId: 're_early', externalId });
    expect(row).toMatchObject({ disposition: 'ignored', reversal: 'failed' });
    expect(await kit.disputes()).toHaveLength(0);
  });
});
