import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  changeEndpoint,
  findEndpoint,
  getEvent,
  listEndpoints,
  receiveEvent,
  replayEvent,
  rotateEndpointSecret,
} from '#app/modules/webhooks/index.server.ts';
import { BODY_MAX } from '#app/modules/webhooks/schema.ts';
import { fixture, fixtureText, requestOf, signers } from '#app/modules/webhooks/sources/testing/samples.ts';
import { TurnableClock } from '#app/platform/clock.ts';
import { startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { seedRegatta } from '#app/practice/seed.ts';
import { temporaryDatabase } from '../factories/test-ctx.ts';
import { startLeadline } from '../setup/leadline.ts';
import { DAY_MS, maya } from '../setup/refund-kit.ts';
import { until } from '../setup/wait.ts';
import { SECRETS, startWebhookKit, stripePayment } from '../setup/webhook-kit.ts';

describe('POST /webhooks/:source/:endpoint', () => {
  test('RG-16 a paid checkout becomes a conversion and a lead; the same event again changes nothing', async () => {
    const kit = await startWebhookKit();
    await kit.addEndpoint('stripe');
    const payment = stripePayment(kit.codeOf('springStarter'));
    const event = payment.session_completed();
    const first = await kit.post('stripe', event);
    expect(first).toMatchObject({ status: 200, json: { data: { state: 'handled' } } });
    const lead = await kit.leadOf(payment.intent);
    expect(lead).toMatchObject({ externalId: payment.session });
    const again = await Promise.all(Array.from({ length: 6 }, () => kit.post('stripe', event)));
    expect(again.map(({ status, json }) => [status, json.data.id])).toEqual(
      Array.from({ length: 6 }, () => [200, first.json.data.id]),
    );
    expect(await kit.event(first.json.data.id)).toMatchObject({ deliveries: 7, state: 'handled' });
    expect(await kit.prisma.conversion.count({ where: { externalId: payment.session } })).toBe(1);
    const refs = await kit.prisma.paymentRef.findMany({ where: { conversionId: lead.conversionId } });
    expect(Object.fromEntries(refs.map(({ paymentId, kind }) => [paymentId, kind]))).toMatchObject({
      [payment.session]: 'session',
      [payment.intent]: 'payment_intent',
    });
    // the headers are in the clear of any signature, and so is the body
    const kept = await getEvent(kit.ctx, first.json.data.id);
    expect(JSON.parse(kept.body)).toEqual(event);
    expect(JSON.stringify(kept)).not.toContain('v1=');
  });

  test('the same new event eight times at once is one event and one conversion', async () => {
    const kit = await startWebhookKit();
    await kit.addEndpoint('stripe');
    const payment = stripePayment(kit.codeOf('springStarter'));
    const event = payment.session_completed();
    const answers = await Promise.all(Array.from({ length: 8 }, () => kit.post('stripe', event)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ json }) => json.data.id)).size).toBe(1);
    expect(await kit.prisma.webhookEvent.count()).toBe(1);
    expect(await kit.prisma.conversion.count()).toBe(1);
  });

  test('what is not signed by the endpoint is refused with a word, kept without its signature, and does nothing', async () => {
    const kit = await startWebhookKit();
    await kit.addEndpoint('stripe');
    await kit.addEndpoint('stripe', 'other', 'whsec_of_the_other_endpoint');
    const raw = Buffer.from(fixtureText('stripe', 'checkout.session.completed'));
    const now = kit.clock.now();
    const cases: [string, Promise<{ status: number; json: { error: { code: string; message: string } } }>][] =
      [
        ['No secret', kit.send('stripe', raw, { secret: 'whsec_of_the_other_endpoint' })],
        ['No secret', kit.send('stripe', raw, { name: 'other' })],
        ['ago', kit.send('stripe', raw, { at: now - 301_000 })],
        ['in the future', kit.send('stripe', raw, { at: now + 302_000 })],
        ['missing', kit.send('stripe', raw, { headers: { 'stripe-signature': '' } })],
        ['does not hold', kit.send('stripe', raw, { headers: { 'stripe-signature': 't=1,v1=' } })],
        [
          'No secret',
          kit.send('stripe', Buffer.concat([raw, Buffer.from('\n')]), {
            headers: signers.stripe(raw, SECRETS.stripe, now),
          }),
        ],
      ];
    for (const [word, answer] of cases) {
      const { status, json } = await answer;
      expect([status, json.error.code]).toEqual([400, 'VALIDATION_ERROR']);
      expect(json.error.message).toContain(word);
    }
    const events = await kit.prisma.webhookEvent.findMany();
    expect(events).toHaveLength(cases.length);
    for (const event of events)
      expect(event).toMatchObject({ verdict: 'refused', state: 'refused', eventId: null });
    expect(/whsec_the|whsec_of|v1=[0-9a-f]/.test(JSON.stringify(events))).toBe(false);
    expect(await kit.prisma.conversion.count()).toBe(0);
  });

  test('an unknown, a disabled, and no endpoint at all are 404 alike', async () => {
    const kit = await startWebhookKit();
    const { id } = await kit.addEndpoint('stripe');
    const event = fixture('stripe', 'refund.created');
    expect((await kit.post('stripe', event, { name: 'nowhere' })).status).toBe(404);
    expect((await kit.post('paddle', event)).status).toBe(404);
    await changeEndpoint(kit.ctx, { id, change: { enabled: false }, actor: maya });
    expect((await kit.post('stripe', event)).status).toBe(404);
    for (const [method, route] of [
      ['POST', '/webhooks/paypal/default'],
      ['GET', '/webhooks/stripe/default'],
      ['POST', '/webhooks/stripe/default/more'],
    ])
      expect((await fetch(kit.leadline.url + route, { method: method ?? '' })).status).toBe(404);
    expect(await kit.prisma.webhookEvent.count()).toBe(0);
  });

  test('1 MB is read, a byte more is 413 before anything, however it is sent', async () => {
    const kit = await startWebhookKit();
    await kit.addEndpoint('stripe');
    const whole = Buffer.alloc(BODY_MAX, 'x');
    expect((await kit.send('stripe', whole, { secret: 'whsec_another' })).status).toBe(400);
    expect(await kit.prisma.webhookEvent.findFirst()).toMatchObject({
      bodyBytes: BODY_MAX,
      body: 'x'.repeat(4096),
    });
    const more = Buffer.alloc(BODY_MAX + 1, 'x');
    expect(await kit.send('stripe', more)).toMatchObject({
      status: 413,
      json: { error: { code: 'TOO_LARGE' } },
    });
    const streamed = await fetch(`${kit.leadline.url}/webhooks/stripe/default`, {
      method: 'POST',
      headers: signers.stripe(more, SECRETS.stripe, kit.clock.now()),
      body: new Blob([more]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(streamed.status).toBe(413);
    expect(await kit.prisma.webhookEvent.count()).toBe(1);
  });

  test('signed rightly but not to be read: kept as it came, answered 200, failed in plain words, again when it is replayed', async () => {
    const kit = await startWebhookKit();
    await kit.addEndpoint('paddle');
    const notText = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]);
    const cases: [Buffer, string][] = [
      [notText, 'not UTF-8'],
      [Buffer.from('{"event_id": '), 'not JSON'],
      [Buffer.from('{}'), 'event_id'],
      [Buffer.from('{"event_id":"a\\u0000b","event_type":"x"}'), 'event_id'],
    ];
    for (const [raw, word] of cases) {
      const { status, json } = await kit.send('paddle', raw);
      expect([status, json.data.state]).toEqual([200, 'failed']);
      expect(await kit.event(json.data.id)).toMatchObject({
        verdict: 'verified',
        state: 'failed',
        error: expect.stringContaining(word),
      });
      const kept = await getEvent(kit.ctx, json.data.id);
      expect(Buffer.from(kept.body, kept.bodyEncoding)).toEqual(raw);
      const replayed = await replayEvent(kit.ctx, kit.webhooks, { id: json.data.id, actor: maya });
      expect(replayed).toMatchObject({ state: 'failed', error: expect.stringContaining(word) });
    }
  });

  test('refused deliveries are bounded: 60 a minute are written down, and 200 are kept', async () => {
    const kit = await startWebhookKit();
    await kit.addEndpoint('paddle');
    const raw = Buffer.from('{}');
    for (let i = 0; i < 62; i++)
      expect((await kit.send('paddle', raw, { secret: 'pdl_ntfset_wrong' })).status).toBe(400);
    expect(await kit.prisma.webhookEvent.count()).toBe(60);
    const endpoint = await findEndpoint(kit.ctx.store, 'paddle', 'default');
    if (!endpoint) throw new Error('the endpoint is gone');
    for (let i = 0; i < 145; i++)
      await receiveEvent(kit.ctx, endpoint, requestOf(Buffer.from(`{"n":${i}}`), {}));
    expect(await kit.prisma.webhookEvent.count()).toBe(200);
    const newest = await kit.prisma.webhookEvent.findFirst({ orderBy: { id: 'desc' } });
    expect(newest?.body).toBe('{"n":144}');
    const [view] = await listEndpoints(kit.ctx);
    expect(view).toMatchObject({ troubled: 200, lastEventAt: null });
  });

  test('a secret is rotated: two are valid at once, until the old one ends or is ended', async () => {
    const kit = await startWebhookKit();
    const { id } = await kit.addEndpoint('paddle');
    const next = 'pdl_ntfset_the_next_secret';
    const sent = async (secret: string) => (await kit.send('paddle', Buffer.from('{}'), { secret })).status;
    await rotateEndpointSecret(kit.ctx, { id, secret: next, actor: maya });
    expect([await sent(SECRETS.paddle), await sent(next)]).toEqual([200, 200]);
    const [during] = await listEndpoints(kit.ctx);
    expect(during?.secrets.map(({ endsAt }) => endsAt === null)).toEqual([true, false]);
    await kit.pass(DAY_MS + 1000);
    expect([await sent(SECRETS.paddle), await sent(next)]).toEqual([400, 200]);
    await rotateEndpointSecret(kit.ctx, { id, secret: 'pdl_ntfset_a_third_one', actor: maya });
    await changeEndpoint(kit.ctx, { id, change: { endOldSecret: true }, actor: maya });
    expect([await sent(next), await sent('pdl_ntfset_a_third_one')]).toEqual([400, 200]);
    const audit = await kit.prisma.auditEntry.findMany({ where: { subjectType: 'webhook_endpoint' } });
    expect(audit.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        'webhook_endpoint_added',
        'webhook_secret_rotated',
        'webhook_endpoint_changed',
      ]),
    );
    expect(JSON.stringify(audit)).not.toMatch(/pdl_ntfset_/);
    const row = await kit.prisma.webhookEndpoint.findUniqueOrThrow({ where: { id } });
    expect(JSON.stringify(row)).not.toContain('a_third');
  });
});

