import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listCampaigns } from '#app/modules/campaigns/index.server.ts';
import type { RefundFilter, RefundItem } from '#app/modules/disputes/inbox-schema.ts';
import {
  listApprovals,
  listByDeadline,
  listRefunds,
  refundTotal,
} from '#app/modules/disputes/index.server.ts';
import { listJobs } from '#app/modules/triage/index.server.ts';
import { SYSTEM } from '#app/platform/context.server.ts';
import { parseRefundsUrl } from '../../app/routes/_console.refunds/filters.ts';
import { loadInbox } from '../../app/routes/_console.refunds/load-inbox.server.ts';
import { consoleRowsSql } from '../bench/console-rows.ts';
import { makeTestCtx, type TestCtx } from '../factories/test-ctx.ts';

/** More than two steps of any walk. */
const ROWS = 9_000;

let t: TestCtx;
beforeAll(async () => {
  t = await makeTestCtx();
  for (const statement of consoleRowsSql(t.ctx.store.dialect.name, ROWS))
    await t.ctx.store.execute(statement);
  const { prisma } = t.ctx.store;
  // deadlines that several share, and refunds whose lead has none
  await prisma.$executeRawUnsafe(`UPDATE "Lead" SET "disputeBy" = NULL WHERE "externalId" LIKE '%5'`);
  await prisma.refund.update({ where: { refundId: 're_40' }, data: { kind: 'fraud' } });
  await prisma.refund.update({ where: { refundId: 're_8990' }, data: { kind: 'fraud', source: 'console' } });
  await prisma.campaign.updateMany({
    where: { networkCampaignId: { in: ['camp-7', 'camp-8888'] } },
    data: { status: 'PAUSED', trackingConfirmedAt: null, name: 'Spring_100%' },
  });
});
afterAll(() => t.close());

type Page<Item> = { items: Item[]; nextAfter: string | null; prevBefore: string | null };
type Cursor = { after?: string | undefined; before?: string | undefined };

/** Ids of all pages forwards, and then of all of them backwards again. */
async function walked<Item extends { id: string }>(
  read: (cursor: Cursor) => Promise<Page<Item>>,
): Promise<{ there: string[]; back: string[] }> {
  const there: string[][] = [];
  let page = await read({});
  for (;;) {
    there.push(page.items.map(({ id }) => id));
    if (page.nextAfter === null) break;
    page = await read({ after: page.nextAfter });
  }
  const back = [there.at(-1) ?? []];
  while (page.prevBefore !== null) {
    page = await read({ before: page.prevBefore });
    back.unshift(page.items.map(({ id }) => id));
  }
  return { there: there.flat(), back: back.flat() };
}

const refundsWhere = async (condition: string): Promise<string[]> =>
  (
    await t.ctx.store.query<{ id: string }>(`SELECT "id" FROM "Refund" WHERE ${condition} ORDER BY "id" DESC`)
  ).map(({ id }) => id);

