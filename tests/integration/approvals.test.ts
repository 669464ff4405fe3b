import { describe, expect, test } from 'vitest';
import {
  approveDispute,
  countApprovals,
  decideReview,
  getDisputeState,
  listApprovals,
  openDispute,
  readFourEyes,
  rejectDispute,
  saveFourEyes,
  tendApprovals,
  withdrawApproval,
} from '#app/modules/disputes/index.server.ts';
import { createApiKey } from '#app/modules/operators/index.server.ts';
import type { Actor } from '#app/platform/context.server.ts';
import {
  ALL,
  approvalRow,
  asked,
  bo,
  conflict,
  forbidden,
  olga,
  person,
  start,
} from '../setup/approval-kit.ts';
import { DAY_MS, maya, startRefundKit } from '../setup/refund-kit.ts';
import { until } from '../setup/wait.ts';

describe('a dispute above the sum', () => {
  test('issue 4.5 waits for another person, then leaves at once with its reason, and the refund follows', async () => {
    const kit = await start();
    const { externalId, leadId, refundId, approvalId } = await asked(kit);
    expect(await kit.disputes()).toEqual([]);
    expect(await kit.refundRow(refundId)).toMatchObject({
      disposition: 'needs_review',
      explanation: expect.stringContaining('Maya asked for the dispute'),
    });
    expect(await getDisputeState(kit.ctx, leadId)).toMatchObject({ state: 'waiting_approval', approvalId });
    for (const actor of [bo, maya, olga])
      await expect(
        openDispute(kit.ctx, kit.deps, { leadId, reason: 're_1', delayMs: 0, actor }),
      ).rejects.toEqual(conflict);
    await expect(decideReview(kit.ctx, kit.deps, { refundId, choice: 'dispute', actor: bo })).rejects.toEqual(
      conflict,
    );
    const { messageId } = await approveDispute(kit.ctx, kit.deps, {
      id: approvalId,
      note: 'seen',
      actor: bo,
    });
    await kit.disposed(refundId, 'disputed');
    const { reason } = await approvalRow(kit, approvalId);
    const refund = await kit.refundRow(refundId);
    expect(reason, 'RG-36').toContain(refund.refundId);
    expect(kit.regatta.leads({ externalId })[0]).toMatchObject({ status: 'DISPUTED', disputeReason: reason });
    expect(await approvalRow(kit, approvalId)).toMatchObject({
      state: 'approved',
      decidedByName: 'Bo',
      note: 'seen',
      messageId,
    });
    expect(await kit.leadRow(leadId)).toMatchObject({ approvalId: null, holdState: 'disputed' });
    const audit = await kit.prisma.auditEntry.findMany({
      where: { subjectId: leadId },
      orderBy: { id: 'asc' },
    });
    expect(audit.map((row) => [row.action, row.actorName])).toEqual([
      ['dispute_approval_requested', 'Maya'],
      ['dispute_approved', 'Bo'],
      ['lead_disputed', 'Bo'],
    ]);
  });

  test('issue 4.5 up to the sum it leaves as before; with the rule off as well', async () => {
    const kit = await start({ enabled: true, above: { USD: 1000 } });
    const { lead } = await kit.lead();
    const by = { reason: 'refund re_1', delayMs: 0, actor: maya };
    expect(await openDispute(kit.ctx, kit.deps, { leadId: lead.id, ...by })).toMatchObject({
      approvalId: null,
    });
    await saveFourEyes(kit.ctx, { rule: { enabled: false, above: {} }, actor: olga });
    const other = await kit.lead();
    expect(await openDispute(kit.ctx, kit.deps, { leadId: other.lead.id, ...by })).toMatchObject({
      approvalId: null,
    });
  });

  test('issue 4.5 who asked cannot decide, whatever the role; nor can an API key, or a role that may not dispute', async () => {
    const kit = await start();
    const { lead } = await kit.lead();
    const { approvalId } = await openDispute(kit.ctx, kit.deps, {
      leadId: lead.id,
      reason: 'refund re_1',
      delayMs: 0,
      actor: olga,
    });
    const id = approvalId ?? '';
    const key: Actor = { type: 'api_key', id: 'key_1', name: 'robot', role: 'ops', ip: null };
    for (const actor of [olga, key, person('Vic', 'viewer')]) {
      await expect(approveDispute(kit.ctx, kit.deps, { id, actor })).rejects.toEqual(forbidden);
      await expect(rejectDispute(kit.ctx, { id, note: 'no', actor })).rejects.toEqual(forbidden);
    }
    await expect(withdrawApproval(kit.ctx, { id, actor: bo })).rejects.toEqual(forbidden);
    const told = async (actor: Actor) => (await listApprovals(kit.ctx, { actor })).items[0];
    expect(await told(olga)).toMatchObject({ own: true, denied: expect.stringContaining('You asked') });
    expect(await told(bo)).toMatchObject({ own: false, denied: null });
    expect(await told(person('Vic', 'viewer'))).toMatchObject({ denied: expect.stringContaining('role') });
    expect(await kit.disputes()).toEqual([]);
  });

  test('issue 4.5 by API it is asked for too, and the person who made the key cannot approve it', async () => {
    const kit = await start();
    const { lead } = await kit.lead();
    const { key } = await createApiKey(kit.ctx, { name: 'billing', scopes: ['operate'], actor: olga });
    const answer = await kit.leadline.call(
      'POST',
      `/api/v1/leads/${lead.id}/dispute`,
      { reason: 'refund re_1' },
      { authorization: `Bearer ${key}` },
    );
    expect(answer).toMatchObject({ status: 202, json: { data: { disputeId: null, leavesAt: null } } });
    const id = answer.json.data.approvalId;
    await expect(approveDispute(kit.ctx, kit.deps, { id, actor: olga })).rejects.toEqual(forbidden);
    const page = await kit.leadline.call('GET', '/api/v1/approvals');
    expect(page.json.data.items).toMatchObject([
      { id, requestedByName: 'billing', requestedByType: 'api_key' },
    ]);
    await approveDispute(kit.ctx, kit.deps, { id, actor: maya });
    await until('disputed', async () => (await kit.leadRow(lead.id)).holdState === 'disputed');
  });

  test('issue 4.5 rejected with a note, or taken back, the refund goes back to a person who may ask again', async () => {
    const kit = await start();
    const { refundId, approvalId, leadId } = await asked(kit);
    await expect(rejectDispute(kit.ctx, { id: approvalId, note: ' ', actor: bo })).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      details: [expect.objectContaining({ path: 'note' })],
    });
    await rejectDispute(kit.ctx, { id: approvalId, note: 'keep this partner', actor: bo });
    expect(await kit.refundRow(refundId)).toMatchObject({
      disposition: 'needs_review',
      explanation: expect.stringContaining('Bo rejected the dispute that Maya asked for: keep this partner'),
    });
    const again = await decideReview(kit.ctx, kit.deps, { refundId, choice: 'dispute', actor: maya });
    await withdrawApproval(kit.ctx, { id: again.approvalId ?? '', actor: maya });
    expect(await kit.leadRow(leadId)).toMatchObject({ approvalId: null, disputeMessageId: null });
    const { items } = await listApprovals(kit.ctx, { actor: bo, state: 'decided' });
    expect(items.map((item) => item.state)).toEqual(['withdrawn', 'rejected']);
    expect(await kit.disputes()).toEqual([]);
  });
});

