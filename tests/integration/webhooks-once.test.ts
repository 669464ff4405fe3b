import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  changeEndpoint,
  createEndpoint,
  processWaiting,
  type WebhookDeps,
} from '#app/modules/webhooks/index.server.ts';
import { fixture, signers } from '#app/modules/webhooks/sources/testing/samples.ts';
import { TurnableClock } from '#app/platform/clock.ts';
import { startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { seedRegatta } from '#app/practice/seed.ts';
import { temporaryDatabase } from '../factories/test-ctx.ts';
import { startLeadline } from '../setup/leadline.ts';
import { DAY_MS, maya } from '../setup/refund-kit.ts';
import { until } from '../setup/wait.ts';
import { fresh, SECRETS, startWebhookKit } from '../setup/webhook-kit.ts';

/** Two Leadlines on one store, as two processes are: neither knows what the other is doing. */
async function startTwo() {
  const regatta = await startPracticeRegatta();
  const seed = seedRegatta(regatta);
  const dataDir = mkdtempSync(path.join(tmpdir(), 'leadline-two-'));
  const own = process.env.TEST_DATABASE_URL ? await temporaryDatabase(process.env.TEST_DATABASE_URL) : null;
  const clock = new TurnableClock();
  const start = (role: string) =>
    startLeadline({
      regattaBaseUrl: regatta.baseUrl,
      regattaKey: seed.apiKey,
      databaseUrl: own?.url ?? `file:${path.join(dataDir, 'leadline.db')}`,
      dataDir,
      clock,
      env: { LEADLINE_ROLE: role, LEADLINE_SECRET: 'a secret for tests only, 32 bytes and more' },
    });
  const both = [await start('all'), await start('web')] as const;
  onTestFinished(async () => {
    for (const one of both.toReversed()) await one.stop();
    await regatta.stop();
    await own?.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const [{ runtime }] = both;
  const { prisma } = runtime.ctx.store;
  const { id: accountId } = await prisma.networkAccount.findUniqueOrThrow({ where: { name: 'regatta' } });
  const endpoint = { source: 'stripe', name: 'default', accountId, secret: SECRETS.stripe } as const;
  const { id } = await createEndpoint(runtime.ctx, { endpoint, actor: maya });
  // subscriptions are told by their invoices alone, the first one too
  const mapping = { subscriptionsByCheckout: false };
  await changeEndpoint(runtime.ctx, { id, change: { mapping }, actor: maya });
  const deps: WebhookDeps = { intake: runtime.intake, disputes: runtime.wiring.disputes };
  const code = seed.campaigns.springStarter.testTrackingCode;
  return { both, clock, ctx: runtime.ctx, prisma, deps, code };
}

const invoice = (id: string, subscription: string, ref: string, reason = 'subscription_cycle') =>
  fixture('stripe', 'invoice.payment_succeeded', {
    id: `evt_of_${id}`,
    'data.object.id': id,
    'data.object.billing_reason': reason,
    'data.object.parent.subscription_details.subscription': subscription,
    'data.object.parent.subscription_details.metadata': { rgta_ref: ref },
  });

describe('the first payment of a subscription', () => {
  test.each([
    ['two renewals', 'subscription_cycle'],
    ['its beginning and a renewal', 'subscription_create'],
  ])(
    'two processes that take two payments in at the same instant report one of them: %s',
    async (_which, reason) => {
      const two = await startTwo();
      const send = async (server: { url: string }, event: unknown) => {
        const raw = Buffer.from(JSON.stringify(event));
        const response = await fetch(`${server.url}/webhooks/stripe/default`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...signers.stripe(raw, SECRETS.stripe, two.clock.now()),
          },
          body: new Uint8Array(raw),
        });
        expect(response.status).toBe(200);
      };
      const subscriptions = Array.from({ length: 12 }, () => `sub_${fresh()}`);
      await Promise.all(
        subscriptions.flatMap((subscription) =>
          two.both.map((server, i) =>
            send(
              server,
              invoice(`in_${subscription}_${i}`, subscription, two.code, i === 0 ? reason : undefined),
            ),
          ),
        ),
      );
      // one that was still being written while the other looked comes back to it, on a slow machine more than once
      await until('all are taken up', async () => {
        two.clock.advance(6_000);
        await processWaiting(two.ctx, two.deps);
        return (await two.prisma.webhookEvent.count({ where: { state: 'waiting' } })) === 0;
      });
      const counts = await Promise.all(
        subscriptions.map((subscription) =>
          two.prisma.conversion.count({
            where: { externalId: { in: [`in_${subscription}_0`, `in_${subscription}_1`] } },
          }),
        ),
      );
      expect(counts).toEqual(subscriptions.map(() => 1));
      const states = await two.prisma.webhookEvent.groupBy({ by: ['state'], _count: true });
      expect(Object.fromEntries(states.map(({ state, _count }) => [state, _count]))).toEqual({
        handled: 12,
        ignored: 12,
      });
    },
  );

  test('one whose payment is still being written waits, and takes its place where that never ends', async () => {
    const kit = await startWebhookKit();
    await kit.addEndpoint('stripe');
    const subscription = `sub_${fresh()}`;
    const { accountId } = kit;
    // another process claimed it, and died before it wrote the conversion
    await kit.prisma.firstPayment.create({
      data: { accountId, subscription, externalId: 'in_gone', createdAt: new Date(kit.clock.now()) },
    });
    const id = `in_${fresh()}`;
    const { json } = await kit.post('stripe', invoice(id, subscription, kit.codeOf('springStarter')));
    expect(json.data.state).toBe('waiting');
    expect((await kit.event(json.data.id)).error).toContain('is being taken in');
    kit.clock.advance(6_000);
    await processWaiting(kit.ctx, kit.webhooks);
    expect((await kit.event(json.data.id)).state).toBe('waiting');
    kit.clock.advance(DAY_MS);
    await processWaiting(kit.ctx, kit.webhooks);
    expect((await kit.event(json.data.id)).state).toBe('handled');
    expect(await kit.prisma.firstPayment.findMany({ where: { subscription } })).toMatchObject([
      { externalId: id },
    ]);
  });

  test('one that cannot be reported gives its place up', async () => {
    const kit = await startWebhookKit();
    await kit.addEndpoint('stripe');
    const subscription = `sub_${fresh()}`;
    const [bad, good] = [`in_${fresh()}`, `in_${fresh()}`];
    const broken = invoice(bad, subscription, kit.codeOf('springStarter'));
    // the order is known with another amount already, so this one is a conflict
    await kit.leadline.call('POST', '/api/v1/conversions', {
      externalId: bad,
      eventType: 'PURCHASE',
      revenueCents: 1,
      currency: 'USD',
      ref: kit.codeOf('springStarter'),
    });
    expect((await kit.post('stripe', broken)).json.data.state).toBe('failed');
    const next = await kit.post('stripe', invoice(good, subscription, kit.codeOf('springStarter')));
    expect(next.json.data.state).toBe('handled');
  });
});

describe('a reversal that names only its payment', () => {
  const paddle = (transaction: string) => {
    const made = (action: string, id: string, at: string) =>
      fixture('paddle', 'adjustment.updated', {
        event_id: `evt_${fresh()}`,
        occurred_at: at,
        'data.id': id,
        'data.action': action,
        'data.status': 'approved',
        'data.transaction_id': transaction,
        'data.created_at': at,
      });
    const [one, two] = [`adj_${fresh()}`, `adj_${fresh()}`];
    return {
      one,
      two,
      events: {
        charged1: made('chargeback', one, '2026-11-20T10:00:00Z'),
        won1: made('chargeback_reverse', `adj_${fresh()}`, '2026-11-20T11:00:00Z'),
        charged2: made('chargeback', two, '2026-11-20T12:00:00Z'),
      },
    };
  };

  test.each([
    ['charged1', 'won1', 'charged2'],
    ['won1', 'charged1', 'charged2'],
    ['won1', 'charged2', 'charged1'],
    ['charged2', 'won1', 'charged1'],
    ['charged2', 'charged1', 'won1'],
    ['charged1', 'charged2', 'won1'],
  ] as const)('is of the chargeback that began before it, in the order %s, %s, %s', async (...order) => {
    const kit = await startWebhookKit();
    await kit.addEndpoint('paddle');
    const { one, two, events } = paddle(`txn_${fresh()}`);
    for (const name of order) await kit.post('paddle', events[name]);
    const refunds = await kit.prisma.refund.findMany({ where: { copyOf: null } });
    expect(Object.fromEntries(refunds.map(({ refundId, reversal }) => [refundId, reversal]))).toEqual({
      [one]: 'won',
      [two]: null,
    });
  });

  test('two that come before their chargebacks are both remembered', async () => {
    const kit = await startWebhookKit();
    await kit.addEndpoint('paddle');
    const { one, two, events } = paddle(`txn_${fresh()}`);
    const won2 = { ...events.won1, event_id: `evt_${fresh()}`, occurred_at: '2026-11-20T13:00:00Z' };
    for (const event of [won2, events.won1, events.won1, events.charged2, events.charged1])
      await kit.post('paddle', event);
    const refunds = await kit.prisma.refund.findMany({ where: { copyOf: null } });
    expect(Object.fromEntries(refunds.map(({ refundId, reversal }) => [refundId, reversal]))).toEqual({
      [one]: 'won',
      [two]: 'won',
    });
    expect(await kit.prisma.earlyReversal.count()).toBe(0);
  });
});
