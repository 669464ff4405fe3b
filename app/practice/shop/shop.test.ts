import { createServer } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listenOnLoopback, stopListening } from '../loopback.ts';
import { type PracticeShop, startPracticeShop } from './index.ts';

type Received = { path: string; authorization: string | undefined; body: Record<string, unknown> };
type Recorder = { url: string; received: Received[]; answerWith(status: number): void };

/** Stands where Leadline would: keeps what arrives and answers with one status. */
async function startRecorder(): Promise<Recorder> {
  const received: Received[] = [];
  let status = 202;
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    received.push({
      path: request.url ?? '',
      authorization: request.headers.authorization,
      body: JSON.parse(text) as Record<string, unknown>,
    });
    response.writeHead(status, { 'content-type': 'application/json' }).end('{"success":true}');
  });
  const port = await listenOnLoopback(server, 0);
  onTestFinished(() => stopListening(server));
  const answerWith = (next: number): void => {
    status = next;
  };
  return { url: `http://127.0.0.1:${port}`, received, answerWith };
}

/** An address where nobody listens any more. */
async function closedAddress(): Promise<string> {
  const server = createServer();
  const port = await listenOnLoopback(server, 0);
  await stopListening(server);
  return `http://127.0.0.1:${port}`;
}

type Rig = { shop: PracticeShop; leadline: Recorder; log: string[] };

async function startRig(leadlineUrl?: string): Promise<Rig> {
  const leadline = await startRecorder();
  const log: string[] = [];
  const shop = await startPracticeShop({
    leadlineUrl: leadlineUrl ?? leadline.url,
    apiKey: 'll_practice',
    log: (line) => log.push(line),
  });
  onTestFinished(() => shop.stop());
  return { shop, leadline, log };
}

/** A browser as far as the shop can tell: it keeps cookies and shows what was set. */
class Browser {
  readonly #base: string;
  readonly jar = new Map<string, string>();
  lastSet: string[] = [];

  constructor(base: string) {
    this.#base = base;
  }

  async open(path: string, form?: Record<string, string>): Promise<Response> {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(`${this.#base}${path}`, {
      method: form ? 'POST' : 'GET',
      body: form ? new URLSearchParams(form) : null,
      headers: { cookie, 'user-agent': 'PracticeBrowser/1' },
      redirect: 'manual',
    });
    this.lastSet = response.headers.getSetCookie();
    for (const line of this.lastSet) {
      const [pair = ''] = line.split(';');
      this.jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return response;
  }

  /** Buys as a person does: opens the product, presses "Buy", reads the confirmation. */
  async buy(slug = 'pantry-starter'): Promise<{ checkout: string; confirmation: string; path: string }> {
    const html = await (await this.open(`/products/${slug}`)).text();
    const checkout = /name="checkout" value="([^"]+)"/.exec(html)?.[1] ?? '';
    expect(checkout).not.toBe('');
    const placed = await this.open('/orders', { product: slug, checkout, email: 'ada@example.com' });
    expect(placed.status).toBe(303);
    const path = placed.headers.get('location') ?? '';
    const page = await this.open(path);
    expect(page.status).toBe(200);
    return { checkout, confirmation: await page.text(), path };
  }
}

