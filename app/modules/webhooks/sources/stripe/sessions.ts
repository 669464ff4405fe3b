import type { StripeMapping } from '../../mapping-schema.ts';
import { at, id, keysOf, needText, secondsToIso, text } from '../read.ts';
import { EventFault, type Found, type OnlyFirst } from '../types.ts';
import { needStripeMoney } from './money.ts';
import { couponOf, customerOf, refOf } from './places.ts';

const nothing = (words: string): Found => ({ kind: 'nothing', words });

/**
 * A checkout session is a conversion once it is paid (RG-15, RG-16). One that is completed but unpaid waits for
 * `checkout.session.async_payment_succeeded`; a free one (a trial) moved no money.
 */
export function readSession(session: unknown, mapping: StripeMapping, happenedAt: string | null): Found {
  const paid = text(at(session, 'payment_status'));
  if (paid === 'unpaid')
    return nothing(
      'The checkout is completed but not paid yet: it counts with checkout.session.async_payment_succeeded.',
    );
  if (paid === 'no_payment_required') return nothing(FREE);
  if (paid !== 'paid')
    throw new EventFault('data.object.payment_status', 'should be paid, unpaid or no_payment_required');
  const subscription = at(session, 'mode') === 'subscription';
  if (subscription && !mapping.subscriptionsByCheckout)
    return nothing(
      "A subscription: its first invoice is what is reported, as the endpoint's mapping says, not its checkout.",
    );
  const money = needStripeMoney(
    at(session, 'amount_total'),
    at(session, 'currency'),
    'data.object.amount_total',
  );
  if (money.amountCents === 0) return nothing(FREE);
  const metadata = at(session, 'metadata');
  return {
    kind: 'conversion',
    externalId: externalIdOf(session, mapping),
    eventType: subscription ? 'SUBSCRIPTION' : 'PURCHASE',
    revenueCents: money.amountCents,
    currency: money.currency,
    ...refOf(session, metadata, mapping),
    coupon: couponOf(metadata),
    customer: customerOf(
      at(session, 'customer_details', 'email') ?? at(session, 'customer_email'),
      at(session, 'customer'),
    ),
    keys: keysOf([
      ['session', at(session, 'id')],
      ['payment_intent', at(session, 'payment_intent')],
      ['invoice', at(session, 'invoice')],
      ['subscription', at(session, 'subscription')],
      ['order', at(session, 'client_reference_id')],
    ]),
    occurredAt: happenedAt ?? secondsToIso(at(session, 'created')),
    onlyFirstOf: firstOf(session, mapping),
  };
}

/** A checkout begins its subscription; a renewal that was told before it took its place (out of order). */
function firstOf(session: unknown, mapping: StripeMapping): OnlyFirst | null {
  const key = at(session, 'mode') === 'subscription' ? id(at(session, 'subscription')) : null;
  return key === null || mapping.renewals !== 'first_paid'
    ? null
    : { kind: 'subscription', key, said: 'first' };
}

const FREE = 'Nothing was paid (a trial, or a full discount): no money moved, so it is no conversion.';

function externalIdOf(session: unknown, mapping: StripeMapping): string {
  const place = mapping.externalId;
  if (place === 'session') return needText(at(session, 'id'), 'data.object.id');
  if (typeof place === 'object')
    return needText(at(session, 'metadata', place.metadata), `data.object.metadata.${place.metadata}`);
  return needText(at(session, place), `data.object.${place}`);
}
