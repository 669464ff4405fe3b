import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'vitest';
import { main } from '#app/commands/admin.ts';
import { createVault } from '#app/platform/crypto.server.ts';
import { makeTestCtx, TEST_SECRET, type TestCtx } from '../factories/test-ctx.ts';

export const NEW_SECRET = 'another secret for tests only, 32 bytes and more';

/** A test that makes sense on the embedded store only. */
export const onSqlite = test.skipIf(process.env.TEST_DATABASE_URL);

/** A store with its secret in a file, and the command line run in this process. */
export interface AdminKit extends TestCtx {
  /** The environment that the next call sees. */
  env: Record<string, string | undefined>;
  secretFile: string;
  admin(...argv: string[]): Promise<{ code: number; out: string[]; err: string }>;
  /** An account whose credentials are sealed under `secret`. */
  addAccount(name: string, secret?: string): Promise<void>;
  /** The sealed credentials of all accounts, in order of id. */
  sealed(): Promise<string[]>;
}

export async function makeAdminKit(): Promise<AdminKit> {
  const t = await makeTestCtx();
  const secretFile = path.join(t.dir, 'secret');
  writeFileSync(secretFile, TEST_SECRET, { mode: 0o600 });
  const { networkAccount } = t.ctx.store.prisma;
  const kit: AdminKit = {
    ...t,
    env: { DATA_DIR: t.dir, DATABASE_URL: t.url },
    secretFile,
    async admin(...argv) {
      const out: string[] = [];
      const err: string[] = [];
      const code = await main(argv, {
        out: (line) => void out.push(line),
        err: (line) => void err.push(line),
        env: kit.env,
      });
      return { code, out, err: err.join('\n') };
    },
    async addAccount(name, secret = TEST_SECRET) {
      const now = new Date();
      const credentials = createVault(secret).seal(`{"apiKey":"rgt_live_${name}"}`);
      await networkAccount.create({
        data: {
          id: `acc_${name}`,
          name,
          connector: 'regatta',
          baseUrl: 'https://regatta.network/api/v1',
          credentials,
          credentialHints: '{}',
          origin: 'settings',
          createdAt: now,
          updatedAt: now,
        },
      });
    },
    sealed: async () =>
      (await networkAccount.findMany({ orderBy: { id: 'asc' } })).map((row) => row.credentials),
  };
  return kit;
}
