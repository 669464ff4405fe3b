import { recordAudit } from '#app/modules/audit/index.server.ts';
import { refusedInput } from '#app/modules/operators/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { addEvents } from './issue-events.server.ts';
import { judge } from './issue-rules.ts';
import { type IssueChange, type IssueChangeResult, issueNoteSchema } from './issue-schema.ts';
import type { IssueState } from './schema.ts';

/** Issues that may be changed at once. */
export const CHANGE_MAX = 200;

/**
 * Acknowledges, resolves, reopens, ignores or assigns issues, each with an entry in its history and in the audit.
 * Asking for what already is changes nothing. With one issue a refusal is thrown (CONFLICT); with several those that
 * may not be changed are told in `refused`, and it is thrown only where nothing else is left. Throws NOT_FOUND for an
 * issue or person that does not exist.
 */
export async function changeIssue(
  ctx: Ctx,
  input: { ids: readonly string[]; actor: Actor; change: IssueChange },
): Promise<IssueChangeResult> {
  const ids = [...new Set(input.ids)].sort();
  if (ids.length === 0 || ids.length > CHANGE_MAX)
    throw new AppError('VALIDATION_ERROR', `Name 1 to ${CHANGE_MAX} issues.`);
  const result = await ctx.store.transaction((tx) => changeAll(tx, ctx, { ...input, ids }));
  const first = result.refused[0];
  if (first && result.refused.length === ids.length) throw new AppError('CONFLICT', first.message);
  if (result.changed.length > 0) ctx.live.publish('issues');
  return result;
}

async function changeAll(
  tx: Conn,
  ctx: Ctx,
  { ids, actor, change }: { ids: readonly string[]; actor: Actor; change: IssueChange },
): Promise<IssueChangeResult> {
  const now = nowOf(ctx);
  const assigneeName = change.kind === 'assign' && change.userId ? await nameOf(tx, change.userId) : null;
  const rows = await tx.prisma.issue.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: 'asc' } });
  const missing = ids.find((id) => !rows.some((row) => row.id === id));
  if (missing) throw new AppError('NOT_FOUND', `There is no issue with the id ${missing}.`);
  const heldBack = await heldBackIssues(tx, ids);
  const before = change.kind === 'reopen' && change.only ? await statesBefore(tx, ids) : null;
  const result: IssueChangeResult = { changed: [], unchanged: [], refused: [] };
  for (const row of rows) {
    const state = row.state as IssueState;
    const ruled = { ...row, state, heldBack: heldBack.has(row.id), before: before?.get(row.id) ?? 'open' };
    const verdict = judge(ruled, change, now, assigneeName);
    if (verdict.kind === 'unchanged') result.unchanged.push(row.id);
    else if (verdict.kind === 'refused') result.refused.push({ id: row.id, message: verdict.message });
    else {
      const { count } = await tx.prisma.issue.updateMany({
        where: { id: row.id, state: row.state },
        data: { ...verdict.data, updatedAt: now },
      });
      if (count === 0) throw new AppError('CONFLICT', 'It changed a moment ago: look again.');
      await addEvents(tx, ctx, [{ issueId: row.id, ...verdict.event, actor }]);
      await recordAudit(tx, ctx, {
        actor,
        action: verdict.action,
        subjectType: 'issue',
        subjectId: row.id,
        detail: { errorCode: row.errorCode, from: row.state, ...change },
      });
      result.changed.push(row.id);
    }
  }
  return result;
}

async function nameOf(tx: Conn, userId: string): Promise<string> {
  const user = await tx.prisma.user.findUnique({
    where: { id: userId },
    select: { name: true, banned: true },
  });
  if (!user) throw new AppError('NOT_FOUND', `There is no person with the id ${userId}.`);
  if (user.banned)
    throw new AppError('CONFLICT', `${user.name} can no longer sign in: choose somebody else.`);
  return user.name;
}

/** Of these issues, those under which something is still held back. */
async function heldBackIssues(tx: Conn, ids: readonly string[]): Promise<Set<string>> {
  const breakers = await tx.prisma.breaker.findMany({
    where: { issueId: { in: [...ids] }, state: { not: 'closed' } },
    select: { issueId: true },
  });
  return new Set(breakers.map(({ issueId }) => issueId));
}

/** Of issues that were ignored or resolved, the state they had before, from their history. */
async function statesBefore(tx: Conn, ids: readonly string[]): Promise<Map<string, 'open' | 'acknowledged'>> {
  const { dialect } = tx;
  const rows = await tx.query<{ issueId: string; kind: string }>(
    `SELECT e."issueId", e."kind" FROM "IssueEvent" e WHERE ${dialect.inList('e."issueId"', 1)}
       AND e."id" = (SELECT max(x."id") FROM "IssueEvent" x WHERE x."issueId" = e."issueId"
                     AND x."kind" IN ('opened', 'reopened', 'acknowledged'))`,
    JSON.stringify(ids),
  );
  return new Map(
    rows.map(({ issueId, kind }) => [issueId, kind === 'acknowledged' ? 'acknowledged' : 'open'] as const),
  );
}

/** Adds a note (1–2000 characters) to the history of an issue. Throws NOT_FOUND or VALIDATION_ERROR. */
export async function addNote(
  ctx: Ctx,
  input: { id: string; actor: Actor; text: string },
): Promise<{ id: string }> {
  await ctx.store.transaction((tx) => writeNote(tx, ctx, input));
  ctx.live.publish('issues');
  return { id: input.id };
}

async function writeNote(
  tx: Conn,
  ctx: Ctx,
  { id, actor, text }: { id: string; actor: Actor; text: string },
): Promise<void> {
  const parsed = issueNoteSchema.safeParse(text);
  if (!parsed.success) throw refusedInput(parsed.error.issues);
  const issue = await tx.prisma.issue.findUnique({ where: { id }, select: { id: true } });
  if (!issue) throw new AppError('NOT_FOUND', `There is no issue with the id ${id}.`);
  await addEvents(tx, ctx, [{ issueId: id, kind: 'note', body: parsed.data, actor }]);
  await recordAudit(tx, ctx, { actor, action: 'issue_note_added', subjectType: 'issue', subjectId: id });
}

/**
 * Makes several changes of one issue, and a note to go with them, whole or not at all: who is told that it was refused
 * must find everything as it was. Throws as `changeIssue` and `addNote` do.
 */
export async function reviseIssue(
  ctx: Ctx,
  input: { id: string; actor: Actor; changes: readonly IssueChange[]; note?: string | undefined },
): Promise<void> {
  const { id, actor, changes, note } = input;
  await ctx.store.transaction(async (tx) => {
    for (const change of changes) {
      const { refused } = await changeAll(tx, ctx, { ids: [id], actor, change });
      if (refused[0]) throw new AppError('CONFLICT', refused[0].message);
    }
    if (note !== undefined) await writeNote(tx, ctx, { id, actor, text: note });
  });
  ctx.live.publish('issues');
}
