import path from 'node:path';

/**
 * On SQLite exactly one worker may run on a data directory: then every lease found at start belongs to a worker
 * that died, and can be taken back at once. The lock is an open exclusive transaction on a file of its own, so the
 * operating system lets go of it however the process ends. Throws when another worker holds it.
 */
export async function holdWorkerLock(databaseUrl: string): Promise<() => void> {
  const { default: Database } = await import('better-sqlite3');
  const file = path.join(path.dirname(databaseUrl.slice('file:'.length)), 'worker.lock');
  const db = new Database(file, { timeout: 3_000 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    db.close();
    throw new Error(
      'Leadline cannot start: another worker runs on this DATA_DIR. Stop it, start this one with LEADLINE_ROLE=web, or use PostgreSQL for several workers',
      { cause },
    );
  }
  return () => db.close();
}
