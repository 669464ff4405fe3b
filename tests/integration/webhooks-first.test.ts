import { describe, expect, test } from 'vitest';
import type { SourceId } from '#app/modules/webhooks/schema.ts';
import { fixture } from '#app/modules/webhooks/sources/testing/samples.ts';
import { fresh, ordersOf, startWebhookKit, type WebhookKit } from '../setup/webhook-kit.ts';

/** What begins a subscription and what follows it, as each provider tells them; `code` null: no tracking code. */
interface Told {
  name: string;
  source: SourceId;
  mapping?: unknown;
  events(
    n: number,
    codes: { first: string | null; later: string | null },
  ): Record<'first' | 'later', { event: unknown; externalId: string }>;
}

const metadata = (code: string | null) => (code === null ? {} : { rgta_ref: code });

const invoice = (id: string, subscription: string, reason: string, code: string | null) => ({
  externalId: id,
  event: fixture('stripe', 'invoice.payment_succeeded', {
    id: `evt_of_${id}`,
    'data.object.id': id,
    'data.object.billing_reason': reason,
    'data.object.parent.subscription_details.subscription': subscription,
    'data.object.parent.subscription_details.metadata': metadata(code),
  }),
});

const transaction = (id: string, subscription: string, origin: string, code: string | null) => ({
  externalId: id,
  event: fixture('paddle', 'transaction.completed', {
    event_id: `evt_of_${id}`,
    'data.id': id,
    'data.origin': origin,
    'data.subscription_id': subscription,
    'data.custom_data': metadata(code),
  }),
});

const TOLD: Told[] = [
  {
    name: 'Stripe, a checkout and a renewal',
    source: 'stripe',
    events: (n, codes) => ({
      first: {
        externalId: `cs_live_first_${n}`,
        event: fixture('stripe', 'checkout.session.completed.subscription', {
          id: `evt_first_${n}`,
          'data.object.id': `cs_live_first_${n}`,
          'data.object.subscription': `sub_first_${n}`,
          'data.object.invoice': `in_first_${n}`,
          'data.object.client_reference_id': null,
          'data.object.metadata': metadata(codes.first),
        }),
      },
      later: invoice(`in_later_${n}`, `sub_first_${n}`, 'subscription_cycle', codes.later),
    }),
  },
  {
    name: 'Stripe, two invoices without a checkout',
    source: 'stripe',
    mapping: { subscriptionsByCheckout: false },
    events: (n, codes) => ({
      first: invoice(`in_first_${n}`, `sub_first_${n}`, 'subscription_create', codes.first),
      later: invoice(`in_later_${n}`, `sub_first_${n}`, 'subscription_cycle', codes.later),
    }),
  },
  {
    name: 'Paddle, two transactions',
    source: 'paddle',
    events: (n, codes) => ({
      first: transaction(`txn_first_${n}`, `sub_first_${n}`, 'web', codes.first),
      later: transaction(`txn_later_${n}`, `sub_first_${n}`, 'subscription_recurring', codes.later),
    }),
  },
];

async function kitOf(told: Told): Promise<WebhookKit> {
  const kit = await startWebhookKit();
  const { id } = await kit.addEndpoint(told.source);
  if (told.mapping) await kit.setMapping(id, told.mapping);
  return kit;
}

const reported = (kit: WebhookKit, ...ids: string[]) =>
  kit.prisma.conversion.findMany({ where: { externalId: { in: ids } }, orderBy: { id: 'asc' } });

describe.each(TOLD)('one payment of a subscription is reported: $name', (told) => {
  test('RG-16 whichever is told first, and both at the same instant', async () => {
    const kit = await kitOf(told);
    const code = kit.codeOf('springStarter');
    const codes = { first: code, later: code };
    for (const order of ordersOf(['first', 'later'] as const)) {
      const events = told.events(fresh(), codes);
      const states = [];
      for (const name of order)
        states.push((await kit.post(told.source, events[name].event)).json.data.state);
      expect([order, states]).toEqual([order, ['handled', 'ignored']]);
      const one = await reported(kit, events.first.externalId, events.later.externalId);
      expect(one.map(({ externalId }) => externalId)).toEqual([events[order[0] ?? 'first'].externalId]);
    }
    const both = told.events(fresh(), codes);
    await Promise.all([both.later, both.first].map(({ event }) => kit.post(told.source, event)));
    expect(await reported(kit, both.first.externalId, both.later.externalId)).toHaveLength(1);
  });

  test('the beginning that comes late says why it is not reported too', async () => {
    const kit = await kitOf(told);
    const code = kit.codeOf('springStarter');
    const { first, later } = told.events(fresh(), { first: code, later: code });
    await kit.post(told.source, later.event);
    const { json } = await kit.post(told.source, first.event);
    expect(await kit.became(json.data.id)).toMatchObject([
      { kind: 'nothing', words: expect.stringContaining('It begins the subscription') },
    ]);
  });

  test('a renewal that was only kept, without a tracking code, does not stand in the way of the beginning', async () => {
    const kit = await kitOf(told);
    const { first, later } = told.events(fresh(), { first: kit.codeOf('springStarter'), later: null });
    await kit.post(told.source, later.event);
    expect((await kit.post(told.source, first.event)).json.data.state).toBe('handled');
    const sent = (await reported(kit, first.externalId, later.externalId)).filter(
      ({ postbackId }) => postbackId !== null,
    );
    expect(sent.map(({ externalId }) => externalId)).toEqual([first.externalId]);
    // told again, the renewal stays what it was
    const again = { ...(later.event as object), id: `evt_${fresh()}`, event_id: `evt_${fresh()}` };
    expect((await kit.post(told.source, again)).json.data.state).toBe('ignored');
    expect(await kit.prisma.firstPayment.findMany()).toMatchObject([{ externalId: first.externalId }]);
  });
});
