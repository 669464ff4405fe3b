import { afterEach, beforeEach, expect, test } from 'vitest';
import { startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { seedRegatta } from '#app/practice/seed.ts';
import { readIssues } from '../../app/routes/_console.issues/issue-page.server.ts';
import { action as actOnJob } from '../../app/routes/_console.jobs_.$id_.act/route.ts';
import { action as startJob } from '../../app/routes/_console.jobs_.start/route.ts';
import { action as actOnPostback } from '../../app/routes/_console.postbacks_.$id_.act/route.ts';
import { signedIn } from '../setup/export-kit.ts';
import { HOUR, makeIssueKit, NOW } from '../setup/issue-kit.ts';
import { startLeadline, type TestLeadline } from '../setup/leadline.ts';

let leadline: TestLeadline;
let stop: () => Promise<void>;
beforeEach(async () => {
  const regatta = await startPracticeRegatta();
  leadline = await startLeadline({
    regattaBaseUrl: regatta.baseUrl,
    regattaKey: seedRegatta(regatta).apiKey,
  });
  stop = async () => {
    await leadline.stop();
    await regatta.stop();
  };
});
afterEach(() => stop());

/** Posts as the console does; `cookie` null is somebody who is signed out. */
async function post(
  action: typeof startJob,
  path: string,
  cookie: string | null,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
) {
  const request = new Request(`${leadline.url}${path}`, {
    method: 'POST',
    headers: { ...(cookie === null ? {} : { cookie }), ...headers },
    body: new URLSearchParams(fields),
  });
  const context = { ...leadline.runtime, clientIp: null, requestId: 'req_test' };
  const answer = await action({ request, context, params: { id: path.split('/')[2] ?? '' } });
  expect(answer.headers.get('content-type')).toContain('json');
  return { status: answer.status, body: await answer.json() };
}

/** A postback that the network refused: its tracking code is unknown there. */
async function refused(): Promise<string> {
  const { json } = await leadline.call('POST', '/api/v1/conversions', {
    externalId: 'order_1',
    eventType: 'PURCHASE',
    revenueCents: 4900,
    currency: 'USD',
    ref: 'ZZtopCd9',
  });
  expect(json.success).toBe(true);
  const { prisma } = leadline.runtime.ctx.store;
  await expect
    .poll(() => prisma.outboxMessage.count({ where: { status: 'failed' } }), { timeout: 20_000 })
    .toBe(1);
  return (await prisma.outboxMessage.findFirstOrThrow({ where: { status: 'failed' } })).id;
}

test('what ops press answers JSON, refused or not, so that the page stays whatever comes', async () => {
  const ops = (await signedIn(leadline.runtime, leadline.url, { email: 'ops@example.com', role: 'ops' }))
    .cookie;
  const id = await refused();

  const retried = await post(actOnPostback, `/postbacks/${id}/act`, ops, { intent: 'retry' });
  expect(retried).toEqual({ status: 200, body: { ok: true, id } });
  await expect
    .poll(async () => (await leadline.call('GET', `/api/v1/postbacks/${id}`)).json.data.attempts.length, {
      timeout: 20_000,
    })
    .toBe(2);
  const unknown = await post(actOnPostback, '/postbacks/pbk_none/act', ops, { intent: 'retry' });
  expect(unknown).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } });
  const odd = await post(actOnPostback, `/postbacks/${id}/act`, ops, { intent: 'drop' });
  expect(odd).toMatchObject({ status: 400, body: { error: { code: 'VALIDATION_ERROR' } } });

  const started = await post(startJob, '/jobs/start', ops, { kind: 'retry', filter: 'status=failed' });
  expect(started).toMatchObject({ status: 200, body: { ok: true, matched: 1 } });
  const bad = await post(startJob, '/jobs/start', ops, { kind: 'cancel', filter: 'status=bogus' });
  expect(bad).toMatchObject({ status: 400, body: { error: { code: 'VALIDATION_ERROR' } } });
  const { jobId } = started.body;
  const { prisma } = leadline.runtime.ctx.store;
  await expect
    .poll(async () => (await prisma.bulkJob.findUniqueOrThrow({ where: { id: jobId } })).finishedAt, {
      timeout: 20_000,
    })
    .not.toBeNull();
  const late = await post(actOnJob, `/jobs/${jobId}/act`, ops, { intent: 'cancel' });
  expect(late).toMatchObject({ status: 409, body: { error: { code: 'CONFLICT' } } });
});

