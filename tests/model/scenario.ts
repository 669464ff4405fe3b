import { type Random, seededRandom } from '#app/practice/random.ts';
import { drawOrder } from './draw-order.ts';
import { pick } from './pick.ts';
import type { Bulk, Eyes, Scenario } from './types.ts';

const SECOND = 1000;
const HOUR = 3_600_000;
/** How far rounds lie apart; each is longer than the breath within a round. */
const GAPS: readonly [number, number][] = [
  [15 * SECOND, 4],
  [70 * SECOND, 3],
  [600 * SECOND, 3],
  [1.5 * HOUR, 4],
  [7 * HOUR, 4],
  [24 * HOUR, 5],
  [40 * HOUR, 4],
  [120 * HOUR, 2],
];
const BUSY = 44;
/** Afterwards: time for every ladder, then past every release. */
const REST = [...Array.from({ length: 9 }, () => 2 * HOUR), 24 * HOUR, 24 * HOUR, 45 * 24 * HOUR, 24 * HOUR];
const START = Date.UTC(2026, 1, 20, 9, 30, 17, 250);

/** Payouts of one campaign are above, of another below, of two on both sides; a currency without a sum is always above. */
const EYES: Eyes = { from: 9, to: 36, above: { USD: 800, EUR: 3000 } };

export interface Draw {
  seed: number;
  orders: number;
  /** Only these orders, by number; the others are drawn and left out, so that the rest stays the same. */
  only?: readonly number[] | undefined;
  /** Restarts become kills now and then. */
  kills?: boolean;
  without?: readonly string[];
}

/** Everything that will happen, from the seed alone. */
export function drawScenario({ seed, orders, only, kills = false, without = [] }: Draw): Scenario {
  const random = seededRandom(seed);
  const times = [START];
  const next = (gap: number): number => times.push((times.at(-1) ?? START) + gap);
  for (let round = 1; round < BUSY; round++) {
    const gap = pick(random, GAPS);
    // half of them exact, so that deadlines and rounds fall on the same millisecond
    next(random.next() < 0.5 ? gap : gap + Math.floor(random.next() * 20 * SECOND));
  }
  for (const gap of REST) next(gap);
  const rounds = Array.from({ length: BUSY }, (_, round) => round);
  const rush = new Set(rounds.filter(() => random.next() < 0.5));
  const retries = new Set(rounds.filter(() => random.next() < 0.25));
  const restarts = new Map<number, 'stop' | 'kill'>();
  for (const round of rounds) {
    const [yes, kill] = [random.next() < 0.2, random.next() < 0.7];
    if (yes && round > 0 && !without.includes('restarts'))
      restarts.set(round, kills && kill ? 'kill' : 'stop');
  }
  const bulks = drawBulks(seededRandom(seed ^ 0x0b41c4), rounds, without);
  const drawn = Array.from({ length: orders }, (_, n) => n)
    .filter((n) => !only || only.includes(n))
    .map((n) => drawOrder(n, seededRandom((seed ^ Math.imul(n + 1, 0x9e3779b1)) >>> 0), BUSY));
  if (without.includes('faults')) for (const order of drawn) order.faults = [];
  return { seed, times, busy: BUSY, rush, restarts, retries, bulks, eyes: EYES, orders: drawn };
}

/** Batches of disputes that people begin, by round. */
function drawBulks(random: Random, rounds: readonly number[], without: readonly string[]): Map<number, Bulk> {
  const bulks = new Map<number, Bulk>();
  const calm = without.includes('restarts');
  for (const round of rounds) {
    const bulk: Bulk = {
      of: pick(random, [
        ['refunds', 6],
        ['leads', 5],
        ['matching_refunds', 1],
        ['matching_leads', 2],
      ] as const),
      fate: pick(random, [
        ['run', 5],
        ['undo', 2],
        ['cancel', 2],
        ['crash', calm ? 0 : 4],
      ] as const),
      crash: { rows: Math.floor(random.next() * 6), committed: random.next() < 0.5 },
      slow: round === 31 && !without.includes('faults'),
    };
    if (random.next() < 0.6 && round > 3) bulks.set(round, bulk);
  }
  return bulks;
}
