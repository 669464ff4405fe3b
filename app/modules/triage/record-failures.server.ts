import type { Conn } from '#app/platform/db/store.server.ts';
import type { TriageDeps } from './deps.ts';
import { type ExpectedPayout, expectPayouts, type UnpricedPostback } from './expect-payouts.server.ts';
import type { WriteContext } from './issue-events.server.ts';
import { messageKey, normaliseMessage } from './normalise.ts';
import { hourOf, keyOfSighting, type Sighting, writeSightings } from './write-issues.server.ts';

/** A postback that has just failed for good (a terminal answer, or its ladder used up), or succeeded without its data. */
export interface Failure extends UnpricedPostback {
  errorCode: string | null;
  errorMessage: string | null;
  httpStatus: number | null;
  at: Date;
}

export interface RecordedFailures {
  /** Issue id by message id. */
  issueOf: Map<string, string>;
  /** The network's campaign id, given or inferred, by message id. */
  campaignOf: Map<string, string | null>;
  /** Ids of issues that were new, and of those that came back. */
  opened: string[];
  reopened: string[];
}

/** Stands for a failure that carries no code at all. */
const NO_CODE = 'UNKNOWN';
/** Longest part of a network's words that is kept as the sample. */
const SAMPLE_MAX = 500;

const LINK = { id: 'text', issueId: 'text', expectedCents: 'bigint', expectedCurrency: 'text' } as const;

/**
 * Puts failures under their causes, on an open transaction: opens or counts issues, writes issue and expected payout
 * on the messages, takes back an earlier "seen" of a person (`acknowledgedAt`). A handful of statements for the whole
 * batch, for this runs in the settlement when everything fails.
 */
export async function recordFailures(
  tx: Conn,
  ctx: WriteContext,
  deps: TriageDeps,
  failures: readonly Failure[],
): Promise<RecordedFailures> {
  if (failures.length === 0) return { issueOf: new Map(), campaignOf: new Map(), opened: [], reopened: [] };
  const payouts = await expectPayouts(tx, deps, failures);
  const { sightings, keyOf } = gather(failures, payouts);
  const { ids, opened, reopened } = await writeSightings(tx, ctx, sightings);
  const issueOf = new Map(
    failures.map(({ messageId }) => [messageId, ids.get(keyOf.get(messageId) ?? '') as string]),
  );
  const rows = failures.map(({ messageId }) => ({
    id: messageId,
    issueId: issueOf.get(messageId) as string,
    expectedCents: payouts.get(messageId)?.expectedCents ?? null,
    expectedCurrency: payouts.get(messageId)?.expectedCurrency ?? null,
  }));
  await tx.execute(
    `UPDATE "OutboxMessage" SET "issueId" = r."issueId", "expectedCents" = r."expectedCents",
       "expectedCurrency" = r."expectedCurrency", "acknowledgedAt" = NULL
     FROM ${tx.dialect.eachRow(LINK, 1, 'r')} WHERE "OutboxMessage"."id" = r."id"`,
    tx.dialect.encode(LINK, rows),
  );
  const campaignOf = new Map(
    failures.map(({ messageId }) => [messageId, payouts.get(messageId)?.networkCampaignId ?? null]),
  );
  return { issueOf, campaignOf, opened, reopened };
}

/** Failures by cause. */
function gather(
  failures: readonly Failure[],
  payouts: ReadonlyMap<string, ExpectedPayout>,
): { sightings: Sighting[]; keyOf: Map<string, string> } {
  const drafts = new Map<string, Sighting & { hours: Map<number, number> }>();
  const keyOf = new Map<string, string>();
  const words = new Map<string | null, { message: string; messageKey: string }>();
  for (const failure of failures) {
    const known = words.get(failure.errorMessage) ?? wordsOf(failure.errorMessage);
    words.set(failure.errorMessage, known);
    const identity = {
      accountId: failure.accountId,
      errorCode: failure.errorCode ?? NO_CODE,
      networkCampaignId: payouts.get(failure.messageId)?.networkCampaignId ?? '',
      ...known,
    };
    const key = keyOfSighting(identity);
    keyOf.set(failure.messageId, key);
    const draft = drafts.get(key) ?? {
      ...identity,
      sampleMessage: failure.errorMessage?.slice(0, SAMPLE_MAX).toWellFormed() ?? null,
      httpStatus: failure.httpStatus,
      count: 0,
      firstAt: failure.at,
      lastAt: failure.at,
      hours: new Map<number, number>(),
    };
    drafts.set(key, draft);
    draft.count += 1;
    if (failure.at < draft.firstAt) draft.firstAt = failure.at;
    if (failure.at > draft.lastAt) draft.lastAt = failure.at;
    draft.hours.set(hourOf(failure.at), (draft.hours.get(hourOf(failure.at)) ?? 0) + 1);
  }
  return { sightings: [...drafts.values()], keyOf };
}

function wordsOf(errorMessage: string | null): { message: string; messageKey: string } {
  const message = normaliseMessage(errorMessage);
  return { message, messageKey: messageKey(message) };
}

/** The issue of a cause, made or reopened where needed, without counting an occurrence. On an open transaction. */
export async function ensureIssue(
  tx: Conn,
  ctx: WriteContext,
  cause: {
    accountId: string;
    errorCode: string;
    errorMessage: string | null;
    networkCampaignId: string | null;
    httpStatus: number | null;
    at: Date;
  },
): Promise<string> {
  const { errorMessage, at, networkCampaignId, ...rest } = cause;
  const sighting: Sighting = {
    ...rest,
    networkCampaignId: networkCampaignId ?? '',
    ...wordsOf(errorMessage),
    sampleMessage: errorMessage?.slice(0, SAMPLE_MAX).toWellFormed() ?? null,
    count: 0,
    firstAt: at,
    lastAt: at,
    hours: new Map(),
  };
  const { ids } = await writeSightings(tx, ctx, [sighting]);
  return ids.get(keyOfSighting(sighting)) as string;
}

/**
 * Counts `n` more postbacks under an issue (those that are held back without being sent), on an open transaction.
 * Several issues in one transaction: in the order of their ids, so that two writers cannot wait for each other.
 */
export async function countSeen(tx: Conn, issueId: string, n: number, at: Date): Promise<void> {
  const { dialect } = tx;
  const hour = new Date(hourOf(at));
  await tx.execute(
    `UPDATE "Issue" SET "seen" = "seen" + ${dialect.p(1)},
       "lastSeenAt" = CASE WHEN "lastSeenAt" < ${dialect.p(2)} THEN ${dialect.p(3)} ELSE "lastSeenAt" END
     WHERE "id" = ${dialect.p(4)}`,
    n,
    dialect.time(at),
    dialect.time(at),
    issueId,
  );
  await tx.execute(
    `INSERT INTO "IssueHour" ("issueId", "hour", "count") VALUES (${dialect.p(1)}, ${dialect.p(2)}, ${dialect.p(3)})
     ON CONFLICT ("issueId", "hour") DO UPDATE SET "count" = "IssueHour"."count" + excluded."count"`,
    issueId,
    dialect.time(hour),
    n,
  );
}
