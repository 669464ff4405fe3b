import { describe, expect, test } from 'vitest';
import {
  approveDispute,
  cancelBatch,
  decideReview,
  getBatch,
  getDisputeState,
  listBatches,
  listBatchRows,
  previewBatch,
  runBatches,
  saveFourEyes,
  saveTemplate,
  startBatch,
  undoBatch,
} from '#app/modules/disputes/index.server.ts';
import type { Actor } from '#app/platform/context.server.ts';
import { signedIn } from '../setup/export-kit.ts';
import { DAY_MS, maya, startRefundKit } from '../setup/refund-kit.ts';
import { until } from '../setup/wait.ts';

type Kit = Awaited<ReturnType<typeof startRefundKit>>;
const owner: Actor = { type: 'user', id: 'usr_olga', name: 'Olga', role: 'owner', ip: '192.0.2.9' };
const conflict = expect.objectContaining({ code: 'CONFLICT' });
const REVIEWS = { of: 'matching_refunds', filter: { disposition: ['needs_review'] } } as const;
const text = 'Partly refunded: {refundId} of {externalId}, {amount} {currency}';

/** Leads with a partial refund each, which waits for a person. Their clocks stand while a test looks. */
async function start(
  n: number,
): Promise<Kit & { rows: { leadId: string; refundId: string; externalId: string }[] }> {
  const kit = await startRefundKit();
  await kit.campaignsKnown();
  const rows = [];
  for (let i = 0; i < n; i += 1) {
    const { externalId, lead } = await kit.lead();
    const refund = await kit.refund({ externalId, amountCents: 1000 });
    rows.push({ leadId: lead.id, refundId: refund.id, externalId });
  }
  await kit.campaignsKnown();
  // batches move only when the test says so
  await kit.leadline.runtime.clockwork?.stop();
  return { ...kit, rows };
}

const begin = (kit: Kit, input: Partial<Parameters<typeof startBatch>[2]> = {}) =>
  startBatch(kit.ctx, kit.deps, { selection: REVIEWS, text, actor: maya, ...input });
const run = (kit: Kit) => runBatches(kit.ctx, kit.deps);
const passUndo = (kit: Kit) => {
  kit.clock.advance(10_001);
  kit.regatta.changeClock({ advanceMs: 10_001 });
};
/** Disputes the network took, by how often each lead was called about. */
const disputedAt = (kit: Kit) => kit.regatta.leads({}).filter((lead) => lead.status === 'DISPUTED').length;

