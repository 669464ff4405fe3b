import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addDefaultRules, listChannels, listRules, missingKinds } from '#app/modules/alerts/index.server.ts';
import { SYSTEM } from '#app/platform/context.server.ts';
import { addIssue, addRule, addWebhook } from '../setup/alert-kit.ts';
import { type AlertScene, DAY, HOUR, MINUTE, NOON, startAlertScene } from '../setup/alert-scene.ts';

let t: AlertScene;
beforeEach(async () => {
  t = await startAlertScene();
});
afterEach(() => t.close());

describe('new causes', () => {
  test('one that opens is told once, and once when it is resolved; one that comes back is told anew and says so', async () => {
    await addIssue(t.ctx, t.accountId, { errorCode: 'OLD_ONE' });
    t.ctx.clock.advance(1_000);
    await addRule(t.ctx, 'new_issue', [await addWebhook(t.ctx, `${t.receiver.url}/hook`)]);
    await t.turn();
    expect(t.titles()).toEqual([]);

    const id = await addIssue(t.ctx, t.accountId);
    await t.turn();
    await t.turn();
    expect(t.titles()).toHaveLength(1);
    const told = JSON.parse(t.receiver.requests[0]?.body ?? '') as { alerts: Record<string, unknown>[] };
    expect(told).toMatchObject({
      type: 'alert.raised',
      alerts: [
        {
          subject: `issue:${id}`,
          transition: 'raised',
          money: [{ currency: 'USD', minor: 2_000 }],
          moneyUnknown: 0,
          url: `https://leadline.test/issues?open=${id}`,
        },
      ],
    });
    expect(told.alerts[0]?.what).toContain('NOT_FOUND: “tracking code M4TSbpS8 not found” at Regatta.');
    expect(told.alerts[0]?.todo).not.toBe('');

    await t.setIssue(id, { state: 'resolved', resolvedAt: new Date(t.ctx.clock.now()) });
    await t.turn();
    await t.turn();
    expect(t.titles()).toHaveLength(2);
    expect(t.titles()[1]).toMatch(/^Resolved: /);

    t.ctx.clock.advance(2 * DAY);
    await t.setIssue(id, { state: 'open', reopened: 1, reopenedAt: new Date(t.ctx.clock.now()) });
    await t.turn();
    expect(t.titles()[2]).toMatch(/^Back again: /);
    expect(t.receiver.requests[2]?.body).toContain('It came back 2 days after being resolved.');
  });

  test('RG-43 successes that came without their data are told, with the money at stake', async () => {
    await addRule(t.ctx, 'new_issue', [await addWebhook(t.ctx, `${t.receiver.url}/hook`)]);
    const id = await addIssue(t.ctx, t.accountId, { errorCode: 'UNREADABLE_SUCCESS', failed: 3 });
    await t.ctx.store.prisma.outboxMessage.updateMany({
      where: { issueId: id },
      data: { status: 'duplicate', errorCode: 'UNREADABLE_SUCCESS' },
    });
    await t.turn();
    const told = JSON.parse(t.receiver.requests[0]?.body ?? '') as { alerts: Record<string, unknown>[] };
    expect(told.alerts).toMatchObject([
      { subject: `issue:${id}`, transition: 'raised', money: [{ currency: 'USD', minor: 3_000 }] },
    ]);
    expect(told.alerts[0]?.title).toContain('The answer means success');
  });

  test('with a least sum, it is told when it holds up that much, in that currency', async () => {
    const channel = await addWebhook(t.ctx, t.receiver.url);
    await addRule(t.ctx, 'new_issue', [channel], { minUnpaid: [{ currency: 'USD', minor: 5_000 }] });
    await addIssue(t.ctx, t.accountId, { failed: 9, currency: 'EUR' });
    await addIssue(t.ctx, t.accountId, { failed: 9, expectedCents: null });
    const id = await addIssue(t.ctx, t.accountId, { failed: 2, expectedCents: 2_000 });
    await t.turn();
    expect(t.titles()).toEqual([]);
    await t.ctx.store.prisma.outboxMessage.updateMany({
      where: { issueId: id },
      data: { expectedCents: 2_500 },
    });
    await t.turn();
    expect(t.titles()).toHaveLength(1);
    // it stays told while it stands, also with less money
    await t.ctx.store.prisma.outboxMessage.updateMany({
      where: { issueId: id },
      data: { status: 'delivered' },
    });
    await t.setIssue(id, { state: 'acknowledged' });
    await t.turn();
    expect(t.titles()).toHaveLength(1);
  });

  test('a storm of causes is told in one message, not in a hundred', async () => {
    await addRule(t.ctx, 'new_issue', [await addWebhook(t.ctx, t.receiver.url)]);
    for (let i = 0; i < 30; i++) await addIssue(t.ctx, t.accountId, { failed: 0 });
    await t.turn();
    expect(t.titles()).toEqual(['new_issue: 30 new']);
    expect((JSON.parse(t.receiver.requests[0]?.body ?? '') as { alerts: unknown[] }).alerts).toHaveLength(30);
  });
});

