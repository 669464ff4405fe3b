import { changeEndpoint, createEndpoint, type WebhookDeps } from '#app/modules/webhooks/index.server.ts';
import type { SourceId } from '#app/modules/webhooks/schema.ts';
import { fixture, shopifyHeaders, signers } from '#app/modules/webhooks/sources/testing/samples.ts';
import { maya, startRefundKit } from './refund-kit.ts';
import { until } from './wait.ts';

export const SECRETS: Record<SourceId, string> = {
  stripe: 'whsec_the_stripe_secret_of_tests',
  shopify: 'the-shopify-client-secret-of-tests',
  paddle: 'pdl_ntfset_the_paddle_secret_of_tests',
};

export interface Sending {
  name?: string;
  secret?: string;
  /** When it was signed, in ms of the kit's clock. */
  at?: number;
  headers?: Record<string, string>;
}

interface Answer {
  status: number;
  json: { success: boolean; data: { id: string; state: string }; error: { code: string; message: string } };
}

let number = 0;
/** A number no other test of this run has had. */
export const fresh = (): number => ++number;

/** A Leadline with endpoints of every source, and senders that sign as the providers do. */
export async function startWebhookKit() {
  const base = await startRefundKit();
  const { ctx, leadline, prisma, clock } = base;
  const { id: accountId } = await prisma.networkAccount.findUniqueOrThrow({ where: { name: 'regatta' } });
  const deps: WebhookDeps = { intake: leadline.runtime.intake, disputes: leadline.runtime.wiring.disputes };
  const kit = {
    ...base,
    accountId,
    webhooks: deps,
    addEndpoint: (source: SourceId, name = 'default', secret = SECRETS[source]) =>
      createEndpoint(ctx, { endpoint: { source, name, accountId, secret }, actor: maya }),
    setMapping: (id: string, mapping: unknown) =>
      changeEndpoint(ctx, { id, change: { mapping }, actor: maya }),
    /** Sends bytes as the provider would; what is asked for in `headers` wins. */
    async send(source: SourceId, raw: Buffer, options: Sending = {}): Promise<Answer> {
      const { name = 'default', secret = SECRETS[source], at = clock.now() } = options;
      const response = await fetch(`${leadline.url}/webhooks/${source}/${name}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...signers[source](raw, secret, at),
          ...options.headers,
        },
        body: new Uint8Array(raw),
      });
      return { status: response.status, json: (await response.json()) as Answer['json'] };
    },
    post: (source: SourceId, event: unknown, options: Sending = {}) =>
      kit.send(source, Buffer.from(JSON.stringify(event)), options),
    shopify: (topic: string, order: unknown, options: Sending = {}) =>
      kit.post('shopify', order, { ...options, headers: shopifyHeaders(topic, `delivery-${fresh()}`) }),
    event: (id: string) => prisma.webhookEvent.findUniqueOrThrow({ where: { id } }),
    became: async (id: string) =>
      JSON.parse((await kit.event(id)).became ?? '[]') as {
        kind: string;
        id: string | null;
        words: string;
      }[],
    /** The conversion that carries this payment id, once its lead is there. */
    leadOf: (paymentId: string) =>
      until(`the lead of ${paymentId}`, async () => {
        const ref = await prisma.paymentRef.findFirst({ where: { paymentId } });
        return ref ? prisma.lead.findFirst({ where: { conversionId: ref.conversionId } }) : null;
      }),
    /** Lets the clockwork look for refunds that wait, then waits until the lead of this payment is disputed. */
    disputedLead: (paymentId: string) =>
      until(`the lead of ${paymentId} disputed`, async () => {
        await leadline.runtime.clockwork?.tick();
        const { id } = await kit.leadOf(paymentId);
        return (await kit.leadRow(id)).holdState === 'disputed';
      }),
    /** Refunds known under any of these ids of a payment. */
    refundsOf: async (...keys: string[]) => {
      const named = await prisma.refundKey.findMany({ where: { key: { in: keys } } });
      return prisma.refund.findMany({
        where: { id: { in: named.map(({ refundId }) => refundId) } },
        orderBy: { id: 'asc' },
      });
    },
  };
  return kit;
}
export type WebhookKit = Awaited<ReturnType<typeof startWebhookKit>>;

/** The events of one payment at Stripe, each with ids of its own. Amounts are cents of USD, times Unix seconds. */
export function stripePayment(code: string, fields: { amount?: number; currency?: string } = {}) {
  const n = fresh();
  const amount = fields.amount ?? 4900;
  const currency = fields.currency ?? 'usd';
  const ids = {
    session: `cs_live_${n}`,
    intent: `pi_${n}`,
    charge: `ch_${n}`,
    invoice: `in_${n}`,
    subscription: `sub_${n}`,
    dispute: `du_${n}`,
  };
  const made = (name: string, change: Record<string, unknown>) =>
    fixture('stripe', name, { id: `evt_${fresh()}`, ...change });
  const refundFields = (refund: string, cents: number, at: number) => ({
    created: at,
    'data.object.id': `${refund}_${n}`,
    'data.object.amount': cents,
    'data.object.currency': currency,
    'data.object.charge': ids.charge,
    'data.object.payment_intent': ids.intent,
    'data.object.created': at,
  });
  const at = 1_795_186_800;
  return {
    ...ids,
    refundId: (refund: string) => `${refund}_${n}`,
    session_completed: (change: Record<string, unknown> = {}) =>
      made('checkout.session.completed', {
        'data.object.id': ids.session,
        'data.object.payment_intent': ids.intent,
        'data.object.client_reference_id': `order_of_${n}`,
        'data.object.metadata': { rgta_ref: code },
        'data.object.amount_total': amount,
        'data.object.currency': currency,
        ...change,
      }),
    refund: (kind: 'created' | 'updated' | 'failed', refund = 're', cents = amount, when = at) =>
      made(`refund.${kind}`, refundFields(refund, cents, when)),
    /** How much of the charge has been given back by `when`. */
    refunded: (total = amount, when = at) =>
      made('charge.refunded', {
        created: when,
        'data.object.id': ids.charge,
        'data.object.payment_intent': ids.intent,
        'data.object.amount': amount,
        'data.object.amount_refunded': total,
        'data.object.currency': currency,
        'data.object.refunded': total >= amount,
      }),
    disputed: (kind: 'created' | 'closed', change: Record<string, unknown> = {}) =>
      made(`charge.dispute.${kind}`, {
        'data.object.id': ids.dispute,
        'data.object.amount': amount,
        'data.object.charge': ids.charge,
        'data.object.payment_intent': ids.intent,
        ...change,
      }),
    invoicePayment: () =>
      made('invoice_payment.paid', {
        'data.object.id': `inpay_${n}`,
        'data.object.invoice': ids.invoice,
        'data.object.payment': { type: 'payment_intent', payment_intent: ids.intent },
      }),
  };
}

/** All orders of a short list. */
export function ordersOf<T>(list: readonly T[]): T[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((one, i) =>
    ordersOf([...list.slice(0, i), ...list.slice(i + 1)]).map((rest) => [one, ...rest]),
  );
}
