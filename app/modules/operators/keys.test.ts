import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { listAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, SYSTEM } from '#app/platform/context.server.ts';
import { createLive } from '#app/platform/live.server.ts';
import { makeTestCtx, type TestCtx } from '../../../tests/factories/test-ctx.ts';
import {
  actorOfKey,
  createApiKey,
  createKeyVerifier,
  type KeyVerifier,
  listApiKeys,
  revokeApiKey,
} from './index.server.ts';

let t: TestCtx;
let verifier: KeyVerifier;
beforeEach(async () => {
  t = await makeTestCtx();
  t.ctx.clock.stopAt(Date.UTC(2026, 4, 12, 12));
  verifier = createKeyVerifier(t.ctx);
});
afterEach(async () => {
  await verifier.idle();
  verifier.close();
  await t.close();
});

const make = (scopes: ('ingest' | 'read' | 'operate')[] = ['ingest']) =>
  createApiKey(t.ctx, { name: 'shop', scopes, actor: SYSTEM });
const bearer = (key: string) => verifier.verify(`Bearer ${key}`);

describe('API keys', () => {
  test('the key is shown once; the store has its hash and hint', async () => {
    const { key, item } = await make(['operate', 'ingest', 'ingest']);
    expect(key).toMatch(/^ll_[A-Za-z0-9_-]{43}$/);
    expect(item).toMatchObject({ hint: key.slice(-4), scopes: ['ingest', 'operate'], revokedAt: null });
    expect(await listApiKeys(t.ctx)).toEqual([item]);
    const stored = JSON.stringify([await t.ctx.store.prisma.apiKey.findMany(), await listAudit(t.ctx)]);
    expect(stored).not.toContain(key);
    expect(await bearer(key)).toEqual({ id: item.id, name: 'shop', scopes: new Set(['ingest', 'operate']) });
  });

  test('only who may manage keys makes and revokes them; no scope is no key', async () => {
    const ops: Actor = { ...SYSTEM, role: 'ops' };
    const { item } = await make();
    await expect(createApiKey(t.ctx, { name: 'x', scopes: ['read'], actor: ops })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(revokeApiKey(t.ctx, { id: item.id, actor: ops })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(make([])).rejects.toMatchObject({ code: 'VALIDATION_ERROR', details: [{ path: 'scopes' }] });
    await expect(revokeApiKey(t.ctx, { id: 'key_none', actor: SYSTEM })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('an unknown and a revoked key get the same answer', async () => {
    const { key, item } = await make();
    await revokeApiKey(t.ctx, { id: item.id, actor: SYSTEM });
    await revokeApiKey(t.ctx, { id: item.id, actor: SYSTEM });
    const errors = await Promise.all(
      [key, `ll_${'x'.repeat(43)}`, 'rgt_live_other'].map((token) =>
        bearer(token).catch((error: unknown) => error),
      ),
    );
    for (const error of errors) {
      expect(error).toMatchObject({ code: 'AUTH_INVALID_KEY', message: (errors[0] as Error).message });
    }
    expect((await listAudit(t.ctx)).items.map((entry) => entry.action)).toEqual([
      'api_key_revoked',
      'api_key_created',
    ]);
  });

  test.each([null, undefined, '', 'Bearer', 'Bearer ', 'Basic bGw6', 'll_abc', 'Bearer a b'])(
    'the header %j is missing a key, and the answer shows one',
    async (header) => {
      await expect(verifier.verify(header)).rejects.toMatchObject({
        code: 'AUTH_MISSING',
        message: expect.stringContaining('Authorization: Bearer ll_'),
      });
    },
  );

  test('a key revoked here stops at once', async () => {
    const { key, item } = await make();
    await bearer(key);
    await revokeApiKey(t.ctx, { id: item.id, actor: SYSTEM });
    await expect(bearer(key)).rejects.toMatchObject({ code: 'AUTH_INVALID_KEY' });
  });

  test('a key revoked by a process that cannot be heard stops after five seconds', async () => {
    const { key, item } = await make();
    await bearer(key);
    await revokeApiKey({ ...t.ctx, live: createLive() }, { id: item.id, actor: SYSTEM });
    t.ctx.clock.advance(4_999);
    expect((await bearer(key)).id).toBe(item.id);
    t.ctx.clock.advance(1);
    await expect(bearer(key)).rejects.toMatchObject({ code: 'AUTH_INVALID_KEY' });
  });

  test('a key made after it was refused is taken at once', async () => {
    const { key, item } = await make();
    const row = await t.ctx.store.prisma.apiKey.delete({ where: { id: item.id } });
    t.ctx.live.publish('keys');
    await expect(bearer(key)).rejects.toMatchObject({ code: 'AUTH_INVALID_KEY' });
    await t.ctx.store.prisma.apiKey.create({ data: row });
    t.ctx.live.publish('keys');
    expect((await bearer(key)).id).toBe(item.id);
  });

  test('a thousand requests at once are one question to the store', async () => {
    const { key } = await make();
    const asked = vi.spyOn(t.ctx.store.prisma.apiKey, 'findUnique');
    const keys = await Promise.all(Array.from({ length: 1000 }, () => bearer(key)));
    await bearer(key);
    expect(new Set(keys).size).toBe(1);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  test('an answer read before a revocation is not kept after it', async () => {
    const { key, item } = await make();
    const { apiKey } = t.ctx.store.prisma;
    const findUnique = apiKey.findUnique.bind(apiKey);
    const read = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const slow = async (input: Parameters<typeof findUnique>[0]) => {
      const row = await findUnique(input);
      read.resolve();
      await goOn.promise;
      return row;
    };
    vi.spyOn(apiKey, 'findUnique').mockImplementationOnce(slow as unknown as typeof apiKey.findUnique);
    const early = bearer(key);
    await read.promise;
    await revokeApiKey(t.ctx, { id: item.id, actor: SYSTEM });
    goOn.resolve();
    expect((await early).id).toBe(item.id);
    await expect(bearer(key)).rejects.toMatchObject({ code: 'AUTH_INVALID_KEY' });
  });

  test('the last use is noted at most once a minute', async () => {
    const { key } = await make();
    const lastUsed = async () => {
      await verifier.idle();
      return (await listApiKeys(t.ctx))[0]?.lastUsedAt;
    };
    await bearer(key);
    expect(await lastUsed()).toBe('2026-05-12T12:00:00.000Z');
    t.ctx.clock.advance(59_999);
    await bearer(key);
    expect(await lastUsed()).toBe('2026-05-12T12:00:00.000Z');
    t.ctx.clock.advance(1);
    await bearer(key);
    expect(await lastUsed()).toBe('2026-05-12T12:01:00.000Z');
  });

  test('a last use that cannot be written is logged and harms no request', async () => {
    const { key, item } = await make();
    vi.spyOn(t.ctx.store.prisma.apiKey, 'updateMany').mockRejectedValueOnce(new Error('disk is full'));
    const warn = vi.spyOn(t.ctx.log, 'warn');
    expect((await bearer(key)).id).toBe(item.id);
    await verifier.idle();
    expect(warn).toHaveBeenCalledWith(
      { apiKeyId: item.id, error: 'disk is full' },
      expect.stringContaining('last use'),
    );
  });

  test('a store that cannot be read is no verdict on the key', async () => {
    const { key } = await make();
    await t.ctx.store.execute('ALTER TABLE "ApiKey" RENAME TO "Gone"');
    await expect(bearer(key)).rejects.not.toMatchObject({ code: 'AUTH_INVALID_KEY' });
    await t.ctx.store.execute('ALTER TABLE "Gone" RENAME TO "ApiKey"');
    expect((await bearer(key)).name).toBe('shop');
  });

  test('a key acts as ops when it may operate, else as a viewer', async () => {
    const roles = await Promise.all(
      [['operate' as const], ['ingest' as const]].map(async (scopes) => {
        const { key } = await make(scopes);
        return actorOfKey(await bearer(key), null).role;
      }),
    );
    expect(roles).toEqual(['ops', 'viewer']);
  });
});
