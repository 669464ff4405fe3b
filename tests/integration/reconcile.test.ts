import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  advanceReconciliations,
  cancelRun,
  deleteRun,
  getRun,
  listRows,
  listRuns,
  saveMapping,
  startRun,
  takeFile,
  tryMapping,
} from '#app/modules/reconcile/index.server.ts';
import type { Mapping, ReasonTotal } from '#app/modules/reconcile/schema.ts';
import { stepFile } from '#app/modules/reconcile/step-file.server.ts';
import { giveUpOld, tidyStep } from '#app/modules/reconcile/tidy.server.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { openStore } from '#app/platform/db/store.server.ts';
import { makeTestCtx, type TestCtx } from '../factories/test-ctx.ts';
import {
  ACCOUNT,
  addAccount,
  addOrder,
  bytesOf,
  FINANCE,
  NOON,
  upload,
  workOff,
} from '../setup/reconcile-kit.ts';

let test_: TestCtx;
let ctx: Ctx;
beforeEach(async () => {
  test_ = await makeTestCtx();
  ctx = test_.ctx;
  test_.ctx.clock.stopAt(NOON);
  await addAccount(ctx);
});
afterEach(() => test_.close());

const HEAD = 'order_id,total,currency,status,date\n';
const DAY = '2026-05-12';
const line = (id: string, total = '49.00', status = 'paid', currency = 'USD', date = DAY): string =>
  `${id},${total},${currency},${status},${date}\n`;

/** Reasons of a run's rows, by id. */
async function reasonsOf(id: number): Promise<Record<string, string>> {
  const { items } = await listRows(ctx, { runId: id, limit: 1_000 });
  return Object.fromEntries(
    items.map((row) => [`${row.key}${row.refundLine ? ' (refund)' : ''}`, row.reason]),
  );
}
const counts = (totals: readonly ReasonTotal[]): Record<string, number> =>
  Object.fromEntries(totals.map(({ reason, currency, count }) => [`${reason} ${currency}`.trim(), count]));
async function remains(): Promise<number[]> {
  const { prisma } = ctx.store;
  return [
    await prisma.reconciliationChunk.count(),
    await prisma.reconciliationSeen.count(),
    await prisma.reconciliationRow.count(),
    await prisma.reconciliation.count(),
  ];
}

