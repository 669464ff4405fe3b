import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findInBodies, followAttempts, searchBodies } from '#app/modules/metrics/index.server.ts';
import { search } from '#app/modules/reports/index.server.ts';
import { makeTestCtx, type TestCtx } from '../factories/test-ctx.ts';
import { type MadeAttempt, makeAttemptRow } from '../setup/attempts-kit.ts';

const NOW = Date.parse('2026-05-12T12:02:00Z');
let t: TestCtx;
beforeEach(async () => {
  t = await makeTestCtx();
  t.ctx.clock.stopAt(NOW);
});
afterEach(() => t.close());

async function attempt(over?: MadeAttempt): Promise<string> {
  const { messageId } = await makeAttemptRow(t, over);
  t.ctx.clock.advance(10);
  return messageId;
}
async function follow(): Promise<void> {
  t.ctx.clock.advance(6_000);
  while ((await followAttempts(t.ctx)) > 0);
}
const bodies = (text: string, limit?: number) => searchBodies(t.ctx, text, limit);

describe('words in requests and answers', () => {
  test('a phrase, its last word by the beginning, whatever the case', async () => {
    const one = await attempt({ responseBody: '{"message":"No enrollment with code AbC12345"}' });
    const two = await attempt({ responseBody: '{"message":"No enrollment with the code Zz"}' });
    await follow();
    expect(await bodies('no ENROLLMENT')).toEqual([two, one]);
    expect(await bodies('enrollment with c')).toEqual([]);
    expect(await bodies('enrollment with co')).toEqual([one]);
    expect(await bodies('with code abc')).toEqual([one]);
    expect(await bodies('enroll with')).toEqual([]);
    expect(await bodies('code enrollment')).toEqual([]);
    expect(await bodies('...')).toEqual([]);
  });

  test('in request, answer and error message, but never across them', async () => {
    const id = await attempt({
      requestBody: '{"plan":"gold"}',
      responseBody: 'silver answer',
      errorMessage: 'bronze fault',
      outcome: 'rejected',
    });
    await follow();
    for (const word of ['gold', 'silver answer', 'bronze fault']) expect(await bodies(word)).toEqual([id]);
    expect(await bodies('gold silver')).toEqual([]);
    expect(await bodies('answer bronze')).toEqual([]);
  });

  test('letters of every script, line ends inside JSON, and signs that part words', async () => {
    const id = await attempt({ requestBody: '{"note":"Grüße\\nан Женя, 注文 order_77-b"}' });
    await follow();
    for (const text of ['GRÜSSE', 'grüße ан женя', 'Женя 注文', 'order_77', 'order-77', '77 B'])
      expect([text, await bodies(text)]).toEqual([text, text === 'GRÜSSE' ? [] : [id]]);
  });

  test('what is typed is words, never an operator of the store', async () => {
    await attempt({ responseBody: 'plain words' });
    await follow();
    for (const text of [
      'plain OR nothing',
      'plain* AND',

      "plain' | 'x",
      'NEAR(plain)',
      'body:plain',
      'plain & !x',
    ])
      expect([text, await bodies(text)]).toEqual([text, []]);
    for (const text of ['(plain) "words"', '"plain']) expect(await bodies(text)).toHaveLength(1);
  });

  test('binary answers are not searched, empty ones do no harm', async () => {
    const id = await attempt({ responseBody: 'AAECAwQ=', bodyEncoding: 'base64' });
    const none = await attempt({ requestBody: null, responseBody: null, errorMessage: 'timed out' });
    await follow();
    expect(await bodies('AAECAwQ')).toEqual([]);
    expect(await bodies('order')).toEqual([id]);
    expect(await bodies('timed out')).toEqual([none]);
  });

  test('newest first, each postback once, no more than asked for', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 6; i++) ids.push(await attempt({ responseBody: 'same words' }));
    await attempt({ messageId: ids[0] as string, number: 2, responseBody: 'same words' });
    await follow();
    expect(await bodies('same words')).toEqual([ids[0], ids[5], ids[4], ids[3], ids[2], ids[1]]);
    expect(await bodies('same', 2)).toEqual([ids[0], ids[5]]);
  });

  test('among thousands: what few have, what some have and what all have, newest first', async () => {
    const old = [await attempt({ responseBody: 'needle first' }), await attempt({ responseBody: 'needle' })];
    await follow();
    const ids = await thousands(12_000);
    expect(await bodies('needle')).toEqual([old[1], old[0]]);
    expect(await bodies('needle fi')).toEqual([old[0]]);
    expect(await bodies('every filler', 7)).toEqual(ids.slice(0, 7));
    const seldom = ids.filter((_, i) => (ids.length - i) % 400 === 0);
    expect(await bodies('seldom', 20), 'beyond the newest few thousand').toEqual(seldom.slice(0, 20));
    const often = ids.filter((_, i) => (ids.length - i) % 10 === 0);
    expect(await bodies('often seen', 700), 'the newest, then on from there').toEqual(often.slice(0, 700));
    expect(await bodies('often seldom')).toEqual([]);
  });

  test('each hit says which part matched, with a piece of it; disputes are left out', async () => {
    const id = await attempt({ responseBody: `${'x '.repeat(200)}needle in the answer` });
    await attempt({ kind: 'dispute', responseBody: 'needle too' });
    const own = await attempt({ requestBody: '{"q":"Needle"}', responseBody: 'ok' });
    await follow();
    const hits = await findInBodies(t.ctx, 'needle', 5);
    expect(hits.map(({ messageId, part }) => [messageId, part])).toEqual([
      [own, 'request'],
      [id, 'answer'],
    ]);
    expect(hits[1]?.excerpt).toMatch(/^….*needle in the answer$/);
  });
});

