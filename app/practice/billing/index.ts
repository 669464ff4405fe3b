import { listenOnLoopback, stopListening } from '../loopback.ts';
import { type Random, randomSeed, seededRandom } from '../random.ts';
import { PracticeClock } from '../regatta/clock.ts';
import { createBillingServer } from './control.ts';
import { BillingLedger } from './ledger.ts';
import { type Endpoint, PostOffice } from './post-office.ts';
import type { SourceId } from './types.ts';
import { type BillingVerbs, createBillingVerbs } from './verbs.ts';

export type { Endpoint } from './post-office.ts';
export { signatureOf } from './sign.ts';
export type { BillingEvent, Delivery, Payment, SourceId } from './types.ts';
export type { BillingVerbs, Told } from './verbs.ts';

export type BillingOptions = {
  /** Where each provider sends, and with which secret it signs; `connect` adds more. */
  endpoints?: Partial<Record<SourceId, Endpoint>>;
  /** Seeded by the system by default: a payment's id must never come back in a later run. */
  random?: Random;
  /** Real time; the practice clock runs on it. */
  now?: () => number;
};

/** The practice billing without its server: the verbs send over HTTP and answer once everything is delivered. */
export function createBilling(options: BillingOptions = {}): BillingVerbs {
  const clock = new PracticeClock(options.now);
  const now = (): number => clock.now();
  const ledger = new BillingLedger(options.random ?? seededRandom(randomSeed()), now);
  return createBillingVerbs({ ledger, clock, office: new PostOffice(now, options.endpoints ?? {}) });
}

/** A running practice billing: Stripe, Shopify and Paddle in one. */
export type PracticeBilling = BillingVerbs & { url: string; port: number; stop(): Promise<void> };

/** Starts it on 127.0.0.1 with its control calls. Rejects when the port is taken. */
export async function startPracticeBilling(
  options: BillingOptions & { port?: number } = {},
): Promise<PracticeBilling> {
  const verbs = createBilling(options);
  const server = createBillingServer(verbs);
  const port = await listenOnLoopback(server, options.port ?? 0);
  return { ...verbs, url: `http://127.0.0.1:${port}`, port, stop: () => stopListening(server) };
}
