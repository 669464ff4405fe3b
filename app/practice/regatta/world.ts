import { type Random, seededRandom } from '../random.ts';
import { PracticeClock } from './clock.ts';
import { FaultBoard } from './faults.ts';
import { Ledger } from './ledger.ts';
import { RegattaState } from './state.ts';

/** The practice network without its HTTP server: what it knows, when it is, what is broken, what happened. */
export type World = {
  state: RegattaState;
  clock: PracticeClock;
  faults: FaultBoard;
  ledger: Ledger;
  /** Draws the ids and codes of what is set up: keys, campaigns, affiliates. */
  setupRandom: Random;
  /** Draws lead ids, apart from the rest so that traffic never changes the set-up. */
  leadRandom: Random;
  /** How GET /campaigns/:id wraps the campaign; the guide does not say which, so both can be tried (RG-44). */
  campaignAt: 'data.campaign' | 'data';
};

/** What a world starts from; everything has a default that gives the same world each time. */
export type WorldOptions = {
  /** Seed of ids, codes and fault probabilities. */
  seed?: number;
  /** Seed of lead ids, when they shall differ between runs. */
  leadSeed?: number;
  /** The real clock below the practice clock, in milliseconds since 1970. */
  realNow?: () => number;
  campaignAt?: 'data.campaign' | 'data';
  /** How many raw requests the ledger keeps; counts are exact whatever this is. */
  keepRequests?: number;
};

/** Makes an empty practice network. */
export function createWorld(options: WorldOptions = {}): World {
  const seed = options.seed ?? 1;
  return {
    state: new RegattaState(),
    clock: new PracticeClock(options.realNow),
    faults: new FaultBoard(seededRandom(seed ^ 0x5f4a7c15)),
    ledger: new Ledger(options.keepRequests),
    setupRandom: seededRandom(seed),
    leadRandom: seededRandom(options.leadSeed ?? seed ^ 0x2545f491),
    campaignAt: options.campaignAt ?? 'data.campaign',
  };
}