/** Puts words of so many attempts into the index, newer than all that is there. Their messages, newest first. */
async function thousands(n: number): Promise<string[]> {
  const { store } = t.ctx;
  const sqlite = store.dialect.name === 'sqlite';
  const numbers = sqlite
    ? `WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < ${n})`
    : `WITH s AS (SELECT i FROM generate_series(1, ${n}) AS i)`;
  await store.execute(
    `INSERT INTO "AttemptText" ("docId", "attemptId", "messageId") ${numbers} SELECT 100 + i, 'att_' || i, 'msg_' || i FROM s`,
  );
  await store.execute(
    sqlite
      ? `INSERT INTO "AttemptWords" (rowid, "body") ${numbers} SELECT 100 + i, 'every filler' || CASE WHEN i % 400 = 0 THEN ' seldom' ELSE '' END || CASE WHEN i % 10 = 0 THEN ' often seen' ELSE '' END FROM s`
      : `INSERT INTO "AttemptWords" ("docId", "words") ${numbers} SELECT 100 + i, to_tsvector('simple', 'every filler' || CASE WHEN i % 400 = 0 THEN ' seldom' ELSE '' END || CASE WHEN i % 10 = 0 THEN ' often seen' ELSE '' END) FROM s`,
  );
  return Array.from({ length: n }, (_, i) => `msg_${n - i}`);
}

describe('the search of the header', () => {
  async function conversion(over: { customerId?: string; paymentId?: string }) {
    const { prisma } = t.ctx.store;
    const { messageId, externalId } = await makeAttemptRow(t);
    const id = t.ctx.newId('cnv');
    const at = new Date(NOW);
    await prisma.conversion.create({
      data: {
        id,
        accountId: 'acc_1',
        campaignKey: '',
        externalId,
        eventType: 'PURCHASE',
        occurredAt: at,
        contentHash: externalId,
        origin: 'api',
        postbackId: messageId,
        customerId: over.customerId ?? null,
        createdAt: at,
      },
    });
    await prisma.outboxMessage.update({ where: { id: messageId }, data: { conversionId: id } });
    if (over.paymentId)
      await prisma.paymentRef.create({ data: { paymentId: over.paymentId, conversionId: id } });
    return messageId;
  }
  const find = (q: string) => search(t.ctx, q, (text, limit) => findInBodies(t.ctx, text, limit));

  test('RG-40 payment and customer ids, whole and by their beginning; case counts', async () => {
    const id = await conversion({ customerId: 'cus_Abc42', paymentId: 'pi_3NxYz' });
    for (const [q, hint] of [
      ['cus_Abc42', 'customer cus_Abc42'],
      ['cus_A', 'customer cus_Abc42'],
      ['pi_3Nx', 'payment pi_3NxYz'],
    ] as const)
      expect(await find(q)).toMatchObject([{ kind: 'postback', id, hint }]);
    expect(await find('CUS_ABC42')).toEqual([]);
  });

  test('a refund by the provider’s id and by ours', async () => {
    const at = new Date(NOW);
    const refund = {
      id: t.ctx.newId('rfd'),
      refundId: 're_123',
      kind: 'refund',
      source: 'api',
      contentHash: 'x',
      disposition: 'unmatched',
      explanation: '',
      occurredAt: at,
      createdAt: at,
      updatedAt: at,
    };
    await t.ctx.store.prisma.refund.create({ data: refund });
    for (const q of ['re_1', refund.id, refund.id.slice(0, 12)])
      expect(await find(q)).toMatchObject([{ kind: 'refund', label: 're_123' }]);
  });

  test('words in bodies come last, say where they stand, and repeat nothing that its id has found', async () => {
    const known = await attempt({ externalId: 'gold-1', responseBody: 'gold' });
    const other = await attempt({ externalId: 'order-x', responseBody: '{"tier":"Gold"}' });
    await follow();
    const hits = await find('gold');
    expect(hits).toMatchObject([
      { kind: 'postback', id: known },
      { kind: 'body', id: other, label: 'order-x' },
    ]);
    expect(hits[1]?.hint).toBe('in the answer: {"tier":"Gold"}');
  });
});
