/** The providers that this billing plays. */
export const SOURCES = ['stripe', 'shopify', 'paddle'] as const;
export type SourceId = (typeof SOURCES)[number];

export type RefundStatus = 'pending' | 'succeeded' | 'failed' | 'canceled';
export type DisputeStatus = 'needs_response' | 'warning_needs_response' | 'won' | 'lost' | 'warning_closed';

/** Money that went back, or is on its way. Times are in ms; money is integer minor units. */
export type Refund = {
  id: string;
  amountCents: number;
  status: RefundStatus;
  reason: string | null;
  createdAt: number;
};

/** A chargeback, or an inquiry that took nothing yet (`warning_…`). */
export type Dispute = {
  id: string;
  amountCents: number;
  status: DisputeStatus;
  reason: string;
  createdAt: number;
};

/**
 * One payment and everything that hangs on it. `ids` holds the provider's own: session, payment_intent, charge,
 * invoice, subscription (Stripe); order, checkout_token (Shopify); transaction, invoice, subscription (Paddle).
 */
export type Payment = {
  source: SourceId;
  /** The shop's own order number. */
  orderId: string;
  ids: Record<string, string>;
  amountCents: number;
  currency: string;
  status: 'unpaid' | 'paid' | 'failed';
  /** checkout: a person paid. renewal: a subscription was charged again. */
  origin: 'checkout' | 'renewal';
  subscription: boolean;
  livemode: boolean;
  ref: string | null;
  promo: string | null;
  email: string;
  customer: string;
  /** What the shop wrote beside the payment. */
  metadata: Record<string, string>;
  createdAt: number;
  refunds: Refund[];
  dispute: Dispute | null;
};

/** An event before it is signed: the exact text of its body and the headers that are no signature. */
export type BillingEvent = {
  source: SourceId;
  eventId: string;
  type: string;
  body: string;
  headers: Record<string, string>;
};

/** One time that an event was sent. `status` is null where nobody answered. */
export type Delivery = {
  at: string;
  source: SourceId;
  eventId: string;
  type: string;
  fault: string | null;
  url: string;
  status: number | null;
  answer: string;
};