describe('a file of billing', () => {
  test('every gap by its reason, after a trial that writes nothing, and the other direction', async () => {
    await addOrder(ctx, { externalId: 'good', hold: 'pending_release' });
    await addOrder(ctx, { externalId: 'no_code', status: null });
    await addOrder(ctx, { externalId: 'refused', status: 'failed' });
    await addOrder(ctx, { externalId: 'held', status: 'parked' });
    await addOrder(ctx, { externalId: 'cents', revenueCents: 49 });
    await addOrder(ctx, { externalId: 'euro', currency: 'EUR' });
    await addOrder(ctx, { externalId: 'returned', hold: 'pending_release' });
    await addOrder(ctx, { externalId: 'taken_back', hold: 'disputed' });
    await addOrder(ctx, { externalId: 'ours', hold: 'pending_release', at: NOON + 3_600_000 });
    await addOrder(ctx, { externalId: 'before', at: NOON - 86_400_000 });
    await addOrder(ctx, { externalId: 'after', at: NOON + 86_400_000 });
    await addOrder(ctx, { externalId: 'wizard', origin: 'wizard' });
    await ctx.store.prisma.trackedRecord.create({
      data: {
        id: 'rec_1',
        accountId: ACCOUNT,
        type: 'order',
        recordId: 'kept',
        ref: 'aB3xyz',
        createdAt: new Date(NOON),
      },
    });
    const text =
      HEAD +
      ['good', 'no_code', 'refused', 'held', 'cents', 'kept', 'stranger', 'good']
        .map((id) => line(id))
        .join('') +
      line('euro') +
      line('returned', '49.00', 'refunded') +
      line('taken_back', '-49.00') +
      line('broken', 'much') +
      line('void', '49.00', 'voided');
    const id = await upload(ctx, text);
    const trial = await tryMapping(ctx, id, FINANCE);
    expect(trial?.rows.map(({ line: at, reason }) => [at, reason])).toEqual([
      [2, 'matched'],
      [3, 'no_ref'],
      [4, 'failed'],
      [5, 'parked'],
      [6, 'amount_differs'],
      [7, 'not_reported'],
      [8, 'never_captured'],
      [9, 'duplicate'],
      [10, 'other_currency'],
      [11, 'refunded_not_disputed'],
      [12, 'matched'],
      [13, 'unreadable'],
      [14, 'not_paid'],
    ]);
    expect(await ctx.store.prisma.reconciliationRow.count()).toBe(0);
    await startRun(ctx, { id, actor: FINANCE });
    await workOff(ctx);
    const run = await getRun(ctx, id);
    expect(run).toMatchObject({
      state: 'done',
      rowCount: 13,
      rowsDone: 13,
      found: 14,
      gaps: 11,
      fromAt: '2026-05-12T00:00:00.000Z',
      toAt: '2026-05-13T00:00:00.000Z',
    });
    expect(counts(run.totals)).toMatchObject({
      'leadline_only USD': 1,
      'matched USD': 2,
      'duplicate USD': 1,
    });
    const only = await listRows(ctx, { runId: id, reasons: ['leadline_only'] });
    expect(only.items).toMatchObject([
      {
        key: 'ours',
        line: null,
        ourMinor: 4_900,
        ourCurrency: 'USD',
        leadId: expect.stringMatching(/^led_/),
      },
    ]);
    const slip = await listRows(ctx, { runId: id, reasons: ['amount_differs'] });
    expect(slip.items[0]?.detail).toContain('Exactly a hundredth');
    expect((await listRows(ctx, { runId: id, key: 'good' })).items.map(({ reason }) => reason)).toEqual([
      'matched',
      'duplicate',
    ]);
    // what was needed only on the way is gone
    expect(await remains()).toEqual([0, 0, 14, 1]);
    const deeds = await ctx.store.prisma.auditEntry.findMany({
      where: { subjectType: 'reconciliation' },
      orderBy: { id: 'asc' },
    });
    expect(deeds.map(({ action, actorName }) => [action, actorName])).toEqual([
      ['reconciliation_uploaded', 'Fay'],
      ['reconciliation_started', 'Fay'],
    ]);
  });

  test('payments lead to their order, also over another id of the same payment', async () => {
    await addOrder(ctx, { externalId: 'o1', paymentId: 'pi_1' });
    await addOrder(ctx, { externalId: 'o2', paymentId: 'pi_2' });
    await ctx.store.prisma.paymentLink.create({
      data: { key: 'ch_2', other: 'pi_2', otherKind: 'payment_intent' },
    });
    const id = await upload(ctx, 'id,amount,currency\npi_1,49.00,usd\nch_2,49.00,usd\npi_3,49.00,usd\n');
    expect((await getRun(ctx, id)).mapping?.idKind).toBe('payment');
    await startRun(ctx, { id, actor: FINANCE });
    await workOff(ctx);
    expect(await reasonsOf(id)).toEqual({ pi_1: 'matched', ch_2: 'matched', pi_3: 'never_captured' });
    // without times in the file there is no span to look at from the other side
    expect(await getRun(ctx, id)).toMatchObject({ state: 'done', fromAt: null });
  });

  test('an order and its refund are two rows of one id, also newest first and pieces apart; each twice is told', async () => {
    await addOrder(ctx, { externalId: 'back', hold: 'pending_release' });
    await addOrder(ctx, { externalId: 'later', hold: 'pending_release' });
    const filler = Array.from({ length: 400 }, (_, i) => line(`row_${i}`)).join('');
    const id = await upload(
      ctx,
      HEAD +
        line('back') +
        line('back', '49.00', 'refund') +
        line('later', '49.00', 'refund') +
        filler +
        line('later') +
        line('later') +
        line('later', '49.00', 'refund'),
    );
    await startRun(ctx, { id, actor: FINANCE });
    await workOff(ctx);
    const told = async (key: string) =>
      (await listRows(ctx, { runId: id, key })).items.map(({ reason, line: at }) => [at, reason]);
    expect(await told('back')).toEqual([
      [2, 'matched'],
      [3, 'refunded_not_disputed'],
    ]);
    expect(await told('later')).toEqual([
      [4, 'refunded_not_disputed'],
      [405, 'matched'],
      [406, 'duplicate'],
      [407, 'duplicate'],
    ]);
  });

  test('what was given back is compared with the refunds that Leadline was told of', async () => {
    const fields = { kind: 'refund', source: 'api', contentHash: '', explanation: 'below the threshold' };
    for (const [key, cents] of [
      ['same', [1_000, 500]],
      ['less', [1_000]],
      ['more', [1_000, 1_000]],
      ['unknown', [1_000]],
      ['none', [1_000]],
      ['whole', [null]],
    ] as const) {
      const conversionId = await addOrder(ctx, { externalId: key, hold: 'pending_release' });
      for (const [i, amountCents] of cents.entries())
        await ctx.store.prisma.refund.create({
          data: {
            ...fields,
            id: ctx.newId('rfd'),
            refundId: `re_${key}_${i}`,
            conversionId,
            amountCents,
            full: amountCents === null,
            // a part that the policy lets stand
            disposition: 'in_grace',
            occurredAt: new Date(NOON),
            createdAt: new Date(NOON),
            updatedAt: new Date(NOON),
          },
        });
    }
    const row = (key: string, back: string) => `${key},49.00,${back},USD,${DAY}\n`;
    const id = await upload(
      ctx,
      `order_id,total,amount_refunded,currency,date\n${row('same', '15.00')}${row('less', '15.00')}${row('more', '15.00')}${row('unknown', '')}${row('none', '0.00')}${row('whole', '49.00')}same,-15.00,,USD,${DAY}\nless,-15.00,,USD,${DAY}\n`,
    );
    await startRun(ctx, { id, actor: FINANCE });
    await workOff(ctx);
    expect(await reasonsOf(id)).toEqual({
      same: 'matched',
      'same (refund)': 'matched',
      less: 'refund_differs',
      'less (refund)': 'refund_differs',
      more: 'refund_differs',
      unknown: 'matched',
      none: 'refund_differs',
      whole: 'matched',
    });
    const { items } = await listRows(ctx, { runId: id, key: 'less' });
    expect(items[0]).toMatchObject({
      detail: 'The file says that $15.00 were given back; Leadline was told of $10.00.',
      refundedMinor: 1_500,
      ourMinor: 1_000,
      refundId: expect.stringMatching(/^rfd_/),
    });
    // what is summed is what was given back, not the order
    expect(counts((await getRun(ctx, id)).totals)).toMatchObject({ 'refund_differs USD': 4 });
    expect((await getRun(ctx, id)).totals.find(({ reason }) => reason === 'refund_differs')?.minor).toBe(
      1_500 + 1_500 + 1_500 + 0,
    );
  });

  test('an order that is not known by its first id is found by its second', async () => {
    await addOrder(ctx, { externalId: 'o1', paymentId: 'pi_1' });
    await addOrder(ctx, { externalId: 'o2', paymentId: 'pi_2' });
    const id = await upload(
      ctx,
      `order_id,payment_intent_id,total,currency,date\no1,pi_9,49.00,USD,${DAY}\nshop_2,pi_2,49.00,USD,${DAY}\n,pi_1,49.00,USD,${DAY}\nnobody,pi_7,49.00,USD,${DAY}\n`,
    );
    expect((await getRun(ctx, id)).mapping).toMatchObject({ id: 0, idKind: 'order', otherId: 1 });
    await startRun(ctx, { id, actor: FINANCE });
    await workOff(ctx);
    expect(await reasonsOf(id)).toEqual({
      o1: 'matched',
      shop_2: 'matched',
      pi_1: 'matched',
      nobody: 'never_captured',
    });
    expect((await listRows(ctx, { runId: id, key: 'shop_2' })).items[0]?.detail).toContain('pi_2');
  });

  test('a restart in the middle goes on, and the same id pieces apart is seen twice', async () => {
    await addOrder(ctx, { externalId: 'row_7' });
    const rows = Array.from({ length: 1_300 }, (_, i) => line(`row_${i % 1_250}`));
    const id = await upload(ctx, HEAD + rows.join(''));
    await startRun(ctx, { id, actor: FINANCE });
    expect(await advanceReconciliations(ctx, { turnMs: 0 })).toBe(true);
    expect(await getRun(ctx, id)).toMatchObject({ state: 'running', rowsDone: 200, rowCount: 1_300 });
    // another process, which knows nothing but the store
    const store = await openStore(test_.url);
    await workOff({ ...ctx, store });
    await store.close();
    const run = await getRun(ctx, id);
    expect(run).toMatchObject({ state: 'done', rowsDone: 1_300, found: 1_300 });
    expect(counts(run.totals)).toEqual({
      'never_captured USD': 1_249,
      'duplicate USD': 50,
      'matched USD': 1,
    });
  });

  test('two processes at once write every row once', async () => {
    const id = await upload(ctx, HEAD + Array.from({ length: 2_100 }, (_, i) => line(`row_${i}`)).join(''));
    await startRun(ctx, { id, actor: FINANCE });
    // SQLite has one worker: there two loops share its store
    const own = ctx.store.dialect.name === 'postgres' ? await openStore(test_.url) : null;
    await Promise.all([workOff(ctx), workOff({ ...ctx, store: own ?? ctx.store })]);
    await own?.close();
    expect(await getRun(ctx, id)).toMatchObject({
      state: 'done',
      rowsDone: 2_100,
      found: 2_100,
      gaps: 2_100,
    });
    expect(await ctx.store.prisma.reconciliationRow.count()).toBe(2_100);
  });

  test('one that comes late to a piece which another has worked off has nothing to do, and no fault', async () => {
    const id = await upload(ctx, HEAD + Array.from({ length: 700 }, (_, i) => line(`row_${i}`)).join(''));
    await startRun(ctx, { id, actor: FINANCE });
    const where = { where: { id } };
    const late = await ctx.store.prisma.reconciliation.findUniqueOrThrow(where);
    await advanceReconciliations(ctx, { turnMs: 0 });
    expect(await stepFile(ctx, late)).toBe(false);
    await cancelRun(ctx, { id, actor: FINANCE });
    const before = await ctx.store.prisma.reconciliation.findUniqueOrThrow(where);
    await workOff(ctx);
    expect(await stepFile(ctx, { ...before, state: 'running' })).toBe(false);
    expect(await ctx.store.prisma.reconciliation.findUniqueOrThrow(where)).toMatchObject({
      state: 'canceled',
      rowsDone: 200,
      faults: 0,
    });
  });

  test('canceled it keeps what it found; deleted nothing of it stays', async () => {
    const id = await upload(ctx, HEAD + Array.from({ length: 1_300 }, (_, i) => line(`row_${i}`)).join(''));
    await startRun(ctx, { id, actor: FINANCE });
    await advanceReconciliations(ctx, { turnMs: 0 });
    await expect(deleteRun(ctx, { id, actor: FINANCE })).rejects.toThrow('This reconciliation is running');
    await cancelRun(ctx, { id, actor: FINANCE });
    await workOff(ctx);
    expect(await getRun(ctx, id)).toMatchObject({ state: 'canceled', rowsDone: 200, gaps: 200 });
    expect(await remains()).toEqual([0, 0, 200, 1]);
    await expect(cancelRun(ctx, { id, actor: FINANCE })).rejects.toThrow('This reconciliation is canceled');
    await deleteRun(ctx, { id, actor: FINANCE });
    await expect(getRun(ctx, id)).rejects.toThrow('There is no reconciliation');
    expect((await listRuns(ctx)).items).toEqual([]);
    await workOff(ctx);
    expect(await remains()).toEqual([0, 0, 0, 0]);
  });

  test('a run whose step keeps failing is given up and says so', async () => {
    const id = await upload(ctx, HEAD + line('a'));
    await startRun(ctx, { id, actor: FINANCE });
    await ctx.store.prisma.reconciliationChunk.deleteMany();
    for (let i = 0; i < 5; i++)
      await expect(advanceReconciliations(ctx)).rejects.toThrow('piece 0 of reconciliation');
    expect(await getRun(ctx, id)).toMatchObject({
      state: 'failed',
      stateReason: expect.stringContaining('the same step failed 5 times'),
    });
    await workOff(ctx);
  });

  test('an upload that was cut off and a file that nobody mapped go away by themselves', async () => {
    const id = await upload(ctx, HEAD + line('a'));
    await ctx.store.prisma.reconciliation.update({ where: { id }, data: { state: 'uploading' } });
    test_.ctx.clock.advance(9 * 60_000);
    await workOff(ctx);
    expect(await getRun(ctx, id)).toMatchObject({ state: 'uploading' });
    test_.ctx.clock.advance(2 * 60_000);
    await workOff(ctx);
    expect(await remains()).toEqual([0, 0, 0, 0]);
    await upload(ctx, HEAD + line('a'));
    test_.ctx.clock.advance(8 * 86_400_000);
    await workOff(ctx);
    expect(await remains()).toEqual([0, 0, 0, 0]);
  });

  test('an upload that was given up while its last bytes came keeps nothing, and is no file without its beginning', async () => {
    const text = HEAD + Array.from({ length: 12_000 }, (_, i) => line(`row_${i}`)).join('');
    async function* hanging(): AsyncGenerator<Uint8Array> {
      yield* bytesOf(text);
      test_.ctx.clock.advance(11 * 60_000);
      // another process looks: the first pieces are taken away, the row is still there
      await giveUpOld(ctx);
      const { id } = await ctx.store.prisma.reconciliation.findFirstOrThrow();
      await tidyStep(ctx, { id, state: 'deleting' });
    }
    const file = { name: 'a\u0000b\r\nc.csv', source: 'billing' as const, zone: 'UTC', actor: FINANCE };
    await expect(takeFile(ctx, { ...file, body: hanging() })).rejects.toThrow('took too long');
    await workOff(ctx);
    expect(await remains()).toEqual([0, 0, 0, 0]);
    const { id } = await takeFile(ctx, { ...file, body: bytesOf(text) });
    expect((await getRun(ctx, id)).name).toBe('a b c.csv');
  });

  test('a slow upload shows that it lives, however few rows come', async () => {
    const wide = 'x'.repeat(60_000);
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(`${HEAD}`);
      for (let i = 0; i < 15; i++) {
        yield* bytesOf(Array.from({ length: 5 }, (_, k) => `o_${i}_${k},${wide},USD,paid,${DAY}\n`).join(''));
        test_.ctx.clock.advance(2 * 60_000);
        await giveUpOld(ctx);
      }
    }
    const { rowCount } = await takeFile(ctx, {
      name: 'slow.csv',
      source: 'billing',
      body: slow(),
      zone: 'UTC',
      actor: FINANCE,
    });
    expect(rowCount).toBe(75);
  });

  test('nothing of a refused file is kept', async () => {
    const text = `${HEAD + Array.from({ length: 1_300 }, (_, i) => line(`row_${i}`)).join('')}"open,1\n`;
    await expect(upload(ctx, text)).rejects.toThrow('A quote (") opens and never closes');
    await workOff(ctx);
    expect(await remains()).toEqual([0, 0, 0, 0]);
  });
});

