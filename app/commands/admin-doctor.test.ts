import { chmodSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setUpFirstOwner } from '#app/modules/operators/index.server.ts';
import { type AdminKit, makeAdminKit, NEW_SECRET } from '../../tests/setup/admin-kit.ts';
import { checkNode, checkPublicUrl, judgeDisk } from './admin-doctor-machine.ts';

let t: AdminKit;
beforeEach(async () => {
  t = await makeAdminKit();
});
afterEach(() => t.close());

describe('doctor', () => {
  const lines = async () => {
    const { code, out } = await t.admin('doctor');
    return { code, text: out.join('\n') };
  };

  test('all is well: every line says ok', async () => {
    await t.addAccount('regatta');
    await setUpFirstOwner(t.ctx, {
      name: 'Anna',
      email: 'anna@example.com',
      password: 'correct horse battery',
    });
    const now = new Date();
    await t.ctx.store.prisma.workerBeat.create({ data: { id: 'w', startedAt: now, beatAt: now } });
    const { code, text } = await lines();
    expect(text).toMatch(/ok {4}Migrations: all \d+ applied/);
    expect(text).toMatch(/\n12 ok, 0 to look at, 0 failed$/);
    expect(code).toBe(0);
  });

  test('what is missing is a warning with what to do', async () => {
    await t.ctx.store.prisma.workerBeat.create({
      data: { id: 'w', startedAt: new Date(0), beatAt: new Date(Date.now() - 3_600_000) },
    });
    const { code, text } = await lines();
    expect(text).toContain(
      'warn  Accounts: no network account yet: nothing can be sent -> Set REGATTA_API_KEY',
    );
    expect(text).toContain('warn  People: there is no owner');
    expect(text).toContain('warn  Worker: last alive at');
    expect(code).toBe(0);
  });

  test('credentials under another secret, a clock that runs behind: failed, exit 1', async () => {
    await t.addAccount('regatta', NEW_SECRET);
    await t.ctx.store.prisma.auditEntry.create({
      data: {
        id: 'aud_z',
        actorType: 'system',
        actorName: 'x',
        action: 'x',
        subjectType: 'x',
        subjectId: 'x',
        createdAt: new Date(Date.now() + 3_600_000),
      },
    });
    const { code, text } = await lines();
    expect(text).toContain(
      'fail  Accounts: credentials of regatta do not open: the secret file in DATA_DIR is not the one',
    );
    expect(text).toContain('fail  Clock: the store has entries from');
    expect(code).toBe(1);
  });

  test('migrations: pending ones warn, unknown and unfinished ones fail', async () => {
    const sql = (text: string) => t.ctx.store.execute(text);
    await sql(`UPDATE "_prisma_migrations" SET finished_at = NULL`);
    expect(await lines()).toMatchObject({ code: 1, text: expect.stringContaining('began and did not end') });
    await sql(
      `UPDATE "_prisma_migrations" SET finished_at = started_at, migration_name = '20990101000000_later'`,
    );
    expect(await lines()).toMatchObject({
      code: 1,
      text: expect.stringContaining('which this version does not know'),
    });
    await sql('DELETE FROM "_prisma_migrations"');
    expect(await lines()).toMatchObject({
      code: 0,
      text: expect.stringMatching(/warn {2}Migrations: \d+ to apply: \d+_init/),
    });
  });

  test('a wrong environment, a secret others can read, a store that is not there', async () => {
    chmodSync(t.secretFile, 0o644);
    if (process.platform !== 'win32')
      expect((await lines()).text).toContain('can be read by others (mode 644)');
    t.env.DATABASE_URL = 'postgresql://leadline@127.0.0.1:1/leadline';
    expect(await lines()).toMatchObject({
      code: 1,
      text: expect.stringMatching(/fail {2}Store: the store cannot be reached/),
    });
    t.env.DATABASE_URL = `file:${path.join(t.dir, 'none.db')}`;
    expect(await lines()).toMatchObject({
      code: 0,
      text: expect.stringContaining('warn  Store: there is none at'),
    });
    t.env.PORT = 'eighty';
    expect(await lines()).toMatchObject({ code: 1, text: expect.stringContaining('fail  Environment: ') });
  });

  test('machine: old Node, little disk, plain http in public', () => {
    expect(
      [checkNode('20.19.0'), checkNode('22.11.0'), checkNode('22.12.0'), checkNode('24.21.0')].map(
        (f) => f.level,
      ),
    ).toEqual(['fail', 'fail', 'ok', 'ok']);
    expect([judgeDisk(1e8), judgeDisk(1e9), judgeDisk(1e10)].map((f) => f.level)).toEqual([
      'fail',
      'warn',
      'ok',
    ]);
    const level = (publicUrl: string) => checkPublicUrl({ publicUrl }).level;
    expect(
      ['http://leads.example.com', 'https://leads.example.com', 'http://127.0.0.1:3000'].map(level),
    ).toEqual(['warn', 'ok', 'ok']);
  });
});
