import type { Seen } from './watch.ts';

/** A subject that is no longer as the rule last saw it. */
export interface Change<S> {
  sighting: S;
  transition: 'raised' | 'cleared';
  /** What was seen before, or null. */
  before: Seen | null;
}

/** Only transitions: what began since the rule last looked, and what is over. What is as it was, is nothing. */
export function changesOf<S extends { subject: string; active: boolean }>(
  seen: ReadonlyMap<string, Seen>,
  sightings: readonly S[],
): Change<S>[] {
  return sightings.flatMap((sighting) => {
    const before = seen.get(sighting.subject) ?? null;
    if ((before?.active ?? false) === sighting.active) return [];
    return [{ sighting, transition: sighting.active ? 'raised' : 'cleared', before }];
  });
}
