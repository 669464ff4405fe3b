import { expect, test } from 'vitest';
import { TurnableClock } from './clock.ts';
import { firstIdAt, idFactory } from './ids.server.ts';

const NOON = Date.UTC(2026, 4, 12, 12);

test('the first id of a time is above every id drawn before it and at or below every id drawn from it on', () => {
  const clock = new TurnableClock();
  for (const random of [() => 0, () => 0.5, () => 0.999999]) {
    clock.stopAt(NOON - 1);
    const before = idFactory(clock, random)('led');
    clock.stopAt(NOON);
    const at = idFactory(clock, random)('led');
    expect(before < firstIdAt('led', NOON)).toBe(true);
    expect(at >= firstIdAt('led', NOON)).toBe(true);
  }
});

test('parts of a millisecond, and times before 1970, are bounds too', () => {
  expect(firstIdAt('cap', NOON + 0.9)).toBe(firstIdAt('cap', NOON));
  expect(firstIdAt('cap', -5)).toBe('cap_0000000000');
});
