import { describe, expect, test } from 'vitest';
import { connectorById } from '#app/connectors/registry.server.ts';
import {
  changeIssue,
  getIssue,
  getJob,
  issueTotals,
  listJobItems,
  previewJob,
  readHeldUp,
  settleIssues,
  sortUnsorted,
  startJob,
} from '#app/modules/triage/index.server.ts';
import { heldFilter } from '#app/modules/triage/unread-schema.ts';
import { ANA } from '../setup/job-kit.ts';
import { startRefundKit } from '../setup/refund-kit.ts';
import { until } from '../setup/wait.ts';

const MINUTE = 60_000;
const CODE = 'UNREADABLE_SUCCESS';
const deps = { connectorFor: async () => connectorById('regatta') };

/** A network that knows its campaigns, and something before it that can answer 200 with a page of its own. */
async function setUp() {
  const kit = await startRefundKit();
  await kit.lead();
  await kit.campaignsKnown();
  const requests = () => kit.regatta.ledger({ limit: 0 }).byRoute.postback;
  return {
    ...kit,
    requests,
    /** From now on a page answers. `afterWork`: the network acts all the same, and only its answer is lost. */
    swallow: (afterWork = false) =>
      kit.regatta.setFaults([{ kind: 'not_json', status: 200, afterWork, route: 'postback' }]),
    unswallow: () => kit.regatta.setFaults([]),
    issues: () => kit.prisma.issue.findMany({ orderBy: { id: 'asc' } }),
    /** A purchase that was answered so. */
    async swallowed(fields: Record<string, unknown> = {}) {
      const made = await kit.convert(fields);
      await kit.settled(made.postbackId, 'duplicate');
      return made;
    },
    /** Steps a job until it is over. */
    ended: (jobId: string) =>
      until('the job is over', async () => {
        await kit.leadline.runtime.clockwork?.tick();
        const job = await getJob(kit.ctx, jobId);
        return job.finishedAt === null ? null : job;
      }),
  };
}

