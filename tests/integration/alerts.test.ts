import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type AlertDeps,
  addDefaultRules,
  evaluateAlerts,
  getChannel,
  getDelivery,
  listChannels,
  listDeliveries,
  listRules,
  missingKinds,
  removeChannel,
  resendAlert,
  saveChannel,
  sendDueAlerts,
  switchChannel,
  switchRule,
  testChannel,
} from '#app/modules/alerts/index.server.ts';
import { listAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, SYSTEM } from '#app/platform/context.server.ts';
import { openStore } from '#app/platform/db/store.server.ts';
import { idFactory } from '#app/platform/ids.server.ts';
import { makeTestCtx, type TestCtx } from '../factories/test-ctx.ts';
import {
  addAccount,
  addIssue,
  addRule,
  addWebhook,
  alertDeps,
  type Inbox,
  type Receiver,
  startInbox,
  startReceiver,
} from '../setup/alert-kit.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOON = Date.parse('2026-05-12T12:00:00Z');

let t: TestCtx;
let receiver: Receiver;
let inbox: Inbox;
let deps: AlertDeps;
let accountId: string;

beforeEach(async () => {
  t = await makeTestCtx();
  t.ctx.clock.stopAt(NOON);
  [receiver, inbox] = [await startReceiver(), await startInbox()];
  deps = alertDeps(t.ctx, { smtpUrl: inbox.url });
  accountId = (await addAccount(t.ctx)).id;
});
afterEach(async () => {
  await deps.http.close();
  deps.mailer?.close();
  await receiver.stop();
  await inbox.stop();
  await t.close();
});

/** One look and one round of delivery, a second later. */
async function turn(ms = 1_000): Promise<void> {
  t.ctx.clock.advance(ms);
  await evaluateAlerts(t.ctx, deps);
  await sendDueAlerts(t.ctx, deps);
}
const titles = (): string[] =>
  receiver.requests.map(({ body }) => (JSON.parse(body) as { title: string }).title);
const setIssue = (id: string, data: Record<string, unknown>) =>
  t.ctx.store.prisma.issue.update({
    where: { id },
    data: { ...data, updatedAt: new Date(t.ctx.clock.now()) },
  });
const rows = () => t.ctx.store.prisma.alertDelivery.findMany({ orderBy: { id: 'asc' } });

describe('new causes', () => {
  test('one that opens is told once, and once when it is resolved; one that comes back is told anew and says so', async () => {
    await addIssue(t.ctx, accountId, { errorCode: 'OLD_ONE' });
    t.ctx.clock.advance(1_000);
    await addRule(t.ctx, 'new_issue', [await addWebhook(t.ctx, `${receiver.url}/hook`)]);
    await turn();
    expect(titles()).toEqual([]);

    const id = await addIssue(t.ctx, accountId);
    await turn();
    await turn();
    expect(titles()).toHaveLength(1);
    const told = JSON.parse(receiver.requests[0]?.body ?? '') as { alerts: Record<string, unknown>[] };
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

    await setIssue(id, { state: 'resolved', resolvedAt: new Date(t.ctx.clock.now()) });
    await turn();
    await turn();
    expect(titles()).toHaveLength(2);
    expect(titles()[1]).toMatch(/^Resolved: /);

    t.ctx.clock.advance(2 * DAY);
    await setIssue(id, { state: 'open', reopened: 1, reopenedAt: new Date(t.ctx.clock.now()) });
    await turn();
    expect(titles()[2]).toMatch(/^Back again: /);
    expect(receiver.requests[2]?.body).toContain('It came back 2 days after being resolved.');
  });

  test('with a least sum, it is told when it holds up that much, in that currency', async () => {
    const channel = await addWebhook(t.ctx, receiver.url);
    await addRule(t.ctx, 'new_issue', [channel], { minUnpaid: [{ currency: 'USD', minor: 5_000 }] });
    await addIssue(t.ctx, accountId, { failed: 9, currency: 'EUR' });
    await addIssue(t.ctx, accountId, { failed: 9, expectedCents: null });
    const id = await addIssue(t.ctx, accountId, { failed: 2, expectedCents: 2_000 });
    await turn();
    expect(titles()).toEqual([]);
    await t.ctx.store.prisma.outboxMessage.updateMany({
      where: { issueId: id },
      data: { expectedCents: 2_500 },
    });
    await turn();
    expect(titles()).toHaveLength(1);
    // it stays told while it stands, also with less money
    await t.ctx.store.prisma.outboxMessage.updateMany({
      where: { issueId: id },
      data: { status: 'delivered' },
    });
    await setIssue(id, { state: 'acknowledged' });
    await turn();
    expect(titles()).toHaveLength(1);
  });

  test('a storm of causes is told in one message, not in a hundred', async () => {
    await addRule(t.ctx, 'new_issue', [await addWebhook(t.ctx, receiver.url)]);
    for (let i = 0; i < 30; i++) await addIssue(t.ctx, accountId, { failed: 0 });
    await turn();
    expect(titles()).toEqual(['new_issue: 30 new']);
    expect((JSON.parse(receiver.requests[0]?.body ?? '') as { alerts: unknown[] }).alerts).toHaveLength(30);
  });
});

