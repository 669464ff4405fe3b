import { existsSync } from 'node:fs';
import path from 'node:path';
import { systemClock } from '#app/platform/clock.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { createVault } from '#app/platform/crypto.server.ts';
import { migrate } from '#app/platform/db/migrate.server.ts';
import { openStore } from '#app/platform/db/store.server.ts';
import type { Config } from '#app/platform/env.server.ts';
import { idFactory } from '#app/platform/ids.server.ts';
import { createLive } from '#app/platform/live.server.ts';
import { createLog } from '#app/platform/log.server.ts';
import type { Io } from './admin-io.ts';

/** The directory that holds `prisma/`: above this file, as source and as build alike, or where the command runs. */
export function findRoot(from: string = import.meta.dirname): string {
  for (let dir = from; ; dir = path.dirname(dir)) {
    if (existsSync(path.join(dir, 'prisma', 'sqlite', 'migrations'))) return dir;
    if (dir === path.dirname(dir)) return '.';
  }
}

/** Opens the store as it is. Logs go to standard error: standard output is for the result. */
export async function openCtx(config: Config, io: Io): Promise<Ctx> {
  const clock = systemClock;
  const log = createLog('error', { write: (line) => io.err(line.trimEnd()) });
  const store = await openStore(config.databaseUrl);
  return {
    store,
    clock,
    newId: idFactory(clock),
    live: createLive(),
    log,
    vault: createVault(config.secret),
  };
}

/** Applies what migrations are missing, opens the store, runs `work`, and closes the store whatever happens. */
export async function withCtx<T>(
  call: { config: Config; io: Io; root: string },
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  await migrate(call.config.databaseUrl, call.root);
  const ctx = await openCtx(call.config, call.io);
  try {
    return await work(ctx);
  } finally {
    await ctx.store.close();
  }
}
