import { isDeepStrictEqual } from 'node:util';
import type { ShopifyMapping } from '../../mapping-schema.ts';
import { at, id, isoOf, keysOf, list, needCurrency, needDecimal, needText, text } from '../read.ts';
import {
  EventFault,
  type EventHead,
  type Found,
  type FoundConversion,
  type WebhookSource,
} from '../types.ts';
import { readRefund, testsAlone } from './refunds.ts';
import { verifyShopify } from './verify.ts';

/**
 * Shopify (RG-16, RG-39): the body is the order or refund itself; what it is stands in the headers, which nobody
 * signs. So a body is believed to be a paid order only where it says so itself.
 */
export const shopifySource: WebhookSource<ShopifyMapping> = {
  id: 'shopify',
  label: 'Shopify',
  eventTypes: ['orders/paid', 'refunds/create'],
  mappedTypes: ['orders/paid'],
  lookAgain: [],
  verify: verifyShopify,
  saysTheSame: isDeepStrictEqual,
  readHead(event, request): EventHead {
    const type = request.header('x-shopify-topic');
    if (!type) throw new EventFault('X-Shopify-Topic', 'is missing: what this event is cannot be known');
    // one event is sent to each subscription with an id of its own: the delivery's id is what repeats
    const eventId = request.header('x-shopify-webhook-id') ?? request.header('x-shopify-event-id');
    if (!eventId)
      throw new EventFault('X-Shopify-Webhook-Id', 'is missing: a repeat could not be told from a new event');
    return {
      eventId: needText(eventId, 'X-Shopify-Webhook-Id'),
      type: needText(type, 'X-Shopify-Topic'),
      testMode:
        request.header('x-shopify-test') === 'true' || at(event, 'test') === true || testsAlone(event),
      subjectId: id(event),
      occurredAt:
        isoOf(request.header('x-shopify-triggered-at')) ??
        isoOf(at(event, 'processed_at')) ??
        isoOf(at(event, 'created_at')),
    };
  },
  interpret(type, event, mapping) {
    if (type === 'orders/paid') return readOrder(event, mapping);
    if (type === 'refunds/create') return readRefund(event);
    return { kind: 'nothing', words: `Events of the type ${type} mean nothing to Leadline.` };
  },
};

/** Payment states in which the order was paid; a delivery that comes late may know of refunds already. */
const PAID = new Set(['paid', 'partially_refunded', 'refunded']);

function readOrder(order: unknown, mapping: ShopifyMapping): Found {
  const status = needText(at(order, 'financial_status'), 'financial_status');
  if (!PAID.has(status))
    return { kind: 'nothing', words: `The order is not paid (its payment stands at "${status}").` };
  const currency = needCurrency(at(order, 'currency'), 'currency');
  // not current_total_price: refunds are taken off that one
  const amount = needDecimal(at(order, 'total_price'), currency, 'total_price');
  if (amount === 0)
    return {
      kind: 'nothing',
      words: 'Nothing was paid (a full discount): no money moved, so it is no conversion.',
    };
  const place = mapping.externalId;
  return {
    kind: 'conversion',
    externalId: needText(at(order, place), place),
    eventType: 'PURCHASE',
    revenueCents: amount,
    currency,
    ...refOf(order, mapping),
    coupon: text(list(at(order, 'discount_codes'))[0]?.code),
    customer: customerOf(order),
    keys: keysOf([
      ['order', at(order, 'id')],
      ['order', at(order, 'name')],
      ['session', at(order, 'checkout_token')],
    ]),
    occurredAt: isoOf(at(order, 'processed_at')) ?? isoOf(at(order, 'created_at')),
    onlyFirstOf: null,
  };
}

function refOf(order: unknown, mapping: ShopifyMapping): Pick<FoundConversion, 'ref' | 'record'> {
  let record: FoundConversion['record'] = null;
  for (const place of mapping.ref) {
    if ('recordOf' in place) {
      const named =
        place.recordOf === 'customer' ? id(at(order, 'customer', 'id')) : id(at(order, place.recordOf));
      if (named !== null) record ??= { type: place.type, id: named };
      continue;
    }
    const ref =
      'noteAttribute' in place
        ? text(list(at(order, 'note_attributes')).find((one) => one.name === place.noteAttribute)?.value)
        : parameterOf(text(at(order, 'landing_site')), place.landingParameter);
    if (ref !== null) return { ref, record };
  }
  return { ref: null, record };
}

/** A parameter of the address the buyer landed on, decoded as browsers do. */
function parameterOf(landing: string | null, name: string): string | null {
  const question = landing?.indexOf('?') ?? -1;
  if (landing === null || question < 0) return null;
  return text(new URLSearchParams(landing.slice(question + 1)).get(name));
}

function customerOf(order: unknown): FoundConversion['customer'] {
  const email = text(at(order, 'email')) ?? text(at(order, 'customer', 'email'));
  const known = id(at(order, 'customer', 'id'));
  const ip = text(at(order, 'browser_ip')) ?? text(at(order, 'client_details', 'browser_ip'));
  const userAgent = text(at(order, 'client_details', 'user_agent'));
  return {
    ...(email ? { email } : {}),
    ...(known ? { id: known } : {}),
    ...(ip ? { ip } : {}),
    ...(userAgent ? { userAgent: userAgent.slice(0, 1024) } : {}),
  };
}
