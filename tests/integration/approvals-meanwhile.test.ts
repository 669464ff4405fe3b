import { describe, expect, test } from 'vitest';
import {
  approveDispute,
  decideReview,
  openDispute,
  recordMissedDeadlines,
  tendApprovals,
  withdrawApproval,
} from '#app/modules/disputes/index.server.ts';
import { releaseDueLeads } from '#app/modules/leads/index.server.ts';
import { approvalRow, asked, bo, conflict, start } from '../setup/approval-kit.ts';
import { DAY_MS, maya } from '../setup/refund-kit.ts';

describe('what happens meanwhile', () => {
  test('issue 4.5 a hold that ends closes it with the truth, and the payout is a loss, missed in review', async () => {
    const kit = await start();
    const withRefund = await asked(kit);
    const { lead } = await kit.lead();
    await kit.campaignsKnown();
    const bare = await openDispute(kit.ctx, kit.deps, {
      leadId: lead.id,
      reason: 'fraud ring',
      delayMs: 0,
      actor: maya,
    });
    await kit.pass(31 * DAY_MS);
    for (const [leadId, approvalId] of [
      [withRefund.leadId, withRefund.approvalId],
      [lead.id, bare.approvalId ?? ''],
    ] as const) {
      expect(await approvalRow(kit, approvalId)).toMatchObject({
        state: 'expired',
        note: expect.stringContaining('Nobody approved the dispute that Maya asked for'),
      });
      const { accountId, networkCampaignId } = await kit.leadRow(leadId);
      expect(await kit.lossOf(leadId)).toMatchObject({
        cause: 'missed_in_review',
        payoutCents: 1000n,
        accountId,
        networkCampaignId,
      });
      expect(await kit.leadRow(leadId)).toMatchObject({ approvalId: null, holdState: 'released' });
      await expect(approveDispute(kit.ctx, kit.deps, { id: approvalId, actor: bo })).rejects.toEqual(
        conflict,
      );
    }
    expect(await kit.refundRow(withRefund.refundId)).toMatchObject({ disposition: 'too_late' });
    expect(await kit.disputes()).toEqual([]);
    expect(await kit.prisma.loss.count()).toBe(2);
  });

  test('issue 4.5 approved after the deadline but before the clock looked: refused with why, and recorded', async () => {
    const kit = await start();
    const { approvalId: id, leadId } = await asked(kit);
    await kit.leadline.runtime.clockwork?.stop();
    kit.clock.advance(31 * DAY_MS);
    await expect(approveDispute(kit.ctx, kit.deps, { id, actor: bo })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('before the holding period ended'),
    });
    expect(await approvalRow(kit, id)).toMatchObject({ state: 'expired' });
    expect(await kit.lossOf(leadId)).toMatchObject({ cause: 'missed_in_review' });
  });

  test('issue 4.5 a policy needs no second person: it disputes the lead, and what waited is overtaken', async () => {
    const kit = await start();
    const { externalId, approvalId, refundId } = await asked(kit);
    const rest = await kit.refund({ externalId, amountCents: 3900 });
    await kit.disposed(rest.id, 'disputed');
    await kit.disposed(refundId, 'disputed');
    expect(await approvalRow(kit, approvalId)).toMatchObject({
      state: 'overtaken',
      note: expect.stringContaining('approved beforehand'),
    });
    expect(await kit.disputes()).toHaveLength(1);
  });

  test('issue 4.5 a refund that failed meanwhile is not disputed, also not by who approves before the clock looks', async () => {
    const kit = await start();
    const first = await asked(kit);
    const second = await asked(kit);
    await kit.leadline.runtime.clockwork?.stop();
    for (const { refundId } of [first, second]) await kit.reversed((await kit.refundRow(refundId)).refundId);
    await expect(
      approveDispute(kit.ctx, kit.deps, { id: first.approvalId, actor: bo }),
    ).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('did not go through') });
    expect(await tendApprovals(kit.ctx)).toBe(1);
    for (const { approvalId, leadId } of [first, second]) {
      expect(await approvalRow(kit, approvalId)).toMatchObject({ state: 'overtaken' });
      expect(await kit.lossOf(leadId)).toBeNull();
    }
    expect(await kit.disputes()).toEqual([]);
  });

  test('issue 4.5 what was asked for is dropped: other refunds of the lead do not say that they wait for it', async () => {
    const kit = await start();
    const { externalId, refundId } = await asked(kit);
    const other = await kit.refund({ externalId, amountCents: 500 });
    await withdrawApproval(kit.ctx, {
      id: (await kit.prisma.disputeApproval.findFirstOrThrow()).id,
      actor: maya,
    });
    await decideReview(kit.ctx, kit.deps, { refundId, choice: 'dispute', actor: maya });
    expect((await kit.refundRow(other.id)).explanation).toContain('another person must approve it');
    await kit.reversed((await kit.refundRow(refundId)).refundId);
    await tendApprovals(kit.ctx);
    expect(await kit.refundRow(other.id)).toMatchObject({
      disposition: 'needs_review',
      explanation: expect.stringContaining('was dropped. The refund did not go through'),
    });
  });

  test('issue 4.5 let pass by a person, nothing is left to approve', async () => {
    const kit = await start();
    const { refundId, approvalId } = await asked(kit);
    await decideReview(kit.ctx, kit.deps, { refundId, choice: 'let_pass', actor: bo });
    expect(await approvalRow(kit, approvalId)).toMatchObject({
      state: 'overtaken',
      note: expect.stringContaining('Bo let it pass'),
    });
    await expect(approveDispute(kit.ctx, kit.deps, { id: approvalId, actor: bo })).rejects.toEqual(conflict);
  });
});

test('issue 4.5 let pass as the hold ends: it was let pass, or it is a loss, never both', async () => {
  const kit = await start();
  const all = [];
  for (let i = 0; i < 4; i += 1) all.push(await asked(kit));
  await kit.leadline.runtime.clockwork?.stop();
  kit.clock.advance(31 * DAY_MS);
  const decided = all.map(({ refundId }) =>
    decideReview(kit.ctx, kit.deps, { refundId, choice: 'let_pass', actor: bo }),
  );
  const [results] = await Promise.all([
    Promise.allSettled(decided),
    releaseDueLeads(kit.ctx, (tx, leads) => recordMissedDeadlines(tx, kit.ctx, leads)),
  ]);
  await tendApprovals(kit.ctx);
  for (const [i, { refundId, leadId, approvalId }] of all.entries()) {
    const result = results[i];
    if (result?.status === 'rejected') expect(result.reason).toEqual(conflict);
    const passed = result?.status === 'fulfilled';
    expect((await kit.refundRow(refundId)).disposition).toBe(passed ? 'ignored' : 'too_late');
    expect((await kit.lossOf(leadId)) === null).toBe(passed);
    expect((await approvalRow(kit, approvalId)).state).toBe(passed ? 'overtaken' : 'expired');
  }
});
