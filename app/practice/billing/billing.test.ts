import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import Stripe from 'stripe';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listenOnLoopback, stopListening } from '../loopback.ts';
import { seededRandom } from '../random.ts';
import { createBilling, type SourceId } from './index.ts';

const NOW = Date.parse('2026-11-20T10:00:00.000Z');
const SECRETS = {
  stripe: 'whsec_practice',
  shopify: 'shpss_practice',
  paddle: 'pdl_ntfset_practice',
} as const;

type Got = { path: string; headers: NodeJS.Dict<string | string[]>; raw: string };

/** Stands where Leadline would and keeps the bytes. */
async function start() {
  const got: Got[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    got.push({ path: request.url ?? '', headers: request.headers, raw: Buffer.concat(chunks).toString() });
    response.writeHead(200).end('{}');
  });
  const port = await listenOnLoopback(server, 0);
  onTestFinished(() => stopListening(server));
  const endpoint = (source: SourceId) => ({
    url: `http://127.0.0.1:${port}/webhooks/${source}/default`,
    secret: SECRETS[source],
  });
  const billing = createBilling({
    endpoints: { stripe: endpoint('stripe'), shopify: endpoint('shopify'), paddle: endpoint('paddle') },
    random: seededRandom(1),
    now: () => NOW,
  });
  const body = (i: number) => JSON.parse(got[i]?.raw ?? 'null');
  const types = () =>
    got.map(({ raw, headers }) => {
      const event = JSON.parse(raw) as { type?: string; event_type?: string };
      return event.type ?? event.event_type ?? headers['x-shopify-topic'];
    });
  return { billing, got, body, types };
}

const order = { source: 'stripe', orderId: 'FS-1', amountCents: 4_900, ref: 'M4TSbpS8' } as const;
const signedBy = (one: Got | undefined, secret: string): unknown =>
  Stripe.webhooks.signature?.verifyHeader(
    one?.raw ?? '',
    String(one?.headers['stripe-signature']),
    secret,
    0,
  );

