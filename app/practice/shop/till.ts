import type { BillingVerbs } from '../billing/index.ts';
import type { Order } from './orders.ts';

/** What became of an order's money, for its page. */
export type MoneyBack = 'returned' | 'half' | 'disputed';

/**
 * The shop's cash register at the practice Stripe: it takes the money of every order without telling Leadline (the
 * shop's backend does that), and gives it back through Stripe, whose signed webhooks tell Leadline (RG-39).
 */
export class Till {
  readonly #billing: Pick<BillingVerbs, 'pay' | 'refund' | 'dispute'>;
  readonly #log: (line: string) => void;
  readonly #back = new Map<string, MoneyBack>();
  readonly #underWay = new Set<Promise<void>>();

  constructor(billing: Pick<BillingVerbs, 'pay' | 'refund' | 'dispute'>, log: (line: string) => void) {
    this.#billing = billing;
    this.#log = log;
  }

  /** Takes the payment of an order that was just placed. */
  async take(order: Order): Promise<void> {
    await this.#billing.pay({
      source: 'stripe',
      orderId: order.id,
      amountCents: order.price.totalCents,
      ref: order.ref,
      promo: order.promo,
      email: order.email,
      tell: false,
      ids: { payment_intent: order.paymentId },
    });
  }

  /** What became of the order's money, or null while the shop has all of it. */
  backOf(order: Order): MoneyBack | null {
    return this.#back.get(order.id) ?? null;
  }

  /** Gives the money back, or half of it, or lets the bank take it; once for each order, in the background. */
  giveBack(order: Order, how: MoneyBack): void {
    if (this.#back.has(order.id)) return;
    this.#back.set(order.id, how);
    const half = { amountCents: Math.floor(order.price.totalCents / 2) };
    const told =
      how === 'disputed'
        ? this.#billing.dispute({ key: order.id })
        : this.#billing.refund({ key: order.id, ...(how === 'half' ? half : {}) });
    const running = told
      .then(
        ({ deliveries }) => {
          for (const { type, status, answer } of deliveries)
            if (status === null || status >= 300)
              this.#log(
                `[shop] Leadline did not take ${type} of ${order.id}: ${status ?? 'no answer'} ${answer}`,
              );
        },
        (error: unknown) => this.#log(`[shop] no money back for ${order.id}: ${String(error)}`),
      )
      .finally(() => this.#underWay.delete(running));
    this.#underWay.add(running);
  }

  /** Settles once nothing is under way any more. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }
}