describe("a network's export", () => {
  test('what it has and Leadline has not, and the other way round', async () => {
    await addOrder(ctx, { externalId: 'good', hold: 'pending_release' });
    await addOrder(ctx, { externalId: 'odd', hold: 'disputed' });
    await addOrder(ctx, { externalId: 'lost', status: 'failed' });
    await addOrder(ctx, { externalId: 'ours', hold: 'released' });
    const id = await upload(
      ctx,
      'externalId;payout;currency;status;created_at\ngood;5,00;USD;VERIFIED;2026-05-12\nodd;5,00;USD;VERIFIED;2026-05-12\nlost;5,00;USD;VERIFIED;2026-05-12\nghost;5,00;USD;VERIFIED;2026-05-12\n',
      'network',
    );
    expect((await getRun(ctx, id)).mapping).toMatchObject({
      accountId: ACCOUNT,
      amountIs: 'payout',
      decimal: ',',
    });
    await startRun(ctx, { id, actor: FINANCE });
    await workOff(ctx);
    expect(await reasonsOf(id)).toEqual({
      good: 'matched',
      odd: 'status_differs',
      lost: 'network_only',
      ghost: 'network_only',
      ours: 'leadline_only',
    });
  });
  test('a disputed lead that the export leaves out is no gap, nor are leads of another account', async () => {
    await addOrder(ctx, { externalId: 'good', hold: 'pending_release' });
    await addOrder(ctx, { externalId: 'gone', hold: 'disputed' });
    await addOrder(ctx, { externalId: 'ours', hold: 'released' });
    await addAccount(ctx, 'acc_2');
    const head = 'externalId,payout,currency,status,created_at\n';
    const id = await upload(ctx, `${head}good,5.00,USD,VERIFIED,2026-05-12\n`, 'network');
    const { mapping } = await getRun(ctx, id);
    await expect(startRun(ctx, { id, actor: FINANCE })).rejects.toThrow('choose the account');
    await saveMapping(ctx, { id, mapping: { ...mapping, accountId: ACCOUNT }, actor: FINANCE });
    await startRun(ctx, { id, actor: FINANCE });
    await workOff(ctx);
    expect(await reasonsOf(id)).toEqual({ good: 'matched', ours: 'leadline_only' });
  });
  test("by the network's own ids", async () => {
    await addOrder(ctx, { externalId: 'good', hold: 'pending_release' });
    const id = await upload(
      ctx,
      'lead_id,payout,currency\nnet_good,5.00,USD\nnet_other,5.00,USD\n',
      'network',
    );
    await startRun(ctx, { id, actor: FINANCE });
    await workOff(ctx);
    expect(await reasonsOf(id)).toEqual({ net_good: 'matched', net_other: 'network_only' });
  });
});

