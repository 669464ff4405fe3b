import { expect, test } from 'vitest';
import { playSeed } from '../model/world.ts';

const postgres = process.env.TEST_DATABASE_URL || undefined;
const SEED = 20_261_120;
/** Refunds are taken in one by one, which costs three times as much on PostgreSQL. */
const ORDERS = postgres ? 2_000 : 10_000;

test(`issue 4: ${ORDERS} orders at random with refunds, parts, chargebacks, disputes in batches and by four eyes, lost and late answers, retries, restarts and clock turns; the network pays exactly the unrefunded conversions and the recorded losses`, {
  timeout: 600_000,
}, async () => {
  const played = await playSeed({ seed: SEED, orders: ORDERS, postgres });
  const told = played.problems
    .slice(0, 10)
    .map(({ order, words }) => (order === null ? words : `${words}\n  ${played.story(order)}`));
  expect(told, `again: npm run soak -- --seed ${SEED} --orders ${ORDERS}`).toEqual([]);
  // the seed is one in which everything happens that this is about
  for (const outcome of [
    'kept → paid',
    'kept → taken',
    'due → taken',
    'due → nothing',
    'lost → paid, zero_day_hold',
    'lost → paid, released_before_refund',
    'lost → paid, missed_in_review',
    'lost → paid, missed_deadline',
    // rare: a network that fails until the release
    ...(postgres ? [] : ['due → paid, dispute_refused']),
  ])
    expect(played.counts[outcome] ?? 0, outcome).toBeGreaterThan(0);
  for (const deed of [
    'run: disputed',
    'run: needs_approval',
    'undo: waiting',
    'cancel: waiting',
    'crash: disputed',
    'crash: needs_approval',
    'approve: done',
    'reject: done',
    ...(postgres ? [] : ['withdraw: done', 'too late: disputed', 'too late: nothing']),
  ])
    expect(played.deeds[deed] ?? 0, deed).toBeGreaterThan(0);
  expect(played.interrupted, 'rows left to a restart').toBeGreaterThan(0);
  expect(played.stops).toBeGreaterThan(3);
  expect(Object.keys(played.paid).sort()).toEqual(['EUR', 'JPY', 'USD']);
});