describe('capture', () => {
  test.each(['/', '/about', '/products/gift-card', '/no-such-page'])(
    'RG-01 RG-02 RG-06 %s captures the code into a 30-day cookie and reports it',
    async (path) => {
      const { shop, leadline } = await startRig();
      const browser = new Browser(shop.url);
      await browser.open(`${path}?rgta_ref=M4TSbpS8`);
      expect(browser.lastSet).toContain('rgta_ref=M4TSbpS8; Max-Age=2592000; Path=/; SameSite=Lax; HttpOnly');
      await expect.poll(() => leadline.received).toHaveLength(1);
      expect(leadline.received[0]).toEqual({
        path: '/api/v1/captures',
        authorization: 'Bearer ll_practice',
        body: {
          ref: 'M4TSbpS8',
          url: `${shop.url}${path}?rgta_ref=M4TSbpS8`,
          visitorId: browser.jar.get('fernhill_visitor'),
          cookieValue: 'M4TSbpS8',
          network: 'regatta',
        },
      });
    },
  );

  test('RG-03 the first code stays; the blocked one is reported beside the one the cookie holds', async () => {
    const { shop, leadline } = await startRig();
    const browser = new Browser(shop.url);
    await browser.open('/?rgta_ref=FirstOne');
    await browser.open('/about?rgta_ref=Attacker');
    expect(browser.lastSet).toEqual([]);
    expect(browser.jar.get('rgta_ref')).toBe('FirstOne');
    await shop.idle();
    expect(leadline.received.map((one) => [one.body.ref, one.body.cookieValue])).toEqual([
      ['FirstOne', 'FirstOne'],
      ['Attacker', 'FirstOne'],
    ]);
    expect(leadline.received[1]?.body.visitorId).toBe(leadline.received[0]?.body.visitorId);
  });

  test('RG-01 a page without a code, with an empty one or one over 64 characters captures nothing', async () => {
    const { shop, leadline } = await startRig();
    const browser = new Browser(shop.url);
    for (const query of ['', '?rgta_ref=', `?rgta_ref=${'x'.repeat(65)}`]) await browser.open(`/${query}`);
    await shop.idle();
    expect(browser.jar.has('rgta_ref')).toBe(false);
    expect(leadline.received).toEqual([]);
  });

  test('RG-06 odd bytes survive the cookie', async () => {
    const { shop, leadline } = await startRig();
    const browser = new Browser(shop.url);
    const ref = ' a;b=c,%25é" ';
    await browser.open(`/?rgta_ref=${encodeURIComponent(ref)}`);
    await browser.buy();
    await shop.idle();
    expect(leadline.received.map((one) => one.body.ref)).toEqual([ref, ref, undefined]);
    expect(shop.orders()[0]?.ref).toBe(ref);
  });
});

describe('promo', () => {
  test('RG-07 the raw promo is kept, looked up by a normalised copy and sent as the coupon', async () => {
    const { shop, leadline } = await startRig();
    const browser = new Browser(shop.url);
    await browser.open('/?rgta_ref=M4TSbpS8&promo=regatta20');
    expect(browser.lastSet).toContain(
      'rgta_promo=regatta20; Max-Age=2592000; Path=/; SameSite=Lax; HttpOnly',
    );
    await browser.open('/?promo=OTHER');
    expect(browser.jar.get('rgta_promo')).toBe('regatta20');
    await browser.buy();
    await shop.idle();
    const [capture, record, conversion] = leadline.received;
    expect([capture?.body.promo, record?.body.promo]).toEqual(['regatta20', 'regatta20']);
    expect(conversion?.body).toMatchObject({ coupon: 'regatta20', revenueCents: 3920 });
  });

  test('RG-07 RG-52 an unknown promo sells at full price', async () => {
    const { shop, leadline } = await startRig();
    const browser = new Browser(shop.url);
    await browser.open('/?promo=NOSUCH');
    await browser.buy();
    await shop.idle();
    const conversion = leadline.received.at(-1)?.body;
    expect(conversion).toMatchObject({ revenueCents: 4900 });
    expect(conversion).not.toHaveProperty('coupon');
  });
});

