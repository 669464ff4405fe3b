import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  activeJobsOfIssues,
  cancelJob,
  countJobItems,
  createJobRunner,
  ensureReleaseJob,
  getJob,
  listJobItems,
  previewJob,
  startJob,
} from '#app/modules/triage/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { ANA, idOf, type JobKit, makeJobKit } from '../setup/job-kit.ts';

let kit: JobKit;
beforeEach(async () => {
  kit = await makeJobKit();
});
afterEach(() => kit.close());

const failed = { status: 'failed', errorCode: 'NOT_FOUND', httpStatus: 404 } as const;
const accepted = () => ({ status: 'delivered', httpStatus: 201 });
const job = (id: string) => getJob(kit.ctx, id);
const retryAll = {
  kind: 'retry',
  filter: { status: ['failed', 'exhausted', 'parked'] },
  actor: ANA,
} as const;

describe('preview', () => {
  test('says how many are eligible, where a duplicate is expected, what is left out and why, and the money', async () => {
    await kit.rows({ n: 7, ...failed, expectedCents: 1380 });
    await kit.rows({ n: 3, status: 'exhausted', maySent: true });
    await kit.rows({ n: 2, status: 'delivered', maySent: true });
    await kit.rows({ n: 1, status: 'test' });
    await kit.rows({ n: 1, status: 'queued' });
    const preview = await previewJob(kit.ctx, { kind: 'retry', filter: {} });
    expect(preview).toMatchObject({
      kind: 'retry',
      matched: 14,
      eligible: 10,
      duplicatesExpected: 3,
      notAllowed: [
        { reason: 'delivered: the network has it', count: 2 },
        { reason: 'a test conversion', count: 1 },
        { reason: 'queued: due already', count: 1 },
      ],
      unpaid: [{ currency: 'USD', minor: 7 * 1380 }],
      unpaidUnknown: 3,
      newestId: idOf(14),
      selection: 'Everything',
    });
  });

  test('cancel leaves out what may have reached the network, acknowledge what needs nobody', async () => {
    await kit.rows({ n: 4, ...failed });
    await kit.rows({ n: 3, status: 'exhausted', maySent: true });
    await kit.rows({ n: 2, status: 'retrying' });
    const filter = { status: ['failed', 'exhausted', 'retrying'] } as const;
    expect(await previewJob(kit.ctx, { kind: 'cancel', filter })).toMatchObject({
      eligible: 6,
      notAllowed: [{ reason: 'an attempt may have reached the network', count: 3 }],
    });
    expect(await previewJob(kit.ctx, { kind: 'acknowledge', filter })).toMatchObject({
      eligible: 7,
      notAllowed: [{ reason: 'retrying: it needs nobody', count: 2 }],
      selection: 'Status failed, exhausted, retrying',
    });
  });

  test('rows that come later are not in it', async () => {
    await kit.rows({ n: 2, ...failed });
    const { newestId } = await previewJob(kit.ctx, { kind: 'retry', filter: { status: ['failed'] } });
    await kit.rows({ n: 5, ...failed });
    const { jobId, matched } = await startJob(kit.ctx, { ...retryAll, newestId });
    expect(matched).toBe(2);
    await kit.drain();
    expect((await job(jobId)).matched).toBe(2);
    expect(await kit.due()).toEqual([idOf(1), idOf(2)]);
  });
});

