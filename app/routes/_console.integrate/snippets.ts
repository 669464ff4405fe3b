export interface Snippet {
  id: string;
  title: string;
  why: string;
  code: string;
}

/** What a backend has to say to Leadline, as code to paste. `url` is the public address of this Leadline. */
export function snippetsFor(url: string): Snippet[] {
  return [capture(url), singlePage(url), record(url), conversion(url), refund(url), promo()];
}

const capture = (url: string): Snippet => ({
  id: 'capture',
  title: '1. Capture the code on every entry page',
  why: 'Any page can be the first one a visitor sees. The first code stays: a later link must not take the sale from the affiliate who brought the visitor.',
  code: `// Express, before your routes; needs cookie-parser
app.use(async (req, res, next) => {
  const ref = req.query.rgta_ref;
  if (typeof ref === 'string' && ref.length >= 1 && ref.length <= 64) {
    const options = { path: '/', maxAge: 30 * 24 * 3600 * 1000, sameSite: 'lax', httpOnly: true };
    if (!req.cookies.rgta_ref) res.cookie('rgta_ref', ref, options);
    if (typeof req.query.promo === 'string' && !req.cookies.rgta_promo) res.cookie('rgta_promo', req.query.promo, options);
    // never let the visitor wait for this
    leadline('/api/v1/captures', {
      ref,
      url: \`\${req.protocol}://\${req.get('host')}\${req.originalUrl}\`,
      ...(req.cookies.rgta_ref ? { cookieValue: req.cookies.rgta_ref } : {}),
    }).catch((error) => console.error('capture not reported', error));
  }
  next();
});

async function leadline(path, body) {
  const response = await fetch('${url}' + path, {
    method: 'POST',
    headers: { authorization: 'Bearer ' + process.env.LEADLINE_KEY, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(5000),
  });
  if (!response.ok) throw new Error(response.status + ' ' + (await response.text()));
  return (await response.json()).data;
}`,
});

const singlePage = (url: string): Snippet => ({
  id: 'single-page',
  title: 'Or from a single-page site',
  why: 'The browser calls this once, on its first load. The site’s origin must be in CAPTURE_ORIGINS, and Leadline must be on the same site (a sub-domain) for the cookie to be sent along.',
  code: `const params = new URLSearchParams(location.search);
const ref = params.get('rgta_ref');
if (ref) {
  fetch('${url}/api/capture-ref', {
    method: 'POST',
    credentials: 'include',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ rgta_ref: ref, promo: params.get('promo') ?? undefined, url: location.href }),
  });
}`,
});

const record = (_url: string): Snippet => ({
  id: 'record',
  title: '2. Attach it to your first durable record',
  why: 'Cookies get lost. The user, order, lead, checkout session, customer or subscription that you save first carries the code from then on, and outranks the cookie.',
  code: `const order = await db.orders.create({ /* … */ rgtaRef: req.cookies.rgta_ref ?? null });
if (order.rgtaRef) {
  await leadline('/api/v1/records', { type: 'order', id: order.id, ref: order.rgtaRef });
}`,
});

const conversion = (_url: string): Snippet => ({
  id: 'conversion',
  title: '3. Report the conversion when the money has moved',
  why: 'From your payment webhook or order-completion handler, never from a thank-you page. The externalId is yours, stable, and the same on every repeat: repeating this call is safe. Payment ids let a refund find its order.',
  code: `// Stripe: checkout.session.completed
if (session.payment_status === 'paid') {
  await leadline('/api/v1/conversions', {
    externalId: session.id,
    eventType: 'PURCHASE',
    revenueCents: session.amount_total, // minor units, as Stripe has them
    currency: session.currency.toUpperCase(),
    record: { type: 'order', id: session.client_reference_id },
    paymentIds: [session.payment_intent],
  });
}`,
});

const refund = (_url: string): Snippet => ({
  id: 'refund',
  title: '4. Report refunds and chargebacks',
  why: 'Full refunds, chargebacks and fraud reports are disputed at once; partial refunds wait for a person, with the deadline beside them.',
  code: `// Stripe: refund.created (listen to this or to charge.refunded, not to both)
await leadline('/api/v1/refunds', {
  refundId: refund.id,
  paymentId: refund.payment_intent,
  kind: 'refund', // or 'chargeback' for charge.dispute.created
  amountCents: refund.amount,
  occurredAt: new Date(refund.created * 1000).toISOString(),
});`,
});

const promo = (): Snippet => ({
  id: 'promo',
  title: 'Promo codes at checkout',
  why: 'What an affiliate shares is a promotion code, not a coupon id. A code that is unknown or inactive must never stop a purchase: let the buyer type one instead.',
  code: `const code = req.cookies.rgta_promo;
const found = code ? await stripe.promotionCodes.list({ code, active: true, limit: 1 }) : { data: [] };
const session = await stripe.checkout.sessions.create({
  // …
  ...(found.data.length > 0 ? { discounts: [{ promotion_code: found.data[0].id }] } : { allow_promotion_codes: true }),
});`,
});
