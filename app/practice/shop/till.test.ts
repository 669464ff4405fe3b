import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { createBilling } from '../billing/index.ts';
import { listenOnLoopback, stopListening } from '../loopback.ts';
import { startPracticeShop } from './index.ts';

/** A shop with a till, and a Leadline that keeps what it is told. */
async function start() {
  const webhooks: { type: string; data: { object: Record<string, unknown> } }[] = [];
  const leadline = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    if (request.url?.startsWith('/webhooks/')) webhooks.push(JSON.parse(text));
    response.writeHead(202, { 'content-type': 'application/json' }).end('{"success":true}');
  });
  const port = await listenOnLoopback(leadline, 0);
  onTestFinished(() => stopListening(leadline));
  const leadlineUrl = `http://127.0.0.1:${port}`;
  const log: string[] = [];
  const billing = createBilling({
    endpoints: { stripe: { url: `${leadlineUrl}/webhooks/stripe/default`, secret: 'whsec_practice' } },
  });
  const shop = await startPracticeShop({
    leadlineUrl,
    apiKey: 'll_x',
    billing,
    log: (line) => log.push(line),
  });
  onTestFinished(() => shop.stop());
  const cookie = 'fernhill_visitor=v1';
  const post = (path: string, form: Record<string, string>, as = cookie) =>
    fetch(shop.url + path, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { cookie: as },
      redirect: 'manual',
    });
  const placed = await post('/orders', { product: 'pantry-starter', checkout: 'c1', email: 'a@b.example' });
  const path = placed.headers.get('location') ?? '';
  const page = async () => (await fetch(shop.url + path, { headers: { cookie } })).text();
  return { shop, webhooks, log, post, path, page };
}

test.each([
  ['returned', ['refund.created', 'charge.refunded'], 4_900, 'whole amount'],
  ['half', ['refund.created', 'charge.refunded'], 2_450, 'Half'],
  ['disputed', ['charge.dispute.created'], 4_900, 'bank has taken'],
] as const)(
  'RG-39 an order is %s: Stripe tells Leadline under the payment of the order',
  async (how, types, amount, words) => {
    const { shop, webhooks, log, post, path, page } = await start();
    await shop.idle();
    expect(webhooks).toEqual([]);
    expect(await page()).toContain('Send it back');
    for (let i = 0; i < 2; i++) expect((await post(`${path}/money-back`, { how })).status).toBe(303);
    await shop.idle();
    expect(webhooks.map(({ type }) => type)).toEqual(types);
    const [order] = shop.orders();
    expect(webhooks[0]?.data.object).toMatchObject({ amount, payment_intent: order?.paymentId });
    expect(await page()).toContain(words);
    expect(log).toEqual([]);
  },
);

test('RG-39 somebody else’s order, or a way that there is not, gives nothing back', async () => {
  const { shop, webhooks, post, path } = await start();
  expect((await post(`${path}/money-back`, { how: 'returned' }, 'fernhill_visitor=v2')).status).toBe(404);
  expect((await post(`${path}/money-back`, { how: 'double' })).status).toBe(404);
  expect((await post('/orders/FS-none/money-back', { how: 'returned' })).status).toBe(404);
  await shop.idle();
  expect(webhooks).toEqual([]);
});
