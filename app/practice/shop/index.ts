import { createServer } from 'node:http';
import type { BillingVerbs } from '../billing/index.ts';
import { listenOnLoopback, stopListening } from '../loopback.ts';
import { drawBase58, type Random, randomSeed, seededRandom } from '../random.ts';
import { LeadlineReporter } from './leadline.ts';
import { type Order, OrderBook } from './orders.ts';
import { createShopHandler } from './server.ts';
import { Till } from './till.ts';

export type { Order } from './orders.ts';

/** A running practice shop. */
export type PracticeShop = {
  url: string;
  port: number;
  /** Every order placed, oldest first. */
  orders(): Order[];
  /** Settles once every report to Leadline and every refund is done or logged as failed. */
  idle(): Promise<void>;
  stop(): Promise<void>;
};

/** How to start the shop. */
export type PracticeShopOptions = {
  /** 0 (the default) picks a free port. */
  port?: number;
  leadlineUrl: string;
  /** An `ll_` key with the scope `ingest`. */
  apiKey: string;
  /** The Regatta account's name at Leadline; `regatta` by default. */
  network?: string;
  /** Milliseconds until a report to Leadline is given up; 10 s by default. */
  timeoutMs?: number;
  /** Takes the money and gives it back; without it nothing can be returned. */
  billing?: Pick<BillingVerbs, 'pay' | 'refund' | 'dispute'>;
  /** Where failures go: stderr by default, never to the buyer. */
  log?: (line: string) => void;
  /** Seeded by the system by default: an order number must never come back in a later run. */
  random?: Random;
  now?: () => number;
};

/** Starts "Fernhill Supply" on 127.0.0.1. Rejects when the port is taken. */
export async function startPracticeShop(options: PracticeShopOptions): Promise<PracticeShop> {
  const random = options.random ?? seededRandom(randomSeed());
  const newCode = (): string => drawBase58(random, 12);
  const orders = new OrderBook(newCode, options.now ?? Date.now);
  const access = {
    url: options.leadlineUrl,
    apiKey: options.apiKey,
    network: options.network ?? 'regatta',
    timeoutMs: options.timeoutMs ?? 10_000,
  };
  const log = options.log ?? ((line: string) => process.stderr.write(`${line}\n`));
  const reporter = new LeadlineReporter(access, log);
  const till = options.billing ? new Till(options.billing, log) : null;
  const server = createServer(createShopHandler({ orders, reporter, newCode, till }));
  const port = await listenOnLoopback(server, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    orders: () => orders.all(),
    idle: async () => {
      await reporter.idle();
      await till?.idle();
    },
    stop: () => stopListening(server),
  };
}
