import type { PracticeClock } from '../regatta/clock.ts';
import { ControlError, parseControl } from '../regatta/control-error.ts';
import { ClockInput } from '../regatta/control-schemas.ts';
import type { BillingLedger } from './ledger.ts';
import * as paddle from './paddle-events.ts';
import type { PostOffice } from './post-office.ts';
import * as input from './schemas.ts';
import * as shopify from './shopify-events.ts';
import * as stripe from './stripe-events.ts';
import type { BillingEvent, Delivery, Payment, SourceId } from './types.ts';

/** What a verb came to: the payment as it stands, and the deliveries that were made for it. */
export type Told = { payment: Payment; deliveries: Delivery[] };

type Parts = { ledger: BillingLedger; office: PostOffice; clock: PracticeClock };

/** Everything that the practice billing can be told to do. Inputs are checked; ControlError says what is wrong. */
export function createBillingVerbs({ ledger, office, clock }: Parts) {
  const { ids } = ledger;
  const wrap = (
    payment: Pick<Payment, 'source' | 'livemode'>,
    type: string,
    object: unknown,
  ): BillingEvent => {
    const at = { now: clock.now(), livemode: payment.livemode };
    if (payment.source === 'stripe') return stripe.stripeEvent(ids, type, object, at);
    if (payment.source === 'shopify') return shopify.shopifyEvent(ids, type, object, at);
    return paddle.paddleEvent(ids, type, object, at);
  };
  const tell = async (payment: Payment, told: readonly [string, unknown][]): Promise<Told> => ({
    deliveries: await office.send(told.map(([type, object]) => wrap(payment, type, object))),
    payment: structuredClone(payment),
  });

  return {
    /** A person pays in the checkout. */
    async pay(given: unknown): Promise<Told> {
      const asked = parseControl(input.PayInput, given);
      const payment = ledger.pay(asked);
      return tell(payment, asked.tell ? paidEvents(payment) : []);
    },
    /** A payment that was open goes through, or fails. */
    async settle(given: unknown): Promise<Told> {
      const { key, status } = parseControl(input.SettleInput, given);
      const payment = ledger.settle(key, status);
      const { source } = payment;
      if (source === 'paddle')
        return tell(payment, [
          [
            status === 'paid' ? 'transaction.completed' : 'transaction.payment_failed',
            paddle.transactionOf(payment),
          ],
        ]);
      if (source === 'shopify') return tell(payment, status === 'paid' ? paidEvents(payment) : []);
      const type = `checkout.session.async_payment_${status === 'paid' ? 'succeeded' : 'failed'}`;
      return tell(payment, [[type, stripe.sessionOf(payment)]]);
    },
    /** A subscription is charged again. */
    async renew(given: unknown): Promise<Told> {
      const { key, amountCents } = parseControl(input.RenewInput, given);
      const payment = ledger.renew(key, amountCents);
      return tell(payment, paidEvents(payment));
    },
    /** Money goes back. */
    async refund(given: unknown): Promise<Told> {
      const { key, ...asked } = parseControl(input.RefundInput, given);
      const { payment, refund } = ledger.refund(key, asked);
      if (payment.source === 'paddle')
        return tell(payment, [['adjustment.created', paddle.refundAdjustment(payment, refund)]]);
      if (payment.source === 'shopify')
        return tell(payment, [['refunds/create', shopify.refundOf(payment, refund)]]);
      return tell(payment, [
        ['refund.created', stripe.refundOf(payment, refund)],
        ['charge.refunded', stripe.chargeOf(payment)],
      ]);
    },
    /** A refund goes through or fails after all. */
    async settleRefund(given: unknown): Promise<Told> {
      const { id, status } = parseControl(input.SettleRefundInput, given);
      const { payment, refund } = ledger.settleRefund(id, status);
      if (payment.source === 'shopify')
        throw new ControlError(409, 'Shopify tells of no later state of a refund');
      if (payment.source === 'paddle')
        return tell(payment, [['adjustment.updated', paddle.refundAdjustment(payment, refund)]]);
      const object = stripe.refundOf(payment, refund);
      const updated: [string, unknown] = ['refund.updated', object];
      return tell(payment, status === 'failed' ? [updated, ['refund.failed', object]] : [updated]);
    },
    /** The bank takes the payment back, or asks about it. */
    async dispute(given: unknown): Promise<Told> {
      const { key, ...asked } = parseControl(input.DisputeInput, given);
      noShopify(ledger.need(key));
      const { payment, dispute } = ledger.dispute(key, asked);
      return tell(payment, [
        payment.source === 'paddle'
          ? ['adjustment.created', paddle.disputeAdjustment(payment, dispute)]
          : ['charge.dispute.created', stripe.disputeOf(payment, dispute)],
      ]);
    },
    /** A chargeback ends. */
    async closeDispute(given: unknown): Promise<Told> {
      const { id, outcome } = parseControl(input.CloseDisputeInput, given);
      const { payment, dispute } = ledger.closeDispute(id, outcome);
      if (payment.source !== 'paddle')
        return tell(payment, [['charge.dispute.closed', stripe.disputeOf(payment, dispute)]]);
      if (outcome === 'lost') return tell(payment, []);
      const reverse = { id: ids.paddle('adj'), now: clock.now() };
      return tell(payment, [['adjustment.created', paddle.disputeAdjustment(payment, dispute, reverse)]]);
    },
    /** Something that Leadline does not know, or should not understand. */
    async other(given: unknown): Promise<{ deliveries: Delivery[] }> {
      const { source, type, object } = parseControl(input.OtherInput, given);
      return { deliveries: await office.send([wrap({ source, livemode: true }, type, object)]) };
    },
    payments: () => ({ payments: structuredClone(ledger.all()) }),
    deliveries(given: unknown = {}) {
      const { source, type, limit } = parseControl(input.DeliveryFilter, given);
      const found = office
        .deliveries()
        .filter(
          (one) =>
            (source === undefined || one.source === source) && (type === undefined || one.type === type),
        );
      return { deliveries: found.slice(-limit) };
    },
    faults: () => ({ faults: office.faults() }),
    setFaults: (given: unknown) => ({ faults: office.setFaults(parseControl(input.BillingFaults, given)) }),
    connect(given: unknown): { connected: SourceId } {
      const { source, url, secret } = parseControl(input.EndpointInput, given);
      office.connect(source, { url, secret });
      return { connected: source };
    },
    release: async () => ({ deliveries: await office.release() }),
    resend: async (eventId: string) => ({ deliveries: await office.resend(eventId) }),
    changeClock: (given: unknown) => clock.change(parseControl(ClockInput, given)),
  };
}
export type BillingVerbs = ReturnType<typeof createBillingVerbs>;

function paidEvents(payment: Payment): [string, unknown][] {
  if (payment.source === 'shopify')
    return payment.status === 'paid' ? [['orders/paid', shopify.orderOf(payment)]] : [];
  if (payment.source === 'paddle')
    return payment.status === 'paid' ? [['transaction.completed', paddle.transactionOf(payment)]] : [];
  const session: [string, unknown] = ['checkout.session.completed', stripe.sessionOf(payment)];
  if (!payment.subscription || payment.status !== 'paid') return [session];
  const invoice: [string, unknown][] = [
    ['invoice.payment_succeeded', stripe.invoiceOf(payment)],
    ['invoice_payment.paid', stripe.invoicePaymentOf(payment)],
  ];
  return payment.origin === 'renewal' ? invoice : [...invoice, session];
}

function noShopify({ source }: Payment): void {
  if (source === 'shopify')
    throw new ControlError(409, 'Leadline takes no chargebacks from Shopify: report them over the API');
}