describe('at the same moment', () => {
  test('issue 4.5 of several who approve one succeeds: one dispute', async () => {
    const kit = await start();
    const { leadId, approvalId: id, externalId } = await asked(kit);
    const results = await Promise.allSettled(
      ['Bo', 'Cy', 'Di', 'Ed', 'Flo'].map((name) =>
        approveDispute(kit.ctx, kit.deps, { id, actor: person(name) }),
      ),
    );
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    for (const one of results) if (one.status === 'rejected') expect(one.reason).toEqual(conflict);
    expect(await kit.disputes()).toHaveLength(1);
    await until('disputed', async () => (await kit.leadRow(leadId)).holdState === 'disputed');
    expect(kit.regatta.leads({ externalId })).toMatchObject([{ status: 'DISPUTED' }]);
  });

  test('issue 4.5 approved, rejected and taken back at once: one of them holds', async () => {
    const kit = await start();
    const { approvalId: id } = await asked(kit);
    const results = await Promise.allSettled([
      rejectDispute(kit.ctx, { id, note: 'no', actor: person('Cy') }),
      approveDispute(kit.ctx, kit.deps, { id, actor: bo }),
      withdrawApproval(kit.ctx, { id, actor: maya }),
    ]);
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    const { state } = await approvalRow(kit, id);
    expect(await kit.disputes()).toHaveLength(state === 'approved' ? 1 : 0);
  });

  test('issue 4.5 asked for by several people at once it is asked for once', async () => {
    const kit = await start();
    const { lead } = await kit.lead();
    const results = await Promise.allSettled(
      ['Bo', 'Cy', 'Di', 'Ed'].map((name) =>
        openDispute(kit.ctx, kit.deps, {
          leadId: lead.id,
          reason: 're_1',
          delayMs: 0,
          actor: person(name),
        }),
      ),
    );
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(await kit.prisma.disputeApproval.count()).toBe(1);
  });
});