describe('an answer that says success and carries none', () => {
  test('RG-18 RG-43 keeps the status its answer says, is not sent again, and forms an issue with count, times and money', async () => {
    const kit = await setUp();
    kit.swallow();
    const before = kit.requests();
    const [first, second] = [await kit.swallowed(), await kit.swallowed()];
    const [issue, ...others] = await kit.issues();
    expect(others).toEqual([]);
    expect(issue).toMatchObject({ errorCode: CODE, httpStatus: 200, state: 'open', seen: 2 });
    for (const { postbackId } of [first, second])
      expect(await kit.message(postbackId)).toMatchObject({
        status: 'duplicate',
        errorCode: CODE,
        issueId: issue?.id,
        expectedCents: 1000n,
      });
    await kit.pass(2 * 3_600_000);
    expect(kit.requests() - before).toBe(2);
    const detail = await getIssue(kit.ctx, deps, issue?.id ?? '');
    expect(detail).toMatchObject({
      counts: { failed: 0, exhausted: 0, parked: 0, unread: 2 },
      held: 2,
      unpaid: [{ currency: 'USD', minor: 2000 }],
      explanation: { who: 'ops', retry: 'after_fix' },
    });
    expect(detail.oldest.map(({ externalId }) => externalId)).toEqual([first.externalId, second.externalId]);
    // what alerts and the head of the page tell
    expect((await readHeldUp(kit.ctx, [detail.id])).get(detail.id)).toMatchObject({
      held: 2,
      sums: [{ currency: 'USD', minor: 2000, count: 2 }],
    });
    expect(await issueTotals(kit.ctx)).toMatchObject({ held: 2, unpaid: [{ minor: 2000 }] });
  });

  test('RG-43 it is not over by itself, and comes back where it happens again after being resolved', async () => {
    const kit = await setUp();
    kit.swallow();
    await kit.swallowed();
    const [{ id } = { id: '' }] = await kit.issues();
    for (let n = 0; n < 4; n++) {
      kit.clock.advance(6 * MINUTE);
      await settleIssues(kit.ctx);
    }
    expect((await kit.issues())[0]?.state).toBe('open');
    await changeIssue(kit.ctx, { ids: [id], actor: ANA, change: { kind: 'resolve' } });
    await kit.swallowed();
    expect(await kit.issues()).toMatchObject([{ id, state: 'open', reopened: 1, seen: 2 }]);
  });

  test('RG-43 released from its issue: what the network has comes back with its lead, what it never saw opens one, and the issue is resolved', async () => {
    const kit = await setUp();
    kit.swallow(true);
    const known = await kit.swallowed();
    kit.swallow();
    const lost = await kit.swallowed();
    kit.unswallow();
    const [{ id } = { id: '' }] = await kit.issues();
    expect(
      await previewJob(kit.ctx, { kind: 'retry', filter: heldFilter({ id, errorCode: CODE }) }),
    ).toMatchObject({ matched: 2, eligible: 2, duplicatesExpected: 2 });
    const { jobId, matched } = await startJob(kit.ctx, {
      kind: 'retry',
      issueId: id,
      probe: true,
      actor: ANA,
    });
    expect(matched).toBe(2);
    expect(await kit.ended(jobId)).toMatchObject({ state: 'done', succeeded: 2, stateReason: null });
    expect(await kit.message(known.postbackId)).toMatchObject({ status: 'duplicate', errorCode: null });
    expect(await kit.message(lost.postbackId)).toMatchObject({ status: 'delivered', errorCode: null });
    for (const { id: conversionId } of [known, lost])
      expect(await kit.prisma.lead.count({ where: { conversionId } })).toBe(1);
    expect((await kit.issues())[0]).toMatchObject({ state: 'resolved' });
  });

  test('RG-43 a release that is answered so again stops at its probe, and nothing else is touched', async () => {
    const kit = await setUp();
    kit.swallow();
    await kit.swallowed();
    const other = await kit.swallowed();
    const [{ id } = { id: '' }] = await kit.issues();
    const { jobId } = await startJob(kit.ctx, { kind: 'retry', issueId: id, probe: true, actor: ANA });
    const job = await kit.ended(jobId);
    expect(job).toMatchObject({ state: 'stopped', succeeded: 1 });
    expect(job.stateReason).toContain('answered 200, but without the data of a success');
    expect((await kit.message(other.postbackId)).attempts).toBe(1);
    const { items } = await listJobItems(kit.ctx, { jobId });
    expect(items).toMatchObject([
      { state: 'done', outcome: 'duplicate', status: 'duplicate', errorCode: CODE },
      { state: 'canceled' },
    ]);
  });

  test('RG-43 a job without a probe says at its end how many came without their data', async () => {
    const kit = await setUp();
    const failed = await kit.convert({ ref: 'Unknown9' });
    await kit.settled(failed.postbackId, 'failed');
    kit.swallow();
    const { jobId } = await startJob(kit.ctx, { kind: 'retry', filter: { status: ['failed'] }, actor: ANA });
    const job = await kit.ended(jobId);
    expect(job).toMatchObject({ state: 'done', succeeded: 1 });
    expect(job.stateReason).toContain('1 of them was answered with a success but without its data');
    expect((await kit.issues()).find(({ errorCode }) => errorCode === CODE)).toMatchObject({ seen: 1 });
  });

  test('RG-27 RG-43 it shows nothing of the network: what is held back stays held back', async () => {
    const kit = await setUp();
    kit.regatta.patchKey(kit.seed.apiKey, { state: 'revoked' });
    const refused = await kit.convert();
    await kit.settled(refused.postbackId, 'failed');
    const parked = [await kit.convert(), await kit.convert(), await kit.convert()];
    for (const { postbackId } of parked) await kit.settled(postbackId, 'parked');
    kit.swallow();
    await kit.pass(31_000);
    await kit.settled(parked[0]?.postbackId ?? '', 'duplicate');
    await kit.leadline.runtime.clockwork?.tick();
    expect(await kit.prisma.breaker.findFirstOrThrow()).toMatchObject({
      state: 'open',
      probeMessageId: null,
    });
    for (const { postbackId } of parked.slice(1))
      expect(await kit.message(postbackId)).toMatchObject({ status: 'parked', attempts: 0 });
  });

  test('RG-43 those of before have no issue: they are put under one, once', async () => {
    const kit = await setUp();
    kit.swallow();
    const { postbackId } = await kit.swallowed();
    await kit.prisma.issue.deleteMany();
    await kit.prisma.outboxMessage.update({ where: { id: postbackId }, data: { issueId: null } });
    const { triage } = kit.leadline.runtime.wiring;
    expect(await sortUnsorted(kit.ctx, triage)).toBe(1);
    expect(await sortUnsorted(kit.ctx, triage)).toBe(0);
    const [issue] = await kit.issues();
    expect(issue).toMatchObject({ errorCode: CODE, seen: 1 });
    expect((await kit.message(postbackId)).issueId).toBe(issue?.id);
  });
});
