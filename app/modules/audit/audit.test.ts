import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Actor, SYSTEM } from '#app/platform/context.server.ts';
import { makeTestCtx, type TestCtx } from '../../../tests/factories/test-ctx.ts';
import { listAudit, recordAudit } from './index.server.ts';
import { withoutSecrets } from './policy.ts';

const ANNA: Actor = { type: 'user', id: 'usr_1', name: 'Anna', role: 'ops', ip: '192.0.2.7' };

describe('audit', () => {
  let t: TestCtx;
  beforeEach(async () => {
    t = await makeTestCtx();
  });
  afterEach(() => t.close());

  const retried = (subjectId: string) =>
    recordAudit(t.ctx.store, t.ctx, {
      actor: ANNA,
      action: 'postback_retried',
      subjectType: 'postback',
      subjectId,
      detail: { externalId: 'order-1', apiKey: 'rgt_live_abcdefghijkl' },
    });

  test('an entry says who did what to what, when and from where, and leaves secrets out', async () => {
    t.ctx.clock.stopAt(Date.UTC(2026, 4, 12, 12, 2));
    const id = await retried('msg_1');
    expect((await listAudit(t.ctx, { subjectType: 'postback', subjectId: 'msg_1' })).items).toEqual([
      {
        id,
        actorType: 'user',
        actorId: 'usr_1',
        actorName: 'Anna',
        action: 'postback_retried',
        subjectType: 'postback',
        subjectId: 'msg_1',
        detail: { externalId: 'order-1', apiKey: '(not recorded)' },
        ip: '192.0.2.7',
        createdAt: '2026-05-12T12:02:00.000Z',
      },
    ]);
  });

  test('an entry is undone with the transaction it belongs to', async () => {
    const failing = t.ctx.store.transaction(async (tx) => {
      await recordAudit(tx, t.ctx, {
        actor: SYSTEM,
        action: 'tried',
        subjectType: 'lead',
        subjectId: 'led_1',
      });
      throw new Error('the change failed');
    });
    await expect(failing).rejects.toThrow('the change failed');
    expect((await listAudit(t.ctx)).items).toEqual([]);
  });

  test('pages walk from the newest to the oldest without gap or repeat', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push(await retried('msg_1'));
    await retried('msg_2');
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await listAudit(t.ctx, { subjectType: 'postback', subjectId: 'msg_1', limit: 2, before });
      seen.push(...page.items.map((item) => item.id));
      before = page.nextBefore ?? undefined;
    } while (before);
    expect(seen).toEqual(ids.toReversed());
  });
});

test('withoutSecrets hides by name at any depth, cuts keys out of texts and leaves the rest alone', () => {
  expect(
    withoutSecrets({
      name: 'shop',
      keyId: 'key_1',
      nested: [{ new_secret: 'x', note: 'used ll_0123456789abcdef yesterday' }],
      count: 3,
      none: null,
    }),
  ).toEqual({
    name: 'shop',
    keyId: 'key_1',
    nested: [{ new_secret: '(not recorded)', note: 'used (not recorded) yesterday' }],
    count: 3,
    none: null,
  });
});