describe('the queue', () => {
  test('issue 4.5 by deadline, page by page both ways; urgent within the margin; a changed hold moves it', async () => {
    const kit = await start();
    const all = [];
    for (let i = 0; i < 3; i += 1) {
      all.push(await asked(kit));
      await kit.pass(DAY_MS);
    }
    // the last becomes the first: its hold turned out to be shorter
    const last = all[2] as (typeof all)[number];
    const lead = await kit.leadRow(last.leadId);
    const sooner = new Date((lead.disputeBy?.getTime() ?? 0) - 10 * DAY_MS);
    await kit.prisma.lead.update({ where: { id: lead.id }, data: { disputeBy: sooner } });
    await tendApprovals(kit.ctx);
    const order = [all[2], all[0], all[1]].map((one) => one?.approvalId);
    const page = (paging: { after?: string | undefined; before?: string | undefined }) =>
      listApprovals(kit.ctx, { actor: bo, limit: 2, ...paging });
    const one = await page({});
    const two = await page({ after: one.nextAfter ?? undefined });
    expect([...one.items, ...two.items].map((item) => item.id)).toEqual(order);
    expect(two.nextAfter).toBeNull();
    const back = await page({ before: two.prevBefore ?? undefined });
    expect(back.items.map((item) => item.id)).toEqual(order.slice(0, 2));
    expect(back.prevBefore).toBeNull();
    expect(await countApprovals(kit.ctx)).toEqual({ pending: 3, urgent: 0 });
    await kit.pass(18 * DAY_MS + 2 * 3_600_000);
    expect(await countApprovals(kit.ctx)).toEqual({ pending: 3, urgent: 1 });
    expect((await page({})).items.map((item) => item.urgent)).toEqual([true, false]);
  });
});

describe('the rule', () => {
  test('issue 4.5 is changed by who may change settings, checked, and on the audit', async () => {
    const kit = await startRefundKit();
    expect(await readFourEyes(kit.ctx)).toEqual({ enabled: false, above: {} });
    await expect(saveFourEyes(kit.ctx, { rule: ALL, actor: maya })).rejects.toEqual(forbidden);
    for (const rule of [
      { enabled: true, above: { usd: 1 } },
      { enabled: true, above: { USD: 1.5 } },
      { enabled: true, above: { USD: -1 } },
      { enabled: 'yes', above: {} },
    ])
      await expect(saveFourEyes(kit.ctx, { rule, actor: olga })).rejects.toMatchObject({
        code: 'VALIDATION_ERROR',
      });
    await saveFourEyes(kit.ctx, { rule: ALL, actor: olga });
    expect(await readFourEyes(kit.ctx)).toEqual(ALL);
    const [entry] = await kit.prisma.auditEntry.findMany({ where: { action: 'four_eyes_saved' } });
    expect(JSON.parse(entry?.detail ?? '{}')).toEqual({ from: { enabled: false, above: {} }, to: ALL });
  });
});
