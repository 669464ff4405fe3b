import type { SearchBodies } from '#app/modules/outbox/index.server.ts';
import type { PostbackFilter } from '#app/modules/outbox/postback-schema.ts';
import type { MessageStatus } from '#app/modules/outbox/schema.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { newestPostback, walkMatching } from './job-matching.server.ts';
import { leftOutBecause } from './job-rules.ts';
import type { JobPreview } from './job-schema.ts';
import { selectionWords } from './job-words.ts';
import type { JobKind } from './schema.ts';
import { unreadSql } from './unread-sql.server.ts';

/** Rows that a preview counts; beyond, its numbers are "100,000+". */
const PREVIEW_CAP = 100_000;

interface Group {
  status: MessageStatus;
  maySent: number | bigint;
  acknowledged: number | bigint;
  unread: number | bigint;
  currency: string | null;
  n: number | bigint;
  known: number | bigint;
  minor: number | bigint | null;
}

/**
 * What a job would do with everything that matches: how many are eligible, where a duplicate answer is to be expected,
 * what is left out and why, and the money of it. Counts in chunks, so that nothing else waits for it.
 */
export async function previewJob(
  ctx: Pick<Ctx, 'store'>,
  input: { kind: JobKind; filter: PostbackFilter; newestId?: string | undefined },
  searchBodies?: SearchBodies,
): Promise<JobPreview> {
  const { kind, filter } = input;
  const newestId = input.newestId ?? (await newestPostback(ctx));
  const tally = newTally();
  for await (const ids of walkMatching(ctx, filter, newestId, searchBodies)) {
    for (const group of await readChunk(ctx, ids)) add(tally, kind, group);
    if (tally.matched > PREVIEW_CAP) break;
  }
  return {
    kind,
    matched: tally.matched,
    eligible: tally.eligible,
    duplicatesExpected: tally.duplicates,
    notAllowed: [...tally.leftOut]
      .map(([reason, count]) => ({ reason, count }))
      .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1)),
    unpaid: [...tally.unpaid]
      .map(([currency, minor]) => ({ currency, minor }))
      .sort((a, b) => b.minor - a.minor || (a.currency < b.currency ? -1 : 1)),
    unpaidUnknown: tally.unknown,
    newestId,
    selection: selectionWords(filter),
  };
}

const newTally = () => ({
  matched: 0,
  eligible: 0,
  duplicates: 0,
  unknown: 0,
  leftOut: new Map<string, number>(),
  unpaid: new Map<string, number>(),
});

function add(tally: ReturnType<typeof newTally>, kind: JobKind, group: Group): void {
  const n = Number(group.n);
  const maySent = Number(group.maySent) === 1;
  const acknowledged = Number(group.acknowledged) === 1;
  tally.matched += n;
  const unread = Number(group.unread) === 1;
  const reason = leftOutBecause(kind, { status: group.status, maySent, acknowledged, unread });
  if (reason !== null) {
    tally.leftOut.set(reason, (tally.leftOut.get(reason) ?? 0) + n);
    return;
  }
  tally.eligible += n;
  if (kind === 'retry' && maySent) tally.duplicates += n;
  const known = group.currency === null ? 0 : Number(group.known);
  tally.unknown += n - known;
  if (group.currency !== null && known > 0)
    tally.unpaid.set(group.currency, (tally.unpaid.get(group.currency) ?? 0) + Number(group.minor ?? 0));
}

function readChunk({ store }: Pick<Ctx, 'store'>, ids: readonly string[]): Promise<Group[]> {
  const flag = (column: string): string => `CASE WHEN "${column}" IS NULL THEN 0 ELSE 1 END`;
  return store.query<Group>(
    `SELECT "status", ${flag('firstMaySentAt')} AS "maySent", ${flag('acknowledgedAt')} AS "acknowledged",
       CASE WHEN ${unreadSql()} THEN 1 ELSE 0 END AS "unread", "expectedCurrency" AS "currency", count(*) AS "n", count("expectedCents") AS "known",
       CAST(sum("expectedCents") AS BIGINT) AS "minor"
     FROM "OutboxMessage" WHERE ${store.dialect.inList('"id"', 1)} GROUP BY 1, 2, 3, 4, 5`,
    JSON.stringify(ids),
  );
}
