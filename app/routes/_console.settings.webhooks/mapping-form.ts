import type { SourceId } from '#app/modules/webhooks/schema.ts';

/** One place in an event, as the editor holds it: what it is, and the name or the kind of record it asks for. */
export interface Place {
  kind: string;
  key: string;
  type: string;
}

export interface PlaceOption {
  kind: string;
  label: string;
  /** key: the name of a field. type: the kind of record whose id it is. */
  asks: 'key' | 'type' | null;
}

/** What the editor holds. */
export interface MappingForm {
  externalId: Place;
  ref: Place[];
  campaignId: string;
  renewals: string;
  subscriptionsByCheckout: boolean;
  sandbox: boolean;
  reportTestMode: boolean;
}

export const RECORD_TYPES = [
  'order',
  'user',
  'lead',
  'checkout_session',
  'customer',
  'subscription',
] as const;

const metadata: PlaceOption = { kind: 'metadata', label: 'Metadata', asks: 'key' };
const customData: PlaceOption = { kind: 'customData', label: 'Custom data', asks: 'key' };
const plain = (kind: string, label: string): PlaceOption => ({ kind, label, asks: null });
const record = (of: string, label: string): PlaceOption => ({
  kind: `recordOf:${of}`,
  label: `Record by ${label}`,
  asks: 'type',
});

/** Where an order's id can stand. */
export const ID_PLACES: Record<SourceId, PlaceOption[]> = {
  stripe: [
    plain('session', 'Checkout session’s id'),
    plain('payment_intent', 'Payment intent’s id'),
    plain('client_reference_id', 'client_reference_id'),
    metadata,
  ],
  shopify: [
    plain('id', 'Order’s id'),
    plain('name', 'Order’s name (#1001)'),
    plain('checkout_token', 'Checkout token'),
  ],
  paddle: [plain('transaction', 'Transaction’s id'), plain('invoice', 'Invoice’s id'), customData],
};

/** Where a tracking code can stand, or the id of a record that holds it. */
export const REF_PLACES: Record<SourceId, PlaceOption[]> = {
  stripe: [
    metadata,
    plain('client_reference_id', 'client_reference_id is the code'),
    record('client_reference_id', 'client_reference_id'),
  ],
  shopify: [
    { kind: 'noteAttribute', label: 'Note attribute', asks: 'key' },
    { kind: 'landingParameter', label: 'Parameter of the landing page', asks: 'key' },
    record('id', 'the order’s id'),
    record('checkout_token', 'the checkout token'),
    record('customer', 'the customer’s id'),
  ],
  paddle: [
    customData,
    record('transaction', 'the transaction’s id'),
    record('customer', 'the customer’s id'),
    record('subscription', 'the subscription’s id'),
  ],
};

/** A place of a stored mapping as the editor holds it. */
export function readPlace(place: unknown): Place {
  const empty = { key: '', type: 'order' };
  if (typeof place === 'string') return { ...empty, kind: place };
  const fields = place as Record<string, string>;
  if (fields.recordOf !== undefined)
    return { ...empty, kind: `recordOf:${fields.recordOf}`, type: fields.type ?? 'order' };
  const [kind = '', key = ''] = Object.entries(fields)[0] ?? [];
  return { ...empty, kind, key };
}

/** A place as a mapping stores it. */
export function writePlace({ kind, key, type }: Place, options: readonly PlaceOption[]): unknown {
  if (kind.startsWith('recordOf:')) return { recordOf: kind.slice('recordOf:'.length), type };
  return options.find((option) => option.kind === kind)?.asks === 'key' ? { [kind]: key } : kind;
}

/** A stored mapping as the editor holds it. */
export function readMapping(mapping: unknown): MappingForm {
  const stored = mapping as {
    externalId: unknown;
    ref: unknown[];
    campaignId?: string;
    renewals: string;
    subscriptionsByCheckout?: boolean;
    sandbox?: boolean;
    reportTestMode: boolean;
  };
  return {
    externalId: readPlace(stored.externalId),
    ref: stored.ref.map(readPlace),
    campaignId: stored.campaignId ?? '',
    renewals: stored.renewals,
    subscriptionsByCheckout: stored.subscriptionsByCheckout ?? true,
    sandbox: stored.sandbox ?? false,
    reportTestMode: stored.reportTestMode,
  };
}

/** What the editor holds, as a mapping of that source. Its schema says whether it is valid. */
export function writeMapping(source: SourceId, form: MappingForm): Record<string, unknown> {
  return {
    externalId: writePlace(form.externalId, ID_PLACES[source]),
    ref: form.ref.map((place) => writePlace(place, REF_PLACES[source])),
    ...(form.campaignId === '' ? {} : { campaignId: form.campaignId }),
    renewals: form.renewals,
    ...(source === 'stripe' ? { subscriptionsByCheckout: form.subscriptionsByCheckout } : {}),
    sandbox: form.sandbox,
    reportTestMode: form.reportTestMode,
  };
}
