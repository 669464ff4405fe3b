import { randomFillSync } from 'node:crypto';
import { encodeTime, monotonicFactory } from 'ulid';
import type { Clock } from './clock.ts';

/**
 * Makes ids that sort by time: a short prefix and a ULID, e.g. `cnv_01JD…`. Within one process they never go
 * backwards, so that a list ordered by id is ordered by creation (keyset pagination rests on it).
 */
export function idFactory(clock: Clock, random?: () => number): (prefix: string) => string {
  const ulid = monotonicFactory(random ?? pooledRandom());
  return (prefix) => `${prefix}_${ulid(clock.now())}`;
}

/** Random fractions from the system's generator, asked for 4,096 bytes at a time: ulid alone asks for every letter. */
function pooledRandom(): () => number {
  const pool = new Uint8Array(4096);
  let next = pool.length;
  return () => {
    if (next === pool.length) {
      randomFillSync(pool);
      next = 0;
    }
    return (pool[next++] as number) / 256;
  };
}

/** The least id with this prefix that anything made at `ms` (since 1970) or later can have: ids begin with their time. */
export const firstIdAt = (prefix: string, ms: number): string =>
  `${prefix}_${encodeTime(Math.max(0, Math.trunc(ms)), 10)}`;

/** How much later than its row's time an id may have been drawn, in ms: more where the clock went back meanwhile. */
export const ID_LAG_MS = 60_000;

export type NewId = ReturnType<typeof idFactory>;