describe('what is sent', () => {
  test('RG-39 Stripe: session, refund and charge hang together by their ids, and its own library verifies them', async () => {
    const { billing, got, body, types } = await start();
    await billing.pay(order);
    await billing.refund({ key: 'FS-1', amountCents: 1_000 });
    await billing.refund({ key: 'FS-1' });
    expect(types()).toEqual([
      'checkout.session.completed',
      'refund.created',
      'charge.refunded',
      'refund.created',
      'charge.refunded',
    ]);
    for (const one of got) expect(signedBy(one, SECRETS.stripe)).toBe(true);
    const session = body(0).data.object;
    expect(session).toMatchObject({
      amount_total: 4_900,
      client_reference_id: 'FS-1',
      currency: 'usd',
      metadata: { rgta_ref: 'M4TSbpS8' },
      payment_status: 'paid',
    });
    const [refund, charge, rest, all] = [1, 2, 3, 4].map((i) => body(i).data.object);
    expect(refund).toMatchObject({
      amount: 1_000,
      payment_intent: session.payment_intent,
      charge: charge.id,
    });
    expect(charge).toMatchObject({ amount_refunded: 1_000, refunded: false });
    expect(rest).toMatchObject({ amount: 3_900, charge: charge.id });
    expect(all).toMatchObject({ id: charge.id, amount_refunded: 4_900, refunded: true });
    expect(new Set(got.map((_, i) => body(i).id)).size).toBe(5);
    expect(body(0).created).toBe(NOW / 1000);
  });

  test('RG-39 Stripe: a debit that is paid later, a refund that fails, a chargeback that is won', async () => {
    const { billing, body, types } = await start();
    await billing.pay({ ...order, unpaid: true });
    await billing.settle({ key: 'FS-1', status: 'paid' });
    const { payment } = await billing.refund({ key: 'FS-1', status: 'pending' });
    await billing.settleRefund({ id: payment.refunds[0]?.id, status: 'failed' });
    const disputed = await billing.dispute({ key: payment.ids.charge });
    await billing.closeDispute({ id: disputed.payment.dispute?.id, outcome: 'won' });
    expect(types()).toEqual([
      'checkout.session.completed',
      'checkout.session.async_payment_succeeded',
      'refund.created',
      'charge.refunded',
      'refund.updated',
      'refund.failed',
      'charge.dispute.created',
      'charge.dispute.closed',
    ]);
    expect([0, 1].map((i) => body(i).data.object.payment_status)).toEqual(['unpaid', 'paid']);
    expect([2, 5, 6, 7].map((i) => body(i).data.object.status)).toEqual([
      'pending',
      'failed',
      'needs_response',
      'won',
    ]);
    expect(body(7).data.object.id).toBe(body(6).data.object.id);
  });

  test('RG-39 Stripe: a subscription pays by invoice, again and again', async () => {
    const { billing, body, types } = await start();
    await billing.pay({ ...order, subscription: true });
    await billing.renew({ key: 'FS-1' });
    expect(types()).toEqual([
      'invoice.payment_succeeded',
      'invoice_payment.paid',
      'checkout.session.completed',
      'invoice.payment_succeeded',
      'invoice_payment.paid',
    ]);
    const [first, paid, session, second] = [0, 1, 2, 3].map((i) => body(i).data.object);
    expect([first.billing_reason, second.billing_reason]).toEqual([
      'subscription_create',
      'subscription_cycle',
    ]);
    expect(session.invoice).toBe(first.id);
    expect(paid).toMatchObject({
      invoice: first.id,
      payment: { payment_intent: expect.stringMatching(/^pi_/) },
    });
    expect(second.id).not.toBe(first.id);
    expect(second.parent.subscription_details.subscription).toBe(session.subscription);
  });

  test('RG-39 Shopify: order and refund in decimal money, signed over the raw bytes', async () => {
    const { billing, got, body } = await start();
    await billing.pay({ ...order, source: 'shopify', amountCents: 4_905 });
    await billing.pay({ ...order, source: 'shopify', orderId: 'FS-2', currency: 'JPY' });
    await billing.refund({ key: 'FS-1', amountCents: 5 });
    for (const { raw, headers } of got)
      expect(headers['x-shopify-hmac-sha256']).toBe(
        createHmac('sha256', SECRETS.shopify).update(raw).digest('base64'),
      );
    expect(got.map(({ headers }) => headers['x-shopify-topic'])).toEqual([
      'orders/paid',
      'orders/paid',
      'refunds/create',
    ]);
    expect([body(0).total_price, body(1).total_price]).toEqual(['49.05', '4900']);
    expect(body(0).note_attributes).toEqual([{ name: 'rgta_ref', value: 'M4TSbpS8' }]);
    expect(body(2)).toMatchObject({
      order_id: body(0).id,
      transactions: [{ kind: 'refund', status: 'success', amount: '0.05', currency: 'USD' }],
    });
  });

  test('RG-39 Paddle: transaction, refund that waits for approval, chargeback and its reversal', async () => {
    const { billing, got, body, types } = await start();
    await billing.pay({ ...order, source: 'paddle' });
    const { payment } = await billing.refund({ key: 'FS-1', amountCents: 900, status: 'pending' });
    await billing.settleRefund({ id: payment.refunds[0]?.id, status: 'succeeded' });
    const { payment: disputed } = await billing.dispute({ key: 'FS-1' });
    await billing.closeDispute({ id: disputed.dispute?.id, outcome: 'won' });
    await billing.pay({ ...order, source: 'paddle', orderId: 'FS-2', unpaid: true });
    await billing.settle({ key: 'FS-2', status: 'failed' });
    expect(types()).toEqual([
      'transaction.completed',
      'adjustment.created',
      'adjustment.updated',
      'adjustment.created',
      'adjustment.created',
      'transaction.payment_failed',
    ]);
    for (const { raw, headers } of got) {
      const [, ts, h1] = /^ts=(\d+);h1=([0-9a-f]{64})$/.exec(String(headers['paddle-signature'])) ?? [];
      expect(Number(ts)).toBe(NOW / 1000);
      expect(h1).toBe(createHmac('sha256', SECRETS.paddle).update(`${ts}:${raw}`).digest('hex'));
    }
    expect([1, 2, 3, 4].map((i) => [body(i).data.action, body(i).data.status])).toEqual([
      ['refund', 'pending_approval'],
      ['refund', 'approved'],
      ['chargeback', 'approved'],
      ['chargeback_reverse', 'approved'],
    ]);
    expect(body(2).data.id).toBe(body(1).data.id);
    expect(body(3).data.transaction_id).toBe(body(0).data.id);
    expect(body(0).data.custom_data).toEqual({ order_id: 'FS-1', rgta_ref: 'M4TSbpS8' });
  });

  test('RG-39 the books refuse what no provider does: more back than was paid, twice the same order', async () => {
    const { billing, got } = await start();
    await billing.pay({ ...order, tell: false });
    await expect(billing.pay(order)).rejects.toThrow('paid for already');
    await billing.refund({ key: 'FS-1', amountCents: 4_000 });
    await expect(billing.refund({ key: 'FS-1', amountCents: 901 })).rejects.toThrow('900 can still go back');
    await expect(billing.refund({ key: 'nobody' })).rejects.toThrow('nobody');
    expect(got).toHaveLength(2);
  });
});