describe('buying', () => {
  test('RG-04 RG-13 RG-15 reports the record with the code, then one conversion', async () => {
    const { shop, leadline } = await startRig();
    const browser = new Browser(shop.url);
    await browser.open('/?rgta_ref=M4TSbpS8');
    await browser.buy();
    await shop.idle();
    const [order] = shop.orders();
    expect(leadline.received.map((one) => one.path)).toEqual([
      '/api/v1/captures',
      '/api/v1/records',
      '/api/v1/conversions',
    ]);
    expect(leadline.received[1]?.body).toEqual({
      type: 'order',
      id: order?.id,
      ref: 'M4TSbpS8',
      visitorId: browser.jar.get('fernhill_visitor'),
      network: 'regatta',
    });
    expect(leadline.received[2]?.authorization).toBe('Bearer ll_practice');
    expect(leadline.received[2]?.body).toEqual({
      externalId: order?.id,
      eventType: 'PURCHASE',
      revenueCents: 4900,
      currency: 'USD',
      record: { type: 'order', id: order?.id },
      network: 'regatta',
      occurredAt: order?.placedAt,
      paymentIds: [expect.stringMatching(/^pi_[1-9A-HJ-NP-Za-km-z]{12}$/)],
      customer: { email: 'ada@example.com', ip: '127.0.0.1', userAgent: 'PracticeBrowser/1' },
      metadata: { product: 'pantry-starter', shop: 'practice' },
    });
  });

  test('RG-15 pressing "Buy" twice and reloading the confirmation report one conversion', async () => {
    const { shop, leadline } = await startRig();
    const browser = new Browser(shop.url);
    const { checkout, path } = await browser.buy();
    const again = await browser.open('/orders', {
      product: 'pantry-starter',
      checkout,
      email: 'ada@example.com',
    });
    expect(again.headers.get('location')).toBe(path);
    await browser.open(path);
    await shop.idle();
    expect(leadline.received.filter((one) => one.path === '/api/v1/conversions')).toHaveLength(1);
    expect(shop.orders()).toHaveLength(1);
  });

  test('RG-17 the confirmation is the same when Leadline answers, refuses or is not there', async () => {
    const pages: string[] = [];
    const logs: string[][] = [];
    for (const trouble of ['none', 'refuses', 'gone'] as const) {
      const rig = await startRig(trouble === 'gone' ? await closedAddress() : undefined);
      rig.leadline.answerWith(trouble === 'refuses' ? 500 : 202);
      const browser = new Browser(rig.shop.url);
      await browser.open('/?rgta_ref=M4TSbpS8');
      const { confirmation } = await browser.buy();
      await rig.shop.idle();
      pages.push(confirmation.replaceAll(rig.shop.orders()[0]?.id ?? 'no order', 'ORDER'));
      logs.push(rig.log);
    }
    expect(pages[0]).toContain('ORDER');
    expect(pages[1]).toBe(pages[0]);
    expect(pages[2]).toBe(pages[0]);
    expect(logs.map((lines) => lines.length)).toEqual([0, 3, 3]);
    expect(logs[1]?.[2]).toMatch(/did not take the order FS-\w+: \/api\/v1\/conversions answered 500/);
    expect(logs[2]?.[2]).toMatch(/ECONNREFUSED/);
    expect(JSON.stringify(logs)).not.toContain('ll_practice');
  });

  test('RG-17 the confirmation comes while Leadline still has not answered', async () => {
    const silent = createServer(() => {});
    const port = await listenOnLoopback(silent, 0);
    onTestFinished(() => stopListening(silent));
    const { shop } = await startRig(`http://127.0.0.1:${port}`);
    const { confirmation } = await new Browser(shop.url).buy();
    expect(confirmation).toContain('Thank you for your order');
  });

  test('RG-17 a bad email is asked for again, an unknown product is 404, neither is an order', async () => {
    const { shop } = await startRig();
    const browser = new Browser(shop.url);
    const bad = await browser.open('/orders', { product: 'gift-card', checkout: 'c', email: 'nobody' });
    expect(bad.status).toBe(422);
    expect(await bad.text()).toContain('role="alert"');
    const form = { product: 'yacht', checkout: 'c', email: 'a@b.example' };
    expect((await browser.open('/orders', form)).status).toBe(404);
    expect((await browser.open('/orders', { product: 'x'.repeat(20_000) })).status).toBe(413);
    expect(shop.orders()).toEqual([]);
  });

  test('RG-17 somebody else’s confirmation is not shown', async () => {
    const { shop } = await startRig();
    const { path } = await new Browser(shop.url).buy();
    expect((await new Browser(shop.url).open(path)).status).toBe(404);
  });
});

test('every page says that this is a practice shop', async () => {
  const { shop } = await startRig();
  const browser = new Browser(shop.url);
  const { path } = await browser.buy();
  for (const page of ['/', '/about', '/products/dish-soap', path, '/nowhere']) {
    const response = await browser.open(page);
    expect(response.headers.get('x-practice-network')).toBe('shop');
    expect(await response.text()).toContain('Practice shop. Nothing here is sold, charged or shipped.');
  }
});
