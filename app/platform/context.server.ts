import type { Clock } from './clock.ts';
import type { Vault } from './crypto.server.ts';
import type { Store } from './db/store.server.ts';
import type { NewId } from './ids.server.ts';
import type { Live } from './live.server.ts';
import type { Log } from './log.server.ts';

/** What every verb is given: `verb(ctx, input)`. Clock, ids and store are injected, so that tests can turn them. */
export interface Ctx {
  store: Store;
  clock: Clock;
  newId: NewId;
  live: Live;
  log: Log;
  vault: Vault;
}

/** Who acts, for checks and the audit. */
export interface Actor {
  type: 'user' | 'api_key' | 'system';
  id: string | null;
  name: string;
  role: 'owner' | 'ops' | 'finance' | 'viewer' | 'system';
  ip: string | null;
}

export const SYSTEM: Actor = { type: 'system', id: null, name: 'Leadline', role: 'system', ip: null };

/** The time now, as a Date. */
export const nowOf = (ctx: Pick<Ctx, 'clock'>): Date => new Date(ctx.clock.now());