describe('refunds', () => {
  test.each<[RefundFilter, string]>([
    [{ kind: ['fraud'] }, `"kind" = 'fraud'`],
    [{ source: ['console'] }, `"source" = 'console'`],
    [
      { kind: ['fraud', 'chargeback'], source: ['stripe', 'console'] },
      `"kind" <> 'refund' AND "source" <> 'api'`,
    ],
    [
      { disposition: ['needs_review'], kind: ['fraud'] },
      `"disposition" = 'needs_review' AND "kind" = 'fraud'`,
    ],
    [
      { disposition: ['needs_review', 'unmatched'], source: ['api'] },
      `"disposition" IN ('needs_review', 'unmatched') AND "source" = 'api'`,
    ],
    [{ disposition: ['awaiting_lead', 'unmatched'] }, `"disposition" IN ('awaiting_lead', 'unmatched')`],
  ])('of %o are all found, page by page and back again', async (filter, condition) => {
    const expected = await refundsWhere(condition);
    expect(expected.length).toBeGreaterThan(0);
    const { there, back } = await walked<RefundItem>((cursor) =>
      listRefunds(t.ctx, { filter, limit: 190, ...cursor }),
    );
    expect(there).toEqual(expected);
    expect(back).toEqual(expected);
    expect((await refundTotal(t.ctx, filter)).count).toBe(Math.min(1_001, expected.length));
  });

  test('a group can be worked through to its end, the nearest deadline first and those without one last', async () => {
    const rows = await t.ctx.store.query<{ id: string; at: Date | number | null }>(
      `SELECT r."id", l."disputeBy" AS "at" FROM "Refund" r LEFT JOIN "Lead" l ON l."id" = r."leadId" WHERE r."disposition" = 'needs_review'`,
    );
    const far = Number.POSITIVE_INFINITY;
    const at = (row: { at: Date | number | null }) => (row.at === null ? far : new Date(row.at).getTime());
    const expected = rows
      .toSorted((a, b) => (at(a) === at(b) ? (a.id < b.id ? -1 : 1) : at(a) - at(b)))
      .map(({ id }) => id);
    expect(rows.filter((row) => row.at === null).length).toBeGreaterThan(100);
    const { there, back } = await walked((cursor) =>
      listByDeadline(t.ctx, { filter: { disposition: ['needs_review'] }, limit: 190, ...cursor }),
    );
    expect(there).toEqual(expected);
    expect(back).toEqual(expected);
    expect(
      (
        await listByDeadline(t.ctx, {
          filter: { disposition: ['needs_review'] },
          limit: 5,
          after: 'nonsense',
        })
      ).items.map(({ id }) => id),
    ).toEqual(expected.slice(0, 5));
  });

  test('a group of the inbox shows its first rows among others, and all its pages by itself', async () => {
    const load = (query: string) => loadInbox(t.ctx, SYSTEM, parseRefundsUrl(new URLSearchParams(query)));
    const inbox = await load('view=open');
    expect(inbox).toMatchObject({ grouped: true, paged: false, nextAfter: null, prevBefore: null });
    const shown = Object.fromEntries(inbox.groups.map((group) => [group.disposition, group.shown]));
    expect(shown).toMatchObject({ needs_review: 20, unmatched: 20, awaiting_lead: 20 });
    for (const only of ['needs_review', 'awaiting_lead', 'unmatched']) {
      const seen: string[] = [];
      let after: string | null = '';
      let pages = 0;
      while (after !== null) {
        const page: Awaited<ReturnType<typeof load>> = await load(
          `view=open&only=${only}${after && `&after=${after}`}`,
        );
        expect(page).toMatchObject({ grouped: true, paged: true });
        expect(page.prevBefore === null).toBe(pages === 0);
        seen.push(...page.items.map(({ id }) => id));
        after = page.nextAfter;
        pages += 1;
        // as far as a person goes; the walk to the end is above
        if (pages === 6) break;
      }
      const all = await refundsWhere(`"disposition" = '${only}'`);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length).toBe(Math.min(300, all.length));
      expect(seen.every((id) => all.includes(id))).toBe(true);
    }
  });
});

test('a list of jobs in several states is one list, newest first, both ways', async () => {
  const rows = await t.ctx.store.prisma.bulkJob.findMany({
    where: { state: { in: ['done', 'canceled'] } },
    orderBy: { id: 'desc' },
    select: { id: true },
  });
  const { there, back } = await walked((cursor) =>
    listJobs(t.ctx, { state: ['canceled', 'done'], limit: 900, ...cursor }),
  );
  expect(there).toEqual(rows.map(({ id }) => id));
  expect(back).toEqual(there);
});

test('approvals that share a deadline, or were over at one instant, are each on one page', async () => {
  for (const state of ['pending', 'decided'] as const) {
    const { there, back } = await walked((cursor) =>
      listApprovals(t.ctx, { actor: SYSTEM, state, limit: 700, ...cursor }),
    );
    expect(new Set(there).size).toBe(ROWS / 2);
    expect(there).toHaveLength(ROWS / 2);
    expect(back).toEqual(there);
  }
  const leadId = 'led_01KDV000000000000000000500';
  const of = await listApprovals(t.ctx, { actor: SYSTEM, leadId });
  expect(of.items.map((item) => item.leadId)).toEqual([leadId]);
});

