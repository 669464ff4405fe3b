import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import type { SourceId } from '#app/modules/webhooks/schema.ts';
import { parseBody } from '#app/modules/webhooks/sources/parse.ts';
import { at, type Json, object } from '#app/modules/webhooks/sources/read.ts';
import { fixture } from '#app/modules/webhooks/sources/testing/samples.ts';
import { createBilling } from '#app/practice/billing/index.ts';
import { listenOnLoopback, stopListening } from '#app/practice/loopback.ts';

const SECRET = 'whsec_of_the_practice_billing';

/** All events that the practice billing sends of one payment of each provider, by their types. */
async function played(): Promise<Map<string, Json>> {
  const events = new Map<string, Json>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = parseBody(Buffer.concat(chunks)) as Json;
    const type = body.type ?? body.event_type ?? request.headers['x-shopify-topic'];
    if (typeof type === 'string') events.set(type, body);
    response.writeHead(200).end('{}');
  });
  const port = await listenOnLoopback(server, 0);
  onTestFinished(() => stopListening(server));
  const endpoint = { url: `http://127.0.0.1:${port}/`, secret: SECRET };
  const billing = createBilling({ endpoints: { stripe: endpoint, shopify: endpoint, paddle: endpoint } });
  for (const source of ['stripe', 'shopify', 'paddle'] as const) {
    const key = `order-${source}`;
    const { payment } = await billing.pay({
      source,
      orderId: key,
      amountCents: 4900,
      ref: 'M4TSbpS8',
      subscription: source !== 'shopify',
    });
    expect(payment.status).toBe('paid');
    await billing.refund({ key, amountCents: 900 });
    if (source !== 'shopify') await billing.dispute({ key, amountCents: 1000 });
  }
  return events;
}

const CASES: [SourceId, string, string, string[]][] = [
  ['stripe', 'checkout.session.completed', 'checkout.session.completed', ['data', 'object']],
  ['stripe', 'invoice.payment_succeeded', 'invoice.payment_succeeded', ['data', 'object']],
  ['stripe', 'invoice_payment.paid', 'invoice_payment.paid', ['data', 'object']],
  ['stripe', 'charge.refunded', 'charge.refunded', ['data', 'object']],
  ['stripe', 'refund.created', 'refund.created', ['data', 'object']],
  ['stripe', 'charge.dispute.created', 'charge.dispute.created', ['data', 'object']],
  ['shopify', 'orders/paid', 'orders-paid', []],
  ['shopify', 'refunds/create', 'refunds-create', []],
  ['paddle', 'transaction.completed', 'transaction.completed', ['data']],
  ['paddle', 'adjustment.created', 'adjustment.created', ['data']],
];

test('RG-39 what the practice billing sends holds every field that the recorded samples hold', async () => {
  const events = await played();
  for (const [source, type, name, path] of CASES) {
    const sent = object(at(events.get(type), ...path)) ?? {};
    const recorded = object(at(fixture(source, name), ...path)) ?? {};
    const missing = Object.keys(recorded).filter((field) => !(field in sent));
    expect([type, missing]).toEqual([type, []]);
  }
});
