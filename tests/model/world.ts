import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { temporaryDatabase } from '../factories/test-ctx.ts';
import { openHandle } from '../setup/handle.ts';
import { check, type Report, tellStory } from './check.ts';
import { readFacts } from './facts.ts';
import { type Host, type HostOptions, startInProcess } from './host.ts';
import { play } from './run.ts';
import { type Draw, drawScenario } from './scenario.ts';
import { furnish } from './terms.ts';
import type { Order } from './types.ts';

export interface Played extends Report {
  orders: Order[];
  stops: number;
  requests: number;
  /** All that is known of an order, by its number. */
  story(n: number): string;
}

/** A disk in memory where there is one: processes die here, the machine does not, so nothing rests on its syncs. */
const PLACE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Plays what the seed says on a new store and a new network, and compares. */
export async function playSeed(
  draw: Draw & { postgres?: string | undefined; start?: (options: HostOptions) => Promise<Host> },
): Promise<Played> {
  const scenario = drawScenario(draw);
  const regatta = await startPracticeRegatta({ seed: draw.seed, keepRequests: 100_000 });
  const { apiKey, wallet, places } = furnish(regatta);
  const dir = mkdtempSync(path.join(PLACE, 'leadline-model-'));
  const own = draw.postgres ? await temporaryDatabase(draw.postgres) : null;
  const databaseUrl = own?.url ?? `file:${path.join(dir, 'leadline.db')}`;
  try {
    const start = draw.start ?? startInProcess;
    const now = scenario.times[0] as number;
    const host = await start({ baseUrl: regatta.baseUrl, apiKey, dataDir: dir, databaseUrl, now });
    const log = await play(scenario, { host, regatta, places }).catch(async (error: unknown) => {
      // what went wrong first is what matters
      await host.stop().catch(() => undefined);
      throw error;
    });
    await host.stop();
    const { store } = await openHandle(databaseUrl);
    try {
      const facts = await readFacts(scenario, regatta, places, store);
      const report = check(scenario, facts, log, { regatta, wallet });
      return {
        ...report,
        orders: scenario.orders,
        stops: log.stops,
        requests: regatta.ledger({ limit: 0 }).tally.requests,
        story(n) {
          const order = scenario.orders.find((one) => one.n === n);
          const own = order && facts.get(order.externalId);
          return own ? tellStory(scenario, order, own, log) : 'no such order';
        },
      };
    } finally {
      await store.close();
    }
  } finally {
    await regatta.stop();
    await own?.drop();
    rmSync(dir, { recursive: true, force: true });
  }
}