describe('once', () => {
  test('two workers that look at the same moment tell it once, and send it once', async () => {
    // on SQLite one process is the worker: there, two looks at once on its store
    const shared = t.ctx.store.dialect.name === 'sqlite';
    const store = shared ? t.ctx.store : await openStore(t.url);
    const other = { ...t.ctx, store, newId: idFactory(t.ctx.clock) };
    try {
      const ids = [await addWebhook(t.ctx, receiver.url, 'A'), await addWebhook(t.ctx, receiver.url, 'B')];
      await addRule(t.ctx, 'new_issue', ids);
      await addRule(t.ctx, 'unpaid_over', ids, { limits: [{ currency: 'USD', minor: 1_000 }] });
      for (let round = 0; round < 5; round++) {
        await addIssue(t.ctx, accountId);
        t.ctx.clock.advance(1_000);
        await Promise.all([t.ctx, other, t.ctx, other].map((ctx) => evaluateAlerts(ctx, deps)));
        await Promise.all([t.ctx, other, t.ctx].map((ctx) => sendDueAlerts(ctx, deps)));
      }
      // five causes and one sum, to two channels each
      expect(receiver.requests).toHaveLength(12);
      const told = receiver.requests.map(({ body }) => (JSON.parse(body) as { id: string }).id);
      expect(new Set(told).size).toBe(12);
      expect((await rows()).map(({ status, attempts }) => `${status} ${attempts}`)).toEqual(
        Array.from({ length: 12 }, () => 'sent 1'),
      );
    } finally {
      if (!shared) await store.close();
    }
  });

  test('a crash between look and delivery loses nothing, one while sending repeats under the same id', async () => {
    await addRule(t.ctx, 'new_issue', [await addWebhook(t.ctx, receiver.url)]);
    await addIssue(t.ctx, accountId);
    t.ctx.clock.advance(1_000);
    await evaluateAlerts(t.ctx, deps);
    // the process died here; another looks, and finds it queued already
    expect(await evaluateAlerts(t.ctx, deps)).toBe(0);
    // a worker takes it and dies before the answer is written down
    const [row] = await rows();
    const at = new Date(t.ctx.clock.now());
    await t.ctx.store.prisma.alertDelivery.updateMany({
      data: { status: 'sending', attempts: 1, leaseUntil: new Date(at.getTime() + 3 * MINUTE) },
    });
    expect(await sendDueAlerts(t.ctx, deps)).toBe(0);
    t.ctx.clock.advance(3 * MINUTE);
    expect(await sendDueAlerts(t.ctx, deps)).toBe(1);
    expect(receiver.requests[0]?.headers['leadline-delivery']).toBe(row?.id);
    expect(await rows()).toMatchObject([{ status: 'sent', attempts: 2, leaseUntil: null }]);
  });

  test('a rule switched off tells nothing, and switched on only what begins then', async () => {
    const id = await addRule(t.ctx, 'new_issue', [await addWebhook(t.ctx, receiver.url)]);
    await switchRule(t.ctx, { id, enabled: false, actor: SYSTEM });
    await addIssue(t.ctx, accountId);
    await turn();
    await switchRule(t.ctx, { id, enabled: true, actor: SYSTEM });
    await turn();
    expect(titles()).toEqual([]);
    await addIssue(t.ctx, accountId);
    await turn();
    expect(titles()).toHaveLength(1);
  });
});

