import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type PracticeRegatta, startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { temporaryDatabase } from '../factories/test-ctx.ts';
import { openHandle } from '../setup/handle.ts';
import { check, type Report, tellStory } from './check.ts';
import { readFacts } from './facts.ts';
import { type Host, type HostOptions, startInProcess } from './host.ts';
import { play } from './run.ts';
import { type Draw, drawScenario } from './scenario.ts';
import { furnish } from './terms.ts';
import type { Log, Order } from './types.ts';

export interface Played extends Report {
  orders: Order[];
  stops: number;
  /** Rows that were left to do as Leadline died in the middle of batches. */
  interrupted: number;
  /** What was done in batches and by second persons, and disputes that ran into the time limit: how often. */
  deeds: Record<string, number>;
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
        interrupted: log.interrupted,
        deeds: deedsOf(log, regatta),
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

function deedsOf({ bulks, seconds }: Log, regatta: PracticeRegatta): Record<string, number> {
  const late = regatta
    .ledger({ limit: 100_000 })
    .requests.filter((one) => one.route === 'dispute' && (one.fault === 'slow' || one.fault === 'timeout'));
  const names = [
    ...bulks.map(({ fate, state }) => `${fate}: ${state}`),
    ...seconds.map(({ does, ok }) => `${does}: ${ok ? 'done' : 'refused'}`),
    ...late.map(({ effect }) => (effect === 'disputed' ? 'too late: disputed' : 'too late: nothing')),
  ];
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]));
}
