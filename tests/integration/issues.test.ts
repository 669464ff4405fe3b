import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createApiKey } from '#app/modules/operators/index.server.ts';
import {
  addNote,
  changeIssue,
  countOpenIssues,
  countSeen,
  ensureIssue,
  expectPayouts,
  type Failure,
  getIssue,
  issueTotals,
  listIssues,
  recordFailures,
  settleIssues,
  sortUnsorted,
} from '#app/modules/triage/index.server.ts';
import {
  ISSUE_ORDERS,
  type IssueChange,
  type IssueFilter,
  type ListIssuesInput,
} from '#app/modules/triage/issue-schema.ts';
import { type Actor, SYSTEM } from '#app/platform/context.server.ts';
import { startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { seedRegatta } from '#app/practice/seed.ts';
import { HOUR, type IssueKit, MINUTE, makeIssueKit, NOW } from '../setup/issue-kit.ts';
import { startLeadline } from '../setup/leadline.ts';
import { until } from '../setup/wait.ts';

let t: IssueKit;
beforeEach(async () => {
  t = await makeIssueKit();
});
afterEach(() => t.close());

const record = (failures: readonly Failure[]) =>
  t.ctx.store.transaction((tx) => recordFailures(tx, t.ctx, t.deps, failures));
const issue = (id: string) => t.ctx.store.prisma.issue.findUniqueOrThrow({ where: { id } });
const message = (id: string) => t.ctx.store.prisma.outboxMessage.findUniqueOrThrow({ where: { id } });
const events = (issueId: string) =>
  t.ctx.store.prisma.issueEvent.findMany({ where: { issueId }, orderBy: { id: 'asc' } });
const only = <T>(list: readonly T[]): T => {
  expect(list).toHaveLength(1);
  return list[0] as T;
};

describe('expected payouts', () => {
  test('RG-22 by the terms of the campaign that was given, and null where they are not known', async () => {
    await t.campaign('c-cpa', { payoutPerUnitCents: 4000n });
    await t.campaign('c-share', { payoutPercentage: 12.5, currency: 'EUR' });
    const rows = [
      await t.postback({ campaign: 'c-cpa' }),
      await t.postback({ campaign: 'c-share', revenueCents: 9900 }),
      await t.postback({ campaign: 'c-share' }),
      await t.postback({ campaign: 'c-nowhere', revenueCents: 100, currency: 'USD' }),
      await t.postback({ ref: 'NeverSeen' }),
    ];
    const found = await expectPayouts(t.ctx.store, t.deps, rows);
    expect(rows.map(({ messageId }) => found.get(messageId))).toEqual([
      { networkCampaignId: 'c-cpa', expectedCents: 4000, expectedCurrency: 'USD' },
      { networkCampaignId: 'c-share', expectedCents: 1238, expectedCurrency: 'EUR' },
      { networkCampaignId: 'c-share', expectedCents: null, expectedCurrency: null },
      { networkCampaignId: 'c-nowhere', expectedCents: null, expectedCurrency: null },
      { networkCampaignId: null, expectedCents: null, expectedCurrency: null },
    ]);
  });

  test('RG-14 the campaign is told by another conversion of the same code, of the same account, in the same case', async () => {
    await t.campaign('c-cpa', { payoutPerUnitCents: 4000n });
    await t.postback({ ref: 'Code1234', campaign: 'c-cpa', status: 'delivered', errorCode: null });
    const rows = [
      await t.postback({ ref: 'Code1234' }),
      await t.postback({ ref: 'code1234' }),
      { ...(await t.postback({ ref: 'Code1234' })), accountId: 'acc_other' },
    ];
    const other = {
      ...t.deps,
      connectorIn: (conn: typeof t.ctx.store) => t.deps.connectorIn(conn, t.accountId),
    };
    const found = await expectPayouts(t.ctx.store, other as typeof t.deps, rows);
    expect(rows.map(({ messageId }) => found.get(messageId)?.networkCampaignId)).toEqual([
      'c-cpa',
      null,
      null,
    ]);
    expect(found.get(rows[0]?.messageId ?? '')?.expectedCents).toBe(4000);
  });

  test('RG-14 a code whose newest conversions all fail is still known by its first ones', async () => {
    await t.campaign('c-cpa', { payoutPerUnitCents: 4000n });
    await t.postback({ ref: 'Code1234', campaign: 'c-cpa', status: 'delivered', errorCode: null });
    for (let i = 0; i < 12; i++) await t.postback({ ref: 'Code1234' });
    const row = await t.postback({ ref: 'Code1234', revenueCents: 100, currency: 'USD' });
    expect((await expectPayouts(t.ctx.store, t.deps, [row])).get(row.messageId)).toEqual({
      networkCampaignId: 'c-cpa',
      expectedCents: 4000,
      expectedCurrency: 'USD',
    });
  });

  test('RG-19 a test code belongs to its campaign and pays nobody', async () => {
    await t.campaign('c-cpa', { payoutPerUnitCents: 4000n, testTrackingCode: '7xKpQm2N' });
    const row = await t.postback({ ref: '7xKpQm2N' });
    expect((await expectPayouts(t.ctx.store, t.deps, [row])).get(row.messageId)).toEqual({
      networkCampaignId: 'c-cpa',
      expectedCents: 0,
      expectedCurrency: 'USD',
    });
  });
});

describe('recording failures', () => {
  test('RG-32 gathers by network, code, words and campaign; counts, hours, money and links', async () => {
    await t.campaign('c-1', { payoutPerUnitCents: 4000n });
    const rows = [
      await t.postback({ errorMessage: 'No enrolment for k7qm2xpn' }),
      await t.postback({ errorMessage: 'No enrolment for M4TSbpS8', at: NOW - HOUR }),
      await t.postback({ errorMessage: 'No enrolment for k7qm2xpn', campaign: 'c-1', ref: 'Other999' }),
      await t.postback({ errorMessage: 'Something else' }),
      await t.postback({ errorCode: null, errorMessage: null, httpStatus: null }),
    ];
    const { issueOf, campaignOf, opened, reopened } = await record(rows);
    const [a, b, c, d, e] = rows.map(({ messageId }) => issueOf.get(messageId) as string);
    expect(a).toBe(b);
    expect(new Set([a, c, d, e]).size).toBe(4);
    expect([...opened].sort()).toEqual([...new Set([a, c, d, e])].sort());
    expect(reopened).toEqual([]);
    expect(campaignOf.get(rows[2]?.messageId ?? '')).toBe('c-1');
    expect(await issue(a as string)).toMatchObject({
      accountId: t.accountId,
      errorCode: 'NOT_FOUND',
      message: 'No enrolment for <id>',
      sampleMessage: 'No enrolment for k7qm2xpn',
      networkCampaignId: '',
      httpStatus: 404,
      state: 'open',
      seen: 2,
      firstSeenAt: new Date(NOW - HOUR),
      lastSeenAt: new Date(NOW),
    });
    expect(await issue(e as string)).toMatchObject({ errorCode: 'UNKNOWN', message: '' });
    const hours = await t.ctx.store.prisma.issueHour.findMany({
      where: { issueId: a as string },
      orderBy: { hour: 'asc' },
    });
    expect(hours.map(({ hour, count }) => [hour.toISOString(), count])).toEqual([
      ['2026-05-12T11:00:00.000Z', 1],
      ['2026-05-12T12:00:00.000Z', 1],
    ]);
    expect(await message(rows[2]?.messageId ?? '')).toMatchObject({
      issueId: c,
      expectedCents: 4000n,
      expectedCurrency: 'USD',
    });
    expect(only(await events(a as string))).toMatchObject({ kind: 'opened', actorName: 'Leadline' });
  });

  test('a second batch counts on, and takes back that a person had seen it', async () => {
    const first = await t.postback();
    const { issueOf } = await record([first]);
    const id = issueOf.get(first.messageId) as string;
    await t.ctx.store.prisma.outboxMessage.update({
      where: { id: first.messageId },
      data: { acknowledgedAt: new Date(NOW) },
    });
    t.ctx.clock.advance(MINUTE);
    const again = await record([{ ...first, at: new Date(NOW + MINUTE) }, await t.postback()]);
    expect(again.opened).toEqual([]);
    expect(await issue(id)).toMatchObject({ seen: 3, lastSeenAt: new Date(NOW + MINUTE) });
    expect((await message(first.messageId)).acknowledgedAt).toBeNull();
    expect(await t.ctx.store.prisma.issueHour.findMany({ where: { issueId: id } })).toMatchObject([
      { count: 3 },
    ]);
  });

  test('a cause that comes back after being resolved reopens and says after how long', async () => {
    const { issueOf } = await record([await t.postback()]);
    const id = [...issueOf.values()][0] as string;
    await t.ctx.store.prisma.issue.update({
      where: { id },
      data: { state: 'resolved', resolvedAt: new Date(NOW) },
    });
    t.ctx.clock.advance(50 * HOUR);
    const { opened, reopened } = await record([await t.postback()]);
    expect({ opened, reopened }).toEqual({ opened: [], reopened: [id] });
    expect(await issue(id)).toMatchObject({
      state: 'open',
      reopened: 1,
      reopenedAt: new Date(NOW + 50 * HOUR),
    });
    expect((await events(id)).at(-1)).toMatchObject({
      kind: 'reopened',
      body: 'Came back 2 d after it was resolved.',
    });
  });

  test('an ignored cause stays ignored until its time is past', async () => {
    const { issueOf } = await record([await t.postback()]);
    const id = [...issueOf.values()][0] as string;
    await t.ctx.store.prisma.issue.update({
      where: { id },
      data: { state: 'ignored', ignoredUntil: new Date(NOW + HOUR) },
    });
    expect((await record([await t.postback()])).reopened).toEqual([]);
    expect((await issue(id)).state).toBe('ignored');
    t.ctx.clock.advance(HOUR);
    expect((await record([await t.postback()])).reopened).toEqual([id]);
    expect(await issue(id)).toMatchObject({ state: 'open', ignoredUntil: null, reopened: 0 });
  });

  test('an ignored cause opens again when it comes more often in an hour than was to be ignored', async () => {
    const { issueOf } = await record([await t.postback()]);
    const id = [...issueOf.values()][0] as string;
    await t.ctx.store.prisma.issue.update({ where: { id }, data: { state: 'ignored', ignoreAbove: 3 } });
    expect((await record([await t.postback(), await t.postback()])).reopened).toEqual([]);
    expect((await record([await t.postback()])).reopened).toEqual([id]);
    expect((await events(id)).at(-1)?.body).toBe(
      'Came 4 times within an hour: more than the 3 that were to be ignored.',
    );
  });

  test('writers side by side count every failure once and wait for nobody for ever', async () => {
    const batches = await Promise.all(
      Array.from({ length: 6 }, async (_, i) => {
        const rows: Failure[] = [];
        for (const code of ['NOT_FOUND', 'FORBIDDEN', 'AUTH_INVALID_KEY'])
          rows.push(await t.postback({ errorCode: code }));
        return i % 2 === 0 ? rows : rows.reverse();
      }),
    );
    await Promise.all(batches.map(record));
    const issues = await t.ctx.store.prisma.issue.findMany();
    expect(issues.map(({ seen }) => seen)).toEqual([6, 6, 6]);
    expect(await t.ctx.store.prisma.issueEvent.count({ where: { kind: 'opened' } })).toBe(3);
  });

  test('a whole batch in a handful of statements', async () => {
    const rows: Failure[] = [];
    for (let i = 0; i < 60; i++)
      rows.push(await t.postback({ errorCode: i % 2 ? 'NOT_FOUND' : 'FORBIDDEN', ref: `Code${i}xyz` }));
    let statements = 0;
    await t.ctx.store.transaction(async (tx) => {
      const counted = {
        ...tx,
        query(sql: string, ...args: unknown[]) {
          statements += 1;
          return tx.query(sql, ...args);
        },
        execute(sql: string, ...args: unknown[]) {
          statements += 1;
          return tx.execute(sql, ...args);
        },
      } as typeof tx;
      await recordFailures(counted, t.ctx, t.deps, rows);
    });
    expect(statements).toBeLessThanOrEqual(5);
  });
});

test('a pause has an issue of its own: made once, counted by what is held back', async () => {
  const cause = {
    accountId: t.accountId,
    errorCode: 'PAUSED',
    errorMessage: 'Paused by Ana: key is being replaced',
    networkCampaignId: null,
    httpStatus: null,
    at: new Date(NOW),
  };
  const id = await t.ctx.store.transaction((tx) => ensureIssue(tx, t.ctx, cause));
  expect(await t.ctx.store.transaction((tx) => ensureIssue(tx, t.ctx, cause))).toBe(id);
  await t.ctx.store.transaction((tx) => countSeen(tx, id, 5, new Date(NOW + MINUTE)));
  await t.ctx.store.transaction((tx) => countSeen(tx, id, 2, new Date(NOW)));
  expect(await issue(id)).toMatchObject({ seen: 7, lastSeenAt: new Date(NOW + MINUTE) });
  expect(only(await t.ctx.store.prisma.issueHour.findMany())).toMatchObject({ issueId: id, count: 7 });
});

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
    await record(rich);
    t.ctx.clock.advance(MINUTE);
    await record(mixed);
    t.ctx.clock.advance(MINUTE);
    await record(unknown);
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
    await record([await t.postback({ errorCode: 'TIMEOUT', httpStatus: null })]);
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
      expect(detail).toMatch(/OutboxMessage_(issue_idx|issueMoney_idx|unsorted_idx)/);
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

describe('postbacks that failed before there were issues', () => {
  test('get their issue, counted in the hour they were settled, once', async () => {
    for (let i = 0; i < 3; i++) await t.postback({ at: NOW - 2 * HOUR });
    await t.postback({ status: 'exhausted', errorCode: 'TIMEOUT', httpStatus: null });
    await t.postback({ status: 'delivered', errorCode: null });
    await t.postback({ status: 'retrying', errorCode: 'TIMEOUT' });
    expect(await sortUnsorted(t.ctx, t.deps)).toBe(4);
    expect(await sortUnsorted(t.ctx, t.deps)).toBe(0);
    const issues = await t.ctx.store.prisma.issue.findMany({ orderBy: { errorCode: 'asc' } });
    expect(issues.map(({ errorCode, seen }) => [errorCode, seen])).toEqual([
      ['NOT_FOUND', 3],
      ['TIMEOUT', 1],
    ]);
    expect(issues[0]?.lastSeenAt).toEqual(new Date(NOW - 2 * HOUR));
    expect(
      await t.ctx.store.prisma.issueHour.findMany({ where: { issueId: issues[0]?.id ?? '' } }),
    ).toMatchObject([{ hour: new Date(NOW - 2 * HOUR - 2 * MINUTE), count: 3 }]);
  });

  test('two workers share them out', async () => {
    for (let i = 0; i < 30; i++) await t.postback();
    const counts = await Promise.all([sortUnsorted(t.ctx, t.deps), sortUnsorted(t.ctx, t.deps)]);
    await sortUnsorted(t.ctx, t.deps);
    expect(counts.reduce((a, b) => a + b)).toBeLessThanOrEqual(30);
    expect(only(await t.ctx.store.prisma.issue.findMany()).seen).toBe(30);
  });
});

describe('changing', () => {
  const actor: Actor = { type: 'user', id: 'usr_ana', name: 'Ana', role: 'ops', ip: '192.0.2.1' };
  const change = (ids: readonly string[], what: IssueChange) =>
    changeIssue(t.ctx, { ids, actor, change: what });
  const opened = async (errorCode = 'NOT_FOUND') => {
    const { issueOf } = await record([await t.postback({ errorCode })]);
    return [...issueOf.values()][0] as string;
  };
  const person = async (id: string, banned = false) => {
    const at = new Date(NOW);
    await t.ctx.store.prisma.user.create({
      data: {
        id,
        name: 'Bo',
        email: `${id}@shop.example`,
        emailVerified: true,
        role: 'ops',
        banned,
        createdAt: at,
        updatedAt: at,
      },
    });
  };
  const audit = () =>
    t.ctx.store.prisma.auditEntry.findMany({ where: { subjectType: 'issue' }, orderBy: { id: 'asc' } });

  test('acknowledge, resolve and reopen, each told once in the history and the audit', async () => {
    const id = await opened();
    expect(await change([id], { kind: 'acknowledge' })).toMatchObject({ changed: [id] });
    expect(await change([id], { kind: 'acknowledge' })).toMatchObject({ changed: [], unchanged: [id] });
    await change([id], { kind: 'resolve' });
    expect(await issue(id)).toMatchObject({ state: 'resolved', resolvedAt: new Date(NOW) });
    await expect(change([id], { kind: 'acknowledge' })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'It is resolved: reopen it first.',
    });
    await change([id], { kind: 'reopen' });
    expect(await issue(id)).toMatchObject({ state: 'open', reopened: 0 });
    expect((await events(id)).map(({ kind, actorName }) => [kind, actorName])).toEqual([
      ['opened', 'Leadline'],
      ['acknowledged', 'Ana'],
      ['resolved', 'Ana'],
      ['reopened', 'Ana'],
    ]);
    expect((await audit()).map(({ action, subjectId }) => [action, subjectId])).toEqual([
      ['issue_acknowledged', id],
      ['issue_resolved', id],
      ['issue_reopened', id],
    ]);
  });

  test('ignore until a time or a rate, with bounds that are said', async () => {
    const id = await opened();
    const until = new Date(NOW + 9 * HOUR).toISOString();
    await change([id], { kind: 'ignore', until, above: 20 });
    expect(await issue(id)).toMatchObject({
      state: 'ignored',
      ignoredUntil: new Date(until),
      ignoreAbove: 20,
    });
    expect(await change([id], { kind: 'ignore', until, above: 20 })).toMatchObject({ unchanged: [id] });
    expect((await events(id)).at(-1)?.body).toBe(
      'Until 2026-05-12 21:02 UTC, or until it comes more than 20 times an hour',
    );
    await expect(change([id], { kind: 'ignore' })).rejects.toThrow('Say until when');
    await expect(change([id], { kind: 'ignore', until: new Date(NOW).toISOString() })).rejects.toThrow(
      'already past',
    );
    await change([id], { kind: 'resolve' });
    expect(await issue(id)).toMatchObject({ ignoredUntil: null, ignoreAbove: null });
    await expect(change([id], { kind: 'ignore', above: 1 })).rejects.toThrow('nothing to ignore');
  });

  test('several at once: what may not be changed is told, the rest is changed', async () => {
    const [a, b] = [await opened(), await opened('FORBIDDEN')];
    await change([b], { kind: 'resolve' });
    expect(await change([a, b, a], { kind: 'acknowledge' })).toEqual({
      changed: [a],
      unchanged: [],
      refused: [{ id: b, message: 'It is resolved: reopen it first.' }],
    });
    await expect(change([a, 'iss_none'], { kind: 'resolve' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await issue(a)).state).toBe('acknowledged');
  });

  test('what holds back others cannot be resolved before they are released', async () => {
    const id = await opened('AUTH_INVALID_KEY');
    const at = new Date(NOW);
    await t.ctx.store.prisma.breaker.create({
      data: {
        id: 'brk_1',
        accountId: t.accountId,
        scope: 'account',
        scopeKey: 'account',
        reason: 'bad_key',
        provenBy: 'any_answer',
        issueId: id,
        openedAt: at,
        trippedAt: at,
        updatedAt: at,
      },
    });
    await expect(change([id], { kind: 'resolve' })).rejects.toThrow('still held back');
    await t.ctx.store.prisma.breaker.update({ where: { id: 'brk_1' }, data: { state: 'closed' } });
    expect(await change([id], { kind: 'resolve' })).toMatchObject({ changed: [id] });
  });

  test('assign and take back, to people who are here', async () => {
    const id = await opened();
    await person('usr_bo');
    await person('usr_gone', true);
    await change([id], { kind: 'assign', userId: 'usr_bo' });
    await expect(change([id], { kind: 'assign', userId: 'usr_gone' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await expect(change([id], { kind: 'assign', userId: 'usr_none' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const deps = { connectorFor: (account: string) => t.deps.connectorIn(t.ctx.store, account) };
    const detail = await getIssue(t.ctx, deps, id);
    expect(detail).toMatchObject({ assignee: { id: 'usr_bo', name: 'Bo' }, people: [{ id: 'usr_bo' }] });
    await change([id], { kind: 'assign', userId: null });
    expect((await events(id)).map(({ kind, body }) => [kind, body]).slice(1)).toEqual([
      ['assigned', 'To Bo'],
      ['assigned', 'To nobody any more'],
    ]);
    expect((await audit()).map(({ action }) => action)).toEqual(['issue_assigned', 'issue_unassigned']);
  });

  test('notes of 1 to 2000 characters', async () => {
    const id = await opened();
    await addNote(t.ctx, { id, actor, text: 'Asked Regatta, ticket 4711.' });
    expect((await events(id)).at(-1)).toMatchObject({
      kind: 'note',
      actorId: 'usr_ana',
      body: 'Asked Regatta, ticket 4711.',
    });
    for (const text of ['', '   ', 'x'.repeat(2001)])
      await expect(addNote(t.ctx, { id, actor, text })).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
    await expect(addNote(t.ctx, { id: 'iss_none', actor, text: 'x' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('by the clock: what is ignored opens again, what holds nothing up resolves after five minutes', async () => {
    const failing = await t.postback();
    const id = [...(await record([failing])).issueOf.values()][0] as string;
    const other = await opened('FORBIDDEN');
    await change([other], { kind: 'ignore', until: new Date(NOW + HOUR).toISOString() });
    expect(await settleIssues(t.ctx)).toEqual({ opened: 0, resolved: 0 });
    t.ctx.clock.advance(HOUR);
    expect(await settleIssues(t.ctx)).toEqual({ opened: 1, resolved: 0 });
    expect((await issue(other)).state).toBe('open');

    const move = (status: string) =>
      t.ctx.store.prisma.outboxMessage.update({ where: { id: failing.messageId }, data: { status } });
    await move('retrying');
    await settleIssues(t.ctx);
    t.ctx.clock.advance(10 * MINUTE);
    expect((await settleIssues(t.ctx)).resolved).toBe(0);
    await move('delivered');
    expect((await settleIssues(t.ctx)).resolved).toBe(0);
    t.ctx.clock.advance(4 * MINUTE);
    expect((await settleIssues(t.ctx)).resolved).toBe(0);
    t.ctx.clock.advance(MINUTE);
    expect((await settleIssues(t.ctx)).resolved).toBe(1);
    expect(await issue(id)).toMatchObject({ state: 'resolved' });
    expect((await issue(other)).state).toBe('open');
    expect((await events(id)).at(-1)).toMatchObject({
      kind: 'resolved',
      body: expect.stringContaining('5 minutes'),
    });
  });
});

test('the API lists causes, tells one, and changes it, each by its scope', async () => {
  const regatta = await startPracticeRegatta();
  const leadline = await startLeadline({
    regattaBaseUrl: regatta.baseUrl,
    regattaKey: seedRegatta(regatta).apiKey,
  });
  try {
    const sent = await leadline.call('POST', '/api/v1/conversions', {
      externalId: 'order-1',
      eventType: 'PURCHASE',
      ref: 'NoSuchCd',
    });
    expect(sent.status).toBe(202);
    const listed = () => leadline.call('GET', '/api/v1/issues?state=open&order=money');
    const item = await until('the issue', async () => (await listed()).json.data.items[0]);
    expect(item).toMatchObject({
      network: 'regatta',
      errorCode: 'NOT_FOUND',
      httpStatus: 404,
      state: 'open',
      counts: { failed: 1, exhausted: 0, parked: 0 },
      unpaid: [],
      unpaidUnknown: 1,
      explanation: { who: 'developer' },
    });
    const path = `/api/v1/issues/${item.id}`;
    const one = (await leadline.call('GET', path)).json.data;
    expect(one).toMatchObject({
      oldest: [{ externalId: 'order-1', status: 'failed' }],
      events: [{ kind: 'opened' }],
    });
    expect(one).not.toHaveProperty('people');
    const post = (body: unknown) => leadline.call('POST', path, body);
    expect((await post({ state: 'acknowledged', note: 'Asked the partner' })).json.data).toMatchObject({
      state: 'acknowledged',
      events: [{ kind: 'note', body: 'Asked the partner', actorName: 'test' }, { kind: 'acknowledged' }, {}],
    });
    expect((await post({ state: 'ignored', above: 5 })).json.data).toMatchObject({
      state: 'ignored',
      ignoreAbove: 5,
    });
    for (const wrong of [
      {},
      { state: 'gone' },
      { above: 5 },
      { state: 'ignored', above: 0 },
      { note: '' },
      { more: 1 },
    ])
      expect([wrong, (await post(wrong)).status]).toEqual([wrong, 400]);
    expect((await post({ state: 'ignored' })).status).toBe(409);
    expect((await leadline.call('POST', '/api/v1/issues/iss_none', { state: 'open' })).status).toBe(404);
    expect((await leadline.call('GET', '/api/v1/issues?cursor=x')).json.error.code).toBe('VALIDATION_ERROR');
    expect((await leadline.call('GET', '/api/v1/issues?network=nowhere')).status).toBe(400);
    const { key } = await createApiKey(leadline.runtime.ctx, {
      name: 'reader',
      scopes: ['read'],
      actor: SYSTEM,
    });
    const reader = { authorization: `Bearer ${key}` };
    expect((await leadline.call('GET', path, undefined, reader)).status).toBe(200);
    expect((await leadline.call('POST', path, { state: 'open' }, reader)).status).toBe(403);
  } finally {
    await leadline.stop();
    await regatta.stop();
  }
});
