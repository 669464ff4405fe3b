import { describe, expect, test } from 'vitest';
import { getEvent, listEvents, replayEvent } from '#app/modules/webhooks/index.server.ts';
import type { SourceId } from '#app/modules/webhooks/schema.ts';
import type { Json } from '#app/modules/webhooks/sources/read.ts';
import { fixture, shopifyHeaders, signers } from '#app/modules/webhooks/sources/testing/samples.ts';
import { maya } from '../setup/refund-kit.ts';
import { fresh, SECRETS, startWebhookKit, type WebhookKit } from '../setup/webhook-kit.ts';

/** A sale and a refund of each provider, with the paths of what is changed. */
interface Provider {
  source: SourceId;
  sale(n: number, code: string): { event: Json; topic: string; externalId: string };
  refund(n: number, change: { times?: number; currency?: string }): { event: Json; topic: string };
  /** Fields that a further delivery of the same event may hold in another way. */
  again: Json;
  /** Where the sum of the sale stands, and another sum. */
  otherSum: Json;
}

const PROVIDERS: Provider[] = [
  {
    source: 'stripe',
    sale: (n, code) => ({
      topic: '',
      externalId: `cs_live_bad_${n}`,
      event: fixture('stripe', 'checkout.session.completed', {
        id: `evt_bad_${n}`,
        'data.object.id': `cs_live_bad_${n}`,
        'data.object.payment_intent': `pi_bad_${n}`,
        'data.object.client_reference_id': `bad_${n}`,
        'data.object.metadata': { rgta_ref: code },
      }),
    }),
    refund: (n, { times = 1, currency = 'usd' }) => ({
      topic: '',
      event: fixture('stripe', 'refund.created', {
        id: `evt_back_${fresh()}`,
        'data.object.id': `re_bad_${n}`,
        'data.object.payment_intent': `pi_bad_${n}`,
        'data.object.charge': `ch_bad_${n}`,
        'data.object.amount': 4900 * times,
        'data.object.currency': currency.toLowerCase(),
      }),
    }),
    again: { pending_webhooks: 0 },
    otherSum: { 'data.object.amount_total': 9900 },
  },
  {
    source: 'shopify',
    sale: (n, code) => ({
      topic: 'orders/paid',
      externalId: String(7_700_000_000_000 + n),
      event: fixture('shopify', 'orders-paid', {
        id: 7_700_000_000_000 + n,
        name: `#bad${n}`,
        checkout_token: `bad_${n}`,
        note_attributes: [{ name: 'rgta_ref', value: code }],
      }),
    }),
    refund(n, { times = 1, currency = 'USD' }) {
      const event = fixture('shopify', 'refunds-create', {
        id: 8_800_000_000_000 + n,
        order_id: 7_700_000_000_000 + n,
      });
      const [moved] = event.transactions as Json[];
      Object.assign(moved ?? {}, { amount: (189.1 * times).toFixed(2), currency });
      return { topic: 'refunds/create', event };
    },
    again: {},
    otherSum: { total_price: '289.10' },
  },
  {
    source: 'paddle',
    sale: (n, code) => ({
      topic: '',
      externalId: `txn_bad_${n}`,
      event: fixture('paddle', 'transaction.completed.one-off', {
        event_id: `evt_bad_${n}`,
        'data.id': `txn_bad_${n}`,
        'data.custom_data': { rgta_ref: code },
      }),
    }),
    refund: (n, { times = 1, currency = 'USD' }) => ({
      topic: '',
      event: fixture('paddle', 'adjustment.updated', {
        event_id: `evt_back_${fresh()}`,
        'data.id': `adj_bad_${n}`,
        'data.transaction_id': `txn_bad_${n}`,
        'data.subscription_id': null,
        'data.currency_code': currency,
        'data.type': times === 1 ? 'full' : 'partial',
        'data.totals.total': String(3250 * times),
      }),
    }),
    again: { notification_id: 'ntf_of_a_replay' },
    otherSum: { 'data.details.totals.grand_total': '9900' },
  },
];

/** Sends one event; `delivery` is Shopify's id of it. */
async function send(
  kit: WebhookKit,
  source: SourceId,
  one: { event: Json; topic: string },
  options: { delivery?: string; name?: string; secret?: string } = {},
) {
  const { delivery = `bad-${fresh()}`, ...sending } = options;
  const headers = source === 'shopify' ? shopifyHeaders(one.topic, delivery) : {};
  return kit.post(source, one.event, { ...sending, headers });
}

const changed = (event: Json, change: Json): Json => {
  const copy = structuredClone(event);
  for (const [path, value] of Object.entries(change)) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    let here = copy;
    for (const name of names) here = here[name] as Json;
    here[last] = value;
  }
  return copy;
};

