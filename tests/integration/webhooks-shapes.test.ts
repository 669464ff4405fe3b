import { expect, test } from 'vitest';
import type { SourceId } from '#app/modules/webhooks/schema.ts';
import { fixtureText, shopifyHeaders } from '#app/modules/webhooks/sources/testing/samples.ts';
import { fresh, startWebhookKit, type WebhookKit } from '../setup/webhook-kit.ts';

/** Ids of the samples get a mark of their case, so that cases share a Leadline; what follows is read without it. */
const IDS: Record<SourceId, RegExp> = {
  stripe: /\b(?:evt|cs_live|pi|ch|re|in|sub|du|dp|pyr|inpay)_\w+/g,
  shopify: /\b\d{12,19}\b/g,
  paddle: /\b(?:evt|txn|adj|sub|inv)_\w+/g,
};
const markOf = (n: number): string => `9000${String(n).padStart(4, '0')}0009`;

/** Sends a recorded sample, signed as its provider signs; answers what became of it, in one line each. */
async function send(kit: WebhookKit, source: SourceId, name: string, n: number): Promise<string[]> {
  const topic = name.startsWith('orders') ? 'orders/paid' : 'refunds/create';
  const headers = source === 'shopify' ? shopifyHeaders(topic, `sample-${name}-${n}`) : {};
  const raw = Buffer.from(fixtureText(source, name).replace(IDS[source], (id) => `${id}${markOf(n)}`));
  const { status, json } = await kit.send(source, raw, { headers });
  expect([name, status]).toEqual([name, 200]);
  expect((await kit.event(json.data.id)).state).toBe(json.data.state);
  if (json.data.state === 'failed') return [`failed: ${(await kit.event(json.data.id)).error}`];
  const became = await kit.became(json.data.id);
  const lines = await Promise.all(became.map((one) => lineOf(kit, json.data.state, one)));
  return lines.map((line) => line.replaceAll(markOf(n), ''));
}

const lineOf = async (
  kit: WebhookKit,
  state: string,
  { kind, id, words }: { kind: string; id: string | null; words: string },
): Promise<string> => {
  if (id === null) return `${state}: ${words}`;
  if (kind === 'conversion') return conversionLine(kit, id);
  const row = await kit.refundRow(id);
  const ends = row.reversal === null ? '' : `, ${row.reversal}`;
  return `${row.kind} ${row.amountCents} ${row.currency} ${row.refundId} by ${row.matchedBy}${ends}`;
};

async function conversionLine(kit: WebhookKit, id: string): Promise<string> {
  const row = await kit.prisma.conversion.findUniqueOrThrow({ where: { id } });
  const refs = await kit.prisma.paymentRef.findMany({ where: { conversionId: id } });
  const kinds = refs.map(({ kind }) => kind).sort();
  return `${row.eventType} ${row.revenueCents} ${row.currency} ${row.externalId} ref ${row.ref} (${kinds.join(' ')})`;
}

type Case = [name: string, before: string[], expected: string];

const counted = (kit: WebhookKit): Promise<number[]> =>
  Promise.all([kit.prisma.conversion.count(), kit.prisma.refund.count(), kit.prisma.webhookEvent.count()]);

function testSamples(source: SourceId, cases: Case[]): void {
  test(`RG-39 recorded samples of ${source}, signed, through the door`, async () => {
    const kit = await startWebhookKit();
    await kit.addEndpoint(source);
    for (const [name, before, expected] of cases) {
      const n = fresh();
      for (const one of before) await send(kit, source, one, n);
      const lines = await send(kit, source, name, n);
      expect([name, before, lines.join('; ')]).toEqual([name, before, expect.stringContaining(expected)]);
      // sent again under its id it changes nothing
      const once = await counted(kit);
      await send(kit, source, name, n);
      expect([name, await counted(kit)]).toEqual([name, once]);
    }
  });
}

const paid = 'checkout.session.completed';
const CHARGEBACK = 'chargeback 4900 USD du_1SVkE5LkdIwHu7ixJk7Lm';

