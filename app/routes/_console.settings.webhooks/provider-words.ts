import type { SourceId } from '#app/modules/webhooks/schema.ts';

/** What a person has to do at a provider. `events` are those that mean something to Leadline, by what they tell. */
export interface ProviderWords {
  label: string;
  /** Where to add the address. */
  where: string;
  /** Where the secret stands once it is added. */
  secret: string;
  secretLabel: string;
  placeholder: string;
  events: { why: string; types: string[] }[];
  /** How tests of this provider are told apart. */
  tests: string;
}

export const PROVIDERS: Record<SourceId, ProviderWords> = {
  stripe: {
    label: 'Stripe',
    where:
      'In the Stripe Dashboard: Developers, Webhooks, Add destination. Paste the address as the endpoint URL.',
    secret: 'Stripe shows the signing secret on the destination’s page, under “Signing secret”.',
    secretLabel: 'Signing secret',
    placeholder: 'whsec_…',
    events: [
      {
        why: 'Paid orders and subscriptions',
        types: [
          'checkout.session.completed',
          'checkout.session.async_payment_succeeded',
          'invoice.payment_succeeded',
          'invoice_payment.paid',
        ],
      },
      {
        why: 'Refunds, and refunds that fail',
        types: ['charge.refunded', 'refund.created', 'refund.updated', 'refund.failed'],
      },
      { why: 'Chargebacks and how they end', types: ['charge.dispute.created', 'charge.dispute.closed'] },
    ],
    tests: 'Events of Stripe’s test mode say so (livemode false) and are kept apart.',
  },
  shopify: {
    label: 'Shopify',
    where:
      'In the Shopify admin: Settings, Notifications, Webhooks, Create webhook, format JSON; one for each event.',
    secret: 'Shopify shows the secret below the list of webhooks. For an app, it is the app’s client secret.',
    secretLabel: 'Secret, or the app’s client secret',
    placeholder: 'shpss_…',
    events: [
      { why: 'Paid orders', types: ['orders/paid'] },
      { why: 'Refunds', types: ['refunds/create'] },
    ],
    tests: 'Test orders say so (test true) and are kept apart.',
  },
  paddle: {
    label: 'Paddle',
    where:
      'In Paddle: Developer tools, Notifications, New destination, type URL, usage “platform and simulation” off.',
    secret: 'Paddle shows the secret key in the destination’s menu, under “Edit destination”.',
    secretLabel: 'Secret key of the destination',
    placeholder: 'pdl_ntfset_…',
    events: [
      { why: 'Paid orders and subscriptions', types: ['transaction.completed'] },
      { why: 'Payments that fail after all', types: ['transaction.payment_failed'] },
      { why: 'Refunds and chargebacks', types: ['adjustment.created', 'adjustment.updated'] },
    ],
    tests:
      'Paddle’s sandbox marks nothing: give it an endpoint of its own and call that a sandbox in its mapping.',
  },
};

/** Every event to switch on, one on each line. */
export const eventsOf = (source: SourceId): string[] =>
  PROVIDERS[source].events.flatMap(({ types }) => types);
