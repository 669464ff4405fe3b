import { randomBytes } from 'node:crypto';
import { createApiKey, createUser } from '#app/modules/operators/index.server.ts';
import type { Role } from '#app/modules/operators/schema.ts';
import { systemClock } from '#app/platform/clock.ts';
import { type Ctx, SYSTEM } from '#app/platform/context.server.ts';
import { createVault } from '#app/platform/crypto.server.ts';
import { migrate } from '#app/platform/db/migrate.server.ts';
import { openStore } from '#app/platform/db/store.server.ts';
import { loadConfig } from '#app/platform/env.server.ts';
import { idFactory } from '#app/platform/ids.server.ts';
import { createLive } from '#app/platform/live.server.ts';
import { createLog } from '#app/platform/log.server.ts';

export interface DemoAccess {
  email: string;
  password: string;
  /** An API key with every scope. */
  ingestKey: string;
  /** How many messages are due at `now` (the clock that was turned), or under way. */
  pending(now: Date): Promise<number>;
}

type Colleague = { name: string; email: string; role: Role };

/** To see what another role sees. */
export const COLLEAGUES: readonly Colleague[] = [
  { name: 'Jonas Weber', email: 'jonas@fernhill.example', role: 'finance' },
  { name: 'Priya Nair', email: 'priya@fernhill.example', role: 'viewer' },
];

/** Makes the store with an owner, colleagues with the same password, and one API key in it, before the server starts. */
export async function createDemoAccess(
  env: Record<string, string | undefined>,
  colleagues: readonly Colleague[] = [],
): Promise<DemoAccess> {
  const config = loadConfig(env);
  await migrate(config.databaseUrl);
  const store = await openStore(config.databaseUrl);
  const ctx: Ctx = {
    store,
    clock: systemClock,
    newId: idFactory(systemClock),
    live: createLive(),
    log: createLog('silent'),
    vault: createVault(config.secret),
  };
  const email = 'maya@fernhill.example';
  const password = `practice-${randomBytes(4).toString('hex')}`;
  await createUser(ctx, { name: 'Maya Okafor', email, role: 'owner', password, actor: SYSTEM });
  for (const colleague of colleagues) await createUser(ctx, { ...colleague, password, actor: SYSTEM });
  const { key } = await createApiKey(ctx, {
    name: 'Fernhill backend',
    scopes: ['ingest', 'read', 'operate'],
    actor: SYSTEM,
  });
  return {
    email,
    password,
    ingestKey: key,
    pending: (now) =>
      store.prisma.outboxMessage.count({
        where: {
          OR: [{ status: { in: ['queued', 'sending'] } }, { status: 'retrying', dueAt: { lte: now } }],
        },
      }),
  };
}
