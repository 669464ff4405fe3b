import { matchPostbacks, type SearchBodies } from '#app/modules/outbox/index.server.ts';
import type { PostbackFilter } from '#app/modules/outbox/postback-schema.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { jobName } from './job-words.ts';
import type { JobKind } from './schema.ts';

/** Rows that one statement looks at: a few milliseconds, so that SQLite's thread is never held for long. */
export const CHUNK = 5_000;

/** Lets everything else have its turn between two chunks. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Id of the newest postback there is: the bound of what is selected now. '' where there is none. */
export async function newestPostback(ctx: Pick<Ctx, 'store'>): Promise<string> {
  const [row] = await ctx.store.query<{ id: string }>(
    `SELECT "id" FROM "OutboxMessage" WHERE "kind" = 'postback' ORDER BY "id" DESC LIMIT 1`,
  );
  return row?.id ?? '';
}

/** Everything that matches, up to a bound, oldest first and a chunk at a time; others have their turn in between. */
export async function* walkMatching(
  ctx: Pick<Ctx, 'store'>,
  filter: PostbackFilter,
  atMost: string,
  searchBodies?: SearchBodies,
): AsyncGenerator<string[]> {
  const matching = await matchPostbacks(ctx, filter, searchBodies);
  for (let above: string | undefined; ; ) {
    const { ids, next } = await matching(ctx.store, { above, atMost, limit: CHUNK });
    if (ids.length > 0) yield ids;
    if (next === null) return;
    above = next;
    await turn();
  }
}

/** The name of a job that was given none. An issue is named by its cause: "AUTH_INVALID_KEY at regatta". */
export async function nameJob(
  ctx: Pick<Ctx, 'store'>,
  kind: JobKind,
  matched: number,
  filter: PostbackFilter,
  issueId: string | null,
): Promise<string> {
  const one = issueId ?? (filter.issue?.length === 1 ? (filter.issue[0] ?? null) : null);
  const issue =
    one === null
      ? null
      : await ctx.store.prisma.issue.findUnique({
          where: { id: one },
          select: { errorCode: true, accountId: true },
        });
  if (!issue) return jobName(kind, matched, filter);
  const account = await ctx.store.prisma.networkAccount.findUnique({
    where: { id: issue.accountId },
    select: { name: true },
  });
  return jobName(kind, matched, filter, `${issue.errorCode} at ${account?.name ?? 'a network'}`);
}
