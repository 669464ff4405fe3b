import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  countOpenIssues,
  getIssue,
  issueTotals,
  listIssues,
  settleIssues,
  sortUnsorted,
} from '#app/modules/triage/index.server.ts';
import { ISSUE_ORDERS, type IssueFilter, type ListIssuesInput } from '#app/modules/triage/issue-schema.ts';
import { HOUR, type IssueKit, MINUTE, makeIssueKit, NOW } from '../setup/issue-kit.ts';

let t: IssueKit;
beforeEach(async () => {
  t = await makeIssueKit();
});
afterEach(() => t.close());

describe('reading', () => {
  const deps = () => ({ connectorFor: (id: string) => t.deps.connectorIn(t.ctx.store, id) });
  const list = (input: Partial<ListIssuesInput> = {}) =>
    listIssues(t.ctx, deps(), { filter: {}, order: 'money', limit: 50, ...input });

  /** Three causes: money 8,000 of two, money 4,000 of one with one unknown, nothing known of one. */
  async function three() {
    await t.campaign('c-1', { payoutPerUnitCents: 4000n });
    await t.campaign('c-eur', { payoutPerUnitCents: 100n, currency: 'EUR' });
    const rich = [
      await t.postback({ campaign: 'c-1', errorCode: 'CAMPAIGN_BUDGET_EXHAUSTED', httpStatus: 400 }),
      await t.postback({
        campaign: 'c-1',
        errorCode: 'CAMPAIGN_BUDGET_EXHAUSTED',
        httpStatus: 400,
        status: 'parked',
      }),
    ];
    const mixed = [
      await t.postback({
        campaign: 'c-eur',
        errorCode: 'INTERNAL_ERROR',
        status: 'exhausted',
        httpStatus: 500,
        ref: 'B',
      }),
    ];
    const unknown = [
      await t.postback({ ref: 'C', at: NOW - 3 * HOUR }),
      await t.postback({ ref: 'D', at: NOW - 3 * HOUR }),
      await t.postback({ ref: 'D', at: NOW - 30 * HOUR }),
    ];
    await t.record(rich);
    t.ctx.clock.advance(MINUTE);
    await t.record(mixed);
    t.ctx.clock.advance(MINUTE);
    await t.record(unknown);
    return { rich, mixed, unknown };
  }

  test('operators: is not, begins with, how often and when last it was seen', async () => {
    await three();
    const codes = async (filter: ListIssuesInput['filter']) =>
      (await list({ filter, order: 'newest' })).items.map((issue) => issue.errorCode).sort();
    const all = ['CAMPAIGN_BUDGET_EXHAUSTED', 'INTERNAL_ERROR', 'NOT_FOUND'];
    expect(await codes({ not: { code: ['NOT_FOUND'] } })).toEqual(all.slice(0, 2));
    expect(await codes({ not: { campaign: ['c-1'], code: ['INTERNAL_ERROR'] } })).toEqual(['NOT_FOUND']);
    expect(await codes({ not: { network: ['regatta'] } })).toEqual([]);
    expect(await codes({ codeBegins: ['CAMP', 'INT'] })).toEqual(all.slice(0, 2));
    expect(await codes({ codeBegins: ['camp', '%'] }), 'to the byte').toEqual([]);
    expect(await codes({ seenMin: 3 })).toEqual(['NOT_FOUND']);
    await t.record([await t.postback({ errorCode: 'TIMEOUT', httpStatus: null })]);
    expect(await codes({ httpStatus: ['500', 'none'] })).toEqual(['INTERNAL_ERROR', 'TIMEOUT']);
    expect(await codes({ not: { httpStatus: ['400', 'none'] } })).toEqual(['INTERNAL_ERROR', 'NOT_FOUND']);
    expect(await codes({ not: { httpStatus: ['404'] } }), 'no answer is not 404').toContain('TIMEOUT');
    const first = (await list({ filter: { code: ['CAMPAIGN_BUDGET_EXHAUSTED'] } })).items[0]?.lastSeenAt;
    expect(await codes({ seenFrom: first })).toContain('CAMPAIGN_BUDGET_EXHAUSTED');
    expect(await codes({ seenTo: first })).not.toContain('CAMPAIGN_BUDGET_EXHAUSTED');
    expect(await codes({ seenFrom: new Date(NOW + HOUR).toISOString() })).toEqual([]);
  });

  test('counts by status, money by currency, what cannot be known, a day of hours, in plain words', async () => {
    await three();
    const page = await list();
    expect(page).toMatchObject({ total: 3, next: null, prev: null });
    const [rich, mixed, unknown] = page.items;
    expect(rich).toMatchObject({
      network: 'regatta',
      connector: 'Regatta',
      errorCode: 'CAMPAIGN_BUDGET_EXHAUSTED',
      campaignName: 'Campaign c-1',
      counts: { failed: 1, exhausted: 0, parked: 1 },
      held: 2,
      unpaid: [{ currency: 'USD', minor: 8000 }],
      unpaidUnknown: 0,
      state: 'open',
      assignee: null,
      breaker: null,
      job: null,
      explanation: {
        short: 'campaign budget used up',
        link: { url: expect.stringContaining('/campaigns/c-1') },
      },
    });
    expect(mixed).toMatchObject({ unpaid: [{ currency: 'EUR', minor: 100 }], counts: { exhausted: 1 } });
    expect(unknown).toMatchObject({
      unpaid: [],
      unpaidUnknown: 3,
      held: 3,
      seen: 3,
      networkCampaignId: null,
    });
    expect(unknown?.trend).toHaveLength(24);
    expect(unknown?.trend.slice(-4)).toEqual([2, 0, 0, 0]);
    expect(unknown?.trend.reduce((a, b) => a + b)).toBe(2);
    const { states, held, unpaid, unpaidUnknown } = await issueTotals(t.ctx);
    expect({ states, held, unpaidUnknown }).toEqual({
      states: { open: 3, acknowledged: 0, resolved: 0, ignored: 0 },
      held: 6,
      unpaidUnknown: 3,
    });
    expect(unpaid).toEqual([
      { currency: 'USD', minor: 8000 },
      { currency: 'EUR', minor: 100 },
    ]);
    expect(await countOpenIssues(t.ctx)).toBe(3);
  });

  test('an open issue that holds nothing up counts in the rail as it does on its tab', async () => {
    await three();
    await t.ctx.store.prisma.outboxMessage.updateMany({ data: { status: 'delivered' } });
    expect((await issueTotals(t.ctx)).states.open).toBe(3);
    expect(await countOpenIssues(t.ctx)).toBe(3);
  });

  test.each(ISSUE_ORDERS)('by %s, page by page both ways', async (order) => {
    await three();
    const all = (await list({ order })).items.map(({ id }) => id);
    const codes = (await list({ order })).items.map(({ errorCode }) => errorCode);
    expect(codes).toEqual(
      {
        money: ['CAMPAIGN_BUDGET_EXHAUSTED', 'INTERNAL_ERROR', 'NOT_FOUND'],
        count: ['NOT_FOUND', 'CAMPAIGN_BUDGET_EXHAUSTED', 'INTERNAL_ERROR'],
        newest: ['NOT_FOUND', 'INTERNAL_ERROR', 'CAMPAIGN_BUDGET_EXHAUSTED'],
        last_seen: ['INTERNAL_ERROR', 'CAMPAIGN_BUDGET_EXHAUSTED', 'NOT_FOUND'],
      }[order],
    );
    const one = await list({ order, limit: 1 });
    const two = await list({ order, limit: 1, cursor: one.next ?? '' });
    const three_ = await list({ order, limit: 1, cursor: two.next ?? '' });
    expect([one, two, three_].flatMap((page) => page.items.map(({ id }) => id))).toEqual(all);
    expect([one.prev, three_.next]).toEqual([null, null]);
    const back = await list({ order, limit: 1, cursor: three_.prev ?? '' });
    expect(back.items.map(({ id }) => id)).toEqual([all[1]]);
    const first = await list({ order, limit: 1, cursor: back.prev ?? '' });
    expect([first.items[0]?.id, first.prev]).toEqual([all[0], null]);
    await expect(
      list({ order: order === 'money' ? 'count' : 'money', cursor: one.next ?? '' }),
    ).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
    });
  });

  test('narrowed by state, network, code, campaign, assignee and words', async () => {
    await three();
    const codes = async (filter: IssueFilter) =>
      (await list({ filter, order: 'newest' })).items.map(({ errorCode }) => errorCode);
    expect(await codes({ code: ['NOT_FOUND'] })).toEqual(['NOT_FOUND']);
    expect(await codes({ network: ['elsewhere'] })).toEqual([]);
    expect(await codes({ network: ['regatta'], campaign: ['c-eur'] })).toEqual(['INTERNAL_ERROR']);
    expect(await codes({ state: ['resolved'] })).toEqual([]);
    expect(await codes({ assignee: 'none' })).toHaveLength(3);
    expect(await codes({ assignee: 'usr_x' })).toEqual([]);
    expect(await codes({ q: 'CAMPAIGN c-1' })).toEqual(['CAMPAIGN_BUDGET_EXHAUSTED']);
    expect(await codes({ q: 'enrol' })).toHaveLength(3);
    expect(await codes({ q: '100%_' })).toEqual([]);
  });

  test('one issue: its history, the oldest it holds up, who could take it on', async () => {
    const { unknown } = await three();
    const id = (await list({ order: 'count' })).items[0]?.id ?? '';
    const detail = await getIssue(t.ctx, deps(), id);
    expect(detail.oldest.map((row) => row.id)).toEqual(unknown.map((row) => row.messageId).sort());
    expect(detail.events).toMatchObject([{ kind: 'opened', actorName: 'Leadline' }]);
    expect(detail.people).toEqual([]);
    await expect(getIssue(t.ctx, deps(), 'iss_none')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('no read walks the postbacks: each is found by an index of its issue', async () => {
    await three();
    if (t.ctx.store.dialect.name !== 'sqlite') return;
    const asked: { sql: string; args: unknown[] }[] = [];
    const store = {
      ...t.ctx.store,
      query: (sql: string, ...args: unknown[]) => {
        asked.push({ sql, args });
        return t.ctx.store.query(sql, ...args);
      },
    } as typeof t.ctx.store;
    const spied = { ...t.ctx, store };
    for (const order of ISSUE_ORDERS) await listIssues(spied, deps(), { filter: {}, order, limit: 50 });
    const [item] = (await list()).items;
    await getIssue(spied, deps(), item?.id ?? '');
    await countOpenIssues(spied);
    await settleIssues(spied);
    // what runs in a transaction is caught there
    store.transaction = (work) =>
      t.ctx.store.transaction((tx) =>
        work({
          ...tx,
          query(sql, ...args) {
            asked.push({ sql, args });
            return tx.query(sql, ...args);
          },
        }),
      );
    await sortUnsorted(spied, t.deps);
    expect(asked.at(-1)?.sql).toContain('"issueId" IS NULL');
    const walked: string[] = [];
    for (const { sql, args } of asked) {
      const plan = await t.ctx.store.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...args);
      walked.push(...plan.map(({ detail }) => detail).filter((detail) => /OutboxMessage| m /.test(detail)));
    }
    expect(walked.length).toBeGreaterThan(5);
    for (const detail of walked)
      expect(detail).toMatch(/OutboxMessage_(issue_idx|issueMoney_idx|unsorted_idx|unread_idx)/);
  });

  test('sums come from the index alone', async () => {
    await three();
    if (t.ctx.store.dialect.name !== 'sqlite') return;
    const plan = await t.ctx.store.query<{ detail: string }>(
      `EXPLAIN QUERY PLAN SELECT m."issueId", m."status", m."expectedCurrency", count(*), sum(m."expectedCents") FROM "Issue" i CROSS JOIN "OutboxMessage" m
       WHERE i."state" = 'open' AND m."issueId" = i."id" AND m."status" IN ('failed', 'exhausted', 'parked') GROUP BY m."issueId", m."status", m."expectedCurrency"`,
    );
    expect(plan.map(({ detail }) => detail).join('\n')).toContain(
      'COVERING INDEX OutboxMessage_issueMoney_idx',
    );
  });
});
