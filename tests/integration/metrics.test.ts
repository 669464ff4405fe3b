import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DeliveryQuery } from '#app/modules/metrics/delivery-schema.ts';
import { followAttempts, readDelivery, readDeliveryTotals } from '#app/modules/metrics/index.server.ts';
import type { Store } from '#app/platform/db/store.server.ts';
import { openStore } from '#app/platform/db/store.server.ts';
import { makeTestCtx, type TestCtx } from '../factories/test-ctx.ts';
import { type MadeAttempt, makeAttemptRow } from '../setup/attempts-kit.ts';

const NOW = Date.parse('2026-05-12T12:02:00Z');
const HOUR = 3_600_000;

let t: TestCtx;
beforeEach(async () => {
  t = await makeTestCtx();
  t.ctx.clock.stopAt(NOW);
});
afterEach(() => t.close());

const attempt = (over?: MadeAttempt) => makeAttemptRow(t, over);
/** Follows all there is, once it has come into reach. */
async function follow(): Promise<void> {
  t.ctx.clock.advance(6_000);
  while ((await followAttempts(t.ctx)) > 0);
}
const deps = {
  accounts: async () => [
    { id: 'acc_1', name: 'regatta', connector: 'Regatta' },
    { id: 'acc_2', name: 'second', connector: 'Regatta' },
  ],
};
const report = (over: Partial<DeliveryQuery> = {}) =>
  readDelivery(t.ctx, deps, {
    from: t.ctx.clock.now() - HOUR,
    to: t.ctx.clock.now(),
    zone: 'UTC',
    network: [],
    campaign: [],
    ...over,
  });
const steps = async () =>
  (await t.ctx.store.prisma.deliveryStep.findMany({ where: { span: 5, accountId: '' } })).reduce(
    (sum, row) => sum + row.attempts,
    0,
  );
const texts = () => t.ctx.store.prisma.attemptText.count();

describe('following attempts', () => {
  test('counts each once, whatever is asked again', async () => {
    for (let i = 0; i < 5; i++) await attempt();
    await follow();
    await follow();
    expect([await steps(), await texts()]).toEqual([5, 5]);
    await attempt();
    await follow();
    expect([await steps(), await texts()]).toEqual([6, 6]);
  });

  test('stays some seconds behind, so that an id drawn a moment ago cannot be passed by', async () => {
    await attempt();
    expect(await followAttempts(t.ctx)).toBe(0);
    t.ctx.clock.advance(4_900);
    expect(await followAttempts(t.ctx)).toBe(0);
    t.ctx.clock.advance(200);
    expect(await followAttempts(t.ctx)).toBe(1);
  });

  test('several workers at once count nothing twice', async () => {
    for (let i = 0; i < 30; i++) await attempt();
    t.ctx.clock.advance(6_000);
    // on SQLite only one process works, by its lock: there it is the same store twice
    const postgres = t.ctx.store.dialect.name === 'postgres';
    const other = postgres ? await openStore(t.url) : t.ctx.store;
    for (let round = 0; round < 3; round++)
      await Promise.all(
        [t.ctx.store, other, t.ctx.store, other].map((store) =>
          followAttempts({ store, clock: t.ctx.clock }),
        ),
      );
    if (postgres) await other.close();
    await follow();
    expect([await steps(), await texts()]).toEqual([30, 30]);
  });

  test('a chunk that is not committed leaves nothing, and is read again', async () => {
    await attempt({ responseBody: '{"seen":"once"}' });
    t.ctx.clock.advance(6_000);
    const { store } = t.ctx;
    const failing: Store = {
      ...store,
      transaction: (work) =>
        store.transaction(async (tx) => {
          await work(tx);
          throw new Error('the power went out');
        }),
    };
    await expect(followAttempts({ store: failing, clock: t.ctx.clock })).rejects.toThrow('power');
    expect([await steps(), await texts(), await store.prisma.answer.count()]).toEqual([0, 0, 0]);
    await follow();
    expect([await steps(), await texts(), await store.prisma.answer.count()]).toEqual([1, 1, 1]);
  });

  test('a store from before catches up from the beginning, in chunks', async () => {
    const rows = Array.from({ length: 1_000 }, (_, i) => ({
      id: t.ctx.newId('att'),
      messageId: `pbk_old_${i}`,
      number: 1,
      startedAt: new Date(NOW - HOUR),
      outcome: 'accepted',
    }));
    const at = new Date(NOW - HOUR);
    await t.ctx.store.prisma.outboxMessage.createMany({
      data: rows.map(({ messageId }) => ({
        id: messageId,
        kind: 'postback',
        accountId: 'acc_1',
        externalId: messageId,
        payload: '{}',
        status: 'delivered',
        dueAt: at,
        createdAt: at,
        updatedAt: at,
      })),
    });
    await t.ctx.store.prisma.attempt.createMany({ data: rows });
    await follow();
    expect([await steps(), await texts()]).toEqual([1_000, 1_000]);
  });

  test('answers without end become one, so that they cannot fill the store', async () => {
    for (let i = 0; i < 230; i++)
      await attempt({
        responseBody: `say ${'abcdefghijklmnopqrstuvwxyz'.slice(0, (i % 25) + 1)} ${'z'.repeat(i)}`,
      });
    await follow();
    const { answers } = await report();
    expect(await t.ctx.store.prisma.answer.count()).toBe(200);
    expect(answers[0]).toMatchObject({ key: 'other', count: 30, sample: null });
  });
});

