import { nowOf } from '#app/platform/context.server.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { addEvents, type WriteContext } from './issue-events.server.ts';
import { timeSpan } from './issue-words.ts';
import type { IssueState } from './schema.ts';

/** An issue as the writing of its sightings left it. */
export interface WrittenIssue {
  id: string;
  accountId: string;
  errorCode: string;
  networkCampaignId: string;
  messageKey: string;
  state: IssueState;
  resolvedAt: Date | null;
  ignoredUntil: Date | null;
  ignoreAbove: number | bigint | null;
}

/**
 * Opens again what was resolved, or ignored for as long as has now passed. Few at a time: one by one. `counts`: most
 * occurrences in one hour; `lastAt`: last occurrence; both by issue id. Answers the ids.
 */
export async function wakeIssues(
  tx: Conn,
  ctx: WriteContext,
  written: readonly WrittenIssue[],
  counts: ReadonlyMap<string, number>,
  lastAt: ReadonlyMap<string, Date>,
): Promise<string[]> {
  const now = nowOf(ctx);
  const woken: { issueId: string; body: string; resolved: boolean }[] = [];
  for (const row of written) {
    const at = lastAt.get(row.id) ?? now;
    const body = whyAwake(row, at, counts.get(row.id) ?? 0);
    if (body !== null) woken.push({ issueId: row.id, body, resolved: row.state === 'resolved' });
  }
  for (const { issueId, resolved } of woken) {
    await tx.prisma.issue.update({
      where: { id: issueId },
      data: {
        state: 'open',
        ignoredUntil: null,
        ignoreAbove: null,
        updatedAt: now,
        ...(resolved ? { reopened: { increment: 1 }, reopenedAt: now } : {}),
      },
    });
  }
  await addEvents(
    tx,
    ctx,
    woken.map(({ issueId, body }) => ({ issueId, kind: 'reopened', body })),
  );
  return woken.map(({ issueId }) => issueId);
}

function whyAwake(row: WrittenIssue, at: Date, inHour: number): string | null {
  if (row.state === 'resolved') {
    const since = row.resolvedAt === null ? null : at.getTime() - row.resolvedAt.getTime();
    return since === null
      ? 'Came back after it was resolved.'
      : `Came back ${timeSpan(since)} after it was resolved.`;
  }
  if (row.state !== 'ignored') return null;
  if (row.ignoredUntil !== null && row.ignoredUntil.getTime() <= at.getTime())
    return 'The time for which it was ignored is over, and it came again.';
  const above = numberOrNull(row.ignoreAbove);
  if (above !== null && inHour > above)
    return `Came ${inHour} times within an hour: more than the ${above} that were to be ignored.`;
  return null;
}
