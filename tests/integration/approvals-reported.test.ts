import { describe, expect, test } from 'vitest';
import {
  approveDispute,
  linkRefund,
  rematchRefunds,
  reportRefund,
  saveFourEyes,
  savePolicy,
} from '#app/modules/disputes/index.server.ts';
import { DEFAULT_RULES } from '#app/modules/disputes/refund-policy-schema.ts';
import { ALL, bo, forbidden, type Kit, olga, start } from '../setup/approval-kit.ts';
import { maya } from '../setup/refund-kit.ts';

/** Maya types a refund into the console. */
async function typed(kit: Kit, body: Partial<Parameters<typeof reportRefund>[2]['body']>) {
  const refundId = `re_typed_${await kit.prisma.refund.count()}`;
  const taken = await reportRefund(kit.ctx, kit.deps, {
    body: { refundId, kind: 'refund', ...body },
    source: 'console',
    actor: maya,
  });
  return kit.refundRow(taken.id);
}

/** The one approval of a lead. */
const approvalOf = (kit: Kit, leadId: string) => kit.prisma.disputeApproval.findFirst({ where: { leadId } });

describe('a refund that a person reports by hand and a rule would dispute at once', () => {
  test('issue 4.5 waits for another person, asked for by who reported it, who cannot approve it', async () => {
    const kit = await start();
    const { externalId, lead } = await kit.lead();
    const refund = await typed(kit, { externalId });
    expect(refund).toMatchObject({
      disposition: 'needs_review',
      leadId: lead.id,
      explanation: expect.stringContaining('Maya reported it'),
    });
    expect(await kit.disputes()).toEqual([]);
    const approval = await approvalOf(kit, lead.id);
    expect(approval).toMatchObject({
      state: 'pending',
      requestedByType: 'user',
      requestedById: maya.id,
      refundId: refund.id,
      reason: expect.stringContaining(refund.refundId),
    });
    const id = approval?.id ?? '';
    await expect(approveDispute(kit.ctx, kit.deps, { id, actor: maya })).rejects.toEqual(forbidden);
    await approveDispute(kit.ctx, kit.deps, { id, actor: bo });
    await kit.disposed(refund.id, 'disputed');
  });

  test('RG-42 is not disputed at once where it contradicts itself: less than the whole order, or a date to come', async () => {
    const kit = await start();
    const [less, ahead, fine] = [await kit.lead(), await kit.lead(), await kit.lead()];
    const part = await typed(kit, { externalId: less.externalId, full: true, amountCents: 100 });
    expect(part).toMatchObject({
      disposition: 'needs_review',
      explanation: expect.stringContaining('reported as the whole order'),
    });
    const to = (days: number) => new Date(kit.ctx.clock.now() + days * 86_400_000).toISOString();
    const coming = await typed(kit, { externalId: ahead.externalId, full: true, occurredAt: to(300) });
    expect(coming).toMatchObject({
      disposition: 'needs_review',
      explanation: expect.stringContaining('still to come'),
    });
    expect(await kit.prisma.disputeApproval.count(), 'nobody is asked to approve').toBe(0);
    const past = await typed(kit, { externalId: fine.externalId, full: true, occurredAt: to(-3) });
    expect(await approvalOf(kit, fine.lead.id)).toMatchObject({
      reason: expect.stringContaining(to(-3).slice(0, 10)),
      refundId: past.id,
    });
  });

  test('issue 4.5 also when the lead comes later, when the order does, and when a grace time ends', async () => {
    const kit = await start();
    kit.regatta.setFaults([{ kind: '500', route: 'postback' }]);
    const late = await kit.convert();
    await kit.settled(late.postbackId, 'retrying');
    const early = await typed(kit, { externalId: late.externalId });
    expect(early.disposition).toBe('awaiting_lead');
    kit.regatta.setFaults([]);
    await kit.pass(3_600_000);
    await kit.settled(late.postbackId, 'delivered');
    const unknown = await typed(kit, { externalId: 'order_later' });
    await kit.lead({ externalId: 'order_later' });
    await rematchRefunds(kit.ctx, kit.deps);
    const graced = await kit.lead();
    await savePolicy(kit.ctx, {
      accountId: graced.lead.accountId,
      networkCampaignId: '',
      rules: { ...DEFAULT_RULES, full: { do: 'after_grace' }, graceHours: 2 },
      actor: olga,
    });
    const inGrace = await typed(kit, { externalId: graced.externalId });
    expect(inGrace.disposition).toBe('in_grace');
    await kit.pass(3 * 3_600_000);
    for (const { id } of [early, unknown, inGrace]) {
      const { leadId } = await kit.disposed(id, 'needs_review');
      expect(await approvalOf(kit, leadId ?? '')).toMatchObject({
        state: 'pending',
        requestedById: maya.id,
        refundId: id,
      });
    }
    expect(await kit.disputes()).toEqual([]);
  });

  test('issue 4.5 a refund that a system told is asked for too where a person chose its order', async () => {
    const kit = await start();
    const { lead } = await kit.lead();
    const { row } = await kit.told({ externalId: 'nobody_knows' });
    await linkRefund(kit.ctx, kit.deps, { refundId: row.id, leadId: lead.id, actor: maya });
    expect(await approvalOf(kit, lead.id)).toMatchObject({ state: 'pending', requestedById: maya.id });
    expect(await kit.disputes()).toEqual([]);
  });

  test('issue 4.5 a part that was typed does not make the parts that systems told the whole', async () => {
    const kit = await start();
    const { externalId, lead } = await kit.lead();
    const hand = await typed(kit, { externalId, amountCents: 3000 });
    expect(hand.disposition).toBe('needs_review');
    const told = await kit.told({ externalId, amountCents: 1900 });
    expect(told.row.disposition).toBe('needs_review');
    expect(await approvalOf(kit, lead.id)).toMatchObject({ state: 'pending', requestedById: maya.id });
    const rest = await kit.told({ externalId, full: true });
    await kit.disposed(rest.row.id, 'disputed');
  });

  test('issue 4.5 up to the sum, and by an API key, it leaves as the rule says', async () => {
    const kit = await start({ enabled: true, above: { USD: 1000 } });
    const low = await typed(kit, { externalId: (await kit.lead()).externalId });
    expect(low.disposition).toBe('disputing');
    await saveFourEyes(kit.ctx, { rule: ALL, actor: olga });
    const told = await kit.refund({ externalId: (await kit.lead()).externalId });
    expect(told.disposition).toBe('disputing');
    expect((await kit.refundRow(told.id)).reportedBy).toBeNull();
  });
});