describe('a batch', () => {
  test('issue 4.5 previews, waits ten seconds, disputes each with its own reason, and tells what each came to', async () => {
    const kit = await start(3);
    const preview = await previewBatch(kit.ctx, kit.deps, { selection: REVIEWS, text });
    expect(preview).toMatchObject({
      matched: 3,
      eligible: 3,
      payouts: [{ currency: 'USD', minor: 3000 }],
      needApproval: 0,
      atOnce: 0,
      notAllowed: [],
      first: { leadId: kit.rows[0]?.leadId, missing: [] },
    });
    const { batchId, startsAt, ...started } = await begin(kit, { name: 'May refunds' });
    expect(started).toEqual({ name: 'May refunds', eligible: 3, atOnce: 0, undoMs: 10_000 });
    expect(Date.parse(startsAt) - kit.clock.now()).toBeGreaterThan(9_000);
    expect(await run(kit)).toBe(0);
    expect(await kit.disputes(), 'nothing leaves in the time of undo').toEqual([]);
    passUndo(kit);
    expect(await run(kit)).toBe(3);
    for (const { refundId, externalId } of kit.rows) {
      const refund = await kit.disposed(refundId, 'disputed');
      expect(kit.regatta.leads({ externalId })[0]?.disputeReason).toBe(
        `Partly refunded: ${refund.refundId} of ${externalId}, 10.00 USD`,
      );
    }
    expect(await getBatch(kit.ctx, batchId)).toMatchObject({
      state: 'done',
      eligible: 3,
      disputed: 3,
      waiting: 0,
    });
    const audit = await kit.prisma.auditEntry.findMany({ where: { action: 'dispute_batch_started' } });
    expect(JSON.parse(audit[0]?.detail ?? '{}')).toMatchObject({
      disputes: 3,
      selection: 'Refunds: Disposition needs_review',
    });
    const csv = await fetch(`${kit.leadline.url}/api/v1/disputes/batches/${batchId}/rows?format=csv`, {
      headers: { authorization: `Bearer ${kit.leadline.key}` },
    });
    expect((await csv.text()).trim().split('\r\n')).toHaveLength(4);
    const { cookie } = await signedIn(kit.leadline.runtime, kit.leadline.url, {
      email: 'fin@example.com',
      role: 'viewer',
    });
    const file = await fetch(`${kit.leadline.url}/batches/${batchId}.csv`, {
      headers: { cookie: `${cookie}; tz=Europe%2FBerlin` },
    });
    const lines = (await file.text()).trim().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toContain('Dispute by (Europe/Berlin)');
    expect(
      await kit.prisma.auditEntry.count({ where: { action: 'table_exported', subjectId: 'batch-rows' } }),
    ).toBe(1);
  });

  test('issue 4.5 what cannot be disputed is left out and said why, by leads as by refunds', async () => {
    const kit = await start(4);
    const [one, two, three, four] = kit.rows as [
      (typeof kit.rows)[number],
      (typeof kit.rows)[number],
      (typeof kit.rows)[number],
      (typeof kit.rows)[number],
    ];
    await kit.prisma.lead.update({ where: { id: two.leadId }, data: { holdState: 'released' } });
    await kit.prisma.lead.update({ where: { id: three.leadId }, data: { holdState: 'none' } });
    const unmatched = await kit.refund({ externalId: 'nobody' });
    const second = await kit.refund({ externalId: four.externalId, amountCents: 500 });
    const all = await previewBatch(kit.ctx, kit.deps, {
      selection: { of: 'matching_refunds', filter: {} },
      text,
    });
    expect(all).toMatchObject({ matched: 6, eligible: 2 });
    expect(Object.fromEntries(all.notAllowed.map(({ reason, count }) => [reason, count]))).toEqual({
      released: 1,
      zero_days: 1,
      not_to_decide: 1,
      same_lead: 1,
    });
    const ids = [one.leadId, two.leadId, three.leadId, four.leadId, 'led_01GONE'];
    const byLead = await previewBatch(kit.ctx, kit.deps, { selection: { of: 'leads', ids }, text });
    expect(byLead).toMatchObject({ matched: 5, eligible: 2 });
    const { batchId } = await begin(kit, { selection: { of: 'matching_refunds', filter: {} } });
    const { items } = await listBatchRows(kit.ctx, { batchId });
    const states = new Map(items.map((item) => [item.targetId, [item.state, item.outcome]]));
    expect(states.get(two.refundId)).toEqual([
      'left_out',
      expect.stringContaining('can no longer be taken back'),
    ]);
    expect(states.get(unmatched.id)).toEqual(['left_out', 'Not a refund to decide']);
    expect(states.get(second.id)).toEqual(['left_out', expect.stringContaining('with another refund')]);
    expect(states.get(one.refundId)).toEqual(['waiting', null]);
    passUndo(kit);
    await run(kit);
    await kit.disposed(second.id, 'disputed');
    expect(await kit.disputes()).toHaveLength(2);
  });

  test('issue 4.5 a selection ends with the newest row that its preview saw', async () => {
    const kit = await start(2);
    const { newestId } = await previewBatch(kit.ctx, kit.deps, { selection: REVIEWS, text });
    const { externalId } = await kit.lead();
    const later = await kit.refund({ externalId, amountCents: 1000 });
    expect(await begin(kit, { selection: { ...REVIEWS, newestId } })).toMatchObject({ eligible: 2 });
    passUndo(kit);
    await run(kit);
    expect(await kit.refundRow(later.id)).toMatchObject({ disposition: 'needs_review' });
  });

  test('issue 4.5 leads by the list’s own filter, and a reason of a template for the kind it is for', async () => {
    const kit = await start(2);
    const template = await saveTemplate(kit.ctx, {
      template: { name: 'Banks', kind: 'chargeback', text: 'Bank took back {refundId}' },
      actor: owner,
    });
    const selection = {
      of: 'matching_leads',
      filter: { refunded: true, holdState: ['pending_release'] },
    } as const;
    const wrong = await previewBatch(kit.ctx, kit.deps, { selection, templateId: template.id });
    expect(wrong).toMatchObject({
      matched: 2,
      eligible: 0,
      notAllowed: [{ reason: 'wrong_kind', count: 2 }],
    });
    await expect(begin(kit, { selection, text: undefined, templateId: template.id })).rejects.toEqual(
      conflict,
    );
    expect(await kit.prisma.disputeBatch.count()).toBe(0);
    const bare = await kit.lead();
    const every = { of: 'matching_leads', filter: { holdState: ['pending_release'] } } as const;
    expect(await previewBatch(kit.ctx, kit.deps, { selection: every, text })).toMatchObject({
      eligible: 2,
      notAllowed: [{ reason: 'no_reason', count: 1 }],
    });
    const long = await previewBatch(kit.ctx, kit.deps, { selection, text: 'y'.repeat(2_000) });
    expect(long.notAllowed, 'the id behind it would not fit').toMatchObject([
      { reason: 'reason_too_long', count: 2 },
    ]);
    const { batchId } = await begin(kit, { selection: every, text: 'Fraud ring of May' });
    passUndo(kit);
    expect(await run(kit)).toBe(3);
    await until('disputed', async () => (await kit.leadRow(bare.lead.id)).holdState === 'disputed');
    expect(kit.regatta.leads({ externalId: bare.externalId })[0]?.disputeReason).toBe('Fraud ring of May');
    const refund = await kit.disposed(kit.rows[0]?.refundId ?? '', 'disputed');
    expect((await kit.leadRow(kit.rows[0]?.leadId ?? '')).disputeReason, 'RG-36').toBe(
      `Fraud ring of May (refund id ${refund.refundId})`,
    );
    expect(await getBatch(kit.ctx, batchId)).toMatchObject({ state: 'done', disputed: 3 });
  });
});

