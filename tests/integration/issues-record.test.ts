import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  countSeen,
  ensureIssue,
  type Failure,
  recordFailures,
  sortUnsorted,
} from '#app/modules/triage/index.server.ts';
import { HOUR, type IssueKit, MINUTE, makeIssueKit, NOW, only } from '../setup/issue-kit.ts';

let t: IssueKit;
beforeEach(async () => {
  t = await makeIssueKit();
});
afterEach(() => t.close());

const message = (id: string) => t.ctx.store.prisma.outboxMessage.findUniqueOrThrow({ where: { id } });

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
    const { issueOf, campaignOf, opened, reopened } = await t.record(rows);
    const [a, b, c, d, e] = rows.map(({ messageId }) => issueOf.get(messageId) as string);
    expect(a).toBe(b);
    expect(new Set([a, c, d, e]).size).toBe(4);
    expect([...opened].sort()).toEqual([...new Set([a, c, d, e])].sort());
    expect(reopened).toEqual([]);
    expect(campaignOf.get(rows[2]?.messageId ?? '')).toBe('c-1');
    expect(await t.issue(a as string)).toMatchObject({
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
    expect(await t.issue(e as string)).toMatchObject({ errorCode: 'UNKNOWN', message: '' });
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
    expect(only(await t.events(a as string))).toMatchObject({ kind: 'opened', actorName: 'Leadline' });
  });

  test('a second batch counts on, and takes back that a person had seen it', async () => {
    const first = await t.postback();
    const { issueOf } = await t.record([first]);
    const id = issueOf.get(first.messageId) as string;
    await t.ctx.store.prisma.outboxMessage.update({
      where: { id: first.messageId },
      data: { acknowledgedAt: new Date(NOW) },
    });
    t.ctx.clock.advance(MINUTE);
    const again = await t.record([{ ...first, at: new Date(NOW + MINUTE) }, await t.postback()]);
    expect(again.opened).toEqual([]);
    expect(await t.issue(id)).toMatchObject({ seen: 3, lastSeenAt: new Date(NOW + MINUTE) });
    expect((await message(first.messageId)).acknowledgedAt).toBeNull();
    expect(await t.ctx.store.prisma.issueHour.findMany({ where: { issueId: id } })).toMatchObject([
      { count: 3 },
    ]);
  });

  test('a cause that comes back after being resolved reopens and says after how long', async () => {
    const { issueOf } = await t.record([await t.postback()]);
    const id = [...issueOf.values()][0] as string;
    await t.ctx.store.prisma.issue.update({
      where: { id },
      data: { state: 'resolved', resolvedAt: new Date(NOW) },
    });
    t.ctx.clock.advance(50 * HOUR);
    const { opened, reopened } = await t.record([await t.postback()]);
    expect({ opened, reopened }).toEqual({ opened: [], reopened: [id] });
    expect(await t.issue(id)).toMatchObject({
      state: 'open',
      reopened: 1,
      reopenedAt: new Date(NOW + 50 * HOUR),
    });
    expect((await t.events(id)).at(-1)).toMatchObject({
      kind: 'reopened',
      body: 'Came back 2 d after it was resolved.',
    });
  });

  test('an ignored cause stays ignored until its time is past', async () => {
    const { issueOf } = await t.record([await t.postback()]);
    const id = [...issueOf.values()][0] as string;
    await t.ctx.store.prisma.issue.update({
      where: { id },
      data: { state: 'ignored', ignoredUntil: new Date(NOW + HOUR) },
    });
    expect((await t.record([await t.postback()])).reopened).toEqual([]);
    expect((await t.issue(id)).state).toBe('ignored');
    t.ctx.clock.advance(HOUR);
    expect((await t.record([await t.postback()])).reopened).toEqual([id]);
    expect(await t.issue(id)).toMatchObject({ state: 'open', ignoredUntil: null, reopened: 0 });
  });

  test('an ignored cause opens again when it comes more often in an hour than was to be ignored', async () => {
    const { issueOf } = await t.record([await t.postback()]);
    const id = [...issueOf.values()][0] as string;
    await t.ctx.store.prisma.issue.update({ where: { id }, data: { state: 'ignored', ignoreAbove: 3 } });
    expect((await t.record([await t.postback(), await t.postback()])).reopened).toEqual([]);
    expect((await t.record([await t.postback()])).reopened).toEqual([id]);
    expect((await t.events(id)).at(-1)?.body).toBe(
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
    await Promise.all(batches.map((rows) => t.record(rows)));
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
  expect(await t.issue(id)).toMatchObject({ seen: 7, lastSeenAt: new Date(NOW + MINUTE) });
  expect(only(await t.ctx.store.prisma.issueHour.findMany())).toMatchObject({ issueId: id, count: 7 });
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
