import { describe, expect, test } from 'vitest';
import { fixture } from '#app/modules/webhooks/sources/testing/samples.ts';
import { fresh, ordersOf, startWebhookKit, stripePayment, type WebhookKit } from '../setup/webhook-kit.ts';

const T1 = 1_795_186_800;
const T2 = T1 + 3_600;

/** Sends events one after the other; each must be taken. */
async function sendAll(kit: WebhookKit, events: readonly unknown[]): Promise<void> {
  for (const event of events) {
    const { status, json } = await kit.post('stripe', event);
    expect([status, json.data.state]).toEqual([200, expect.stringMatching(/^(handled|ignored)$/)]);
  }
}

describe('Stripe: the order of events does not matter', () => {
  test('RG-39 RG-40 a charge that is refunded and the refund itself are one refund, and its lead is disputed once', async () => {
    const kit = await startWebhookKit();
    await kit.addEndpoint('stripe');
    const payments = [];
    for (const order of ordersOf(['session', 'created', 'charge', 'updated'])) {
      const payment = stripePayment(kit.codeOf('springStarter'));
      const event = {
        session: payment.session_completed(),
        created: payment.refund('created'),
        charge: payment.refunded(),
        updated: payment.refund('updated'),
      };
      await sendAll(
        kit,
        order.map((name) => event[name as keyof typeof event]),
      );
      payments.push({ payment, order });
    }
    for (const { payment, order } of payments) {
      await kit.disputedLead(payment.intent);
      const refunds = await kit.refundsOf(payment.charge, payment.intent);
      expect([order, refunds.map(({ amountCents }) => amountCents)]).toEqual([order, [4900n]]);
    }
    expect(await kit.disputes()).toHaveLength(payments.length);
    for (const dispute of await kit.disputes()) expect(dispute.status).toBe('delivered');
  });

  test('RG-39 two refunds and the two sums of their charge add up, in all 24 orders', async () => {
    const kit = await startWebhookKit();
    await kit.addEndpoint('stripe');
    for (const order of ordersOf(['first', 'sum1', 'second', 'sum2'])) {
      const payment = stripePayment(kit.codeOf('springStarter'));
      await sendAll(kit, [payment.session_completed()]);
      const event = {
        first: payment.refund('created', 'first', 2000, T1),
        sum1: payment.refunded(2000, T1),
        second: payment.refund('created', 'second', 2900, T2),
        sum2: payment.refunded(4900, T2),
      };
      await sendAll(
        kit,
        order.map((name) => event[name as keyof typeof event]),
      );
      const refunds = await kit.refundsOf(payment.charge, payment.intent);
      const sum = refunds.reduce((total, { amountCents }) => total + Number(amountCents), 0);
      expect([order, sum]).toEqual([order, 4900]);
      // both refunds are known by their own ids, whatever row they are in
      const named = await kit.prisma.refundKey.findMany({
        where: { kind: 'refund', refundId: { in: refunds.map(({ id }) => id) } },
      });
      const ids = [...refunds.map(({ refundId }) => refundId), ...named.map(({ key }) => key)];
      expect(ids).toEqual(expect.arrayContaining([payment.refundId('first'), payment.refundId('second')]));
      await kit.disputedLead(payment.intent);
    }
  });

  test('RG-41 a refund that failed is one refund, and none where its failure was told first', async () => {
    const kit = await startWebhookKit();
    await kit.addEndpoint('stripe');
    for (const order of ordersOf(['created', 'failed', 'charge'])) {
      const payment = stripePayment(kit.codeOf('springStarter'));
      await sendAll(kit, [payment.session_completed()]);
      await kit.leadOf(payment.intent);
      const event = {
        created: payment.refund('created', 're', 4900, T1),
        charge: payment.refunded(4900, T1),
        failed: { ...payment.refund('failed', 're', 4900, T1), created: T2 },
      };
      await sendAll(
        kit,
        order.map((name) => event[name as keyof typeof event]),
      );
      const refunds = await kit.refundsOf(payment.charge, payment.intent);
      expect([order, refunds.map(({ reversal }) => reversal)]).toEqual([order, ['failed']]);
      const { id } = await kit.leadOf(payment.intent);
      if (order[0] !== 'failed') continue;
      expect(refunds[0]?.disposition).toBe('ignored');
      expect(await kit.leadRow(id)).toMatchObject({ disputeMessageId: null, holdState: 'pending_release' });
    }
  });

  test('RG-39 a failed refund does not hide the next: the sum after it is told is a new refund', async () => {
    const kit = await startWebhookKit();
    await kit.addEndpoint('stripe');
    const payment = stripePayment(kit.codeOf('springStarter'));
    const failed = { ...payment.refund('failed', 'one', 4900, T1), created: T1 + 60 };
    await sendAll(kit, [payment.session_completed(), failed, payment.refunded(4900, T2)]);
    const refunds = await kit.refundsOf(payment.charge);
    expect(refunds.map(({ reversal, amountCents }) => [reversal, amountCents])).toEqual([
      ['failed', 4900n],
      [null, 4900n],
    ]);
    await kit.disputedLead(payment.intent);
  });

  test.each([[['created', 'closed']], [['closed', 'created']]])(
    'RG-41 a chargeback and its end: %j',
    async (order) => {
      const kit = await startWebhookKit();
      await kit.addEndpoint('stripe');
      const payment = stripePayment(kit.codeOf('springStarter'));
      // the chargeback comes before the sale: nothing is disputed yet
      await sendAll(
        kit,
        order.map((kind) => payment.disputed(kind as 'created')),
      );
      await sendAll(kit, [payment.session_completed()]);
      const { id } = await kit.leadOf(payment.intent);
      await kit.leadline.runtime.clockwork?.tick();
      expect(await kit.refundsOf(payment.charge)).toMatchObject([
        { kind: 'chargeback', reversal: 'won', disposition: 'ignored' },
      ]);
      expect(await kit.leadRow(id)).toMatchObject({ holdState: 'pending_release', disputeMessageId: null });
      expect(await kit.prisma.earlyReversal.count()).toBe(0);
    },
  );

  test('RG-40 the payment of a subscription is found through its invoice, whichever event comes first', async () => {
    const kit = await startWebhookKit();
    await kit.addEndpoint('stripe');
    for (const order of ordersOf(['session', 'refund', 'link'])) {
      const payment = stripePayment(kit.codeOf('springStarter'));
      const event = {
        // since API version 2025-03 the session of a subscription names its invoice, and the charge names neither
        session: payment.session_completed({
          'data.object.mode': 'subscription',
          'data.object.payment_intent': null,
          'data.object.invoice': payment.invoice,
          'data.object.subscription': payment.subscription,
        }),
        refund: payment.refund('created'),
        link: payment.invoicePayment(),
      };
      await sendAll(
        kit,
        order.map((name) => event[name as keyof typeof event]),
      );
      await kit.disputedLead(payment.invoice);
      expect(await kit.refundsOf(payment.charge)).toMatchObject([
        { matchedBy: expect.stringMatching(/^(invoice|payment_intent)$/) },
      ]);
    }
  });
});

