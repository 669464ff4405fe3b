import { createSetupVerbs } from './setup-verbs.ts';
import { createWatchVerbs } from './watch-verbs.ts';
import type { World } from './world.ts';

/** All that the control API and the handle can do; both call exactly these. */
export type Verbs = ReturnType<typeof createSetupVerbs> & ReturnType<typeof createWatchVerbs>;

/** Binds the control verbs to a world. */
export function createVerbs(world: World): Verbs {
  return { ...createSetupVerbs(world), ...createWatchVerbs(world) };
}
