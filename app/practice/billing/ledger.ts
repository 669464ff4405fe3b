import type { Random } from '../random.ts';
import { ControlError } from '../regatta/control-error.ts';
import { createIds, type Ids, idsOf } from './ids.ts';
import type { PayInput } from './schemas.ts';
import type { Dispute, DisputeStatus, Payment, Refund, RefundStatus } from './types.ts';

/**
 * Who paid what and what went back: the provider's books, in memory. No more goes back than was paid, ids belong
 * together, and every one of them finds its payment. Throws ControlError for what no provider would do.
 */
export class BillingLedger {
  readonly ids: Ids;
  readonly #now: () => number;
  readonly #payments: Payment[] = [];
  readonly #byKey = new Map<string, Payment>();

  constructor(random: Random, now: () => number) {
    this.ids = createIds(random, now);
    this.#now = now;
  }

  /** Every payment, oldest first. */
  all(): Payment[] {
    return [...this.#payments];
  }

  /** Writes a payment down. An order number is paid once at each provider. */
  pay(input: PayInput): Payment {
    const taken = this.#byKey.get(input.orderId);
    if (taken)
      throw new ControlError(409, `The order ${input.orderId} is paid for already, at ${taken.source}`);
    const { source, subscription, livemode } = input;
    const made = { ...idsOf(this.ids, source, { subscription, livemode }), ...input.ids } as Payment['ids'];
    return this.#keep({
      source,
      orderId: input.orderId,
      ids: made,
      amountCents: input.amountCents,
      currency: input.currency,
      status: input.unpaid ? 'unpaid' : 'paid',
      origin: 'checkout',
      subscription,
      livemode,
      ref: input.ref ?? null,
      promo: input.promo ?? null,
      email: input.email,
      customer: source === 'paddle' ? this.ids.paddle('ctm') : this.ids.stripe('cus'),
      metadata: input.metadata,
      createdAt: this.#now(),
      refunds: [],
      dispute: null,
    });
  }

  /** The payment that an order number or any of its ids names. */
  need(key: string): Payment {
    const found = this.#byKey.get(key);
    if (!found) throw new ControlError(404, `No payment has the order number or id ${key}`);
    return found;
  }

  /** A payment that was open is paid, or failed. */
  settle(key: string, status: 'paid' | 'failed'): Payment {
    const payment = this.need(key);
    if (payment.status === 'failed' || (payment.status === 'paid' && status === 'paid'))
      throw new ControlError(409, `The payment of ${payment.orderId} is ${payment.status} already`);
    payment.status = status;
    return payment;
  }

  /** A subscription is charged again: a payment of its own with an invoice, the same subscription and customer. */
  renew(key: string, amountCents?: number): Payment {
    const first = this.need(key);
    const { subscription } = first.ids;
    if (!first.subscription || subscription === undefined)
      throw new ControlError(409, `The order ${first.orderId} is no subscription`);
    const { source, livemode } = first;
    const round = this.#payments.filter((one) => one.ids.subscription === subscription).length + 1;
    const { session: _session, ...made } = idsOf(this.ids, source, {
      subscription: true,
      livemode,
    }) as Payment['ids'];
    return this.#keep({
      ...first,
      orderId: `${first.orderId}-${round}`,
      ids: { ...(made as Payment['ids']), subscription },
      amountCents: amountCents ?? first.amountCents,
      status: 'paid',
      origin: 'renewal',
      createdAt: this.#now(),
      refunds: [],
      dispute: null,
    });
  }

  /** Money goes back: all that is left, or `amountCents`. */
  refund(
    key: string,
    input: {
      id?: string | undefined;
      amountCents?: number | undefined;
      status: RefundStatus;
      reason: string | null;
    },
  ) {
    const payment = this.need(key);
    if (payment.status !== 'paid') throw new ControlError(409, `The order ${payment.orderId} is not paid`);
    const left = payment.amountCents - refundedOf(payment);
    const amountCents = input.amountCents ?? left;
    if (amountCents <= 0 || amountCents > left)
      throw new ControlError(
        409,
        `Of the order ${payment.orderId} ${left} can still go back, not ${amountCents}`,
      );
    const refund: Refund = {
      id: input.id ?? this.#newRefundId(payment),
      amountCents,
      status: input.status,
      reason: input.reason,
      createdAt: this.#now(),
    };
    payment.refunds.push(refund);
    this.#byKey.set(refund.id, payment);
    return { payment, refund };
  }

  /** A refund that was pending goes through, or one fails (also after it seemed to have gone through). */
  settleRefund(id: string, status: RefundStatus): { payment: Payment; refund: Refund } {
    const payment = this.need(id);
    const refund = payment.refunds.find((one) => one.id === id);
    if (!refund) throw new ControlError(404, `No refund has the id ${id}`);
    refund.status = status;
    return { payment, refund };
  }

  /** The bank takes the payment back (`warning_needs_response`: it only asks). */
  dispute(
    key: string,
    input: { id?: string | undefined; amountCents?: number | undefined; reason: string; inquiry: boolean },
  ) {
    const payment = this.need(key);
    if (payment.dispute) throw new ControlError(409, `The order ${payment.orderId} is disputed already`);
    const dispute: Dispute = {
      id: input.id ?? (payment.source === 'paddle' ? this.ids.paddle('adj') : this.ids.stripe('du')),
      amountCents: input.amountCents ?? payment.amountCents,
      status: input.inquiry ? 'warning_needs_response' : 'needs_response',
      reason: input.reason,
      createdAt: this.#now(),
    };
    payment.dispute = dispute;
    this.#byKey.set(dispute.id, payment);
    return { payment, dispute };
  }

  /** How a dispute ends. */
  closeDispute(id: string, status: DisputeStatus): { payment: Payment; dispute: Dispute } {
    const payment = this.need(id);
    if (!payment.dispute) throw new ControlError(404, `No dispute has the id ${id}`);
    payment.dispute.status = status;
    return { payment, dispute: payment.dispute };
  }

  #newRefundId({ source }: Payment): string {
    if (source === 'shopify') return this.ids.shopify();
    return source === 'paddle' ? this.ids.paddle('adj') : this.ids.stripe('re');
  }

  #keep(payment: Payment): Payment {
    this.#payments.push(payment);
    this.#byKey.set(payment.orderId, payment);
    for (const [kind, id] of Object.entries(payment.ids)) {
      // a subscription names its first payment
      if (kind !== 'subscription' || !this.#byKey.has(id)) this.#byKey.set(id, payment);
    }
    return payment;
  }
}

/** What of a payment has gone back or is going, in minor units. */
export const refundedOf = (payment: Payment): number =>
  payment.refunds
    .filter(({ status }) => status === 'succeeded' || status === 'pending')
    .reduce((sum, { amountCents }) => sum + amountCents, 0);
