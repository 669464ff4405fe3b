import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { findProduct, type Product, priceOf } from './catalogue.ts';
import type { LeadlineReporter } from './leadline.ts';
import type { OrderBook } from './orders.ts';
import { aboutPage, confirmationPage, homePage, missingPage, productPage } from './pages.ts';
import { type Referral, readVisit } from './referral.ts';
import type { MoneyBack, Till } from './till.ts';

/** What the shop's handler works with. */
export type Shop = {
  orders: OrderBook;
  reporter: LeadlineReporter;
  newCode: () => string;
  /** Null where nothing can be returned. */
  till: Till | null;
};
type Page = { status: number; html: string };

const FORM_LIMIT_BYTES = 10_000;
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
  'x-practice-network': 'shop',
  'cache-control': 'no-store',
};

function showPage(shop: Shop, path: string, visit: Referral): Page {
  if (path === '/') return { status: 200, html: homePage((product) => priceOf(product, visit.promo)) };
  if (path === '/about') return { status: 200, html: aboutPage() };
  const [, section, name = ''] = path.split('/');
  const product = section === 'products' ? findProduct(name) : undefined;
  if (product) return { status: 200, html: checkout(shop, product, visit) };
  const order = section === 'orders' ? shop.orders.find(name) : undefined;
  if (order && order.visitorId === visit.visitorId)
    return { status: 200, html: confirmationPage(order, shop.till && { done: shop.till.backOf(order) }) };
  return { status: 404, html: missingPage() };
}

function checkout(shop: Shop, product: Product, visit: Referral, problem?: string): string {
  return productPage(product, priceOf(product, visit.promo), shop.newCode(), problem);
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > FORM_LIMIT_BYTES) throw new RangeError('form too large');
  }
  return new URLSearchParams(text);
}

/** Places the order and answers; what Leadline hears of it happens after, in the background (RG-17). */
async function buy(
  shop: Shop,
  request: IncomingMessage,
  response: ServerResponse,
  visit: Referral,
): Promise<void> {
  const form = await readForm(request);
  const product = findProduct(form.get('product') ?? '');
  if (!product) return send(response, { status: 404, html: missingPage() }, visit);
  const email = (form.get('email') ?? '').trim();
  if (!/^[^\s@]+@[^\s@]+$/.test(email) || email.length > 254) {
    const problem = 'Please give an email address that we can send the receipt to.';
    return send(response, { status: 422, html: checkout(shop, product, visit, problem) }, visit);
  }
  const { order, isNew } = shop.orders.place({
    checkoutId: form.get('checkout') || shop.newCode(),
    product,
    email,
    ref: visit.ref,
    promo: visit.promo,
    visitorId: visit.visitorId,
    ip: request.socket.remoteAddress ?? null,
    userAgent: request.headers['user-agent'] ?? null,
  });
  if (isNew) await shop.till?.take(order);
  seeOrder(response, order.id, visit);
  if (isNew) shop.reporter.order(order);
}

/** "Send it back", or the bank takes the money: only the buyer's own order, and once. */
async function giveBack(
  shop: Shop,
  request: IncomingMessage,
  response: ServerResponse,
  visit: Referral,
  orderId: string,
): Promise<void> {
  const how = (await readForm(request)).get('how');
  const order = shop.orders.find(orderId);
  const known = HOW.find((one) => one === how);
  if (!shop.till || !known || !order || order.visitorId !== visit.visitorId)
    return send(response, { status: 404, html: missingPage() }, visit);
  shop.till.giveBack(order, known);
  seeOrder(response, order.id, visit);
}
const HOW: readonly MoneyBack[] = ['returned', 'half', 'disputed'];

function seeOrder(response: ServerResponse, id: string, visit: Referral): void {
  response.writeHead(303, { ...HEADERS, location: `/orders/${id}`, 'set-cookie': visit.setCookies });
  response.end();
}

function send(response: ServerResponse, page: Page, visit: Referral): void {
  response.writeHead(page.status, { ...HEADERS, 'set-cookie': visit.setCookies });
  response.end(page.html);
}

async function serve(shop: Shop, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`);
  const visit = readVisit(url, request.headers.cookie, shop.newCode);
  if (request.method === 'POST' && url.pathname === '/orders') return buy(shop, request, response, visit);
  const back =
    request.method === 'POST' ? /^\/orders\/([^/]+)\/money-back$/.exec(url.pathname)?.[1] : undefined;
  if (back !== undefined) return giveBack(shop, request, response, visit, back);
  const readable = request.method === 'GET' || request.method === 'HEAD';
  if (!readable) return send(response, { status: 405, html: missingPage() }, visit);
  send(response, showPage(shop, url.pathname, visit), visit);
  if (visit.capture) shop.reporter.capture(visit.capture);
}

/** Builds the shop's request handler: every page is an entry route that captures a referral (RG-01). */
export function createShopHandler(shop: Shop): RequestListener {
  return (request, response) => {
    serve(shop, request, response).catch((error: unknown) => {
      const tooLarge = error instanceof RangeError;
      if (!tooLarge) process.stderr.write(`[shop] ${request.method} failed: ${String(error)}\n`);
      if (response.headersSent) return response.destroy();
      response.writeHead(tooLarge ? 413 : 500, { ...HEADERS, connection: 'close' }).end(missingPage());
    });
  };
}