test('a viewer, a page of another site and somebody signed out change nothing', async () => {
  const viewer = (await signedIn(leadline.runtime, leadline.url, { email: 'v@example.com', role: 'viewer' }))
    .cookie;
  const owner = (await signedIn(leadline.runtime, leadline.url, { email: 'own@example.com' })).cookie;
  const id = await refused();
  const elsewhere = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  for (const [action, path, fields] of [
    [startJob, '/jobs/start', { kind: 'retry', filter: 'status=failed' }],
    [actOnJob, '/jobs/job_x/act', { intent: 'cancel' }],
    [actOnPostback, `/postbacks/${id}/act`, { intent: 'retry' }],
  ] as const) {
    const told = { status: 403, body: { error: { code: 'FORBIDDEN' } } };
    expect(await post(action, path, viewer, fields)).toMatchObject(told);
    expect((await post(action, path, owner, fields, elsewhere)).status).toBe(403);
    const gone = await post(action, path, null, fields).catch((thrown: unknown) => thrown);
    expect(gone).toMatchObject({ status: 302 });
  }
  const { prisma } = leadline.runtime.ctx.store;
  expect(await prisma.bulkJob.count()).toBe(0);
  expect(await prisma.attempt.count()).toBe(1);
});

test('POST /api/v1/issues/{id} changes all that it names or nothing', async () => {
  await refused();
  const listed = await leadline.call('GET', '/api/v1/issues');
  const path = `/api/v1/issues/${listed.json.data.items[0].id}`;
  const before = (await leadline.call('GET', path)).json.data;
  for (const [status, body] of [
    [404, { state: 'acknowledged', assignee: 'usr_nobody', note: 'mine' }],
    [400, { state: 'acknowledged', note: '   ' }],
    [409, { state: 'ignored', note: 'without an end' }],
  ] as const) {
    expect((await leadline.call('POST', path, body)).status).toBe(status);
    expect((await leadline.call('GET', path)).json.data).toMatchObject({
      state: 'open',
      events: before.events,
    });
  }
  const both = await leadline.call('POST', path, { state: 'acknowledged', note: 'looking' });
  expect(both.json.data).toMatchObject({
    state: 'acknowledged',
    events: expect.arrayContaining([expect.objectContaining({ kind: 'note', body: 'looking' })]),
  });
});

test('an address of Issues with a place that is none of its list shows the first page', async () => {
  const kit = await makeIssueKit();
  const deps = { connectorFor: (id: string) => kit.deps.connectorIn(kit.ctx.store, id) };
  await kit.record([
    await kit.postback({ at: NOW - HOUR }),
    await kit.postback({ errorCode: 'INTERNAL_ERROR' }),
  ]);
  const read = (cursor: string | undefined, order: 'money' | 'newest' = 'money') =>
    readIssues(kit.ctx, deps, { filter: {}, order, limit: 1, cursor });
  const first = await read(undefined);
  expect(first.items).toHaveLength(1);
  for (const cursor of ['xx', 'A'.repeat(255), first.next?.slice(0, -4)])
    expect((await read(cursor)).items).toEqual(first.items);
  // a place of another order
  expect((await read(first.next ?? '', 'newest')).prev).toBeNull();
  expect((await read(first.next ?? '')).items[0]?.id).not.toBe(first.items[0]?.id);
  await kit.close();
});
