import { randomFillSync } from 'node:crypto';
import { monotonicFactory } from 'ulid';
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

export type NewId = ReturnType<typeof idFactory>;