describe('Shopify and Paddle: the order of events does not matter', () => {
  test.each([[['orders/paid', 'refunds/create']], [['refunds/create', 'orders/paid']]])(
    'RG-40 Shopify %j',
    async (order) => {
      const kit = await startWebhookKit();
      await kit.addEndpoint('shopify');
      const id = 5_600_000_000_000 + fresh();
      const attributes = [{ name: 'rgta_ref', value: kit.codeOf('springStarter') }];
      const event: Record<string, unknown> = {
        'orders/paid': fixture('shopify', 'orders-paid', { id, note_attributes: attributes }),
        'refunds/create': fixture('shopify', 'refunds-create', { id: id + 1, order_id: id }),
      };
      for (const topic of order) {
        const { status, json } = await kit.shopify(topic, event[topic]);
        expect([status, json.data.state]).toEqual([200, 'handled']);
      }
      await kit.disputedLead(String(id));
      expect(await kit.refundsOf(String(id))).toMatchObject([
        { matchedBy: 'order', amountCents: 18_910n, currency: 'USD', source: 'shopify' },
      ]);
    },
  );

  /** The events of one Paddle transaction. */
  const paddle = (code: string) => {
    const n = fresh();
    const made = (name: string, change: Record<string, unknown>) =>
      fixture('paddle', name, { event_id: `evt_paddle_${fresh()}`, ...change });
    const transaction = `txn_${n}`;
    const about = { 'data.transaction_id': transaction, 'data.subscription_id': `sub_paddle_${n}` };
    return {
      transaction,
      completed: (at = '2026-11-20T14:00:04Z') =>
        made('transaction.completed', {
          'data.id': transaction,
          'data.subscription_id': `sub_paddle_${n}`,
          'data.custom_data': { rgta_ref: code },
          occurred_at: at,
        }),
      failed: (at: string) => made('transaction.payment_failed', { 'data.id': transaction, occurred_at: at }),
      adjusted: (action: string, status: string, id = `adj_${n}`) =>
        made('adjustment.updated', { ...about, 'data.id': id, 'data.action': action, 'data.status': status }),
    };
  };

  test('RG-41 Paddle: a chargeback that was won back, however it is told', async () => {
    const kit = await startWebhookKit();
    await kit.addEndpoint('paddle');
    const told = [
      ['chargeback approved adj_a', 'chargeback_reverse approved adj_b'],
      ['chargeback approved adj_a', 'chargeback reversed adj_a'],
      ['chargeback approved adj_a', 'chargeback_reverse approved adj_b', 'chargeback reversed adj_a'],
    ];
    for (const order of told.flatMap((events) => ordersOf(events))) {
      const payment = paddle(kit.codeOf('springStarter'));
      for (const one of order) {
        const [action = '', status = '', id = ''] = one.split(' ');
        const event = payment.adjusted(action, status, `${id}_${payment.transaction}`);
        expect((await kit.post('paddle', event)).json.data.state).toBe('handled');
      }
      await kit.post('paddle', payment.completed());
      const { id } = await kit.leadOf(payment.transaction);
      await kit.leadline.runtime.clockwork?.tick();
      const refunds = await kit.refundsOf(payment.transaction);
      expect([order, refunds.map(({ reversal, disposition }) => [reversal, disposition])]).toEqual([
        order,
        [['won', 'ignored']],
      ]);
      expect(await kit.leadRow(id)).toMatchObject({ holdState: 'pending_release' });
    }
  });

  test('RG-39 Paddle: a refund counts once it is approved; a rejected one never did', async () => {
    const kit = await startWebhookKit();
    await kit.addEndpoint('paddle');
    const payment = paddle(kit.codeOf('springStarter'));
    await kit.post('paddle', payment.completed());
    await kit.post('paddle', payment.adjusted('refund', 'pending_approval'));
    expect(await kit.refundsOf(payment.transaction)).toEqual([]);
    await kit.post('paddle', payment.adjusted('refund', 'approved'));
    await kit.disputedLead(payment.transaction);
    const other = paddle(kit.codeOf('springStarter'));
    await kit.post('paddle', other.completed());
    for (const status of ['rejected', 'approved']) await kit.post('paddle', other.adjusted('refund', status));
    expect(await kit.refundsOf(other.transaction)).toMatchObject([
      { reversal: 'failed', disposition: 'ignored' },
    ]);
  });

  test('Paddle: a payment that failed before the transaction was completed is no refund, one after it is', async () => {
    const kit = await startWebhookKit();
    await kit.addEndpoint('paddle');
    for (const [at, refunds] of [
      ['2026-11-20T13:59:30Z', 0],
      ['2026-11-20T15:00:00Z', 1],
    ] as const)
      for (const failedFirst of [true, false]) {
        const payment = paddle(kit.codeOf('springStarter'));
        const events = [payment.completed(), payment.failed(at)];
        for (const event of failedFirst ? events.reverse() : events) await kit.post('paddle', event);
        expect([at, failedFirst, (await kit.refundsOf(payment.transaction)).length]).toEqual([
          at,
          failedFirst,
          refunds,
        ]);
      }
  });

  test('RG-40 Paddle: a refund of a later payment does not dispute the first: it asks a person', async () => {
    const kit = await startWebhookKit();
    await kit.addEndpoint('paddle');
    const payment = paddle(kit.codeOf('springStarter'));
    await kit.post('paddle', payment.completed());
    await kit.leadOf(payment.transaction);
    const renewal = payment.adjusted('refund', 'approved');
    (renewal.data as Record<string, unknown>).transaction_id = 'txn_of_a_renewal';
    await kit.post('paddle', renewal);
    expect(await kit.refundsOf('txn_of_a_renewal')).toMatchObject([
      {
        disposition: 'needs_review',
        matchedBy: 'subscription',
        explanation: expect.stringContaining('another payment'),
      },
    ]);
  });
});
