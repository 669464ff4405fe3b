import { afterEach, beforeEach, expect, test } from 'vitest';
import { changeIssues } from '#app/modules/triage/index.server.ts';
import type { IssueChange, IssueFilter } from '#app/modules/triage/issue-schema.ts';
import { type IssueKit, makeIssueKit, NOW } from '../setup/issue-kit.ts';

let t: IssueKit;
beforeEach(async () => {
  t = await makeIssueKit();
});
afterEach(() => t.close());

const ana = { type: 'user', id: 'usr_ana', name: 'Ana', role: 'ops', ip: null } as const;
const change = (filter: IssueFilter, what: IssueChange) =>
  changeIssues(t.ctx, { of: { filter }, actor: ana, change: what });

/** So many causes of one account, oldest first. */
async function causes(n: number, state = 'open'): Promise<string[]> {
  const { id: accountId } = await t.ctx.store.prisma.networkAccount.findFirstOrThrow();
  const at = new Date(NOW);
  const rows = Array.from({ length: n }, (_, i) => ({
    id: `iss_${state}_${String(i).padStart(5, '0')}`,
    accountId,
    errorCode: `CODE_${i % 2 === 0 ? 'EVEN' : 'ODD'}`,
    message: `${state} ${i}`,
    messageKey: `${state} ${i}`,
    httpStatus: 400,
    state,
    firstSeenAt: at,
    lastSeenAt: at,
    createdAt: at,
    updatedAt: at,
  }));
  await t.ctx.store.prisma.issue.createMany({ data: rows });
  return rows.map(({ id }) => id);
}

test('everything that matches is changed, far beyond a page, each with its entry; what does not match is not', async () => {
  const ids = await causes(450);
  const done = await change({ state: ['open'], code: ['CODE_EVEN'] }, { kind: 'acknowledge' });
  expect(done.changed).toEqual(ids.filter((_, i) => i % 2 === 0));
  expect(done.refused).toEqual([]);
  const { prisma } = t.ctx.store;
  expect(await prisma.issue.count({ where: { state: 'acknowledged' } })).toBe(225);
  expect(await prisma.issue.count({ where: { state: 'open', errorCode: 'CODE_ODD' } })).toBe(225);
  expect(await prisma.issueEvent.count({ where: { kind: 'acknowledged' } })).toBe(225);
  expect(await prisma.auditEntry.count({ where: { action: 'issue_acknowledged' } })).toBe(225);
  await expect(
    change({ state: ['open'], code: ['CODE_EVEN'] }, { kind: 'acknowledge' }),
    'nothing is left of it',
  ).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a piece that is refused as a whole is told beside what was changed, and thrown where nothing was', async () => {
  const open = await causes(201);
  const resolved = await causes(201, 'resolved');
  const done = await change({}, { kind: 'acknowledge' });
  expect([done.changed.length, done.refused.length]).toEqual([open.length, resolved.length]);
  expect(done.refused[0]?.message).toContain('reopen it first');
  await expect(change({ state: ['resolved'] }, { kind: 'acknowledge' })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
});

test('more than can be changed at once is refused before anything is', async () => {
  await causes(5_001);
  await expect(change({ state: ['open'] }, { kind: 'resolve' })).rejects.toThrow(
    'More than 5,000 issues match. Narrow the list.',
  );
  expect(await t.ctx.store.prisma.issue.count({ where: { state: 'open' } })).toBe(5_001);
});