describe('retry', () => {
  test('100,000 rows go in order of age, no more at once than the window, none twice, through restarts', async () => {
    await kit.rows({ n: 100_000, ...failed });
    const { jobId, matched, name } = await startJob(kit.ctx, {
      kind: 'retry',
      filter: { cause: ['NOT_FOUND'] },
      actor: ANA,
    });
    expect([matched, name]).toEqual([100_000, 'Retry 100,000: NOT_FOUND']);
    let last = '';
    let most = 0;
    let gone = 0;
    while ((await job(jobId)).state !== 'done') {
      // a process that was killed leaves nothing behind but its rows, and two at once take turns
      const other = createJobRunner(kit.ctx);
      await Promise.all([kit.runner.advanceAll(), other.advanceAll()]);
      const ids = await kit.settle(accepted);
      most = Math.max(most, ids.length);
      gone += ids.length;
      if (ids.length === 0) continue;
      expect((ids[0] as string) > last).toBe(true);
      last = ids.at(-1) as string;
    }
    expect([most, gone]).toEqual([512, 100_000]);
    expect(await kit.count(`"attempts" <> 2 OR "status" <> 'delivered'`)).toBe(0);
    expect(await job(jobId)).toMatchObject({ started: 100_000, succeeded: 100_000, failed: 0, skipped: 0 });
  }, 600_000);

  test('a row let go starts its ladder anew, passes what holds others back, and is no longer put away', async () => {
    kit.ctx.clock.stopAt(Date.parse('2026-05-12T12:02:00Z'));
    await kit.rows({ n: 1, ...failed });
    await kit.ctx.store.prisma.outboxMessage.updateMany({
      data: { step: 5, acknowledgedAt: new Date(0), settledAt: new Date(0), dueAt: new Date(0) },
    });
    await startJob(kit.ctx, retryAll);
    await kit.drain();
    expect(await kit.ctx.store.prisma.outboxMessage.findFirstOrThrow()).toMatchObject({
      status: 'retrying',
      step: 0,
      settledAt: null,
      acknowledgedAt: null,
      dueAt: new Date('2026-05-12T12:02:00Z'),
      releasedAt: new Date('2026-05-12T12:02:00Z'),
    });
  });

  test('stops when half of a wave are refused again, and leaves the rest as it was', async () => {
    await kit.rows({ n: 100, ...failed });
    const { jobId } = await startJob(kit.ctx, retryAll);
    await kit.drain();
    expect(await kit.due()).toHaveLength(8);
    let n = 0;
    await kit.settle(() => (n++ < 4 ? { ...failed } : accepted()));
    await kit.drain();
    expect(await job(jobId)).toMatchObject({
      state: 'stopped',
      stateReason: '4 of the last 8 were refused again: 404 NOT_FOUND. The rest was left as it was.',
      succeeded: 4,
      failed: 4,
    });
    expect(await kit.due()).toEqual([]);
    expect(await kit.count(`"status" = 'failed' AND "attempts" = 1`)).toBe(92);
    expect(await countJobItems(kit.ctx, jobId)).toMatchObject({
      canceled: 92,
      done: 4,
      failed: 4,
      waiting: 0,
    });
  });

  test('goes on when only a few fail again, and says how many', async () => {
    await kit.rows({ n: 300, ...failed });
    const { jobId } = await startJob(kit.ctx, retryAll);
    while ((await job(jobId)).state !== 'done') {
      await kit.drain();
      await kit.settle((id) => (id.endsWith('5') ? { ...failed } : accepted()));
    }
    expect(await job(jobId)).toMatchObject({ succeeded: 270, failed: 30 });
    const items = await listJobItems(kit.ctx, { jobId, state: 'failed', limit: 2 });
    expect(items.items.map((item) => [item.messageId, item.outcome, item.errorCode])).toEqual([
      [idOf(5), 'failed', 'NOT_FOUND'],
      [idOf(15), 'failed', 'NOT_FOUND'],
    ]);
    const next = await listJobItems(kit.ctx, {
      jobId,
      state: 'failed',
      limit: 2,
      after: items.nextAfter ?? '',
    });
    expect(next.items[0]?.messageId).toBe(idOf(25));
    const back = await listJobItems(kit.ctx, { jobId, state: 'failed', limit: 2, before: idOf(25) });
    expect(back.items.map((item) => item.messageId)).toEqual([idOf(5), idOf(15)]);
  });

  test('leaves out what has changed since it was selected, and says why', async () => {
    await kit.rows({ n: 3, ...failed });
    const { jobId } = await startJob(kit.ctx, retryAll);
    await kit.runner.advanceAll();
    expect((await job(jobId)).state).toBe('running');
    await kit.ctx.store.prisma.outboxMessage.update({
      where: { id: idOf(2) },
      data: { status: 'canceled', cancelReason: 'Refunded before it was sent' },
    });
    await kit.drain();
    await kit.settle(accepted);
    await kit.drain();
    expect(await job(jobId)).toMatchObject({ state: 'done', succeeded: 2, skipped: 1 });
    const { items } = await listJobItems(kit.ctx, { jobId, state: 'skipped' });
    expect(items).toMatchObject([{ messageId: idOf(2), outcome: 'canceled: nothing is owed' }]);
  });

  test('canceled in the middle: what is under way finishes, what waits is left as it was, who did it is kept', async () => {
    await kit.rows({ n: 50, ...failed });
    const { jobId } = await startJob(kit.ctx, retryAll);
    await kit.drain();
    await cancelJob(kit.ctx, { id: jobId, actor: ANA });
    await kit.drain();
    expect(await job(jobId)).toMatchObject({ state: 'canceled', finishedAt: null, started: 8 });
    await kit.settle(accepted);
    await kit.drain();
    const after = await job(jobId);
    expect(after).toMatchObject({ state: 'canceled', succeeded: 8 });
    expect(after.finishedAt).not.toBeNull();
    expect(await kit.count(`"status" = 'failed' AND "attempts" = 1`)).toBe(42);
    await expect(cancelJob(kit.ctx, { id: jobId, actor: ANA })).rejects.toThrow('over already');
    const audit = await kit.ctx.store.prisma.auditEntry.findMany({ orderBy: { id: 'asc' } });
    expect(audit.map((entry) => [entry.action, entry.actorName, entry.ip])).toEqual([
      ['bulk_job_started', 'Ana', '192.0.2.7'],
      ['bulk_job_canceled', 'Ana', '192.0.2.7'],
    ]);
  });

  test('nothing matches: no job', async () => {
    await kit.rows({ n: 1, status: 'delivered' });
    const starting = startJob(kit.ctx, retryAll);
    await expect(starting).rejects.toThrow(AppError);
    await expect(starting).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('a probe', () => {
  const release = { kind: 'retry', issueId: 'iss_key', probe: true, actor: ANA } as const;
  const refused = { status: 'failed', errorCode: 'AUTH_INVALID_KEY', httpStatus: 401 } as const;
  beforeEach(async () => {
    await kit.issue('iss_key', 'AUTH_INVALID_KEY');
  });

  test('the oldest goes alone; once it is accepted the rest follows and the issue is resolved', async () => {
    await kit.rows({ n: 40, ...refused, issueId: 'iss_key' });
    const { jobId, name } = await startJob(kit.ctx, release);
    expect(name).toBe('Retry 40: AUTH_INVALID_KEY at regatta');
    expect((await activeJobsOfIssues(kit.ctx, ['iss_key'])).get('iss_key')).toMatchObject({ id: jobId });
    await expect(startJob(kit.ctx, release)).rejects.toThrow('already working on this issue');
    await kit.drain();
    expect(await kit.due()).toEqual([idOf(1)]);
    expect((await job(jobId)).state).toBe('probing');
    for (let i = 0; i < 6; i++) {
      await kit.settle(accepted);
      await kit.drain();
    }
    expect(await job(jobId)).toMatchObject({ state: 'done', succeeded: 40 });
    expect(await kit.ctx.store.prisma.issue.findUniqueOrThrow({ where: { id: 'iss_key' } })).toMatchObject({
      state: 'resolved',
    });
    const events = await kit.ctx.store.prisma.issueEvent.findMany({ orderBy: { id: 'asc' } });
    expect(events.map((event) => [event.kind, event.body])).toEqual([
      ['release_started', name],
      ['release_ended', `${name}: 40 delivered.`],
      ['resolved', 'Nothing is held up by it any more: what it held was released.'],
    ]);
  });

  test('refused again: nothing else is touched, and it says so with the answer', async () => {
    await kit.rows({ n: 40, ...refused, issueId: 'iss_key' });
    const { jobId } = await startJob(kit.ctx, release);
    await kit.drain();
    await kit.settle(() => refused);
    await kit.drain();
    expect(await job(jobId)).toMatchObject({
      state: 'stopped',
      stateReason: 'The probe was refused again: 401 AUTH_INVALID_KEY. Nothing else was touched.',
      failed: 1,
      started: 1,
    });
    expect(await kit.count(`"attempts" = 1`)).toBe(39);
  });

  test('a row that was held back and never sent is compared with the cause it was held back under', async () => {
    await kit.breaker('brk_1', 'iss_key', 'open');
    await kit.rows({ n: 5, status: 'parked', attempts: 0, issueId: 'iss_key', breakerId: 'brk_1' });
    const { jobId } = await startJob(kit.ctx, release);
    await kit.drain();
    expect(await kit.ctx.store.prisma.breaker.findFirstOrThrow()).toMatchObject({ probeMessageId: idOf(1) });
    await kit.settle(() => refused);
    await kit.drain();
    expect(await job(jobId)).toMatchObject({ state: 'stopped', failed: 1 });
  });

  test('waits while another probe of the breaker is under way', async () => {
    await kit.breaker('brk_1', 'iss_key', 'open');
    await kit.ctx.store.prisma.breaker.updateMany({ data: { probeMessageId: 'pbk_other' } });
    await kit.rows({ n: 5, status: 'parked', attempts: 0, issueId: 'iss_key', breakerId: 'brk_1' });
    await startJob(kit.ctx, release);
    await kit.drain();
    expect(await kit.due()).toEqual([]);
    await kit.ctx.store.prisma.breaker.updateMany({ data: { probeMessageId: null } });
    await kit.drain();
    expect(await kit.due()).toEqual([idOf(1)]);
  });

  test('other answers prove nothing: five are tried one after the other, then it gives up', async () => {
    await kit.rows({ n: 40, ...refused, issueId: 'iss_key' });
    const { jobId } = await startJob(kit.ctx, release);
    for (let i = 1; i <= 5; i++) {
      await kit.drain();
      expect(await kit.due()).toEqual([idOf(i)]);
      await kit.settle(() => ({ ...failed }));
    }
    await kit.drain();
    expect(await job(jobId)).toMatchObject({ state: 'stopped', failed: 5, started: 5 });
    expect((await job(jobId)).stateReason).toContain('5 were tried one after the other');
    expect(await kit.due()).toEqual([]);
  });

  test('no answer yet: it stays the probe while it is on its ladder', async () => {
    await kit.rows({ n: 3, ...refused, issueId: 'iss_key' });
    const { jobId } = await startJob(kit.ctx, release);
    await kit.drain();
    await kit.settle(() => ({ status: 'retrying', errorCode: 'HTTP_503', httpStatus: 503 }));
    await kit.drain();
    expect([(await job(jobId)).state, await kit.due()]).toEqual(['probing', [idOf(1)]]);
  });
});

describe('with a breaker', () => {
  beforeEach(async () => {
    await kit.issue('iss_key', 'AUTH_INVALID_KEY');
    await kit.breaker('brk_1', 'iss_key', 'releasing');
  });
  const parked = { status: 'parked', attempts: 0, issueId: 'iss_key', breakerId: 'brk_1' } as const;
  const ensure = () =>
    kit.ctx.store.transaction((tx) =>
      ensureReleaseJob(tx, kit.ctx, { breakerId: 'brk_1', issueId: 'iss_key', name: 'Release' }),
    );

  test('what is parked meanwhile is taken in, then the breaker closes', async () => {
    await kit.rows({ n: 20, ...parked });
    const { jobId, started } = await ensure();
    expect([started, await ensure()]).toEqual([true, { jobId, started: false }]);
    await kit.drain();
    await kit.rows({ n: 4, ...parked });
    while ((await job(jobId)).state === 'running') {
      await kit.settle(accepted);
      await kit.drain();
    }
    expect(await job(jobId)).toMatchObject({
      state: 'done',
      matched: 24,
      succeeded: 24,
      createdByName: 'Leadline',
    });
    expect(await kit.ctx.store.prisma.breaker.findFirstOrThrow()).toMatchObject({ state: 'closed' });
  });

  test('a job that works on the issue takes the breaker over', async () => {
    await kit.rows({ n: 20, ...parked });
    const { jobId } = await startJob(kit.ctx, { kind: 'retry', issueId: 'iss_key', actor: ANA });
    expect(await ensure()).toEqual({ jobId, started: false });
    expect(await job(jobId)).toMatchObject({ breakerId: 'brk_1' });
  });

  test('first answers of rows that were never sent do not count as refused again, unless they are the same refusal', async () => {
    await kit.rows({ n: 30, ...parked });
    const { jobId } = await ensure();
    while ((await job(jobId)).state === 'running') {
      await kit.drain();
      await kit.settle(() => ({ ...failed }));
    }
    expect(await job(jobId)).toMatchObject({ state: 'done', failed: 30 });
  });

  test('held back again: it stops, what came back stays parked', async () => {
    await kit.rows({ n: 30, ...parked });
    const { jobId } = await ensure();
    await kit.drain();
    await kit.ctx.store.prisma.breaker.updateMany({ data: { state: 'open' } });
    await kit.settle(() => ({ status: 'parked' }));
    await kit.drain();
    expect(await job(jobId)).toMatchObject({ state: 'stopped', started: 0 });
    expect((await job(jobId)).stateReason).toMatch(/^Held back again: AUTH_INVALID_KEY/);
    expect(await kit.count(`"status" = 'parked'`)).toBe(30);
  });

  test('canceled: what still waits is held back again', async () => {
    await kit.rows({ n: 30, ...parked });
    const { jobId } = await ensure();
    await kit.drain();
    await cancelJob(kit.ctx, { id: jobId, actor: ANA });
    expect(await kit.ctx.store.prisma.breaker.findFirstOrThrow()).toMatchObject({ state: 'open' });
    expect(await kit.count(`"status" = 'parked'`)).toBe(22);
  });
});

describe('cancel and acknowledge', () => {
  test('cancel takes back only what cannot have reached the network', async () => {
    await kit.rows({ n: 1_200, ...failed });
    await kit.rows({ n: 3, status: 'exhausted', maySent: true });
    const { jobId } = await startJob(kit.ctx, { ...retryAll, kind: 'cancel' });
    await kit.drain();
    expect(await job(jobId)).toMatchObject({ state: 'done', matched: 1_203, succeeded: 1_200, skipped: 3 });
    expect(await kit.count(`"status" = 'canceled' AND "cancelReason" LIKE 'Canceled by Ana%'`)).toBe(1_200);
    expect(await kit.count(`"status" = 'exhausted'`)).toBe(3);
  });

  test('acknowledge puts away what needs a person; audited once, not by row', async () => {
    await kit.rows({ n: 700, ...failed });
    await kit.rows({ n: 2, status: 'delivered' });
    const filter = { status: ['failed', 'delivered'] } as const;
    const { jobId } = await startJob(kit.ctx, { kind: 'acknowledge', filter, actor: ANA });
    await kit.drain();
    expect(await job(jobId)).toMatchObject({ state: 'done', succeeded: 700, skipped: 2 });
    expect(await kit.count(`"acknowledgedAt" IS NOT NULL`)).toBe(700);
    expect(await kit.ctx.store.prisma.auditEntry.count()).toBe(2);
  });
});
