import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Ctx } from '#app/platform/context.server.ts';
import type { Config } from '#app/platform/env.server.ts';
import { type Finding, fail, ok, warn } from './admin-doctor-machine.ts';
import { opensUnder } from './admin-rotate-secret.ts';

/** Migrations that come with this version against those the store has. */
export async function checkMigrations({ store }: Ctx, root: string): Promise<Finding[]> {
  const { name } = store.dialect;
  const table =
    name === 'sqlite'
      ? `SELECT name FROM sqlite_master WHERE name = '_prisma_migrations'`
      : `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema() AND table_name = '_prisma_migrations'`;
  const rows =
    (await store.query(table)).length === 0
      ? []
      : await store.query<{ migration_name: string; done: unknown }>(
          'SELECT migration_name, (finished_at IS NOT NULL) AS done FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
        );
  const stuck = rows.filter((row) => !row.done).map((row) => row.migration_name);
  if (stuck.length > 0)
    return [
      fail(
        'Migrations',
        `${stuck.join(', ')} began and did not end`,
        'Restore the backup taken before the upgrade.',
      ),
    ];
  const done = new Set(rows.map((row) => row.migration_name));
  const dir = path.join(root, 'prisma', name, 'migrations');
  const known = readdirSync(dir).filter((entry) => existsSync(path.join(dir, entry, 'migration.sql')));
  const pending = known.filter((migration) => !done.has(migration));
  const newer = [...done].filter((migration) => !known.includes(migration));
  if (newer.length > 0)
    return [
      fail(
        'Migrations',
        `the store has ${newer.join(', ')}, which this version does not know`,
        'Run the version that made them, or a newer one.',
      ),
    ];
  if (pending.length > 0)
    return [
      warn(
        'Migrations',
        `${pending.length} to apply: ${pending.join(', ')}`,
        'Take a backup, then npm start applies them.',
      ),
    ];
  return [ok('Migrations', `all ${known.length} applied`)];
}

/** Opening the store refuses SQLite without synchronous=FULL and PostgreSQL without fsync; here is the rest. */
export async function checkDurability({ store }: Ctx): Promise<Finding[]> {
  if (store.dialect.name === 'sqlite')
    return [ok('Durability', 'synchronous=FULL: what is acknowledged is on the disk')];
  const [row] = await store.query<{ commit: string; pages: string }>(
    `SELECT current_setting('synchronous_commit') AS commit, current_setting('full_page_writes') AS pages`,
  );
  if (row?.commit === 'off')
    return [
      fail(
        'Durability',
        'synchronous_commit is off: acknowledged rows can be lost',
        'Set synchronous_commit = on in PostgreSQL.',
      ),
    ];
  if (row?.pages === 'off')
    return [
      fail(
        'Durability',
        'full_page_writes is off: a power cut can damage the store',
        'Set full_page_writes = on in PostgreSQL.',
      ),
    ];
  return [
    ok('Durability', `fsync on, synchronous_commit ${row?.commit}: what is acknowledged is on the disk`),
  ];
}

export async function checkPeople({ store }: Ctx): Promise<Finding[]> {
  const owners = await store.prisma.user.count({
    where: { role: 'owner', OR: [{ banned: false }, { banned: null }] },
  });
  if (owners > 0)
    return [ok('People', `${await store.prisma.user.count()} can sign in, ${owners} of them as owner`)];
  return [
    warn(
      'People',
      'there is no owner who can sign in',
      'Open /setup, or run "npm run admin -- create-user --role owner --email …".',
    ),
  ];
}

/** Network accounts, and whether their credentials open under the present secret. */
export async function checkAccounts(
  { store, vault }: Ctx,
  config: Pick<Config, 'LEADLINE_SECRET'>,
): Promise<Finding[]> {
  const rows = await store.prisma.networkAccount.findMany({ select: { name: true, credentials: true } });
  if (rows.length === 0)
    return [
      warn(
        'Accounts',
        'no network account yet: nothing can be sent',
        'Set REGATTA_API_KEY and restart, or add an account in Settings.',
      ),
    ];
  const closed = rows.filter((row) => !opensUnder(vault, row.credentials)).map((row) => row.name);
  if (closed.length === 0) return [ok('Accounts', rows.map((row) => row.name).join(', '))];
  const where = config.LEADLINE_SECRET ? 'LEADLINE_SECRET' : 'the secret file in DATA_DIR';
  return [
    fail(
      'Accounts',
      `credentials of ${closed.join(', ')} do not open: ${where} is not the one they were saved under`,
      'Put the old secret back, or enter the credentials again in Settings.',
    ),
  ];
}

/** A worker says that it lives every few seconds. */
export async function checkBeat({ store, clock }: Ctx): Promise<Finding[]> {
  const beat = await store.prisma.workerBeat.findFirst({ orderBy: { beatAt: 'desc' } });
  if (beat === null)
    return [
      warn('Worker', 'no delivery worker has run yet', 'npm start runs one; nothing is sent without it.'),
    ];
  const seconds = Math.round((clock.now() - beat.beatAt.getTime()) / 1000);
  if (seconds < 60) return [ok('Worker', `alive ${Math.max(0, seconds)} s ago`)];
  return [
    warn(
      'Worker',
      `last alive at ${beat.beatAt.toISOString()}`,
      'Nothing is sent until one runs: start Leadline (LEADLINE_ROLE all or worker).',
    ),
  ];
}

/** A clock that runs behind shows deadlines too late; the store's rows and PostgreSQL's own clock tell. */
export async function checkClock(
  { store, clock }: Ctx,
  config: Pick<Config, 'LEADLINE_PRACTICE'>,
): Promise<Finding[]> {
  const now = clock.now();
  const todo = 'Set the clock, and let it be kept by NTP: deadlines are counted by it.';
  if (now < Date.UTC(2025, 0, 1)) return [fail('Clock', `it says ${new Date(now).toISOString()}`, todo)];
  if (store.dialect.name === 'postgres') {
    const [row] = await store.query<{ ms: number }>(
      `SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms`,
    );
    const off = Math.abs((row?.ms ?? now) - now) / 1000;
    if (off > 60) return [fail('Clock', `it differs from PostgreSQL's by ${Math.round(off)} s`, todo)];
    if (off > 2) return [warn('Clock', `it differs from PostgreSQL's by ${off.toFixed(1)} s`, todo)];
  }
  if (config.LEADLINE_PRACTICE === '1') return [ok('Clock', 'practice: it may have been turned')];
  const newest = await store.prisma.auditEntry.findFirst({
    orderBy: { id: 'desc' },
    select: { createdAt: true },
  });
  const ahead = newest ? newest.createdAt.getTime() - now : 0;
  if (ahead > 60_000)
    return [
      fail('Clock', `the store has entries from ${newest?.createdAt.toISOString()}, which is to come`, todo),
    ];
  return [ok('Clock', `${new Date(now).toISOString()}`)];
}
