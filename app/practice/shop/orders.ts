import { type Price, type Product, priceOf } from './catalogue.ts';

/** A paid order: the shop's durable record, with the referral it was made under (RG-04). */
export type Order = {
  id: string;
  /** The payment intent that paid for it. */
  paymentId: string;
  product: Product;
  price: Price;
  email: string;
  ref: string | null;
  promo: string | null;
  visitorId: string;
  placedAt: string;
  ip: string | null;
  userAgent: string | null;
};

/** What a checkout hands over. */
export type Purchase = Omit<Order, 'id' | 'paymentId' | 'price' | 'placedAt'> & { checkoutId: string };

/** The shop's order book, in memory. */
export class OrderBook {
  readonly #orders = new Map<string, Order>();
  readonly #byCheckout = new Map<string, Order>();
  readonly #newCode: () => string;
  readonly #now: () => number;

  constructor(newCode: () => string, now: () => number) {
    this.#newCode = newCode;
    this.#now = now;
  }

  /** Places an order, once for each checkout: pressing "Buy" twice gives the same order. */
  place(purchase: Purchase): { order: Order; isNew: boolean } {
    const { checkoutId, ...rest } = purchase;
    const known = this.#byCheckout.get(checkoutId);
    if (known) return { order: known, isNew: false };
    const order: Order = {
      ...rest,
      id: `FS-${this.#newCode()}`,
      paymentId: `pi_${this.#newCode()}`,
      price: priceOf(rest.product, rest.promo),
      placedAt: new Date(this.#now()).toISOString(),
    };
    this.#orders.set(order.id, order);
    this.#byCheckout.set(checkoutId, order);
    return { order, isNew: true };
  }

  /** Finds an order by its number. */
  find(id: string): Order | undefined {
    return this.#orders.get(id);
  }

  /** Every order, oldest first. */
  all(): Order[] {
    return [...this.#orders.values()];
  }
}
