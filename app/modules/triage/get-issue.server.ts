import type { Ctx } from '#app/platform/context.server.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import { AppError } from '#app/platform/errors.ts';
import type { IssueReadDeps } from './deps.ts';
import type { IssueDetail } from './issue-schema.ts';
import { readIssues } from './list-issues.server.ts';
import { FAILING_STATUSES, type FailingStatus } from './schema.ts';
import { UNREAD_STATUSES, type UnreadStatus } from './unread-schema.ts';
import { byUnread, unreadSql } from './unread-sql.server.ts';

/** Entries of the history and postbacks that a page shows. */
const EVENTS_MAX = 200;
const OLDEST_MAX = 5;

/** One cause with its history, the oldest postbacks it holds up, and who could take it on. Throws NOT_FOUND. */
export async function getIssue(
  ctx: Pick<Ctx, 'store' | 'clock'>,
  deps: IssueReadDeps,
  id: string,
): Promise<IssueDetail> {
  const [item] = await readIssues(ctx, deps, [id]);
  if (!item) throw new AppError('NOT_FOUND', `There is no issue with the id ${id}.`);
  const { prisma } = ctx.store;
  const events = await prisma.issueEvent.findMany({
    where: { issueId: id },
    orderBy: { id: 'desc' },
    take: EVENTS_MAX,
  });
  const people = await prisma.user.findMany({
    where: { OR: [{ banned: null }, { banned: false }] },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  });
  return {
    ...item,
    events: events.map(({ id: eventId, kind, actorName, body, createdAt }) => ({
      id: eventId,
      kind,
      actorName,
      body,
      createdAt: createdAt.toISOString(),
    })),
    oldest: await oldestOf(ctx, id),
    people,
  };
}

interface Row {
  id: string;
  externalId: string;
  status: FailingStatus | UnreadStatus;
  attempts: number | bigint;
  expectedCents: number | bigint | null;
  expectedCurrency: string | null;
  createdAt: Date;
}

/** The oldest postbacks an issue holds up: the first few of each status, from the index, then the first of those. */
async function oldestOf(ctx: Pick<Ctx, 'store'>, issueId: string): Promise<IssueDetail['oldest']> {
  const { dialect } = ctx.store;
  const columns =
    '"id", "externalId", "status", "attempts", "expectedCents", "expectedCurrency", "createdAt"';
  const sources = [
    ...FAILING_STATUSES.map((status) => ['', `"status" = '${status}'`]),
    ...UNREAD_STATUSES.map((status) => [byUnread(dialect), `"status" = '${status}' AND ${unreadSql()}`]),
  ];
  const branches = sources.map(
    ([walk, which], i) =>
      `SELECT * FROM (SELECT ${columns} FROM "OutboxMessage"${walk} WHERE "issueId" = ${dialect.p(i + 1)} AND ${which} ORDER BY "id" LIMIT ${OLDEST_MAX}) AS b${i}`,
  );
  const rows = await ctx.store.query<Row>(
    `SELECT * FROM (${branches.join(' UNION ALL ')}) AS u ORDER BY "id" LIMIT ${OLDEST_MAX}`,
    ...sources.map(() => issueId),
  );
  return rows.map(({ attempts, expectedCents, createdAt, ...row }) => ({
    ...row,
    attempts: Number(attempts),
    expectedCents: numberOrNull(expectedCents),
    createdAt: createdAt.toISOString(),
  }));
}