describe('faults', () => {
  test('RG-39 repeat sends the same event again, each time newly signed', async () => {
    const { billing, got } = await start();
    billing.setFaults([{ kind: 'repeat', times: 2, remaining: 1 }]);
    await billing.pay(order);
    expect(got).toHaveLength(3);
    expect(new Set(got.map(({ raw }) => raw)).size).toBe(1);
    await billing.refund({ key: 'FS-1' });
    expect(got).toHaveLength(5);
  });

  test('RG-39 out of order comes after the next event, late only when it is released', async () => {
    const { billing, types } = await start();
    await billing.pay({ ...order, tell: false });
    billing.setFaults([{ kind: 'out_of_order', type: 'refund.created', remaining: 1 }]);
    await billing.refund({ key: 'FS-1', amountCents: 100 });
    expect(types()).toEqual(['charge.refunded', 'refund.created']);
    billing.setFaults([{ kind: 'late', type: 'charge.dispute.created' }]);
    await billing.dispute({ key: 'FS-1' });
    expect(types()).toHaveLength(2);
    await billing.release();
    expect(types()).toEqual(['charge.refunded', 'refund.created', 'charge.dispute.created']);
  });

  test('RG-39 wrong secret, tampered, unsigned: none verifies; the event sent again does', async () => {
    const { billing, got } = await start();
    billing.setFaults([
      { kind: 'wrong_secret', remaining: 1 },
      { kind: 'tampered', remaining: 1 },
      { kind: 'no_signature', remaining: 1 },
    ]);
    for (const orderId of ['FS-1', 'FS-2', 'FS-3']) await billing.pay({ ...order, orderId });
    expect(got[2]?.headers['stripe-signature']).toBeUndefined();
    expect(() => signedBy(got[0], SECRETS.stripe)).toThrow();
    expect(() => signedBy(got[1], SECRETS.stripe)).toThrow();
    expect(JSON.parse(got[1]?.raw ?? '').data.object.client_reference_id).toBe('FS-2');
    const { deliveries } = billing.deliveries();
    expect(deliveries.map(({ fault }) => fault)).toEqual(['wrong_secret', 'tampered', 'no_signature']);
    await billing.resend(String(deliveries[1]?.eventId));
    expect(signedBy(got[3], SECRETS.stripe)).toBe(true);
  });

  test('RG-39 an old time is signed as such, and the practice clock moves what is signed', async () => {
    const { billing, got } = await start();
    const times = () =>
      got.map(({ headers }) => Number(/t=(\d+)/.exec(String(headers['stripe-signature']))?.[1]));
    billing.setFaults([{ kind: 'old_timestamp', ageSeconds: 600, remaining: 1 }]);
    await billing.pay(order);
    billing.changeClock({ offsetMs: -86_400_000 });
    await billing.refund({ key: 'FS-1' });
    expect(times()).toEqual([NOW / 1000 - 600, NOW / 1000 - 86_400, NOW / 1000 - 86_400]);
  });

  test('RG-39 what nobody answers is written down', async () => {
    const billing = createBilling({
      endpoints: { stripe: { url: 'http://127.0.0.1:9/webhooks/stripe/default', secret: 's' } },
    });
    const { deliveries } = await billing.pay(order);
    expect(deliveries).toMatchObject([{ status: null, answer: expect.stringContaining('fetch failed') }]);
  });
});
