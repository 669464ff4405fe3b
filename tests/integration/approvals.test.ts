import { describe, expect, test } from 'vitest';
import type { FourEyes } from '#app/modules/disputes/approval-schema.ts';
import {
  approveDispute,
  countApprovals,
  decideReview,
  getDisputeState,
  linkRefund,
  listApprovals,
  openDispute,
  readFourEyes,
  recordMissedDeadlines,
  rejectDispute,
  rematchRefunds,
  reportRefund,
  saveFourEyes,
  savePolicy,
  tendApprovals,
  withdrawApproval,
} from '#app/modules/disputes/index.server.ts';
import { DEFAULT_RULES } from '#app/modules/disputes/refund-policy-schema.ts';
import { releaseDueLeads } from '#app/modules/leads/index.server.ts';
import { createApiKey } from '#app/modules/operators/index.server.ts';
import type { Actor } from '#app/platform/context.server.ts';
import { DAY_MS, maya, startRefundKit } from '../setup/refund-kit.ts';
import { until } from '../setup/wait.ts';

type Kit = Awaited<ReturnType<typeof startRefundKit>>;

const person = (name: string, role: Actor['role'] = 'finance'): Actor => ({
  type: 'user',
  id: `usr_${name}`,
  name,
  role,
  ip: null,
});
const olga = person('Olga', 'owner');
const bo = person('Bo');
const conflict = expect.objectContaining({ code: 'CONFLICT' });
const forbidden = expect.objectContaining({ code: 'FORBIDDEN' });

/** Leads pay $10.00: above the sum. */
const ALL: FourEyes = { enabled: true, above: { USD: 999 } };

async function start(rule: FourEyes = ALL): Promise<Kit> {
  const kit = await startRefundKit();
  await saveFourEyes(kit.ctx, { rule, actor: olga });
  await kit.campaignsKnown();
  return kit;
}

/** A partial refund that waits for a person, and a dispute of it that Maya asked for. */
async function asked(kit: Kit) {
  const { externalId, lead } = await kit.lead();
  await kit.campaignsKnown();
  const refund = await kit.refund({ externalId, amountCents: 1000 });
  const { approvalId, disposition } = await decideReview(kit.ctx, kit.deps, {
    refundId: refund.id,
    choice: 'dispute',
    actor: maya,
  });
  if (approvalId === null) throw new Error(`not asked for, but ${disposition}`);
  return { externalId, leadId: lead.id, refundId: refund.id, approvalId };
}

const approvalRow = (kit: Kit, id: string) => kit.prisma.disputeApproval.findUniqueOrThrow({ where: { id } });

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
