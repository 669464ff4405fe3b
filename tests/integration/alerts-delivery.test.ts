import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  evaluateAlerts,
  getDelivery,
  listDeliveries,
  listRules,
  removeChannel,
  resendAlert,
  sendDueAlerts,
  switchChannel,
  switchRule,
  testChannel,
} from '#app/modules/alerts/index.server.ts';
import { SYSTEM } from '#app/platform/context.server.ts';
import { openStore } from '#app/platform/db/store.server.ts';
import { idFactory } from '#app/platform/ids.server.ts';
import { addIssue, addRule, addWebhook } from '../setup/alert-kit.ts';
import { type AlertScene, DAY, HOUR, MINUTE, startAlertScene } from '../setup/alert-scene.ts';

let t: AlertScene;
beforeEach(async () => {
  t = await startAlertScene();
});
afterEach(() => t.close());

describe('once', () => {
  test('two workers that look at the same moment tell it once, and send it once', async () => {
    // on SQLite one process is the worker: there, two looks at once on its store
    const shared = t.ctx.store.dialect.name === 'sqlite';
    const store = shared ? t.ctx.store : await openStore(t.url);
    const other = { ...t.ctx, store, newId: idFactory(t.ctx.clock) };
    try {
      const ids = [
        await addWebhook(t.ctx, t.receiver.url, 'A'),
        await addWebhook(t.ctx, t.receiver.url, 'B'),
      ];
      await addRule(t.ctx, 'new_issue', ids);
      await addRule(t.ctx, 'unpaid_over', ids, { limits: [{ currency: 'USD', minor: 1_000 }] });
      for (let round = 0; round < 5; round++) {
        await addIssue(t.ctx, t.accountId);
        t.ctx.clock.advance(1_000);
        await Promise.all([t.ctx, other, t.ctx, other].map((ctx) => evaluateAlerts(ctx, t.deps)));
        await Promise.all([t.ctx, other, t.ctx].map((ctx) => sendDueAlerts(ctx, t.deps)));
      }
      // five causes and one sum, to two channels each
      expect(t.receiver.requests).toHaveLength(12);
      const told = t.receiver.requests.map(({ body }) => (JSON.parse(body) as { id: string }).id);
      expect(new Set(told).size).toBe(12);
      expect((await t.rows()).map(({ status, attempts }) => `${status} ${attempts}`)).toEqual(
        Array.from({ length: 12 }, () => 'sent 1'),
      );
    } finally {
      if (!shared) await store.close();
    }
  });

  test('a crash between look and delivery loses nothing, one while sending repeats under the same id', async () => {
    await addRule(t.ctx, 'new_issue', [await addWebhook(t.ctx, t.receiver.url)]);
    await addIssue(t.ctx, t.accountId);
    t.ctx.clock.advance(1_000);
    await evaluateAlerts(t.ctx, t.deps);
    // the process died here; another looks, and finds it queued already
    expect(await evaluateAlerts(t.ctx, t.deps)).toBe(0);
    // a worker takes it and dies before the answer is written down
    const [row] = await t.rows();
    const at = new Date(t.ctx.clock.now());
    await t.ctx.store.prisma.alertDelivery.updateMany({
      data: { status: 'sending', attempts: 1, leaseUntil: new Date(at.getTime() + 3 * MINUTE) },
    });
    expect(await sendDueAlerts(t.ctx, t.deps)).toBe(0);
    t.ctx.clock.advance(3 * MINUTE);
    expect(await sendDueAlerts(t.ctx, t.deps)).toBe(1);
    expect(t.receiver.requests[0]?.headers['leadline-delivery']).toBe(row?.id);
    expect(await t.rows()).toMatchObject([{ status: 'sent', attempts: 2, leaseUntil: null }]);
  });

  test('a rule switched off tells nothing, and switched on only what begins then', async () => {
    const id = await addRule(t.ctx, 'new_issue', [await addWebhook(t.ctx, t.receiver.url)]);
    await switchRule(t.ctx, { id, enabled: false, actor: SYSTEM });
    await addIssue(t.ctx, t.accountId);
    await t.turn();
    await switchRule(t.ctx, { id, enabled: true, actor: SYSTEM });
    await t.turn();
    expect(t.titles()).toEqual([]);
    await addIssue(t.ctx, t.accountId);
    await t.turn();
    expect(t.titles()).toHaveLength(1);
  });
});

