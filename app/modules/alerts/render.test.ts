import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { renderEmail } from './render-email.ts';
import { ENTRIES_MAX, layOut } from './render-lines.ts';
import { renderSlack } from './render-slack.ts';
import { renderWebhook } from './render-webhook.ts';
import type { AlertBody, AlertText } from './schema.ts';
import { readAnswer } from './send-to-channel.server.ts';
import { signatureOf } from './signature.server.ts';

const alert: AlertText = {
  transition: 'raised',
  at: '2026-05-12T14:02:09.000Z',
  rule: 'New cause',
  kind: 'new_issue',
  subject: 'issue:iss_1',
  title: 'Unknown tracking code at Regatta',
  what: 'NOT_FOUND: “<!channel> & *co*” at Regatta. 412 postbacks held up so far.',
  money: [{ currency: 'USD', minor: 41_200 }],
  unknown: 3,
  todo: 'Look at the trace of one.',
  path: '/issues?open=iss_1',
  linkLabel: 'Open the issue',
};
const one: AlertBody = { kind: 'one', alerts: [alert], more: 0 };
const many: AlertBody = {
  kind: 'digest',
  alerts: Array.from({ length: 40 }, (_, i) => ({ ...alert, title: `Cause ${i}`, what: 'x'.repeat(2_000) })),
  more: 5,
};
const URL_ = 'https://leadline.example.com';

describe('email', () => {
  test('says what, money, what to do and where, in text and in HTML alike', () => {
    const { subject, text, html } = renderEmail(layOut(alert.title, one, URL_));
    expect(subject).toBe('Leadline: Unknown tracking code at Regatta');
    for (const part of [
      '412 postbacks held up',
      'At stake: $412.00, 3 unknown',
      'Look at the trace of one.',
    ]) {
      expect(text).toContain(part);
      expect(html).toContain(part);
    }
    expect(text).toContain('https://leadline.example.com/issues?open=iss_1');
    expect(html).toContain('href="https://leadline.example.com/issues?open=iss_1"');
    expect(text).toContain('Rule “New cause” · Tue 12 May 2026 14:02 UTC');
  });
  test('nothing of a network’s words becomes HTML or a header', () => {
    const evil = { ...alert, title: 'a\r\nBcc: x@y.z', what: '<img src=x onerror=alert(1)>' };
    const { subject, html } = renderEmail(layOut(evil.title, { ...one, alerts: [evil] }, URL_));
    expect(subject).toBe('Leadline: a Bcc: x@y.z');
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x');
  });
  test('what is over says so first', () => {
    const over = { ...alert, transition: 'cleared' as const };
    const { subject, text } = renderEmail(layOut(over.title, { ...one, alerts: [over] }, URL_));
    expect(subject).toBe('Leadline: Over: Unknown tracking code at Regatta');
    expect(text).toContain('Still held up: $412.00');
  });
  test('a digest lists the first and counts the rest', () => {
    const { text } = renderEmail(layOut('While it was quiet: 45 alerts', many, URL_));
    expect(text).toContain('These came in your quiet hours');
    expect(text).toContain(`And ${45 - ENTRIES_MAX} more`);
  });
});

describe('Slack', () => {
  test('text and blocks; nothing of a network’s words mentions a channel or breaks the marks', () => {
    const { text, blocks } = renderSlack(layOut(alert.title, one, URL_));
    expect(text).toBe('Unknown tracking code at Regatta');
    const words = JSON.stringify(blocks);
    expect(words).toContain('&lt;!channel&gt; &amp; *co*');
    expect(words).toContain('<https://leadline.example.com/issues?open=iss_1|Open the issue>');
  });
  test('keeps to Slack’s limits: 50 blocks, 3,000 characters each', () => {
    const { blocks } = renderSlack(layOut('While it was quiet', many, URL_));
    expect(blocks.length).toBeLessThanOrEqual(50);
    for (const block of blocks) expect(block.text?.text.length ?? 0).toBeLessThanOrEqual(3_000);
    expect(JSON.stringify(blocks)).toContain('And 30 more');
  });
});

describe('webhook', () => {
  test('the body is the same however often it is sent, and its signature is HMAC-SHA256 of "t.body"', () => {
    const delivery = { id: 'alr_1', title: alert.title, createdAt: new Date(0), body: one };
    const body = renderWebhook(delivery, URL_);
    expect(renderWebhook(delivery, URL_)).toBe(body);
    expect(JSON.parse(body)).toMatchObject({
      id: 'alr_1',
      type: 'alert.raised',
      alerts: [{ subject: 'issue:iss_1', url: `${URL_}/issues?open=iss_1`, moneyUnknown: 3 }],
    });
    const signature = signatureOf('a secret of sixteen', 1_778_594_529_999, body);
    const v1 = createHmac('sha256', 'a secret of sixteen').update(`1778594529.${body}`).digest('hex');
    expect(signature).toBe(`t=1778594529,v1=${v1}`);
  });
});

describe('answers', () => {
  const response = (status: number, body = '', headers: Record<string, string> = {}) =>
    readAnswer(
      {
        kind: 'response',
        status,
        headers,
        body: Buffer.from(body),
        bodyBytes: body.length,
        truncated: false,
        durationMs: 1,
      },
      0,
    );
  test('any 2xx is taken; what is not says what the other side said', () => {
    expect(response(204)).toMatchObject({ ok: true, status: 204 });
    expect(response(404, 'no_service')).toMatchObject({
      ok: false,
      final: false,
      words: 'It answered 404: no_service',
    });
    expect(response(429, '', { 'retry-after': '90' })).toMatchObject({ ok: false, askedMs: 90_000 });
  });
  test('a redirect is not followed, and said so', () => {
    expect(response(302, '', { location: 'https://else.example' })).toMatchObject({
      ok: false,
      final: true,
      words: expect.stringContaining('do not follow'),
    });
  });
  test('a private address is refused for good until somebody allows it', () => {
    const answer = readAnswer(
      {
        kind: 'failure',
        failure: 'blocked_address',
        message: '10.0.0.1 is a private address',
        maySent: false,
        durationMs: 0,
      },
      0,
    );
    expect(answer).toMatchObject({ ok: false, final: true, status: null });
    expect(answer.words).toContain('does not send there: 10.0.0.1 is a private address');
  });
});