testSamples('stripe', [
  [paid, [], 'PURCHASE 4900 USD cs_live_a1b2C3d4E5f6G7h8 ref rgt_abc123XY (order payment_intent session)'],
  [
    `${paid}.2020-08-27`,
    [],
    'PURCHASE 4900 USD cs_live_o1L2d3 ref rgt_abc123XY (order payment_intent session)',
  ],
  [`${paid}.unpaid`, [], 'ignored: The checkout is completed but not paid yet'],
  [
    'checkout.session.async_payment_succeeded',
    [`${paid}.unpaid`],
    'PURCHASE 4900 EUR cs_live_b9Y8x7W6v5U4t3S2',
  ],
  [`${paid}.trial`, [], 'ignored: Nothing was paid (a trial'],
  [
    `${paid}.subscription`,
    [],
    'SUBSCRIPTION 4900 USD cs_live_s1U2b3S4c5R6i7B8 ref rgt_abc123XY (invoice order session subscription)',
  ],
  [
    'invoice.payment_succeeded.first',
    [`${paid}.subscription`],
    'ignored: The first invoice of a subscription',
  ],
  ['invoice.payment_succeeded', [`${paid}.subscription`], 'ignored: A payment of the subscription'],
  [
    'invoice.payment_succeeded',
    [],
    'SUBSCRIPTION 2900 USD in_1SVkC3LkdIwHu7ixT4uV ref rgt_abc123XY (invoice subscription)',
  ],
  ['invoice.payment_succeeded.2024-06-20', [], '(charge invoice payment_intent subscription)'],
  ['invoice_payment.paid', ['invoice.payment_succeeded'], 'ignored: It tells which payment paid an invoice'],
  ['charge.refunded', [paid], 'refund 4900 USD ch_3SVkA1LkdIwHu7ix0Bc4De:refunded:4900 by payment_intent'],
  [
    'charge.refunded',
    [paid, 'refund.created'],
    'refund 4900 USD re_3SVkA1LkdIwHu7ix0Fg6Hi by payment_intent',
  ],
  ['charge.refunded.2022-08-01', [paid], 'refund 4900 USD re_3SVkA1LkdIwHu7ix0Fg6Hi by payment_intent'],
  ['refund.created', [paid], 'refund 4900 USD re_3SVkA1LkdIwHu7ix0Fg6Hi by payment_intent'],
  ['refund.created.pending', [paid], 'refund 900 USD re_3SVkA1LkdIwHu7ix0Pend by payment_intent'],
  ['refund.created.bank_transfer', [paid], 'refund 1200 USD pyr_1SVkA9LkdIwHu7ixBank by payment_intent'],
  ['refund.updated', [paid, 'refund.created'], 'refund 4900 USD re_3SVkA1LkdIwHu7ix0Fg6Hi by payment_intent'],
  ['charge.refund.updated.2022-11-15', [paid], 'refund 4900 USD re_3SVkA1LkdIwHu7ix0Fg6Hi by payment_intent'],
  [
    'refund.failed',
    [paid, 'refund.created'],
    'refund 4900 USD re_3SVkA1LkdIwHu7ix0Fg6Hi by payment_intent, failed',
  ],
  ['charge.dispute.created', [paid], `${CHARGEBACK} by payment_intent`],
  [
    'charge.dispute.created.2019-05-16',
    ['charge.refunded', paid],
    'chargeback 4900 USD dp_1SVkE7LkdIwHu7ixOld by payment_intent',
  ],
  ['charge.dispute.created.inquiry', [paid], 'chargeback 4900 USD du_1SVkE9LkdIwHu7ixInq by payment_intent'],
  ['v1.charge.refunded', [], 'failed: object: is v2.core.event: a thin event'],
  ['charge.dispute.closed', [paid, 'charge.dispute.created'], `${CHARGEBACK} by payment_intent, won`],
]);

const order = 'orders-paid.multi-currency';
const back = 'refunds-create';

testSamples('shopify', [
  ['orders-paid', [], 'PURCHASE 18910 USD 5678901234567 ref rgt_abc123XY (order order session)'],
  [order, [], 'PURCHASE 18910 USD 5678901234999 ref rgt_abc123XY'],
  [back, ['orders-paid'], 'refund 18910 USD 890088186047892319 by order'],
  [`${back}.multi-currency`, [order], 'refund 18910 USD 1024319488171 by order'],
  [`${back}.shipping-only`, ['orders-paid'], 'refund 1000 USD 951724245049 by order'],
  [`${back}.several-transactions`, ['orders-paid'], 'refund 16000 USD 951724245050 by order'],
  [`${back}.no-money`, ['orders-paid'], 'ignored: A refund of no money'],
  [`${back}.2024-07.pending`, ['orders-paid'], 'refund 18910 USD 951724245052 by order'],
]);

const bought = 'transaction.completed';
const back1 = 'chargeback 3250 USD adj_01hv9hh0s84dr6reszzg29zbvcm by transaction';

testSamples('paddle', [
  [
    bought,
    [],
    'SUBSCRIPTION 3250 USD txn_01hv8wptq8987qeep44cyrewp9 ref rgt_abc123XY (invoice subscription transaction)',
  ],
  [`${bought}.one-off`, [], 'PURCHASE 3250 USD txn_01hv9aa0q8987qeep44cyrewp9 ref null (transaction)'],
  [`${bought}.renewal`, [bought], 'ignored: A payment of the subscription'],
  [`${bought}.renewal`, [], 'SUBSCRIPTION 3250 USD txn_01hv9bb0q8987qeep44cyrewp9'],
  ['transaction.payment_failed', [bought], 'ignored: An earlier attempt to pay failed'],
  ['adjustment.created', [bought], 'ignored: The refund waits for approval'],
  [
    'adjustment.updated',
    [bought, 'adjustment.created'],
    'refund 3250 USD adj_01hvgf2s84dr6reszzg29zbvcm by transaction',
  ],
  [
    'adjustment.updated.partial-approved',
    [bought, 'adjustment.created.partial'],
    'refund 1000 USD adj_01hv9cc0s84dr6reszzg29zbvcm by transaction',
  ],
  ['adjustment.updated.rejected', [bought], 'handled: Its refund is not known yet'],
  ['adjustment.created.credit', [bought], 'ignored: A credit to the customer'],
  ['adjustment.created.tax-only', [bought], 'refund 250 USD adj_01hv9ee0s84dr6reszzg29zbvcm by transaction'],
  [
    'adjustment.created.chargeback-warning',
    [bought],
    'chargeback 3250 USD adj_01hv9gg0s84dr6reszzg29zbvcm by transaction',
  ],
  ['adjustment.created.chargeback', [bought], back1],
  ['adjustment.created.chargeback-reverse', [bought, 'adjustment.created.chargeback'], `${back1}, won`],
  ['adjustment.updated.chargeback-reversed', [bought, 'adjustment.created.chargeback'], `${back1}, won`],
]);
