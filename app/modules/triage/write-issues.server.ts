import { nowOf } from '#app/platform/context.server.ts';
import { columnList } from '#app/platform/db/dialect.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { addEvents, type WriteContext } from './issue-events.server.ts';
import { type WrittenIssue, wakeIssues } from './wake-issues.server.ts';

/** Occurrences of one cause. `networkCampaignId` is '' where it cannot be known. */
export interface Sighting {
  accountId: string;
  errorCode: string;
  networkCampaignId: string;
  message: string;
  messageKey: string;
  sampleMessage: string | null;
  httpStatus: number | null;
  /** Occurrences; 0 only makes sure that the issue is there. */
  count: number;
  firstAt: Date;
  lastAt: Date;
  /** Occurrences by hour, keyed by the ms at which the hour begins. */
  hours: ReadonlyMap<number, number>;
}

const ISSUE = {
  id: 'text',
  accountId: 'text',
  errorCode: 'text',
  networkCampaignId: 'text',
  message: 'text',
  messageKey: 'text',
  sampleMessage: 'text',
  httpStatus: 'int',
  state: 'text',
  seen: 'int',
  firstSeenAt: 'time',
  lastSeenAt: 'time',
  createdAt: 'time',
  updatedAt: 'time',
} as const;
const HOUR = { issueId: 'text', hour: 'time', count: 'int' } as const;

export const HOUR_MS = 3_600_000;
/** Ms at which the hour of a time begins. */
export const hourOf = (at: Date): number => Math.floor(at.getTime() / HOUR_MS) * HOUR_MS;
/** Identity of a cause. */
export const keyOfSighting = (
  s: Pick<Sighting, 'accountId' | 'errorCode' | 'networkCampaignId' | 'messageKey'>,
) => JSON.stringify([s.accountId, s.errorCode, s.networkCampaignId, s.messageKey]);

/**
 * Writes sightings on an open transaction: new causes are opened, known ones counted, resolved ones reopened, ignored
 * ones opened again where their time is past or they came more often in an hour than was to be ignored. One statement
 * for all, in key order, so that two writers cannot wait for each other. Answers ids by `keyOfSighting`.
 */
export async function writeSightings(
  tx: Conn,
  ctx: WriteContext,
  sightings: readonly Sighting[],
): Promise<{ ids: Map<string, string>; opened: string[]; reopened: string[] }> {
  const now = nowOf(ctx);
  const inOrder = sightings
    .map((sighting) => ({ sighting, key: keyOfSighting(sighting) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  if (inOrder.length === 0) return { ids: new Map(), opened: [], reopened: [] };
  const fresh = new Map(inOrder.map(({ key }) => [key, ctx.newId('iss')]));
  const written = await upsert(tx, fresh, inOrder, now);
  const ids = new Map(written.map((row) => [keyOfSighting(row), row.id]));
  const counts = await countHours(
    tx,
    inOrder.flatMap(({ sighting, key }) =>
      [...sighting.hours].map(([hour, count]) => ({ issueId: ids.get(key) as string, hour, count })),
    ),
  );
  const opened = written.filter((row) => fresh.get(keyOfSighting(row)) === row.id).map((row) => row.id);
  await addEvents(
    tx,
    ctx,
    opened.map((issueId) => ({ issueId, kind: 'opened', body: null })),
  );
  const lastAt = new Map(inOrder.map(({ sighting, key }) => [ids.get(key) as string, sighting.lastAt]));
  const reopened = await wakeIssues(tx, ctx, written, counts, lastAt);
  return { ids, opened, reopened };
}

async function upsert(
  tx: Conn,
  fresh: ReadonlyMap<string, string>,
  inOrder: readonly { sighting: Sighting; key: string }[],
  now: Date,
): Promise<WrittenIssue[]> {
  const { dialect } = tx;
  const rows = inOrder.map(({ sighting, key }) => ({
    id: fresh.get(key) as string,
    accountId: sighting.accountId,
    errorCode: sighting.errorCode,
    networkCampaignId: sighting.networkCampaignId,
    message: sighting.message,
    messageKey: sighting.messageKey,
    sampleMessage: sighting.sampleMessage,
    httpStatus: sighting.httpStatus,
    state: 'open',
    seen: sighting.count,
    firstSeenAt: sighting.firstAt,
    lastSeenAt: sighting.lastAt,
    createdAt: now,
    updatedAt: now,
  }));
  const later = (column: string) =>
    `"${column}" = CASE WHEN excluded."${column}" > "Issue"."${column}" THEN excluded."${column}" ELSE "Issue"."${column}" END`;
  return tx.query<WrittenIssue>(
    `INSERT INTO "Issue" (${columnList(ISSUE)}) SELECT ${columnList(ISSUE, 'r.')} FROM ${dialect.eachRow(ISSUE, 1, 'r')} WHERE true
     ON CONFLICT ("accountId", "errorCode", "networkCampaignId", "messageKey") DO UPDATE SET
       "seen" = "Issue"."seen" + excluded."seen", ${later('lastSeenAt')}, ${later('updatedAt')},
       "firstSeenAt" = CASE WHEN excluded."firstSeenAt" < "Issue"."firstSeenAt" THEN excluded."firstSeenAt" ELSE "Issue"."firstSeenAt" END,
       "httpStatus" = COALESCE(excluded."httpStatus", "Issue"."httpStatus"),
       "sampleMessage" = COALESCE("Issue"."sampleMessage", excluded."sampleMessage")
     RETURNING "id", "accountId", "errorCode", "networkCampaignId", "messageKey", "state", "resolvedAt", "ignoredUntil", "ignoreAbove"`,
    dialect.encode(ISSUE, rows),
  );
}

/** Adds to the hours of issues; answers the most in one hour, by issue. */
async function countHours(
  tx: Conn,
  hours: readonly { issueId: string; hour: number; count: number }[],
): Promise<Map<string, number>> {
  const counted = hours.filter(({ count }) => count > 0);
  if (counted.length === 0) return new Map();
  const rows = counted
    .sort((a, b) => (a.issueId === b.issueId ? a.hour - b.hour : a.issueId < b.issueId ? -1 : 1))
    .map(({ hour, ...row }) => ({ ...row, hour: new Date(hour) }));
  const sums = await tx.query<{ issueId: string; count: number | bigint }>(
    `INSERT INTO "IssueHour" (${columnList(HOUR)}) SELECT ${columnList(HOUR, 'r.')} FROM ${tx.dialect.eachRow(HOUR, 1, 'r')} WHERE true
     ON CONFLICT ("issueId", "hour") DO UPDATE SET "count" = "IssueHour"."count" + excluded."count"
     RETURNING "issueId", "count"`,
    tx.dialect.encode(HOUR, rows),
  );
  const most = new Map<string, number>();
  for (const { issueId, count } of sums) most.set(issueId, Math.max(most.get(issueId) ?? 0, Number(count)));
  return most;
}