describe('who and what', () => {
  test.each(['ops', 'viewer'] as const)('%s may read, not do', async (role) => {
    const id = await upload(ctx, HEAD + line('a'));
    const actor = { ...FINANCE, role };
    const refused = /needs the role owner or finance/;
    await expect(startRun(ctx, { id, actor })).rejects.toThrow(refused);
    await expect(saveMapping(ctx, { id, mapping: {}, actor })).rejects.toThrow(refused);
    await expect(cancelRun(ctx, { id, actor })).rejects.toThrow(refused);
    await expect(deleteRun(ctx, { id, actor })).rejects.toThrow(refused);
    expect((await listRuns(ctx)).items).toHaveLength(1);
    // a file of billing has columns that are none of their business
    expect((await tryMapping(ctx, id, actor))?.samples).toEqual([]);
    expect((await tryMapping(ctx, id, FINANCE))?.samples[0]).toBe('a');
  });
  test.each<[string, Partial<Mapping>, string]>([
    ['a column that is not there', { amount: 9 }, 'no such column'],
    ['amounts without a currency', { currency: null }, 'Amounts need a currency'],
    ['no currency at all', { currency: null, currencyForAll: 'ABC' }, '"ABC" is no currency'],
    ['leads of no account', { idKind: 'lead', accountId: null }, 'choose the account'],
    ['an account that is gone', { accountId: 'acc_9' }, 'no such network account'],
    ['a zone that is none', { zone: 'Mars/Base' }, 'is no time zone'],
  ])('a mapping with %s is refused', async (_what, changes, words) => {
    const id = await upload(ctx, HEAD + line('a'));
    const { mapping } = await getRun(ctx, id);
    await expect(
      saveMapping(ctx, { id, mapping: { ...mapping, ...changes }, actor: FINANCE }),
    ).rejects.toThrow(words);
  });
  test('a mapping cannot change once the file was started', async () => {
    const id = await upload(ctx, HEAD + line('a'));
    const { mapping } = await getRun(ctx, id);
    await startRun(ctx, { id, actor: FINANCE });
    await expect(saveMapping(ctx, { id, mapping, actor: FINANCE })).rejects.toThrow('started already');
    await workOff(ctx);
    expect(await tryMapping(ctx, id, FINANCE)).toBeNull();
  });
});