describe('delivery in numbers', () => {
  test('RG-49 first tries, outcomes and time to delivered, tests apart', async () => {
    await attempt({ waitedMs: 900, tookMs: 100 });
    await attempt({ waitedMs: 900, tookMs: 100 });
    const retried = await attempt({ outcome: 'retryable', httpStatus: 503, errorCode: 'SERVER_ERROR' });
    t.ctx.clock.advance(10_000);
    await attempt({ messageId: retried.messageId, number: 2, tookMs: 50 });
    await attempt({ outcome: 'duplicate', httpStatus: 200 });
    await attempt({ outcome: 'rejected', httpStatus: 404, errorCode: 'NOT_FOUND', campaign: null });
    await attempt({ outcome: 'test', httpStatus: 200 });
    await attempt({ kind: 'dispute' });
    await follow();
    const { total, groups, bars, countedTo } = await report();
    expect(total).toMatchObject({
      attempts: 6,
      accepted: 3,
      duplicate: 1,
      test: 1,
      retryable: 1,
      rejected: 1,
      firstTries: 5,
      firstSuccesses: 3,
    });
    expect(total.p50).toBeGreaterThan(1_000 / 1.25);
    expect(total.p50).toBeLessThan(1_000 * 1.25);
    expect(total.p95).toBeGreaterThan(10_000 / 1.25);
    expect(bars.reduce((sum, bar) => sum + bar.attempts, 0)).toBe(6);
    expect(
      groups.map(({ networkCampaignId, attempts, network }) => [network, networkCampaignId, attempts]),
    ).toEqual([
      ['regatta', 'camp-1', 5],
      ['regatta', null, 1],
    ]);
    expect(countedTo).toBeNull();
  });

  test('by network and campaign; an unknown name matches nothing', async () => {
    await attempt();
    await attempt({ accountId: 'acc_2', campaign: 'camp-2' });
    await attempt({ accountId: 'acc_2', campaign: null });
    await follow();
    const attempts = async (over: Partial<DeliveryQuery>) => (await report(over)).total.attempts;
    expect(await attempts({ network: ['second'] })).toBe(2);
    expect(await attempts({ network: ['second'], campaign: ['camp-2'] })).toBe(1);
    expect(await attempts({ campaign: ['unknown'] })).toBe(1);
    expect(await attempts({ network: ['nowhere'] })).toBe(0);
  });

  test('the same numbers come from rows of five minutes, of hours and of days', async () => {
    for (let i = 0; i < 7; i++) await attempt({ tookMs: 40 * i });
    await follow();
    const to = t.ctx.clock.now();
    for (const hours of [1, 12, 24, 168, 720]) {
      const { total } = await report({ from: to - hours * HOUR, to });
      expect(total).toMatchObject({ attempts: 7, firstTries: 7, accepted: 7 });
    }
  });

  test('commonest answers: one for all that say the same, with words to search them by', async () => {
    const refused = (code: string) => ({
      outcome: 'rejected',
      httpStatus: 404,
      errorCode: 'NOT_FOUND',
      responseBody: `{"error":{"message":"No enrollment with code ${code}"}}`,
    });
    await attempt(refused('AbC12345'));
    await attempt(refused('Zz999999'));
    await attempt();
    await follow();
    const { answers } = await report();
    expect(answers.map(({ httpStatus, count }) => [httpStatus, count])).toEqual([
      [404, 2],
      [201, 1],
    ]);
    expect(answers[0]?.words).toBe('error message No enrollment with code');
    expect(answers[0]?.sample).toContain('AbC12345');
  });

  test('says so while older attempts are still to be counted', async () => {
    await attempt();
    t.ctx.clock.advance(10 * 60_000);
    expect((await report()).countedTo).toBe(new Date(NOW).toISOString());
    await follow();
    expect((await report()).countedTo).toBeNull();
  });

  test('totals for /metrics add up days and never mix accounts', async () => {
    await attempt();
    t.ctx.clock.advance(30 * HOUR);
    await attempt();
    await attempt({ accountId: 'acc_2' });
    await follow();
    const totals = await readDeliveryTotals(t.ctx);
    const of = (id: string) => totals.find((row) => row.accountId === id);
    expect(of('acc_1')?.counts.accepted).toBe(2);
    expect([...(of('acc_1')?.times.values() ?? [])].reduce((sum, n) => sum + n, 0)).toBe(2);
    expect(of('acc_2')?.counts.accepted).toBe(1);
  });
});