describe('stopping', () => {
  test('issue 4.5 undone within ten seconds, nothing has left; the rows stay as they were', async () => {
    const kit = await start(3);
    const { batchId } = await begin(kit);
    expect(await undoBatch(kit.ctx, { id: batchId, actor: maya })).toEqual({ stopped: 3, gone: 0 });
    passUndo(kit);
    expect(await run(kit)).toBe(0);
    expect(await kit.disputes()).toEqual([]);
    expect(await getBatch(kit.ctx, batchId)).toMatchObject({ state: 'undone', stopped: 3, waiting: 0 });
    const { items } = await listBatchRows(kit.ctx, { batchId, state: 'undone' });
    expect(items.map((item) => item.state)).toEqual(['undone', 'undone', 'undone']);
    expect((await listBatchRows(kit.ctx, { batchId, state: 'waiting' })).items).toEqual([]);
    for (const { refundId } of kit.rows)
      expect(await kit.refundRow(refundId)).toMatchObject({ disposition: 'needs_review' });
    expect(await begin(kit), 'it can be begun again').toMatchObject({ eligible: 3 });
  });

  test('issue 4.5 after ten seconds it cannot be undone, but what has not gone can be canceled', async () => {
    const kit = await start(2);
    const { batchId } = await begin(kit);
    passUndo(kit);
    await expect(undoBatch(kit.ctx, { id: batchId, actor: maya })).rejects.toEqual(conflict);
    expect(await cancelBatch(kit.ctx, { id: batchId, actor: maya })).toEqual({ stopped: 2, gone: 0 });
    expect(await run(kit)).toBe(0);
    await expect(cancelBatch(kit.ctx, { id: batchId, actor: maya })).rejects.toEqual(conflict);
    expect(await kit.disputes()).toEqual([]);
  });

  test('issue 4.5 a row whose deadline is too near leaves at once, and is said so; undo does not get it back', async () => {
    const kit = await start(2);
    const [near, far] = kit.rows as [(typeof kit.rows)[number], (typeof kit.rows)[number]];
    const disputeBy = new Date(kit.clock.now() + 40_000);
    await kit.prisma.lead.update({ where: { id: near.leadId }, data: { disputeBy } });
    const { batchId, atOnce } = await begin(kit);
    expect(atOnce).toBe(1);
    expect(await run(kit)).toBe(1);
    await kit.disposed(near.refundId, 'disputed');
    expect(await undoBatch(kit.ctx, { id: batchId, actor: maya })).toEqual({ stopped: 1, gone: 1 });
    expect(await kit.refundRow(far.refundId)).toMatchObject({ disposition: 'needs_review' });
  });

  test('issue 4.5 undo against a runner at the same moment: what is said to have stayed, stayed', async () => {
    const kit = await start(6);
    const { batchId } = await begin(kit);
    passUndo(kit);
    const [ran, stopped] = await Promise.all([run(kit), cancelBatch(kit.ctx, { id: batchId, actor: maya })]);
    expect(stopped.gone).toBe(ran);
    expect(stopped.stopped).toBe(6 - ran);
    expect(await kit.disputes()).toHaveLength(ran);
  });
});