describe('quiet hours', () => {
  test('hold back into one digest for each channel when they end; urgent rules do not wait', async () => {
    t.ctx.clock.stopAt(Date.parse('2026-05-12T21:00:00Z'));
    const channel = await addWebhook(t.ctx, t.receiver.url);
    const quiet = { quiet: true, quietFrom: '22:00', quietTo: '07:00', zone: 'Europe/Berlin' };
    await addRule(t.ctx, 'new_issue', [channel], quiet);
    await addRule(t.ctx, 'unpaid_over', [channel], {
      ...quiet,
      urgent: true,
      limits: [{ currency: 'USD', minor: 1_000 }],
    });
    const first = await addIssue(t.ctx, t.accountId);
    await t.turn();
    expect(t.titles()).toEqual(['$20.00 unpaid: over $10.00']);
    await t.turn(HOUR);
    await addIssue(t.ctx, t.accountId);
    await t.setIssue(first, { state: 'resolved', resolvedAt: new Date(t.ctx.clock.now()) });
    await t.turn(HOUR);
    expect(t.titles()).toHaveLength(1);
    expect((await listDeliveries(t.ctx, { status: 'queued' })).items).toMatchObject([
      { kind: 'digest', title: 'While it was quiet: 3 alerts', dueAt: '2026-05-13T05:00:00.000Z' },
    ]);
    t.ctx.clock.stopAt(Date.parse('2026-05-13T05:00:00Z'));
    await t.turn();
    expect(t.titles().slice(1)).toEqual(['While it was quiet: 3 alerts']);
    const digest = JSON.parse(t.receiver.requests[1]?.body ?? '') as {
      type: string;
      alerts: { transition: string }[];
    };
    expect(digest.type).toBe('alert.digest');
    expect(digest.alerts.map(({ transition }) => transition)).toEqual(['raised', 'cleared', 'raised']);
    await addIssue(t.ctx, t.accountId);
    await t.turn();
    expect(t.titles()).toHaveLength(3);
  });
});

describe('delivery', () => {
  test('climbs its ladder, then has failed and stands in the log; a person sends it again', async () => {
    await addRule(t.ctx, 'new_issue', [await addWebhook(t.ctx, t.receiver.url)]);
    await addIssue(t.ctx, t.accountId);
    t.receiver.answer = { status: 500, body: 'broken' };
    await t.turn();
    for (const [i, wait] of [5_000, 30_000, 5 * MINUTE, HOUR].entries()) {
      expect(t.receiver.requests).toHaveLength(i + 1);
      await t.turn(wait - 1);
      expect(t.receiver.requests).toHaveLength(i + 1);
      await t.turn(1);
    }
    expect(t.receiver.requests).toHaveLength(5);
    const [item] = (await listDeliveries(t.ctx, { status: 'failed' })).items;
    expect(item).toMatchObject({ attempts: 5, responseStatus: 500, lastError: 'It answered 500: broken' });
    await t.turn(DAY);
    expect(t.receiver.requests).toHaveLength(5);

    t.receiver.answer = { status: 200, body: 'ok' };
    await resendAlert(t.ctx, { id: item?.id ?? '', actor: SYSTEM });
    await expect(resendAlert(t.ctx, { id: item?.id ?? '', actor: SYSTEM })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await t.turn();
    expect(t.receiver.requests).toHaveLength(6);
    expect(await getDelivery(t.ctx, item?.id ?? '')).toMatchObject({
      status: 'sent',
      attempts: 1,
      lastError: null,
    });
  });

  test('a receiver that asks for patience gets it', async () => {
    await addRule(t.ctx, 'new_issue', [await addWebhook(t.ctx, t.receiver.url)]);
    await addIssue(t.ctx, t.accountId);
    t.receiver.answer = { status: 429, body: '', headers: { 'retry-after': '60' } };
    await t.turn();
    await t.turn(59_999);
    expect(t.receiver.requests).toHaveLength(1);
    await t.turn(1);
    expect(t.receiver.requests).toHaveLength(2);
  });

  test('a channel that is off or removed fails what is queued for it, and is taken out of its rules', async () => {
    const [a, b] = [
      await addWebhook(t.ctx, t.receiver.url, 'A'),
      await addWebhook(t.ctx, t.receiver.url, 'B'),
    ];
    await addRule(t.ctx, 'new_issue', [a, b]);
    await addIssue(t.ctx, t.accountId);
    t.ctx.clock.advance(1_000);
    await evaluateAlerts(t.ctx, t.deps);
    await switchChannel(t.ctx, { id: a, enabled: false, actor: SYSTEM });
    await removeChannel(t.ctx, { id: b, actor: SYSTEM });
    await sendDueAlerts(t.ctx, t.deps);
    expect(t.receiver.requests).toHaveLength(0);
    const { items } = await listDeliveries(t.ctx, { status: 'failed' });
    expect(items.map(({ lastError }) => lastError).sort()).toEqual([
      'The channel is switched off. Switch it on, then send this again.',
      'The channel was removed before this was sent.',
    ]);
    expect((await listRules(t.ctx, t.deps))[0]?.channels).toMatchObject([{ name: 'A', enabled: false }]);
  });

  test('the log pages there and back, each delivery once', async () => {
    const id = await addWebhook(t.ctx, t.receiver.url);
    const made: string[] = [];
    for (let i = 0; i < 120; i++) {
      t.ctx.clock.advance(1);
      made.unshift((await testChannel(t.ctx, t.deps, { id, actor: SYSTEM })).deliveryId);
    }
    const one = await listDeliveries(t.ctx, {});
    const two = await listDeliveries(t.ctx, { before: one.next ?? '' });
    const three = await listDeliveries(t.ctx, { before: two.next ?? '' });
    const ids = [one, two, three].flatMap(({ items }) => items.map((item) => item.id));
    expect(ids).toEqual(made);
    expect([one.prev, three.next]).toEqual([null, null]);
    const back = await listDeliveries(t.ctx, { after: three.prev ?? '' });
    expect(back.items.map((item) => item.id)).toEqual(two.items.map((item) => item.id));
  });
});
