import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { countCaptures, listCaptures } from '#app/modules/capture/index.server.ts';
import { makeTestCtx, type TestCtx } from '../factories/test-ctx.ts';
import { fillCaptures } from '../setup/export-kit.ts';

let t: TestCtx;
beforeEach(async () => {
  t = await makeTestCtx();
});
afterEach(() => t.close());

/** Everything a filter finds, page after page, in the order of the pages. */
async function walk(where: Parameters<typeof listCaptures>[1], limit = 200) {
  const ids: string[] = [];
  let before: string | undefined;
  for (;;) {
    const page = await listCaptures(t.ctx, { ...where, limit, before });
    ids.push(...page.items.map((item) => item.id));
    if (page.nextBefore === null) return ids;
    before = page.nextBefore;
  }
}

describe('the list of refs', () => {
  test('RG-06 RG-07 each operator finds what it says and nothing else, alone and together', async () => {
    await fillCaptures(t.ctx.store, 2_000);
    const all = await t.ctx.store.prisma.capture.findMany({ orderBy: { id: 'desc' } });
    type Row = (typeof all)[number];
    const cases: [Parameters<typeof listCaptures>[1], (row: Row) => boolean][] = [
      [{}, () => true],
      [{ ref: 'code77' }, (row) => row.ref === 'code77'],
      [{ prefix: 'code7' }, (row) => row.ref.startsWith('code7')],
      [{ prefix: 'code' }, () => true],
      [{ promo: 'SPRING3' }, (row) => row.promo === 'SPRING3'],
      [{ promo: 'spring3' }, () => false],
      [{ promoPrefix: 'SPR' }, (row) => row.promo !== null],
      [{ visitor: 'vis_12' }, (row) => row.visitorId === 'vis_12'],
      [{ outcome: 'kept' }, (row) => row.outcome === 'kept'],
      [{ accountIds: ['acc_b'] }, (row) => row.accountId === 'acc_b'],
      [{ accountIds: ['acc_a', 'acc_b'] }, () => true],
      [{ accountIds: [] }, () => false],
      [{ source: 'browser', promoPrefix: 'SPRING' }, (row) => row.source === 'browser' && row.promo !== null],
      [
        { accountIds: ['acc_a', 'acc_b'], outcome: 'overwrite_blocked', prefix: 'code1' },
        (row) => row.outcome === 'overwrite_blocked' && row.ref.startsWith('code1'),
      ],
      [
        { outcome: 'kept', source: 'api', accountId: 'acc_a', promoPrefix: 'SPRING1' },
        (row) =>
          row.outcome === 'kept' &&
          row.source === 'api' &&
          row.accountId === 'acc_a' &&
          row.promo === 'SPRING1',
      ],
    ];
    for (const [where, is] of cases) {
      const wanted = all.filter(is).map((row) => row.id);
      expect([where, await walk(where)]).toEqual([where, wanted]);
      expect([where, await countCaptures(t.ctx, where)]).toEqual([
        where,
        { n: Math.min(wanted.length, 1_000), capped: wanted.length > 1_000 },
      ]);
    }
  });

  test('pages go both ways, `top` holds newer rows back, and they are counted', async () => {
    await fillCaptures(t.ctx.store, 300);
    const where = { accountIds: ['acc_a', 'acc_b'], prefix: 'code' };
    const first = await listCaptures(t.ctx, { ...where, limit: 20 });
    const second = await listCaptures(t.ctx, { ...where, limit: 20, before: first.nextBefore ?? '' });
    const back = await listCaptures(t.ctx, { ...where, limit: 20, after: second.nextAfter ?? '' });
    expect(back.items).toEqual(first.items);
    expect(back.nextAfter).toBeNull();
    const top = second.items[0]?.id;
    expect((await listCaptures(t.ctx, { ...where, limit: 20, top })).items).toEqual(second.items);
    expect(await countCaptures(t.ctx, { ...where, after: top })).toEqual({ n: 20, capped: false });
  });

  test('filters that no index knows together look through 50,000 rows a page, say so, and go on from there', async () => {
    await fillCaptures(t.ctx.store, 120_000);
    const { store } = t.ctx;
    const oldest = await store.prisma.capture.findMany({ orderBy: { id: 'asc' }, take: 3 });
    await store.execute(`UPDATE "Capture" SET "source" = 'api'`);
    for (const { id } of oldest)
      await store.execute(
        `UPDATE "Capture" SET "source" = 'browser', "accountId" = 'acc_a' WHERE "id" = ${store.dialect.p(1)}`,
        id,
      );
    const where = { accountIds: ['acc_a'], source: 'browser' as const };
    const first = await listCaptures(t.ctx, where);
    expect(first).toMatchObject({ items: [], looked: 50_000, nextAfter: null });
    expect(await countCaptures(t.ctx, where)).toEqual({ n: 0, capped: true });
    expect(await walk(where)).toEqual(oldest.map((row) => row.id).toReversed());
    const upwards = await listCaptures(t.ctx, { ...where, after: oldest[2]?.id });
    expect(upwards).toMatchObject({ items: [], looked: 50_000 });
    expect(upwards.nextAfter).not.toBeNull();
    // one index knows the whole filter: nothing to stop for
    expect(await listCaptures(t.ctx, { source: 'browser' })).toMatchObject({ looked: null });
  });
});
