import { afterAll, beforeAll, expect, test } from 'vitest';
import { getRun, startRun } from '#app/modules/reconcile/index.server.ts';
import { startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { signedIn } from '../setup/export-kit.ts';
import { startLeadline, type TestLeadline } from '../setup/leadline.ts';
import { FINANCE } from '../setup/reconcile-kit.ts';
import { until } from '../setup/wait.ts';

let leadline: TestLeadline;
let regatta: Awaited<ReturnType<typeof startPracticeRegatta>>;
const people: Record<'finance' | 'viewer', string> = { finance: '', viewer: '' };

beforeAll(async () => {
  regatta = await startPracticeRegatta();
  leadline = await startLeadline({ regattaBaseUrl: regatta.baseUrl, regattaKey: 'rgt_live_none' });
  for (const role of ['finance', 'viewer'] as const)
    people[role] = (
      await signedIn(leadline.runtime, leadline.url, { email: `${role}@example.com`, role })
    ).cookie;
});
afterAll(async () => {
  await leadline?.stop();
  await regatta?.stop();
});

async function send(
  body: BodyInit,
  options: { cookie?: string; headers?: Record<string, string>; source?: string } = {},
): Promise<{ status: number; json: { data?: { id: number }; error?: { code: string; message: string } } }> {
  const query = new URLSearchParams({ name: 'book.csv', source: options.source ?? 'billing' });
  const answer = await fetch(`${leadline.url}/reports/reconcile/upload?${query}`, {
    method: 'POST',
    headers: { cookie: options.cookie ?? people.finance, 'content-type': 'text/csv', ...options.headers },
    body,
    duplex: 'half',
  } as RequestInit);
  return { status: answer.status, json: (await answer.json()) as never };
}

test('a file is taken as it comes, worked off by the clock, and its gaps are a CSV with formulas defused', async () => {
  const rows = Array.from({ length: 3_000 }, (_, i) => `=order_${i},49.00,USD\n`);
  const { status, json } = await send(`order_id,total,currency\n${rows.join('')}`);
  expect([status, json]).toMatchObject([200, { data: { rowCount: 3_000 } }]);
  const id = json.data?.id ?? 0;
  const { ctx } = leadline.runtime;
  await startRun(ctx, { id, actor: FINANCE });
  await until('the file is worked off', async () => (await getRun(ctx, id)).state === 'done', 30_000);
  const answer = await fetch(`${leadline.url}/export/reconcile.csv?id=${id}`, {
    headers: { cookie: people.viewer },
  });
  const lines = (await answer.text()).trimEnd().split('\r\n');
  expect(lines).toHaveLength(3_001);
  expect(lines[0]).toContain('Time (UTC)');
  expect(lines[1]).toMatch(/^2,'=order_0,Never captured,/);
  expect(lines.at(-1)).toMatch(/^3001,'=order_2999,Never captured,/);
});

test('a fault of the file is told with its line, also far into a file that is still coming', async () => {
  const { status, json } = await send('order_id,total\n1,2\n"3"x,4\n');
  expect([status, json.error]).toMatchObject([
    400,
    { code: 'VALIDATION_ERROR', message: expect.stringMatching(/^Line 3: /) },
  ]);
  const long = `order_id,total\n"1"x,2\n${'order,49.00\n'.repeat(400_000)}`;
  const { status: late, json: told } = await send(long);
  expect([late, told.error?.message]).toEqual([400, expect.stringMatching(/^Line 2: /)]);
});

test('who may not, or comes from another site, is refused before anything is kept', async () => {
  const before = await leadline.runtime.ctx.store.prisma.reconciliation.count();
  const text = 'order_id\n1\n';
  expect(await send(text, { cookie: people.viewer })).toMatchObject({
    status: 403,
    json: { error: { code: 'FORBIDDEN' } },
  });
  expect(await send(text, { cookie: '' })).toMatchObject({
    status: 401,
    json: { error: { code: 'AUTH_MISSING' } },
  });
  expect(
    await send(text, { headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' } }),
  ).toMatchObject({
    status: 403,
  });
  expect(await send(text, { source: 'else' })).toMatchObject({ status: 400 });
  expect(await leadline.runtime.ctx.store.prisma.reconciliation.count()).toBe(before);
});

test('an upload that breaks off leaves nothing behind', async () => {
  const piece = Buffer.from('order_identification,49.00\n'.repeat(40_000));
  let sent = 0;
  const broken = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent++ < 3) controller.enqueue(piece);
      else controller.error(new Error('the sender broke off'));
    },
  });
  await expect(send(broken)).rejects.toThrow();
  const { prisma } = leadline.runtime.ctx.store;
  const left = async (): Promise<number> =>
    (await prisma.reconciliationChunk.count()) +
    (await prisma.reconciliation.count({ where: { state: 'uploading' } }));
  await until('the pieces are taken away', async () => (await left()) === 0, 20_000);
});
