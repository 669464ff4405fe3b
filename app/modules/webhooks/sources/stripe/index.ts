import { isDeepStrictEqual } from 'node:util';
import type { StripeMapping } from '../../mapping-schema.ts';
import { at, id, isoOf, needText, secondsToIso } from '../read.ts';
import { EventFault, type EventHead, type Found, type WebhookSource } from '../types.ts';
import { readInvoice, readInvoicePayment } from './invoices.ts';
import { readCharge, readDispute, readDisputeEnd, readRefund } from './refunds.ts';
import { readSession } from './sessions.ts';
import { verifyStripe } from './verify.ts';

const READERS: Record<string, (object: unknown, mapping: StripeMapping, happenedAt: string | null) => Found> =
  {
    'checkout.session.completed': readSession,
    'checkout.session.async_payment_succeeded': readSession,
    'invoice.payment_succeeded': readInvoice,
    'invoice_payment.paid': readInvoicePayment,
    'charge.refunded': readCharge,
    'refund.created': readRefund,
    'refund.updated': readRefund,
    'refund.failed': readRefund,
    // the name of refund.updated in older API versions
    'charge.refund.updated': readRefund,
    'charge.dispute.created': readDispute,
    'charge.dispute.closed': readDisputeEnd,
  };

/** Stripe's newer destinations name what happened and leave the object to be fetched (`v1.charge.refunded`). */
const THIN =
  'is v2.core.event: a thin event, which names the payment and holds nothing of it. In Stripe give the destination of this address the payload style "Snapshot", then send the event again.';

/** Stripe (RG-16, RG-39): `{id, type, created, livemode, data: {object}}`. */
export const stripeSource: WebhookSource<StripeMapping> = {
  id: 'stripe',
  label: 'Stripe',
  eventTypes: Object.keys(READERS),
  mappedTypes: [
    'checkout.session.completed',
    'checkout.session.async_payment_succeeded',
    'invoice.payment_succeeded',
  ],
  lookAgain: [],
  verify: verifyStripe,
  // how many deliveries are still pending is counted in the event; another API version writes the object another way
  saysTheSame: (before, again) =>
    at(before, 'type') === at(again, 'type') &&
    at(before, 'livemode') === at(again, 'livemode') &&
    (at(before, 'api_version') !== at(again, 'api_version') ||
      isDeepStrictEqual(at(before, 'data', 'object'), at(again, 'data', 'object'))),
  readHead: (event): EventHead => ({
    eventId: needText(at(event, 'id'), 'id'),
    type: needText(at(event, 'type'), 'type'),
    // an event that does not say so is live: it must not vanish among tests
    testMode: at(event, 'livemode') === false,
    subjectId: id(at(event, 'data', 'object')) ?? id(at(event, 'related_object')),
    occurredAt: secondsToIso(at(event, 'created')) ?? isoOf(at(event, 'created')),
  }),
  interpret(type, event, mapping) {
    if (at(event, 'object') === 'v2.core.event' && Object.hasOwn(READERS, type.replace(/^v1\./, '')))
      throw new EventFault('object', THIN);
    const read = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
    if (!read) return { kind: 'nothing', words: `Events of the type ${type} mean nothing to Leadline.` };
    return read(at(event, 'data', 'object'), mapping, secondsToIso(at(event, 'created')));
  },
};
