import type { EventState } from './schema.ts';

/** One thing an event became, with its id where it has one. */
export interface Became {
  kind: 'conversion' | 'refund' | 'reversal' | 'nothing';
  id: string | null;
  words: string;
}

/** What processing came to. `failed`: a person must look; it can be replayed. `waiting`: it is taken up by itself. */
export interface Processed {
  state: Exclude<EventState, 'refused'>;
  became: Became[];
  /** Why it failed or waits. */
  error: string | null;
}

export const handled = (...became: Became[]): Processed => ({ state: 'handled', became, error: null });

export const ignored = (words: string): Processed => ({
  state: 'ignored',
  became: [{ kind: 'nothing', id: null, words }],
  error: null,
});

export const failed = (error: string): Processed => ({ state: 'failed', became: [], error });

/** Durable, but not to be decided yet: it is taken up by itself within seconds. */
export const waiting = (error: string): Processed => ({ state: 'waiting', became: [], error });
