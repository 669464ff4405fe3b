import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { createVault, type Vault } from '#app/platform/crypto.server.ts';
import type { Config } from '#app/platform/env.server.ts';
import { messageOf } from '#app/platform/errors.ts';
import { withCtx } from './admin-context.ts';
import { moveIntoPlace, writeDurably } from './admin-files.ts';
import { ADMIN, type Io, type Run, UsageError } from './admin-io.ts';

/** Where the next secret waits until the store is under it. */
export const stagedSecret = (dataDir: string): string => path.join(dataDir, 'secret.next');

/** rotate-secret: puts stored credentials under another secret. */
export const runRotateSecret: Run = ({ io, flags, ...call }) => {
  const { config } = call;
  const given = flags['new-secret'];
  const fromEnv = config.LEADLINE_SECRET !== undefined;
  if (given !== undefined && Buffer.byteLength(given) < 32) {
    throw new UsageError(
      '--new-secret must be at least 32 bytes, e.g. the output of: openssl rand -base64 48',
    );
  }
  if (given === config.secret) throw new UsageError('--new-secret is the present secret: give another');
  if (fromEnv && given === undefined) {
    io.err(
      'Nothing was changed: LEADLINE_SECRET comes from the environment, which this command cannot change. Choose the new secret yourself, e.g. with "openssl rand -base64 48", run rotate-secret --new-secret <it>, and then set LEADLINE_SECRET to it everywhere.',
    );
    return Promise.resolve(1);
  }
  return withCtx({ io, ...call }, async (ctx) => {
    if (!fromEnv && (await finishInterrupted(ctx, config, io))) return 0;
    const next = given ?? randomBytes(48).toString('base64');
    const moved = await rotate(ctx, config, next, fromEnv);
    io.out(
      `Put the credentials of ${moved.accounts} accounts under the new secret and ended ${moved.sessions} sessions: everybody signs in again.`,
    );
    io.out(
      fromEnv
        ? 'Now set LEADLINE_SECRET to the new secret on every machine and restart Leadline: with the old one it cannot open its credentials.'
        : `The new secret is in ${path.join(config.DATA_DIR, 'secret')}. Restart Leadline if it is running: until then it still uses the old one.`,
    );
    await warnIfRunning(ctx, io);
    return 0;
  });
};

async function rotate(
  ctx: Ctx,
  config: Config,
  next: string,
  fromEnv: boolean,
): Promise<{ accounts: number; sessions: number }> {
  const staged = stagedSecret(config.DATA_DIR);
  // on the disk before the store needs it: a crash between the two leaves both secrets at hand
  if (!fromEnv) writeDurably(staged, next);
  let moved: { accounts: number; sessions: number };
  try {
    moved = await resealAll(ctx, createVault(next));
  } catch (error) {
    if (!fromEnv) rmSync(staged, { force: true });
    throw error;
  }
  if (!fromEnv) moveIntoPlace(staged, path.join(config.DATA_DIR, 'secret'));
  return moved;
}

/** All rows or none: one that does not open under the present secret stops everything. */
function resealAll(ctx: Ctx, next: Vault): Promise<{ accounts: number; sessions: number }> {
  return ctx.store.transaction(async (tx) => {
    const accounts = await tx.prisma.networkAccount.findMany({
      select: { id: true, name: true, credentials: true },
    });
    for (const { id, name, credentials } of accounts) {
      await tx.prisma.networkAccount.update({
        where: { id },
        data: { credentials: next.seal(opened(ctx.vault, name, credentials)), updatedAt: nowOf(ctx) },
      });
    }
    const { count } = await tx.prisma.session.deleteMany({});
    await recordAudit(tx, ctx, {
      actor: ADMIN,
      action: 'secret_rotated',
      subjectType: 'installation',
      subjectId: 'secret',
      detail: { accounts: accounts.length, sessionsEnded: count },
    });
    return { accounts: accounts.length, sessions: count };
  });
}

function opened(vault: Vault, name: string, sealed: string): string {
  try {
    return vault.open(sealed);
  } catch (cause) {
    throw new Error(
      `Nothing was changed: the credentials of account "${name}" do not open. ${messageOf(cause)}. Enter them again in Settings, or run this with the secret they were saved under.`,
      { cause },
    );
  }
}

/** True when an earlier rotation had stopped between the store and the file, and is now complete. */
async function finishInterrupted(ctx: Ctx, config: Config, io: Io): Promise<boolean> {
  const staged = stagedSecret(config.DATA_DIR);
  if (!existsSync(staged)) return false;
  const vault = createVault(readFileSync(staged, 'utf8').trim());
  const rows = await ctx.store.prisma.networkAccount.findMany({ select: { credentials: true } });
  const moved = rows.length > 0 && rows.every(({ credentials }) => opensUnder(vault, credentials));
  if (!moved) {
    rmSync(staged);
    return false;
  }
  moveIntoPlace(staged, path.join(config.DATA_DIR, 'secret'));
  io.out(
    'An earlier rotation had been interrupted; it is complete now. Restart Leadline. To rotate once more, run this again.',
  );
  return true;
}

/** Whether a sealed text opens under this vault's secret. */
export function opensUnder(vault: Vault, sealed: string): boolean {
  try {
    vault.open(sealed);
    return true;
  } catch {
    return false;
  }
}

async function warnIfRunning(ctx: Ctx, io: Io): Promise<void> {
  const beat = await ctx.store.prisma.workerBeat.findFirst({ orderBy: { beatAt: 'desc' } });
  const age = beat ? ctx.clock.now() - beat.beatAt.getTime() : Number.POSITIVE_INFINITY;
  if (age < 60_000)
    io.err(
      `Leadline is running (sign of life ${Math.max(0, Math.round(age / 1000))} s ago): restart it now, or its postbacks fail.`,
    );
}
