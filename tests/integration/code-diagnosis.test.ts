import { afterEach, beforeEach, expect, test } from 'vitest';
import { findLikelyCode } from '#app/modules/outbox/find-likely-code.server.ts';
import { readCodeTrace } from '#app/modules/outbox/index.server.ts';
import { expectPayouts } from '#app/modules/triage/index.server.ts';
import { type IssueKit, makeIssueKit, NOW } from '../setup/issue-kit.ts';

const CODE = 'k7Qm2XpN';
let t: IssueKit;
beforeEach(async () => {
  t = await makeIssueKit();
});
afterEach(() => t.close());

const likely = (sent: string) => findLikelyCode(t.ctx.store, t.accountId, sent);
const captured = async (ref: string, accountId = t.accountId) => {
  const at = new Date(NOW);
  await t.ctx.store.prisma.capture.create({
    data: {
      id: t.ctx.newId('cap'),
      accountId,
      ref,
      source: 'api',
      outcome: 'kept',
      capturedAt: at,
      createdAt: at,
    },
  });
};

test.each([
  ['k7qm2xpn', ['case']],
  [`${CODE}\n`, ['whitespace']],
  ['%20k7qm2xpn', ['percent', 'whitespace', 'case']],
  ['k7Qm2ХpN', ['unicode']],
  [Buffer.from(CODE).toString('base64'), ['base64']],
  [`${CODE}xx`, ['extended']],
  ['k7Qm2X', ['truncated']],
])('RG-29 %j is traced to the code that was meant: %j', async (sent, changes) => {
  expect(await likely(sent)).toBeNull();
  await captured(CODE);
  await captured('Zz9zzzzz');
  expect(await likely(sent)).toMatchObject({ ref: CODE, seen: 'captured', changes });
});

test('RG-29 what the network took goes before a test code, that before a record, that before a visit', async () => {
  await captured('K7QM2XPN');
  const seen = async () => (await likely('k7qm2xpn'))?.seen;
  expect(await seen()).toBe('captured');
  await t.ctx.store.prisma.trackedRecord.create({
    data: {
      id: 'rec_1',
      accountId: t.accountId,
      type: 'order',
      recordId: 'o1',
      ref: 'K7qm2xpn',
      createdAt: new Date(NOW),
    },
  });
  expect(await likely('k7qm2xpn')).toMatchObject({ seen: 'record', ref: 'K7qm2xpn' });
  await t.campaign('c-1', { testTrackingCode: 'k7Qm2xpn' });
  expect(await likely('k7qm2xpn')).toMatchObject({ seen: 'test', ref: 'k7Qm2xpn' });
  await t.postback({ ref: CODE, status: 'failed' });
  expect(await likely('k7qm2xpn')).toMatchObject({ seen: 'test' });
  await t.postback({ ref: CODE, status: 'delivered', errorCode: null });
  expect(await likely('k7qm2xpn')).toMatchObject({ seen: 'accepted', ref: CODE });
});

test('RG-29 names nothing where several codes begin alike, or where only another account knows one', async () => {
  await captured(CODE);
  await captured('k7Qm2XZZ');
  expect(await likely('k7Qm2X')).toBeNull();
  await captured('ElseWher', 'acc_other');
  expect(await likely('elsewher')).toBeNull();
  expect(await likely('k7Q')).toBeNull();
});

test('RG-06 what stood earlier on its own way goes first, and is named even where it was replaced', async () => {
  await captured('k7QM2XPN');
  const stop = (place: 'url' | 'record' | 'conversion', value: string | null) => ({
    place,
    value,
    note: null,
    at: null,
  });
  const onWay = (sent: string, from: string) =>
    findLikelyCode(t.ctx.store, t.accountId, sent, [
      stop('url', null),
      stop('record', from),
      stop('conversion', sent),
    ]);
  expect(await onWay('k7qm2xpn', CODE)).toMatchObject({ ref: CODE, seen: 'earlier', changes: ['case'] });
  expect(await onWay('k7Qm', CODE)).toMatchObject({ ref: CODE, changes: ['truncated'] });
  expect(await onWay('Another1', CODE)).toMatchObject({
    ref: CODE,
    changes: ['other'],
    words: ['It was replaced by another code.'],
  });
});

test('every look-up walks the index of the code, whatever the account holds', async () => {
  if (t.ctx.store.dialect.name !== 'sqlite') return;
  const asked: { sql: string; args: unknown[] }[] = [];
  const spied = {
    ...t.ctx.store,
    query: (sql: string, ...args: unknown[]) => {
      asked.push({ sql, args });
      return t.ctx.store.query(sql, ...args);
    },
  } as typeof t.ctx.store;
  await captured(CODE);
  await findLikelyCode(spied, t.accountId, 'k7Qm2X');
  await readCodeTrace(spied, {
    accountId: t.accountId,
    ref: 'k7qm2xpn',
    recordType: null,
    recordId: null,
    convertedAt: new Date(NOW),
    body: null,
    sentAt: null,
    parameter: 'rgta_ref',
  });
  await expectPayouts(spied, t.deps, [await t.postback({ ref: CODE })]);
  const plans: string[] = [];
  for (const { sql, args } of asked) {
    const rows = await t.ctx.store.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...args);
    plans.push(...rows.map(({ detail }) => detail));
  }
  const walked = plans.filter((detail) =>
    /(Conversion|Capture|TrackedRecord)_|(SEARCH|SCAN) [ckdx] /.test(detail),
  );
  expect(walked.length).toBeGreaterThan(5);
  for (const detail of walked)
    expect(detail).toMatch(/(Conversion|Capture|TrackedRecord)_ref|sqlite_autoindex_\w+_1 \(id=\?\)/);
});