describe('sums, leads, silence, breakers', () => {
  test('unpaid money over its limit is told a currency at a time, and once it is back well under', async () => {
    await addRule(t.ctx, 'unpaid_over', [await addWebhook(t.ctx, t.receiver.url)], {
      limits: [
        { currency: 'USD', minor: 3_000 },
        { currency: 'EUR', minor: 3_000 },
      ],
    });
    const id = await addIssue(t.ctx, t.accountId, { failed: 2, expectedCents: 1_500 });
    await t.turn();
    expect(t.titles()).toEqual([]);
    await addIssue(t.ctx, t.accountId, { failed: 1, expectedCents: 500 });
    await t.turn();
    expect(t.titles()).toEqual(['$35.00 unpaid: over $30.00']);
    expect(t.receiver.requests[0]?.body).toContain('3 postbacks of 2 causes hold up $35.00');
    const [one] = await t.ctx.store.prisma.outboxMessage.findMany({ where: { issueId: id }, take: 1 });
    await t.ctx.store.prisma.outboxMessage.update({
      where: { id: one?.id ?? '' },
      data: { status: 'delivered' },
    });
    await t.turn();
    expect(t.titles()[1]).toBe('Unpaid money is back under $30.00');
    await t.setIssue(id, { state: 'ignored' });
    await t.turn();
    expect(t.titles()).toHaveLength(2);
  });

  test('RG-33 refunded leads near their deadline, by number or money', async () => {
    await addRule(t.ctx, 'leads_due', [await addWebhook(t.ctx, t.receiver.url)], { hours: 24, minCount: 2 });
    await addDueLead('1', 20 * HOUR);
    await addDueLead('2', 30 * HOUR);
    await t.turn();
    expect(t.titles()).toEqual([]);
    await t.turn(8 * HOUR);
    expect(t.titles()).toEqual(['2 refunded leads due within 24 hours']);
    expect(JSON.parse(t.receiver.requests[0]?.body ?? '')).toMatchObject({
      alerts: [{ money: [{ currency: 'USD', minor: 2_000 }], url: 'https://leadline.test/leads?view=due' }],
    });
    await t.ctx.store.prisma.refund.updateMany({ data: { disposition: 'disputed' } });
    await t.turn();
    expect(t.titles()[1]).toBe('Leads due within 24 hours: back under your limit');
  });

  async function addDueLead(n: string, inMs: number): Promise<void> {
    const at = new Date(t.ctx.clock.now());
    const dates = { createdAt: at, updatedAt: at };
    await t.ctx.store.prisma.lead.create({
      data: {
        ...dates,
        id: `lea_${n}`,
        accountId: t.accountId,
        networkLeadId: n,
        conversionId: `cnv_${n}`,
        postbackId: `msg_${n}`,
        externalId: `order_${n}`,
        holdState: 'pending_release',
        holdingPeriodDays: 14,
        heldSince: at,
        disputeBy: new Date(at.getTime() + inMs),
        payoutCents: 1_000,
        currency: 'USD',
      },
    });
    await t.ctx.store.prisma.refund.create({
      data: {
        ...dates,
        id: `rfd_${n}`,
        refundId: `re_${n}`,
        kind: 'refund',
        source: 'api',
        contentHash: n,
        disposition: 'needs_review',
        explanation: 'A person decides.',
        leadId: `lea_${n}`,
        occurredAt: at,
      },
    });
  }

  test('silence is told where the hour and weekday are usually busy, and over with the next conversion', async () => {
    await addRule(t.ctx, 'no_conversions', [await addWebhook(t.ctx, t.receiver.url)]);
    // every Tuesday from 11:00 to 13:00 a conversion every four minutes, for three weeks
    const week = async (weeks: number): Promise<void> => {
      const from = NOON - HOUR - weeks * 7 * DAY;
      for (let i = 0; i < 30; i++) await addConversion(new Date(from + i * 4 * MINUTE));
    };
    for (const weeks of [3, 2, 1]) await week(weeks);
    await addConversion(new Date(NOON - HOUR));
    await t.turn();
    expect(t.titles()).toEqual([]);
    expect((await listRules(t.ctx, t.deps))[0]?.silentBecause).toMatch(/needs 4 weeks .*there are 21 days\./);
    for (const weeks of [4, 5]) await week(weeks);
    await t.turn(MINUTE);
    expect(t.titles()).toEqual(['No conversion for 1 h 1 min']);
    expect(t.receiver.requests[0]?.body).toContain('of the last 5 weeks there were usually 16');
    expect((await listRules(t.ctx, t.deps))[0]?.silentBecause).toBeNull();
    // a night later it is still silent: nothing new to tell
    await t.turn(14 * HOUR);
    await t.turn(20 * HOUR);
    expect(t.titles()).toHaveLength(1);
    await addConversion(new Date(t.ctx.clock.now()));
    await t.turn();
    expect(t.titles()[1]).toBe('Conversions come again');
  });

  async function addConversion(at: Date): Promise<void> {
    await t.ctx.store.prisma.outboxMessage.create({
      data: {
        id: t.ctx.newId('msg'),
        kind: 'postback',
        accountId: t.accountId,
        externalId: t.ctx.newId('order'),
        payload: '{}',
        status: 'delivered',
        dueAt: at,
        createdAt: at,
        updatedAt: at,
      },
    });
  }

  test('what a network holds back is told when it opens and when it closes, a short one both', async () => {
    await addRule(t.ctx, 'breaker', [await addWebhook(t.ctx, t.receiver.url)]);
    const issueId = await addIssue(t.ctx, t.accountId, { errorCode: 'AUTH_INVALID_KEY' });
    const breaker = (id: string, data: Record<string, unknown>) =>
      t.ctx.store.prisma.breaker.create({
        data: {
          id,
          accountId: t.accountId,
          scope: 'account',
          scopeKey: 'account',
          reason: 'bad_key',
          provenBy: 'any_answer',
          issueId,
          openedAt: new Date(t.ctx.clock.now()),
          trippedAt: new Date(t.ctx.clock.now()),
          updatedAt: new Date(t.ctx.clock.now()),
          ...data,
        },
      });
    await breaker('brk_1', {});
    await t.turn();
    expect(t.titles()).toEqual(['Held back: Regatta']);
    await t.ctx.store.prisma.breaker.update({
      where: { id: 'brk_1' },
      data: { state: 'closed', closedAt: new Date(t.ctx.clock.now() + 10 * MINUTE) },
    });
    await t.turn(10 * MINUTE);
    expect(t.titles()[1]).toBe('Flowing again: Regatta');
    expect(t.receiver.requests[1]?.body).toContain('after 10 minutes');
    // opened and closed between two looks; a pause by hand is not asked for
    await breaker('brk_2', { state: 'closed', closedAt: new Date(t.ctx.clock.now()) });
    await breaker('brk_3', { reason: 'paused' });
    await t.turn();
    await t.turn();
    await t.turn();
    expect(t.titles().slice(2)).toEqual(['Held back: Regatta', 'Flowing again: Regatta']);
  });
});

test('sensible rules come with one press once there is a channel, and only those that are missing', async () => {
  await expect(addDefaultRules(t.ctx, { zone: 'UTC', actor: SYSTEM })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  await addWebhook(t.ctx, t.receiver.url);
  await addRule(
    t.ctx,
    'breaker',
    (await listChannels(t.ctx)).map(({ id }) => id),
    { name: 'My own' },
  );
  expect(await addDefaultRules(t.ctx, { zone: 'Europe/Berlin', actor: SYSTEM })).toEqual({ added: 3 });
  expect(await addDefaultRules(t.ctx, { zone: 'UTC', actor: SYSTEM })).toEqual({ added: 0 });
  const rules = await listRules(t.ctx, t.deps);
  expect(missingKinds(rules.map(({ kind }) => kind))).toEqual([]);
  expect(rules.map(({ name, urgent, quietHours }) => [name, urgent, quietHours?.zone ?? null])).toEqual([
    ['Leads due', true, null],
    ['My own', false, null],
    ['New cause', false, 'Europe/Berlin'],
    ['No conversions', true, null],
  ]);
});
