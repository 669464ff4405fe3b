import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  addDefaultRules,
  getChannel,
  listChannels,
  resendAlert,
  saveChannel,
  testChannel,
} from '#app/modules/alerts/index.server.ts';
import { listAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, SYSTEM } from '#app/platform/context.server.ts';
import { addIssue, addRule, alertDeps } from '../setup/alert-kit.ts';
import { type AlertScene, startAlertScene } from '../setup/alert-scene.ts';

let t: AlertScene;
beforeEach(async () => {
  t = await startAlertScene();
});
afterEach(() => t.close());

describe('channels', () => {
  const add = (kind: 'email' | 'slack' | 'webhook', channel: Parameters<typeof saveChannel>[1]['channel']) =>
    saveChannel(t.ctx, { kind, channel, actor: SYSTEM });

  test('email: text and HTML to every address, under the delivery’s own Message-ID', async () => {
    const { id } = await add('email', { name: 'Ops', addresses: ['ana@x.test', 'ben@x.test'] });
    await addRule(t.ctx, 'new_issue', [id]);
    await addIssue(t.ctx, t.accountId);
    await t.turn();
    expect(t.inbox.mails).toHaveLength(1);
    const [row] = await t.rows();
    expect(t.inbox.mails[0]?.to).toEqual(['ana@x.test', 'ben@x.test']);
    expect(t.inbox.mails[0]?.raw).toContain(`Message-ID: <${row?.id}@leadline.test>`);
    expect(t.inbox.mails[0]?.raw).toContain('multipart/alternative');
    expect(row).toMatchObject({ status: 'sent', responseStatus: 250, lastError: null });
  });

  test('email: an address that is not taken is said, and the others are not mailed twice', async () => {
    t.inbox.refuses.add('gone@x.test');
    const { id } = await add('email', { name: 'Ops', addresses: ['ana@x.test', 'gone@x.test'] });
    expect(await testChannel(t.ctx, t.deps, { id, actor: SYSTEM })).toMatchObject({
      ok: true,
      words: expect.stringContaining('Not taken for gone@x.test.'),
    });
    expect(t.inbox.mails).toHaveLength(1);
    expect(await t.rows()).toMatchObject([{ status: 'sent', lastError: 'Not taken for gone@x.test.' }]);
  });

  test('email: without a mail server, or with a wrong password, it says so and shows no secret', async () => {
    const { id } = await add('email', { name: 'Ops', addresses: ['ana@x.test'] });
    const none = alertDeps(t.ctx);
    expect(await testChannel(t.ctx, none, { id, actor: SYSTEM })).toMatchObject({
      ok: false,
      words: expect.stringContaining('set SMTP_URL and ALERT_FROM'),
    });
    const wrong = alertDeps(t.ctx, { smtpUrl: t.inbox.url.replace('p%40ss', 'hunter2hunter2') });
    const answer = await testChannel(t.ctx, wrong, { id, actor: SYSTEM });
    expect(answer).toMatchObject({ ok: false, status: 535 });
    expect(answer.words).not.toContain('hunter2hunter2');
    await none.http.close();
    await wrong.http.close();
  });

  test('Slack: text and blocks', async () => {
    const { id } = await add('slack', { name: '#ops', url: `${t.receiver.url}/services/T1/B2/secretpath` });
    await addRule(t.ctx, 'new_issue', [id]);
    await addIssue(t.ctx, t.accountId);
    await t.turn();
    const message = JSON.parse(t.receiver.requests[0]?.body ?? '') as { text: string; blocks: unknown[] };
    expect(message.text).toContain('at Regatta');
    expect(message.blocks.length).toBeGreaterThan(0);
    expect(t.receiver.requests[0]?.headers['leadline-signature']).toBeUndefined();
  });

  test('webhook: the signature proves body and time; a repeat has the same id and body', async () => {
    const { id } = await add('webhook', {
      name: 'Pager',
      url: t.receiver.url,
      secret: 'a secret of sixteen',
    });
    await addRule(t.ctx, 'new_issue', [id]);
    await addIssue(t.ctx, t.accountId);
    t.receiver.answer = { status: 503, body: 'not now' };
    await t.turn();
    await t.turn(5_000);
    expect(t.receiver.requests).toHaveLength(2);
    const [first, second] = t.receiver.requests;
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
    const { id, secret } = await add('webhook', { name: 'Pager', url: t.receiver.url });
    expect(secret).toMatch(/^alsec_.{40,}$/);
    const again = await saveChannel(t.ctx, {
      id,
      kind: 'webhook',
      channel: { name: 'Pager 2' },
      actor: SYSTEM,
    });
    expect(again.secret).toBeNull();
    await testChannel(t.ctx, t.deps, { id, actor: SYSTEM });
    const [request] = t.receiver.requests;
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
    const { id } = await add('webhook', { name: 'Pager', url: t.receiver.url });
    expect(await testChannel(t.ctx, strict, { id, actor: SYSTEM })).toMatchObject({
      ok: false,
      words: expect.stringContaining('private address; allow it with ALLOW_PRIVATE_DESTINATIONS'),
    });
    expect(t.receiver.requests).toHaveLength(0);
    await strict.http.close();
    t.receiver.answer = { status: 307, body: '', headers: { location: `${t.receiver.url}/elsewhere` } };
    expect(await testChannel(t.ctx, t.deps, { id, actor: SYSTEM })).toMatchObject({ ok: false, status: 307 });
    expect(t.receiver.requests.map(({ path }) => path)).toEqual(['/']);
  });

  test('names are unique, and only somebody who manages settings may change anything', async () => {
    await add('slack', { name: '#ops', url: t.receiver.url });
    await expect(add('slack', { name: '#ops', url: t.receiver.url })).rejects.toMatchObject({
      code: 'CONFLICT',
      details: [{ path: 'name' }],
    });
    const ops: Actor = { type: 'user', id: 'usr_1', name: 'Ops', role: 'ops', ip: null };
    const denied = { code: 'FORBIDDEN' };
    await expect(
      saveChannel(t.ctx, { kind: 'slack', channel: { name: 'x' }, actor: ops }),
    ).rejects.toMatchObject(denied);
    await expect(testChannel(t.ctx, t.deps, { id: 'chn_1', actor: ops })).rejects.toMatchObject(denied);
    await expect(addDefaultRules(t.ctx, { zone: 'UTC', actor: ops })).rejects.toMatchObject(denied);
    await expect(resendAlert(t.ctx, { id: 'alr_1', actor: ops })).rejects.toMatchObject(denied);
  });
});