describe('nothing twice, nothing lost', () => {
  test('issue 4.5 two runners at once dispute each row once', async () => {
    const kit = await start(8);
    const { batchId } = await begin(kit);
    passUndo(kit);
    const ran = await Promise.all([run(kit), run(kit), run(kit)]);
    expect(ran.reduce((sum, n) => sum + n, 0)).toBe(8);
    expect(await kit.disputes()).toHaveLength(8);
    await until('all disputed', () => disputedAt(kit) === 8);
    await run(kit);
    expect(await getBatch(kit.ctx, batchId)).toMatchObject({ state: 'done', disputed: 8, refused: 0 });
  });

  test('issue 4.5 interrupted while it collects and while it runs, it goes on where it was', async () => {
    const kit = await start(5);
    const { batchId } = await begin(kit);
    // as a process leaves it that ends between two steps of collecting
    await kit.prisma.disputeBatchRow.deleteMany({
      where: { batchId, targetId: { gt: kit.rows[1]?.refundId ?? '' } },
    });
    await kit.prisma.disputeBatch.update({
      where: { id: batchId },
      data: { state: 'collecting', startsAt: null, collectedTo: kit.rows[1]?.refundId ?? '' },
    });
    await run(kit);
    expect(await getBatch(kit.ctx, batchId), 'its own process may still be there').toMatchObject({
      eligible: 2,
    });
    kit.clock.advance(20_000);
    await run(kit);
    expect(await getBatch(kit.ctx, batchId)).toMatchObject({ state: 'running', eligible: 5, waiting: 5 });
    passUndo(kit);
    // the process ends within a row: its transaction is not there
    let left = 2;
    const { store } = kit.ctx;
    const transaction: typeof store.transaction = (work) =>
      store.transaction(async (tx) => {
        const result = await work(tx);
        if (left === 0) throw new Error('Connection terminated');
        left -= 1;
        return result;
      });
    const dying = { ...kit.ctx, store: { ...store, transaction } };
    await expect(runBatches(dying, kit.deps)).rejects.toThrow('Connection terminated');
    expect((await getBatch(kit.ctx, batchId)).waiting).toBeGreaterThan(0);
    await run(kit);
    await until('all disputed', () => disputedAt(kit) === 5);
    expect(await kit.disputes()).toHaveLength(5);
    expect(await getBatch(kit.ctx, batchId)).toMatchObject({ state: 'done', disputed: 5, refused: 0 });
  });

  test('issue 4.5 a row that fails says so and does not stop the rest', async () => {
    const kit = await start(3);
    const [first, second, third] = kit.rows as [
      (typeof kit.rows)[number],
      (typeof kit.rows)[number],
      (typeof kit.rows)[number],
    ];
    const { batchId } = await begin(kit);
    passUndo(kit);
    // decided by somebody else meanwhile, and one that a fault of our own meets
    await decideReview(kit.ctx, kit.deps, { refundId: first.refundId, choice: 'let_pass', actor: owner });
    const lead = await kit.leadRow(second.leadId);
    await kit.prisma.lead.update({ where: { id: lead.id }, data: { accountId: 'acc_broken' } });
    const deps = {
      canDispute: async (...args: Parameters<typeof kit.deps.canDispute>) => {
        if (args[1] === 'acc_broken') throw new TypeError('no such connector');
        return kit.deps.canDispute(...args);
      },
    };
    expect(await runBatches(kit.ctx, deps)).toBe(3);
    await kit.disposed(third.refundId, 'disputed');
    const { items } = await listBatchRows(kit.ctx, { batchId });
    const told = new Map(items.map((item) => [item.targetId, item]));
    expect(told.get(first.refundId)).toMatchObject({ state: 'refused', outcome: 'Not a refund to decide' });
    expect(told.get(second.refundId)).toMatchObject({
      state: 'refused',
      outcome: expect.stringContaining('Leadline could not do it'),
    });
    expect(told.get(third.refundId)).toMatchObject({ state: 'disputed', disputeStatus: 'delivered' });
    expect(await getBatch(kit.ctx, batchId)).toMatchObject({ state: 'done', disputed: 1, refused: 2 });
  });

  test('issue 4.5 four eyes hold for each row of a batch, and its approvals name the batch', async () => {
    const kit = await start(2);
    await saveFourEyes(kit.ctx, { rule: { enabled: true, above: { USD: 500 } }, actor: owner });
    const [one, two] = kit.rows as [(typeof kit.rows)[number], (typeof kit.rows)[number]];
    await kit.prisma.lead.update({ where: { id: two.leadId }, data: { payoutCents: 500n } });
    expect(await previewBatch(kit.ctx, kit.deps, { selection: REVIEWS, text })).toMatchObject({
      eligible: 2,
      needApproval: 1,
    });
    const { batchId } = await begin(kit);
    passUndo(kit);
    await run(kit);
    await kit.disposed(two.refundId, 'disputed');
    expect(await getBatch(kit.ctx, batchId)).toMatchObject({ state: 'done', disputed: 1, needApproval: 1 });
    const approval = await kit.prisma.disputeApproval.findFirstOrThrow();
    expect(approval).toMatchObject({ leadId: one.leadId, batchId, requestedByName: 'Maya' });
    expect(await previewBatch(kit.ctx, kit.deps, { selection: REVIEWS, text })).toMatchObject({
      notAllowed: [{ reason: 'waiting_approval', count: 1 }],
    });
    const rowOfOne = async () =>
      (await listBatchRows(kit.ctx, { batchId })).items.find((row) => row.leadId === one.leadId);
    expect(await rowOfOne()).toMatchObject({ outcome: 'Waits for another person', disputeStatus: null });
    const { messageId } = await approveDispute(kit.ctx, kit.deps, { id: approval.id, actor: owner });
    await kit.disposed(one.refundId, 'disputed');
    expect(await rowOfOne(), 'the row tells what became of it').toMatchObject({
      state: 'needs_approval',
      outcome: expect.stringContaining('Olga approved it'),
      messageId,
      disputeStatus: 'delivered',
    });
  });

  test('issue 4.5 a refund that may be of another order is not named, and does not follow its lead', async () => {
    const kit = await start(2);
    const [doubtful, sure] = kit.rows as [(typeof kit.rows)[number], (typeof kit.rows)[number]];
    const matchDoubt = 'Two orders carry this payment.';
    await kit.prisma.refund.update({ where: { id: doubtful.refundId }, data: { matchDoubt } });
    const second = await kit.refund({ externalId: sure.externalId, amountCents: 700 });
    await kit.prisma.refund.update({ where: { id: sure.refundId }, data: { matchDoubt } });
    const selection = { of: 'leads', ids: [doubtful.leadId, sure.leadId] };
    expect(await previewBatch(kit.ctx, kit.deps, { selection, text })).toMatchObject({
      eligible: 1,
      notAllowed: [{ reason: 'doubtful_match', count: 1 }],
    });
    await begin(kit, { selection });
    passUndo(kit);
    await run(kit);
    const disputed = await kit.disposed(second.id, 'disputed');
    expect(kit.regatta.leads({ externalId: sure.externalId })[0]?.disputeReason).toContain(disputed.refundId);
    expect(await kit.refundRow(sure.refundId)).toMatchObject({ disposition: 'needs_review', matchDoubt });
    expect(await kit.refundRow(doubtful.refundId)).toMatchObject({ disposition: 'needs_review' });
    expect(await kit.disputes()).toHaveLength(1);
  });
});

