import { systemClock } from '#app/platform/clock.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { createVault } from '#app/platform/crypto.server.ts';
import { migrate } from '#app/platform/db/migrate.server.ts';
import { openStore } from '#app/platform/db/store.server.ts';
import { idFactory } from '#app/platform/ids.server.ts';
import { createLive } from '#app/platform/live.server.ts';
import { createLog } from '#app/platform/log.server.ts';
import { TEST_SECRET } from '../factories/test-ctx.ts';

/** A context on a store that another process serves, for reading it and for operating by hand. */
export async function openHandle(databaseUrl: string): Promise<Ctx> {
  await migrate(databaseUrl);
  const store = await openStore(databaseUrl);
  return {
    store,
    clock: systemClock,
    newId: idFactory(systemClock),
    live: createLive(),
    log: createLog('silent'),
    vault: createVault(TEST_SECRET),
  };
}
