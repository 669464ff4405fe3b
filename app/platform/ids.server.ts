import { monotonicFactory } from 'ulid';
import type { Clock } from './clock.ts';

/**
 * Makes ids that sort by time: a short prefix and a ULID, e.g. `cnv_01JD…`. Within one process they never go
 * backwards, so that a list ordered by id is ordered by creation (keyset pagination rests on it).
 */
export function idFactory(clock: Clock, random?: () => number): (prefix: string) => string {
  const ulid = random ? monotonicFactory(random) : monotonicFactory();
  return (prefix) => `${prefix}_${ulid(clock.now())}`;
}

export type NewId = ReturnType<typeof idFactory>;
