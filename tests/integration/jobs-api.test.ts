import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openJobCsv } from '#app/modules/triage/index.server.ts';
import { type PracticeRegatta, startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { type RegattaSeed, seedRegatta } from '#app/practice/seed.ts';
import { csvStream } from '#app/server/export/stream.server.ts';
import { signedIn } from '../setup/export-kit.ts';
import { idOf, makeJobKit } from '../setup/job-kit.ts';
import { type ApiAnswer, startLeadline, type TestLeadline } from '../setup/leadline.ts';
import { until } from '../setup/wait.ts';

describe('the API', () => {
  let regatta: PracticeRegatta;
  let seed: RegattaSeed;
  let leadline: TestLeadline;
  const CODE = 'ZZtopCd9';

  beforeEach(async () => {
    regatta = await startPracticeRegatta();
    seed = seedRegatta(regatta);
    leadline = await startLeadline({ regattaBaseUrl: regatta.baseUrl, regattaKey: seed.apiKey });
  });
  afterEach(async () => {
    await leadline.stop();
    await regatta.stop();
  });

  const retry = (body: unknown) => leadline.call('POST', '/api/v1/postbacks/retry', body);
  const jobOf = async (id: string): Promise<ApiAnswer['data']> =>
    (await leadline.call('GET', `/api/v1/jobs/${id}`)).json.data;
  const ended = async (id: string): Promise<ApiAnswer['data']> => {
    await until('the job to end', async () => (await jobOf(id)).finishedAt !== null);
    return jobOf(id);
  };
  const countOf = (status: string) =>
    leadline.runtime.ctx.store.prisma.outboxMessage.count({ where: { status } });

  /** Conversions whose tracking code the network does not know. */
  async function refused(n: number): Promise<void> {
    const orders = Array.from({ length: n }, (_, i) => ({
      externalId: i === 0 ? '=cmd()' : `order_${i}`,
      eventType: 'PURCHASE',
      revenueCents: 4900,
      currency: 'USD',
      ref: CODE,
    }));
    await leadline.call('POST', '/api/v1/conversions/batch', { conversions: orders });
    await until('all to be refused', async () => (await countOf('failed')) === n);
  }

  test('POST /postbacks/retry: everything that matches is sent again, and stops when it is refused again', async () => {
    await refused(30);
    const { status, json } = await retry({ filter: { status: 'failed', cause: ['NOT_FOUND'] } });
    expect([status, json.data]).toEqual([202, { jobId: expect.any(String), matched: 30 }]);
    const job = await ended(json.data.jobId);
    expect(job).toMatchObject({
      name: 'Retry 30: NOT_FOUND',
      state: 'stopped',
      succeeded: 0,
      selection: 'Status failed · Cause NOT_FOUND',
      createdByName: 'test',
    });
    expect(job.stateReason).toContain('404 NOT_FOUND');
    const items = await leadline.call('GET', `/api/v1/jobs/${job.id}/items?state=canceled&limit=5`);
    expect(items.json.data.items).toHaveLength(5);
    expect(items.json.data.items[0]).toMatchObject({ before: 'failed', status: 'failed', outcome: null });
    const listed = await leadline.call('GET', '/api/v1/jobs?state=stopped');
    expect(listed.json.data.items.map((one: { id: string }) => one.id)).toEqual([job.id]);
  });

  test('once the cause is gone a probe goes first and the rest follows; none is paid twice', async () => {
    await refused(30);
    regatta.createEnrollment({ campaignId: seed.campaigns.springStarter.id, trackingCode: CODE });
    const { json } = await retry({ filter: { status: ['failed'] }, probe: true });
    const job = await ended(json.data.jobId);
    expect(job).toMatchObject({ state: 'done', matched: 30, succeeded: 30, failed: 0 });
    expect(await countOf('delivered')).toBe(30);
    expect(await leadline.runtime.ctx.store.prisma.lead.count()).toBe(30);
    const over = await leadline.call('POST', `/api/v1/jobs/${job.id}/cancel`);
    expect([over.status, over.json.error.code]).toEqual([409, 'CONFLICT']);
    const csv = await fetch(`${leadline.url}/api/v1/jobs/${job.id}/items?format=csv`, {
      headers: { authorization: `Bearer ${leadline.key}` },
    });
    expect(csv.headers.get('content-type')).toContain('text/csv; charset=utf-8');
    const lines = (await csv.text()).split('\r\n').slice(0, -1);
    expect(lines[0]).toBe('message id,externalId,tracking code,before,outcome,status now,code');
    expect(lines).toHaveLength(31);
    expect(lines[1]).toMatch(/^pbk_\w+,'=cmd\(\),ZZtopCd9,failed,delivered,delivered,$/);
  });

  test('a filter must name something, with values that mean something', async () => {
    for (const [body, words] of [
      [{ filter: {} }, /at least one field/],
      [{ filter: { status: 'failing' } }, /status must be one of/],
      [{ filter: { colour: 'red' } }, /colour/],
      [{}, /filter/],
    ] as const) {
      const { status, json } = await retry(body);
      expect([status, json.error.code]).toEqual([400, 'VALIDATION_ERROR']);
      expect(JSON.stringify(json.error)).toMatch(words);
    }
    expect((await retry({ filter: { status: 'failed' } })).json.error.code).toBe('CONFLICT');
    expect((await leadline.call('GET', '/api/v1/jobs/job_nope')).status).toBe(404);
    expect((await leadline.call('GET', '/api/v1/jobs/job_nope/items?format=csv')).status).toBe(404);
  });

  test("the console's file is for people who are signed in", async () => {
    await refused(3);
    const { json } = await retry({ filter: { status: 'failed' } });
    await ended(json.data.jobId);
    const path = `/export/job-rows.csv?id=${json.data.jobId}`;
    const address = `${leadline.url}${path}`;
    const { cookie } = await signedIn(leadline.runtime, leadline.url, {
      email: 'ana@example.com',
      role: 'viewer',
    });
    const stranger = await fetch(address, { redirect: 'manual' });
    expect([stranger.status, stranger.headers.get('location')]).toEqual([
      302,
      `/login?next=${encodeURIComponent(path)}`,
    ]);
    // as it was linked before
    const answer = await fetch(`${leadline.url}/jobs/${json.data.jobId}.csv`, { headers: { cookie } });
    expect([answer.url, answer.headers.get('content-disposition')]).toEqual([
      address,
      expect.stringMatching(/^attachment; filename="leadline-job-rows-/),
    ]);
    const lines = (await answer.text()).trim().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toBe(
      'Postback,Order,Tracking code,Before,State,What came of it,Status now,HTTP status,Code',
    );
    const { prisma } = leadline.runtime.ctx.store;
    expect(
      await prisma.auditEntry.count({ where: { action: 'table_exported', subjectId: 'job-rows' } }),
    ).toBe(1);
  });
});

describe('a file of 100,000 rows', () => {
  test('is read in chunks: memory stays flat, every row once and in order', async () => {
    const kit = await makeJobKit();
    try {
      const ROWS = 100_000;
      await kit.rows({ n: ROWS, status: 'delivered' });
      const { store } = kit.ctx;
      const at = new Date(kit.ctx.clock.now());
      await store.prisma.bulkJob.create({
        data: {
          id: 'job_1',
          kind: 'retry',
          name: 'Retry 100,000',
          filter: '{}',
          newestId: idOf(ROWS),
          state: 'done',
          createdByName: 'Ana',
          createdAt: at,
          updatedAt: at,
        },
      });
      await store.execute(
        `INSERT INTO "BulkItem" ("jobId", "messageId", "state", "before", "outcome", "updatedAt")
         SELECT 'job_1', "id", 'done', 'failed', 'delivered', "createdAt" FROM "OutboxMessage"`,
      );
      setFlagsFromString('--expose-gc');
      const collect = runInNewContext('gc') as () => void;
      const body = csvStream(
        await openJobCsv(kit.ctx, 'job_1'),
        new AbortController().signal,
        async () => {},
      );
      let lines = 0;
      let last = '';
      let start = 0;
      let most = 0;
      let bytes = 0;
      for await (const chunk of Readable.fromWeb(body as NodeStream) as AsyncIterable<Uint8Array>) {
        const text = Buffer.from(chunk).toString();
        bytes += chunk.length;
        for (const line of text.split('\r\n').slice(0, -1)) {
          if (lines++ === 0) continue;
          const id = line.slice(0, line.indexOf(','));
          expect(id > last).toBe(true);
          last = id;
        }
        if (lines % 10_000 !== 1) continue;
        collect();
        const used = process.memoryUsage().heapUsed;
        if (start === 0) start = used;
        most = Math.max(most, used);
      }
      expect([lines, last]).toEqual([ROWS + 1, idOf(ROWS)]);
      // all of it is 7 MB; what is held at any time is a chunk or two
      expect(bytes).toBeGreaterThan(6_000_000);
      expect(most - start).toBeLessThan(3_000_000);
    } finally {
      await kit.close();
    }
  }, 600_000);
});
