import { escapeHtml } from '../html.ts';
import { CATALOGUE, dollars, type Price, type Product } from './catalogue.ts';
import type { Order } from './orders.ts';
import { STYLE } from './style.ts';
import type { MoneyBack } from './till.ts';

function page(title: string, main: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(title)} · Fernhill Supply (practice shop)</title><style>${STYLE}</style></head><body>
<a class="skip" href="#main">Skip to content</a>
<p class="band" role="note">Practice shop. Nothing here is sold, charged or shipped.</p>
<header><a class="brand" href="/">Fernhill Supply</a><nav aria-label="Shop"><a href="/">Shop</a><a href="/about">About</a></nav></header>
<main id="main">${main}</main>
<footer>Fernhill Supply · good things for a plain kitchen · a practice shop for Leadline</footer></body></html>`;
}

function picture(product: Product): string {
  return `<svg class="picture" viewBox="0 0 120 90" role="img" aria-label="${escapeHtml(product.name)}">${product.picture}</svg>`;
}

function priceTag(price: Price): string {
  if (price.percentOff === 0) return `<p class="price">${dollars(price.totalCents)}</p>`;
  return `<p class="price">${dollars(price.totalCents)} <s>${dollars(price.listCents)}</s> ${price.percentOff} % off</p>`;
}

/** The shop window. */
export function homePage(priceFor: (product: Product) => Price): string {
  const cards = CATALOGUE.map(
    (product) => `<li><article class="card"><a href="/products/${product.slug}">${picture(product)}
<h2>${escapeHtml(product.name)}</h2><p class="soft">${escapeHtml(product.line)}</p>${priceTag(priceFor(product))}</a></article></li>`,
  );
  return page(
    'Shop',
    `<h1>Good things for a plain kitchen</h1><p class="lead">Jars, soap and cloths that last, refilled instead of replaced.</p>
<ul class="grid">${cards.join('')}</ul>`,
  );
}

/** One product with its checkout; `checkoutId` makes a second press of "Buy" harmless. */
export function productPage(product: Product, price: Price, checkoutId: string, problem?: string): string {
  const alert = problem ? `<p role="alert" id="problem"><strong>${escapeHtml(problem)}</strong></p>` : '';
  const described = problem ? ' aria-invalid="true" aria-describedby="problem"' : '';
  return page(
    product.name,
    `<div class="two"><div>${picture(product)}</div><div><h1>${escapeHtml(product.name)}</h1>
<p class="lead">${escapeHtml(product.about)}</p>${priceTag(price)}${alert}
<form method="post" action="/orders"><input type="hidden" name="product" value="${product.slug}">
<input type="hidden" name="checkout" value="${escapeHtml(checkoutId)}">
<label for="email">Email for the receipt</label>
<input id="email" name="email" type="email" autocomplete="email" required maxlength="254"${described}>
<button type="submit">Buy</button></form></div></div>`,
  );
}

/**
 * The confirmation: what was bought, and nothing about tracking, whatever came of it (RG-17). `back` null: nothing
 * can be returned here; otherwise what became of the money.
 */
export function confirmationPage(order: Order, back: { done: MoneyBack | null } | null = null): string {
  return page(
    'Thank you',
    `<h1>Thank you for your order</h1><p class="lead">We are packing it now. A receipt is on its way to ${escapeHtml(order.email)}.</p>
<dl><dt>Order</dt><dd>${escapeHtml(order.id)}</dd><dt>Item</dt><dd>${escapeHtml(order.product.name)}</dd>
<dt>Paid</dt><dd class="price">${dollars(order.price.totalCents)}</dd></dl>${back ? moneyBack(order, back.done) : ''}<p><a href="/">Back to the shop</a></p>`,
  );
}

const DONE: Record<MoneyBack, string> = {
  returned: 'We have your parcel back. The whole amount returns to your card.',
  half: 'Half of what you paid returns to your card.',
  disputed: 'Your bank has taken the payment back.',
};

/** What a buyer can do about an order that was paid; Stripe's webhooks tell Leadline of it (RG-39). */
function moneyBack(order: Order, done: MoneyBack | null): string {
  if (done !== null) return `<p role="status"><strong>${DONE[done]}</strong></p>`;
  return `<h2>Changed your mind?</h2><form method="post" action="/orders/${escapeHtml(order.id)}/money-back" class="back">
<button name="how" value="returned">Send it back</button> <button name="how" value="half">Ask for half back</button>
<button name="how" value="disputed">Tell my bank I never bought it</button></form>`;
}

/** About the shop: one more page that an affiliate's link may lead to. */
export function aboutPage(): string {
  return page(
    'About',
    `<h1>From a shed on Fernhill</h1><p class="lead">We began with one shelf of jars and a rule: sell nothing that must be thrown away.</p>
<p>This shop exists to try out Leadline: it captures referral links, takes pretend orders and reports them.</p>`,
  );
}

/** Anything that is not here. */
export function missingPage(): string {
  return page('Not found', '<h1>We do not stock that page</h1><p><a href="/">Back to the shop</a></p>');
}