test('issue 4.5 by API: preview, start, read, undo; operate is needed to act', async () => {
  const kit = await start(2);
  const { call } = kit.leadline;
  const selection = { of: 'refunds', ids: kit.rows.map((row) => row.refundId) };
  expect((await call('POST', '/api/v1/disputes/preview', { selection, text })).json.data).toMatchObject({
    eligible: 2,
  });
  const bad = await call('POST', '/api/v1/disputes/batches', { selection, text: 'Refund {nope}' });
  expect(bad).toMatchObject({ status: 400, json: { error: { code: 'VALIDATION_ERROR' } } });
  const started = await call('POST', '/api/v1/disputes/batches', { selection, text });
  expect(started.status).toBe(202);
  const path = `/api/v1/disputes/batches/${started.json.data.batchId}`;
  expect((await call('POST', `${path}/undo`)).json.data).toEqual({ stopped: 2, gone: 0 });
  expect((await call('POST', `${path}/cancel`)).status).toBe(409);
  expect((await call('GET', `${path}/rows?state=undone&limit=1`)).json.data).toMatchObject({
    items: [{ state: 'undone' }],
    nextCursor: expect.any(String),
  });
  expect((await call('GET', '/api/v1/disputes/batches')).json.data.items).toHaveLength(1);
  expect(await listBatches(kit.ctx)).toMatchObject({ items: [{ state: 'undone' }], nextAfter: null });
  expect((await call('GET', '/api/v1/disputes/batches/dsb_x')).status).toBe(404);
});

test('issue 4.5 an ambiguous dispute is shown as such until the network answers, with its tries', async () => {
  const kit = await startRefundKit();
  const { lead } = await kit.lead();
  kit.regatta.setFaults([{ kind: 'reset_after_work', route: 'dispute', remaining: 1 }]);
  expect(await getDisputeState(kit.ctx, lead.id)).toMatchObject({ state: 'none', tries: [] });
  const { externalId } = lead;
  const refund = await kit.refund({ externalId });
  await until('ambiguous', async () => (await getDisputeState(kit.ctx, lead.id)).state === 'ambiguous');
  const seen = await getDisputeState(kit.ctx, lead.id);
  expect(seen).toMatchObject({ attempts: 1, tries: [{ number: 1, outcome: 'retryable' }] });
  expect(seen.nextTryAt).not.toBeNull();
  await kit.pass(DAY_MS / 24);
  await kit.disposed(refund.id, 'disputed');
  const settled = await getDisputeState(kit.ctx, lead.id);
  expect(settled).toMatchObject({ state: 'disputed', tries: [{ number: 2 }, { number: 1 }] });
});