describe('from the environment, and after a crash', () => {
  test('with a secret set /webhooks/<source>/default exists and follows it; what was cut off is taken up at the next start', async () => {
    const regatta = await startPracticeRegatta();
    const seed = seedRegatta(regatta);
    const dataDir = mkdtempSync(path.join(tmpdir(), 'leadline-webhooks-'));
    const own = process.env.TEST_DATABASE_URL ? await temporaryDatabase(process.env.TEST_DATABASE_URL) : null;
    const clock = new TurnableClock();
    const start = (env: Record<string, string>) =>
      startLeadline({
        regattaBaseUrl: regatta.baseUrl,
        regattaKey: seed.apiKey,
        dataDir,
        clock,
        env,
        ...(own ? { databaseUrl: own.url } : {}),
      });
    onTestFinished(async () => {
      await regatta.stop();
      await own?.drop();
      rmSync(dataDir, { recursive: true, force: true });
    });
    const code = seed.enrollments.find(
      (one) => one.campaignId === seed.campaigns.springStarter.id,
    )?.trackingCode;
    const payment = stripePayment(code ?? '');
    const raw = Buffer.from(JSON.stringify(payment.session_completed()));

    const before = await start({ STRIPE_WEBHOOK_SECRET: SECRETS.stripe });
    const { ctx } = before.runtime;
    const endpoint = await findEndpoint(ctx.store, 'stripe', 'default');
    expect(endpoint).toMatchObject({ origin: 'env', enabled: true });
    expect(await findEndpoint(ctx.store, 'shopify', 'default')).toBeNull();
    if (!endpoint) throw new Error('the endpoint is not there');
    // durable, and then nothing more: what a kill between the two leaves behind
    const request = requestOf(raw, signers.stripe(raw, SECRETS.stripe, clock.now()));
    const received = await receiveEvent(ctx, endpoint, request);
    expect(received.kind).toBe('stored');
    expect(await ctx.store.prisma.conversion.count()).toBe(0);
    await before.stop();

    clock.advance(6_000);
    const after = await start({
      STRIPE_WEBHOOK_SECRET: 'whsec_the_secret_was_changed',
      SHOPIFY_WEBHOOK_SECRET: SECRETS.shopify,
    });
    const { prisma } = after.runtime.ctx.store;
    await until(
      'the event handled',
      async () => (await prisma.webhookEvent.findFirst())?.state === 'handled',
    );
    expect(await prisma.conversion.count({ where: { externalId: payment.session } })).toBe(1);
    const views = await listEndpoints(after.runtime.ctx);
    expect(views.map(({ path, network, secrets }) => [path, network, secrets.length])).toEqual([
      ['/webhooks/shopify/default', 'regatta', 1],
      ['/webhooks/stripe/default', 'regatta', 2],
    ]);
    await after.stop();
  });
});
