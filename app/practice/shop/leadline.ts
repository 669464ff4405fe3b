import type { Order } from './orders.ts';

/** What the shop tells Leadline about a code seen on arrival. */
export type CaptureReport = {
  ref: string;
  promo: string | null;
  url: string;
  visitorId: string;
  cookieValue: string;
};

/** Where and as whom to report. */
export type LeadlineAccess = {
  /** Leadline's address, without a path. */
  url: string;
  /** An `ll_` key with the scope `ingest`. */
  apiKey: string;
  /** The name of the Regatta account there. */
  network: string;
  timeoutMs: number;
};

/** Reports to Leadline in the background: no buyer waits for it or sees it fail (RG-17). */
export class LeadlineReporter {
  readonly #access: LeadlineAccess;
  readonly #log: (line: string) => void;
  readonly #underWay = new Set<Promise<void>>();

  constructor(access: LeadlineAccess, log: (line: string) => void) {
    this.#access = access;
    this.#log = log;
  }

  /** Reports a capture (RG-01, RG-03). */
  capture(report: CaptureReport): void {
    const { promo, ...rest } = report;
    this.#inBackground('capture', async () => {
      await this.#post('/api/v1/captures', {
        ...rest,
        ...(promo === null ? {} : { promo }),
        ...this.#network(),
      });
    });
  }

  /** Reports a paid order: first the record that carries the code (RG-04), then the conversion (RG-13, RG-15). */
  order(order: Order): void {
    this.#inBackground(`order ${order.id}`, async () => {
      await this.#attempt(`record of ${order.id}`, () =>
        this.#post('/api/v1/records', recordOf(order, this.#network())),
      );
      await this.#post('/api/v1/conversions', conversionOf(order, this.#network()));
    });
  }

  /** Settles once nothing is under way any more. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  #network(): { network: string } {
    return { network: this.#access.network };
  }

  #inBackground(what: string, work: () => Promise<void>): void {
    const running = this.#attempt(what, work).finally(() => this.#underWay.delete(running));
    this.#underWay.add(running);
  }

  async #attempt(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#log(`[shop] Leadline did not take the ${what}: ${reasonOf(error)}`);
    }
  }

  async #post(path: string, body: unknown): Promise<void> {
    const response = await fetch(new URL(path, this.#access.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#access.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(this.#access.timeoutMs),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text.slice(0, 500)}`);
  }
}

function recordOf(order: Order, network: { network: string }): unknown {
  return {
    type: 'order',
    id: order.id,
    ...(order.ref === null ? {} : { ref: order.ref }),
    ...(order.promo === null ? {} : { promo: order.promo }),
    visitorId: order.visitorId,
    ...network,
  };
}

function conversionOf(order: Order, network: { network: string }): unknown {
  return {
    externalId: order.id,
    eventType: 'PURCHASE',
    revenueCents: order.price.totalCents,
    currency: 'USD',
    record: { type: 'order', id: order.id },
    ...network,
    occurredAt: order.placedAt,
    paymentIds: [order.paymentId],
    ...(order.price.percentOff > 0 && order.promo !== null ? { coupon: order.promo } : {}),
    customer: {
      email: order.email,
      ...(order.ip === null ? {} : { ip: order.ip }),
      ...(order.userAgent === null ? {} : { userAgent: order.userAgent }),
    },
    metadata: { product: order.product.slug, shop: 'practice' },
  };
}

/** fetch hides why it failed behind "fetch failed"; the cause says it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