describe.each(PROVIDERS)('bad input of $source', (provider) => {
  const { source } = provider;

  test('an event id that comes again with other content is kept in words, changes nothing and cannot be replayed', async () => {
    const kit = await startWebhookKit();
    const { id: endpointId } = await kit.addEndpoint(source);
    const sale = provider.sale(fresh(), kit.codeOf('springStarter'));
    const first = await send(kit, source, sale, { delivery: 'one' });
    const other = { ...sale, event: changed(sale.event, provider.otherSum) };
    const again = await send(kit, source, other, { delivery: 'one' });
    expect(again.json.data).toMatchObject({ state: 'failed' });
    expect(again.json.data.id).not.toBe(first.json.data.id);
    const kept = await getEvent(kit.ctx, again.json.data.id);
    expect(kept.words).toContain('came before with other content');
    expect(JSON.parse(kept.body)).toEqual(other.event);
    await expect(replayEvent(kit.ctx, kit.webhooks, { id: kept.id, actor: maya })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    // the same bytes once more are counted, the first one goes on repeating
    expect((await send(kit, source, other, { delivery: 'one' })).json.data.id).toBe(kept.id);
    const repeat = { ...sale, event: changed(sale.event, provider.again) };
    const back = await send(kit, source, repeat, { delivery: 'one' });
    expect(back.json.data).toEqual({ id: first.json.data.id, state: 'handled' });
    const page = await listEvents(kit.ctx, { endpointId, filter: {} });
    expect(page.items.map(({ state, deliveries }) => [state, deliveries])).toEqual([
      ['failed', 2],
      ['handled', 2],
    ]);
    const conversions = await kit.prisma.conversion.findMany({ where: { externalId: sale.externalId } });
    expect(conversions).toHaveLength(1);
    expect(conversions[0]?.revenueCents).not.toBe(9900n);
  });

  test('RG-42 more than the order was worth, and another currency, ask a person', async () => {
    const kit = await startWebhookKit();
    await kit.addEndpoint(source);
    for (const [change, word] of [
      [{ times: 3 }, 'More was given back'],
      [{ currency: 'EUR' }, 'The refund is in EUR, the order was in USD'],
    ] as const) {
      const n = fresh();
      await send(kit, source, provider.sale(n, kit.codeOf('springStarter')));
      const { json } = await send(kit, source, provider.refund(n, change));
      const [became] = await kit.became(json.data.id);
      expect(became?.words).toContain(word);
      expect((await kit.refundRow(became?.id ?? '')).disposition).toBe('needs_review');
    }
    expect(await kit.disputes()).toEqual([]);
  });

  test('RG-42 a refund told to another account than the order was reported to asks a person', async () => {
    const kit = await startWebhookKit();
    await kit.addEndpoint(source);
    const own = await kit.prisma.networkAccount.findUniqueOrThrow({ where: { id: kit.accountId } });
    await kit.prisma.networkAccount.create({ data: { ...own, id: 'acc_other', name: 'other' } });
    const { id } = await kit.addEndpoint(source, 'other', `${SECRETS[source]}_other`);
    await kit.prisma.webhookEndpoint.update({ where: { id }, data: { accountId: 'acc_other' } });
    const n = fresh();
    const sale = provider.sale(n, kit.codeOf('springStarter'));
    await send(kit, source, sale);
    const { json } = await send(kit, source, provider.refund(n, {}), {
      name: 'other',
      secret: `${SECRETS[source]}_other`,
    });
    const [became] = await kit.became(json.data.id);
    expect(became?.words).toContain('another account');
    expect(await kit.refundRow(became?.id ?? '')).toMatchObject({
      disposition: 'needs_review',
      accountId: 'acc_other',
    });
    expect(await kit.disputes()).toEqual([]);
  });

  test('what is signed for one endpoint is not believed at another, and a body cut off or of other bytes never', async () => {
    const kit = await startWebhookKit();
    await kit.addEndpoint(source);
    await kit.addEndpoint(source, 'other', `${SECRETS[source]}_other`);
    const sale = provider.sale(fresh(), kit.codeOf('springStarter'));
    expect((await send(kit, source, sale, { name: 'other' })).status).toBe(400);
    const raw = Buffer.from(JSON.stringify(sale.event));
    const headers = {
      ...signers[source](raw, SECRETS[source], kit.clock.now()),
      ...(source === 'shopify' ? shopifyHeaders(sale.topic, 'cut') : {}),
    };
    for (const bytes of [raw.subarray(0, -1), Buffer.from(raw.toString().replace('"', "'"))])
      expect((await kit.send(source, bytes, { headers })).status).toBe(400);
    expect(await kit.prisma.conversion.count()).toBe(0);
  });
});
