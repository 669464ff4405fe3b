/**
 * The property test of the finance path with new seeds, until time is up or something is found: `npm run soak --
 * --minutes 10`. Leadline runs as a process of its own and is killed now and then. See README.md.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { startChild } from './child-host.ts';
import { shrink } from './shrink.ts';
import { type Played, playSeed } from './world.ts';

const { values: flags } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string' },
    orders: { type: 'string', default: '10000' },
    only: { type: 'string' },
    without: { type: 'string' },
    store: { type: 'string', default: 'sqlite' },
    help: { type: 'boolean', default: false },
  },
});
if (flags.help) {
  console.log(`npm run soak -- [--minutes 10] [--seed N] [--orders 10000] [--store sqlite|postgresql://…]
  --seed     plays this seed once instead of new ones until the minutes are over
  --only     only these orders of it, e.g. 12,40
  --without  faults, restarts or both: leaves them out`);
  process.exit(0);
}
const postgres = flags.store.startsWith('postgres') ? flags.store : undefined;
const orders = Number(flags.orders);
const only = flags.only?.split(',').map(Number);
const without = flags.without?.split(',') ?? [];
const end = Date.now() + Number(flags.minutes) * 60_000;
const play = (draw: { seed: number; only?: readonly number[] | undefined; without?: readonly string[] }) =>
  playSeed({ orders, kills: true, postgres, start: startChild, ...draw });

let seeds = 0;
do {
  const seed = flags.seed ? Number(flags.seed) : randomInt(1, 2 ** 31);
  const began = performance.now();
  const played = await play({ seed, only, without });
  seeds++;
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(
    `seed ${seed}: ${played.orders.length} orders, ${played.requests} requests, ${played.stops} restarts (${played.interrupted} rows of batches interrupted), ${seconds} s, ${played.problems.length} problems`,
  );
  if (played.problems.length > 0) {
    await tell(seed, played);
    process.exit(1);
  }
} while (!flags.seed && Date.now() < end);
console.log(`${seeds} seeds, nothing found`);

async function tell(seed: number, played: Played): Promise<void> {
  for (const { order, words } of played.problems.slice(0, 20))
    console.log(`  ${words}${order === null ? '' : `\n  ${played.story(order)}`}`);
  const store = postgres ? ` --store '${postgres}'` : '';
  const command = (rest: string): string =>
    `npm run soak -- --seed ${seed} --orders ${orders}${rest}${store}`;
  console.log(
    `again: ${command(`${only ? ` --only ${only}` : ''}${without.length > 0 ? ` --without ${without}` : ''}`)}`,
  );
  const small = await shrink(played, (draw) => play({ seed, ...draw }));
  if (!small) return console.log('No smaller case fails: it takes the crowd, or the timing of this run.');
  for (const { words } of small.played.problems) console.log(`smaller: ${words}`);
  const { only: few, without: left } = small.draw;
  console.log(`again: ${command(` --only ${few}${left.length > 0 ? ` --without ${left}` : ''}`)}`);
}
