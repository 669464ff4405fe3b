import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addNote, changeIssue, getIssue, settleIssues } from '#app/modules/triage/index.server.ts';
import type { IssueChange } from '#app/modules/triage/issue-schema.ts';
import type { Actor } from '#app/platform/context.server.ts';
import { HOUR, type IssueKit, MINUTE, makeIssueKit, NOW } from '../setup/issue-kit.ts';

let t: IssueKit;
beforeEach(async () => {
  t = await makeIssueKit();
});
afterEach(() => t.close());

describe('changing', () => {
  const actor: Actor = { type: 'user', id: 'usr_ana', name: 'Ana', role: 'ops', ip: '192.0.2.1' };
  const change = (ids: readonly string[], what: IssueChange) =>
    changeIssue(t.ctx, { ids, actor, change: what });
  const opened = async (errorCode = 'NOT_FOUND') => {
    const { issueOf } = await t.record([await t.postback({ errorCode })]);
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
    expect(await t.issue(id)).toMatchObject({ state: 'resolved', resolvedAt: new Date(NOW) });
    await expect(change([id], { kind: 'acknowledge' })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'It is resolved: reopen it first.',
    });
    await change([id], { kind: 'reopen' });
    expect(await t.issue(id)).toMatchObject({ state: 'open', reopened: 0 });
    expect((await t.events(id)).map(({ kind, actorName }) => [kind, actorName])).toEqual([
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

  test('an undo of "ignore" gives back what it was: acknowledged, or open', async () => {
    const [known, fresh] = [await opened(), await opened('FORBIDDEN')];
    await change([known], { kind: 'acknowledge' });
    // looked at twice: the state before is the last that was not of being ignored
    await change([known, fresh], { kind: 'ignore', above: 5 });
    await change([known, fresh], { kind: 'ignore', above: 9 });
    await addNote(t.ctx, { id: known, actor, text: 'Bo is on it' });
    expect((await change([known, fresh], { kind: 'reopen', only: 'ignored' })).changed).toHaveLength(2);
    expect(await t.issue(known)).toMatchObject({ state: 'acknowledged', ignoreAbove: null });
    expect(await t.issue(fresh)).toMatchObject({ state: 'open', ignoreAbove: null });
    expect((await t.events(known)).at(-1)).toMatchObject({ kind: 'acknowledged', actorName: 'Ana' });
    expect((await audit()).at(-1)).toMatchObject({ subjectId: fresh, action: 'issue_reopened' });
  });

  test('ignore until a time or a rate, with bounds that are said', async () => {
    const id = await opened();
    const until = new Date(NOW + 9 * HOUR).toISOString();
    await change([id], { kind: 'ignore', until, above: 20 });
    expect(await t.issue(id)).toMatchObject({
      state: 'ignored',
      ignoredUntil: new Date(until),
      ignoreAbove: 20,
    });
    expect(await change([id], { kind: 'ignore', until, above: 20 })).toMatchObject({ unchanged: [id] });
    expect((await t.events(id)).at(-1)?.body).toBe(
      'Until 2026-05-12 21:02 UTC, or until it comes more than 20 times an hour',
    );
    await expect(change([id], { kind: 'ignore' })).rejects.toThrow('Say until when');
    await expect(change([id], { kind: 'ignore', until: new Date(NOW).toISOString() })).rejects.toThrow(
      'already past',
    );
    await change([id], { kind: 'resolve' });
    expect(await t.issue(id)).toMatchObject({ ignoredUntil: null, ignoreAbove: null });
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
    expect((await t.issue(a)).state).toBe('acknowledged');
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
    expect((await t.events(id)).map(({ kind, body }) => [kind, body]).slice(1)).toEqual([
      ['assigned', 'To Bo'],
      ['assigned', 'To nobody any more'],
    ]);
    expect((await audit()).map(({ action }) => action)).toEqual(['issue_assigned', 'issue_unassigned']);
  });

  test('notes of 1 to 2000 characters', async () => {
    const id = await opened();
    await addNote(t.ctx, { id, actor, text: 'Asked Regatta, ticket 4711.' });
    expect((await t.events(id)).at(-1)).toMatchObject({
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
    const id = [...(await t.record([failing])).issueOf.values()][0] as string;
    const other = await opened('FORBIDDEN');
    await change([other], { kind: 'ignore', until: new Date(NOW + HOUR).toISOString() });
    expect(await settleIssues(t.ctx)).toEqual({ opened: 0, resolved: 0 });
    t.ctx.clock.advance(HOUR);
    expect(await settleIssues(t.ctx)).toEqual({ opened: 1, resolved: 0 });
    expect((await t.issue(other)).state).toBe('open');

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
    expect(await t.issue(id)).toMatchObject({ state: 'resolved' });
    expect((await t.issue(other)).state).toBe('open');
    expect((await t.events(id)).at(-1)).toMatchObject({
      kind: 'resolved',
      body: expect.stringContaining('5 minutes'),
    });
  });
});