test('campaigns that are rare are found, and a sign of a pattern is a sign', async () => {
  const account = { id: 'acc_bench', name: 'regatta' };
  const deps = {
    accounts: { byId: async () => account, idByName: async () => account.id },
    connectorOf: () => ({ label: 'Regatta' }),
  } as unknown as Parameters<typeof listCampaigns>[1];
  const found = async (input: Parameters<typeof listCampaigns>[2]) =>
    (await listCampaigns(t.ctx, deps, input)).items.map((item) => item.networkCampaignId);
  const both = ['camp-8888', 'camp-7'];
  expect(await found({ status: 'PAUSED' })).toEqual(both);
  expect(await found({ confirmed: false })).toEqual(both);
  expect(await found({ q: 'SPRING_1' })).toEqual(both);
  expect(await found({ q: '0%' })).toEqual(both);
  expect(await found({ q: '_' })).toEqual(both);
  expect(
    await found({ network: 'regatta', status: 'PAUSED', confirmed: false, q: 'spring', limit: 1 }),
  ).toEqual(['camp-8888']);
  const all = await walked(async ({ after, before }) => {
    const page = await listCampaigns(t.ctx, deps, {
      network: 'regatta',
      confirmed: true,
      limit: 1_000,
      before: after,
      after: before,
    });
    return { items: page.items, nextAfter: page.nextBefore, prevBefore: page.nextAfter };
  });
  expect(all.there).toHaveLength(ROWS - 2);
  expect(all.back).toEqual(all.there);
});

/** What each filter of a list asks of SQLite, and the index that it must walk without sorting. */
const WALKS: [list: string, sql: string, index: string][] = [
  [
    'audit',
    `SELECT * FROM "AuditEntry" WHERE "subjectType" = ? AND "id" < ? ORDER BY "id" DESC LIMIT 51`,
    'AuditEntry_subjectType_id_idx',
  ],
  [
    'alert deliveries',
    `SELECT * FROM "AlertDelivery" WHERE "status" = ? AND "id" < ? ORDER BY "id" DESC LIMIT 51`,
    'AlertDelivery_status_id_idx',
  ],
  [
    'campaigns of a network',
    `SELECT "id" FROM "Campaign" WHERE "accountId" = ? AND "id" < ? ORDER BY "id" DESC LIMIT 51`,
    'Campaign_accountId_id_idx',
  ],
  [
    'campaigns of a status',
    `SELECT "id" FROM "Campaign" WHERE "status" = ? AND "id" < ? ORDER BY "id" DESC LIMIT 51`,
    'Campaign_status_id_idx',
  ],
  [
    'names of campaigns',
    `SELECT "name" FROM "Campaign" WHERE "networkCampaignId" IN (?, ?)`,
    'Campaign_networkCampaignId_idx',
  ],
  [
    'refunds of a kind',
    `SELECT "id" FROM "Refund" WHERE "kind" = ? AND "id" < ? ORDER BY "id" DESC LIMIT 51`,
    'Refund_kind_idx',
  ],
  [
    'refunds of a source',
    `SELECT "id" FROM "Refund" WHERE "source" = ? AND "id" < ? ORDER BY "id" DESC LIMIT 51`,
    'Refund_source_idx',
  ],
  [
    'refunds of a disposition',
    `SELECT "id" FROM "Refund" WHERE "disposition" = ? AND "id" < ? ORDER BY "id" DESC LIMIT 51`,
    'Refund_disposition_idx',
  ],
];

test.each(WALKS)('%s: walked in an index, nothing sorted', async (_list, sql, index) => {
  const { store } = t.ctx;
  if (store.dialect.name === 'postgres') {
    const found = await store.query(`SELECT 1 FROM pg_indexes WHERE indexname = $1`, index);
    return expect(found).toHaveLength(1);
  }
  const args = Array.from(sql.matchAll(/\?/g), () => 'x');
  const plan = await store.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...args);
  const words = plan.map(({ detail }) => detail).join('; ');
  expect(words).toContain(index);
  expect(words).not.toMatch(/SCAN|TEMP B-TREE/);
});