describe('sums, leads, silence, breakers', () => {
  test('unpaid money over its limit is told a currency at a time, and once it is back well under', async () => {
    await addRule(t.ctx, 'unpaid_over', [await addWebhook(t.ctx, receiver.url)], {
      limits: [
        { currency: 'USD', minor: 3_000 },
        { currency: 'EUR', minor: 3_000 },
      ],
    });
    const id = await addIssue(t.ctx, accountId, { failed: 2, expectedCents: 1_500 });
    await turn();
    expect(titles()).toEqual([]);
    await addIssue(t.ctx, accountId, { failed: 1, expectedCents: 500 });
    await turn();
    expect(titles()).toEqual(['$35.00 unpaid: over $30.00']);
    expect(receiver.requests[0]?.body).toContain('3 postbacks of 2 causes hold up $35.00');
    const [one] = await t.ctx.store.prisma.outboxMessage.findMany({ where: { issueId: id }, take: 1 });
    await t.ctx.store.prisma.outboxMessage.update({
      where: { id: one?.id ?? '' },
      data: { status: 'delivered' },
    });
    await turn();
    expect(titles()[1]).toBe('Unpaid money is back under $30.00');
    await setIssue(id, { state: 'ignored' });
    await turn();
    expect(titles()).toHaveLength(2);
  });

  test('RG-33 refunded leads near their deadline, by number or money', async () => {
    await addRule(t.ctx, 'leads_due', [await addWebhook(t.ctx, receiver.url)], { hours: 24, minCount: 2 });
    await addDueLead('1', 20 * HOUR);
    await addDueLead('2', 30 * HOUR);
    await turn();
    expect(titles()).toEqual([]);
    await turn(8 * HOUR);
    expect(titles()).toEqual(['2 refunded leads due within 24 hours']);
    expect(JSON.parse(receiver.requests[0]?.body ?? '')).toMatchObject({
      alerts: [{ money: [{ currency: 'USD', minor: 2_000 }], url: 'https://leadline.test/leads?view=due' }],
    });
    await t.ctx.store.prisma.refund.updateMany({ data: { disposition: 'disputed' } });
    await turn();
    expect(titles()[1]).toBe('Leads due within 24 hours: back under your limit');
  });

  async function addDueLead(n: string, inMs: number): Promise<void> {
    const at = new Date(t.ctx.clock.now());
    const dates = { createdAt: at, updatedAt: at };
    await t.ctx.store.prisma.lead.create({
      data: {
        ...dates,
        id: `lea_${n}`,
        accountId,
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
    await addRule(t.ctx, 'no_conversions', [await addWebhook(t.ctx, receiver.url)]);
    // every Tuesday from 11:00 to 13:00 a conversion every four minutes, for three weeks
    const week = async (weeks: number): Promise<void> => {
      const from = NOON - HOUR - weeks * 7 * DAY;
      for (let i = 0; i < 30; i++) await addConversion(new Date(from + i * 4 * MINUTE));
    };
    for (const weeks of [3, 2, 1]) await week(weeks);
    await addConversion(new Date(NOON - HOUR));
    await turn();
    expect(titles()).toEqual([]);
    expect((await listRules(t.ctx, deps))[0]?.silentBecause).toMatch(/needs 4 weeks .*there are 21 days\./);
    for (const weeks of [4, 5]) await week(weeks);
    await turn(MINUTE);
    expect(titles()).toEqual(['No conversion for 1 h 1 min']);
    expect(receiver.requests[0]?.body).toContain('of the last 5 weeks there were usually 16');
    expect((await listRules(t.ctx, deps))[0]?.silentBecause).toBeNull();
    // a night later it is still silent: nothing new to tell
    await turn(14 * HOUR);
    await turn(20 * HOUR);
    expect(titles()).toHaveLength(1);
    await addConversion(new Date(t.ctx.clock.now()));
    await turn();
    expect(titles()[1]).toBe('Conversions come again');
  });

  async function addConversion(at: Date): Promise<void> {
    await t.ctx.store.prisma.outboxMessage.create({
      data: {
        id: t.ctx.newId('msg'),
        kind: 'postback',
        accountId,
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
    await addRule(t.ctx, 'breaker', [await addWebhook(t.ctx, receiver.url)]);
    const issueId = await addIssue(t.ctx, accountId, { errorCode: 'AUTH_INVALID_KEY' });
    const breaker = (id: string, data: Record<string, unknown>) =>
      t.ctx.store.prisma.breaker.create({
        data: {
          id,
          accountId,
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
    await turn();
    expect(titles()).toEqual(['Held back: Regatta']);
    await t.ctx.store.prisma.breaker.update({
      where: { id: 'brk_1' },
      data: { state: 'closed', closedAt: new Date(t.ctx.clock.now() + 10 * MINUTE) },
    });
    await turn(10 * MINUTE);
    expect(titles()[1]).toBe('Flowing again: Regatta');
    expect(receiver.requests[1]?.body).toContain('after 10 minutes');
    // opened and closed between two looks; a pause by hand is not asked for
    await breaker('brk_2', { state: 'closed', closedAt: new Date(t.ctx.clock.now()) });
    await breaker('brk_3', { reason: 'paused' });
    await turn();
    await turn();
    await turn();
    expect(titles().slice(2)).toEqual(['Held back: Regatta', 'Flowing again: Regatta']);
  });
});

describe('quiet hours', () => {
  test('hold back into one digest for each channel when they end; urgent rules do not wait', async () => {
    t.ctx.clock.stopAt(Date.parse('2026-05-12T21:00:00Z'));
    const channel = await addWebhook(t.ctx, receiver.url);
    const quiet = { quiet: true, quietFrom: '22:00', quietTo: '07:00', zone: 'Europe/Berlin' };
    await addRule(t.ctx, 'new_issue', [channel], quiet);
    await addRule(t.ctx, 'unpaid_over', [channel], {
      ...quiet,
      urgent: true,
      limits: [{ currency: 'USD', minor: 1_000 }],
    });
    const first = await addIssue(t.ctx, accountId);
    await turn();
    expect(titles()).toEqual(['$20.00 unpaid: over $10.00']);
    await turn(HOUR);
    await addIssue(t.ctx, accountId);
    await setIssue(first, { state: 'resolved', resolvedAt: new Date(t.ctx.clock.now()) });
    await turn(HOUR);
    expect(titles()).toHaveLength(1);
    expect((await listDeliveries(t.ctx, { status: 'queued' })).items).toMatchObject([
      { kind: 'digest', title: 'While it was quiet: 3 alerts', dueAt: '2026-05-13T05:00:00.000Z' },
    ]);
    t.ctx.clock.stopAt(Date.parse('2026-05-13T05:00:00Z'));
    await turn();
    expect(titles().slice(1)).toEqual(['While it was quiet: 3 alerts']);
    const digest = JSON.parse(receiver.requests[1]?.body ?? '') as {
      type: string;
      alerts: { transition: string }[];
    };
    expect(digest.type).toBe('alert.digest');
    expect(digest.alerts.map(({ transition }) => transition)).toEqual(['raised', 'cleared', 'raised']);
    await addIssue(t.ctx, accountId);
    await turn();
    expect(titles()).toHaveLength(3);
  });
});

describe('channels', () => {
  const add = (kind: 'email' | 'slack' | 'webhook', channel: Parameters<typeof saveChannel>[1]['channel']) =>
    saveChannel(t.ctx, { kind, channel, actor: SYSTEM });

  test('email: text and HTML to every address, under the delivery’s own Message-ID', async () => {
    const { id } = await add('email', { name: 'Ops', addresses: ['ana@x.test', 'ben@x.test'] });
    await addRule(t.ctx, 'new_issue', [id]);
    await addIssue(t.ctx, accountId);
    await turn();
    expect(inbox.mails).toHaveLength(1);
    const [row] = await rows();
    expect(inbox.mails[0]?.to).toEqual(['ana@x.test', 'ben@x.test']);
    expect(inbox.mails[0]?.raw).toContain(`Message-ID: <${row?.id}@leadline.test>`);
    expect(inbox.mails[0]?.raw).toContain('multipart/alternative');
    expect(row).toMatchObject({ status: 'sent', responseStatus: 250, lastError: null });
  });

  test('email: an address that is not taken is said, and the others are not mailed twice', async () => {
    inbox.refuses.add('gone@x.test');
    const { id } = await add('email', { name: 'Ops', addresses: ['ana@x.test', 'gone@x.test'] });
    expect(await testChannel(t.ctx, deps, { id, actor: SYSTEM })).toMatchObject({
      ok: true,
      words: expect.stringContaining('Not taken for gone@x.test.'),
    });
    expect(inbox.mails).toHaveLength(1);
    expect(await rows()).toMatchObject([{ status: 'sent', lastError: 'Not taken for gone@x.test.' }]);
  });

  test('email: without a mail server, or with a wrong password, it says so and shows no secret', async () => {
    const { id } = await add('email', { name: 'Ops', addresses: ['ana@x.test'] });
    const none = alertDeps(t.ctx);
    expect(await testChannel(t.ctx, none, { id, actor: SYSTEM })).toMatchObject({
      ok: false,
      words: expect.stringContaining('set SMTP_URL and ALERT_FROM'),
    });
    const wrong = alertDeps(t.ctx, { smtpUrl: inbox.url.replace('p%40ss', 'hunter2hunter2') });
    const answer = await testChannel(t.ctx, wrong, { id, actor: SYSTEM });
    expect(answer).toMatchObject({ ok: false, status: 535 });
    expect(answer.words).not.toContain('hunter2hunter2');
    await none.http.close();
    await wrong.http.close();
  });

  test('Slack: text and blocks', async () => {
    const { id } = await add('slack', { name: '#ops', url: `${receiver.url}/services/T1/B2/secretpath` });
    await addRule(t.ctx, 'new_issue', [id]);
    await addIssue(t.ctx, accountId);
    await turn();
    const message = JSON.parse(receiver.requests[0]?.body ?? '') as { text: string; blocks: unknown[] };
    expect(message.text).toContain('at Regatta');
    expect(message.blocks.length).toBeGreaterThan(0);
    expect(receiver.requests[0]?.headers['leadline-signature']).toBeUndefined();
  });

  test('webhook: the signature proves body and time; a repeat has the same id and body', async () => {
    const { id } = await add('webhook', { name: 'Pager', url: receiver.url, secret: 'a secret of sixteen' });
    await addRule(t.ctx, 'new_issue', [id]);
    await addIssue(t.ctx, accountId);
    receiver.answer = { status: 503, body: 'not now' };
    await turn();
    await turn(5_000);
    expect(receiver.requests).toHaveLength(2);
    const [first, second] = receiver.requests;
    expect(second?.body).toBe(first?.body);
    expect(second?.headers['leadline-delivery']).toBe(first?.headers['leadline-delivery']);
    const [, time, v1] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(second?.headers['leadline-signature'])) ?? [];
    expect(time).toBe(String(Math.floor(t.ctx.clock.now() / 1000)));
    expect(v1).toBe(
      createHmac('sha256', 'a secret of sixteen').update(`${time}.${second?.body}`).digest('hex'),
    );
  });

  test('a secret is made where none is given, shown once, and kept when the form leaves it empty', async () => {
    const { id, secret } = await add('webhook', { name: 'Pager', url: receiver.url });
    expect(secret).toMatch(/^alsec_.{40,}$/);
    const again = await saveChannel(t.ctx, {
      id,
      kind: 'webhook',
      channel: { name: 'Pager 2' },
      actor: SYSTEM,
    });
    expect(again.secret).toBeNull();
    await testChannel(t.ctx, deps, { id, actor: SYSTEM });
    const [request] = receiver.requests;
    const given = request?.headers['leadline-signature'];
    const time = /t=(\d+)/.exec(String(given))?.[1];
    expect(given).toBe(
      `t=${time},v1=${createHmac('sha256', secret ?? '')
        .update(`${time}.${request?.body}`)
        .digest('hex')}`,
    );
  });

  test('what is stored is sealed: only hints are shown, in lists and in the audit', async () => {
    const url = 'https://hooks.slack.test/services/T1/B2/verysecretpath';
    const { id } = await add('slack', { name: '#ops', url });
    const row = await t.ctx.store.prisma.alertChannel.findUniqueOrThrow({ where: { id } });
    const audit = await listAudit(t.ctx, { subjectType: 'alert_channel' });
    for (const shown of [row, await listChannels(t.ctx), await getChannel(t.ctx, id), audit])
      expect(JSON.stringify(shown)).not.toContain('verysecret');
    expect(row.hint).toBe('hooks.slack.test/…path');
    expect(audit.items[0]).toMatchObject({ action: 'alert_channel_added', subjectId: id });
  });

  test('a private destination is refused and said so; a redirect is not followed', async () => {
    const strict = alertDeps(t.ctx, { allow: [] });
    const { id } = await add('webhook', { name: 'Pager', url: receiver.url });
    expect(await testChannel(t.ctx, strict, { id, actor: SYSTEM })).toMatchObject({
      ok: false,
      words: expect.stringContaining('private address; allow it with ALLOW_PRIVATE_DESTINATIONS'),
    });
    expect(receiver.requests).toHaveLength(0);
    await strict.http.close();
    receiver.answer = { status: 307, body: '', headers: { location: `${receiver.url}/elsewhere` } };
    expect(await testChannel(t.ctx, deps, { id, actor: SYSTEM })).toMatchObject({ ok: false, status: 307 });
    expect(receiver.requests.map(({ path }) => path)).toEqual(['/']);
  });

  test('names are unique, and only somebody who manages settings may change anything', async () => {
    await add('slack', { name: '#ops', url: receiver.url });
    await expect(add('slack', { name: '#ops', url: receiver.url })).rejects.toMatchObject({
      code: 'CONFLICT',
      details: [{ path: 'name' }],
    });
    const ops: Actor = { type: 'user', id: 'usr_1', name: 'Ops', role: 'ops', ip: null };
    const denied = { code: 'FORBIDDEN' };
    await expect(
      saveChannel(t.ctx, { kind: 'slack', channel: { name: 'x' }, actor: ops }),
    ).rejects.toMatchObject(denied);
    await expect(testChannel(t.ctx, deps, { id: 'chn_1', actor: ops })).rejects.toMatchObject(denied);
    await expect(addDefaultRules(t.ctx, { zone: 'UTC', actor: ops })).rejects.toMatchObject(denied);
    await expect(resendAlert(t.ctx, { id: 'alr_1', actor: ops })).rejects.toMatchObject(denied);
  });
});

describe('delivery', () => {
  test('climbs its ladder, then has failed and stands in the log; a person sends it again', async () => {
    await addRule(t.ctx, 'new_issue', [await addWebhook(t.ctx, receiver.url)]);
    await addIssue(t.ctx, accountId);
    receiver.answer = { status: 500, body: 'broken' };
    await turn();
    for (const [i, wait] of [5_000, 30_000, 5 * MINUTE, HOUR].entries()) {
      expect(receiver.requests).toHaveLength(i + 1);
      await turn(wait - 1);
      expect(receiver.requests).toHaveLength(i + 1);
      await turn(1);
    }
    expect(receiver.requests).toHaveLength(5);
    const [item] = (await listDeliveries(t.ctx, { status: 'failed' })).items;
    expect(item).toMatchObject({ attempts: 5, responseStatus: 500, lastError: 'It answered 500: broken' });
    await turn(DAY);
    expect(receiver.requests).toHaveLength(5);

    receiver.answer = { status: 200, body: 'ok' };
    await resendAlert(t.ctx, { id: item?.id ?? '', actor: SYSTEM });
    await expect(resendAlert(t.ctx, { id: item?.id ?? '', actor: SYSTEM })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await turn();
    expect(receiver.requests).toHaveLength(6);
    expect(await getDelivery(t.ctx, item?.id ?? '')).toMatchObject({
      status: 'sent',
      attempts: 1,
      lastError: null,
    });
  });

  test('a receiver that asks for patience gets it', async () => {
    await addRule(t.ctx, 'new_issue', [await addWebhook(t.ctx, receiver.url)]);
    await addIssue(t.ctx, accountId);
    receiver.answer = { status: 429, body: '', headers: { 'retry-after': '60' } };
    await turn();
    await turn(59_999);
    expect(receiver.requests).toHaveLength(1);
    await turn(1);
    expect(receiver.requests).toHaveLength(2);
  });

  test('a channel that is off or removed fails what is queued for it, and is taken out of its rules', async () => {
    const [a, b] = [await addWebhook(t.ctx, receiver.url, 'A'), await addWebhook(t.ctx, receiver.url, 'B')];
    await addRule(t.ctx, 'new_issue', [a, b]);
    await addIssue(t.ctx, accountId);
    t.ctx.clock.advance(1_000);
    await evaluateAlerts(t.ctx, deps);
    await switchChannel(t.ctx, { id: a, enabled: false, actor: SYSTEM });
    await removeChannel(t.ctx, { id: b, actor: SYSTEM });
    await sendDueAlerts(t.ctx, deps);
    expect(receiver.requests).toHaveLength(0);
    const { items } = await listDeliveries(t.ctx, { status: 'failed' });
    expect(items.map(({ lastError }) => lastError).sort()).toEqual([
      'The channel is switched off. Switch it on, then send this again.',
      'The channel was removed before this was sent.',
    ]);
    expect((await listRules(t.ctx, deps))[0]?.channels).toMatchObject([{ name: 'A', enabled: false }]);
  });

  test('the log pages there and back, each delivery once', async () => {
    const id = await addWebhook(t.ctx, receiver.url);
    const made: string[] = [];
    for (let i = 0; i < 120; i++) {
      t.ctx.clock.advance(1);
      made.unshift((await testChannel(t.ctx, deps, { id, actor: SYSTEM })).deliveryId);
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

test('sensible rules come with one press once there is a channel, and only those that are missing', async () => {
  await expect(addDefaultRules(t.ctx, { zone: 'UTC', actor: SYSTEM })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  await addWebhook(t.ctx, receiver.url);
  await addRule(
    t.ctx,
    'breaker',
    (await listChannels(t.ctx)).map(({ id }) => id),
    { name: 'My own' },
  );
  expect(await addDefaultRules(t.ctx, { zone: 'Europe/Berlin', actor: SYSTEM })).toEqual({ added: 3 });
  expect(await addDefaultRules(t.ctx, { zone: 'UTC', actor: SYSTEM })).toEqual({ added: 0 });
  const rules = await listRules(t.ctx, deps);
  expect(missingKinds(rules.map(({ kind }) => kind))).toEqual([]);
  expect(rules.map(({ name, urgent, quietHours }) => [name, urgent, quietHours?.zone ?? null])).toEqual([
    ['Leads due', true, null],
    ['My own', false, null],
    ['New cause', false, 'Europe/Berlin'],
    ['No conversions', true, null],
  ]);
});
