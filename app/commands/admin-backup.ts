import { chmodSync, existsSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { moveIntoPlace, syncPath } from './admin-files.ts';
import { need, type Run } from './admin-io.ts';

/**
 * backup: a consistent copy of the embedded store, also while Leadline runs. The store is copied as it is, before
 * any migration, so that a backup taken before an upgrade is one to go back to.
 */
export const runBackup: Run = async ({ io, flags, config }) => {
  const to = need(flags, 'to');
  if (config.dialect === 'postgres') {
    io.err(
      `The store is PostgreSQL, which has its own tool. Nothing was written. Use: pg_dump --format=custom --file="${to}" "$DATABASE_URL"`,
    );
    return 1;
  }
  const source = config.databaseUrl.slice('file:'.length);
  const problem = refusal(source, to);
  if (problem) {
    io.err(`Nothing was written: ${problem}`);
    return 1;
  }
  const partial = `${to}.partial`;
  const clean = (): void => {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(partial + suffix, { force: true });
  };
  clean();
  try {
    await copy(source, partial);
    const faults = integrityFaults(partial);
    if (faults.length > 0) {
      io.err(
        `The copy failed its integrity check, so it was deleted: ${faults.join('; ')}. The store itself may be damaged: keep the last good backup, and check the disk.`,
      );
      return 1;
    }
    chmodSync(partial, 0o600);
    syncPath(partial);
    moveIntoPlace(partial, to);
  } finally {
    clean();
  }
  io.out(`Wrote ${to} (${(statSync(to).size / 1e6).toFixed(1)} MB), integrity checked.`);
  const secret = config.LEADLINE_SECRET ? 'LEADLINE_SECRET' : path.join(config.DATA_DIR, 'secret');
  io.out(
    `Keep the secret (${secret}) apart from it: without it the credentials in the backup cannot be opened.`,
  );
  return 0;
};

function refusal(source: string, to: string): string | null {
  if (!existsSync(source))
    return `there is no store at ${source} yet. Start Leadline once, or set DATA_DIR or DATABASE_URL.`;
  if (existsSync(to)) return `${to} exists already. Name a new file.`;
  const dir = path.dirname(path.resolve(to));
  return existsSync(dir) ? null : `the directory ${dir} does not exist. Make it first.`;
}

/** All pages but the first few in one step: in one read snapshot, which writers of other processes cannot restart. */
async function copy(source: string, to: string): Promise<void> {
  const db = new Database(source, { readonly: true, fileMustExist: true, timeout: 30_000 });
  try {
    await db.backup(to, { progress: () => 0x7fffffff });
  } finally {
    db.close();
  }
}

function integrityFaults(file: string): string[] {
  const db = new Database(file, { fileMustExist: true });
  try {
    const found = db.pragma('integrity_check') as { integrity_check: string }[];
    const orphans = db.pragma('foreign_key_check') as { table: string }[];
    return [
      ...found.map((row) => row.integrity_check).filter((text) => text !== 'ok'),
      ...orphans.slice(0, 5).map((row) => `a row of ${row.table} points nowhere`),
    ];
  } finally {
    db.close();
  }
}
