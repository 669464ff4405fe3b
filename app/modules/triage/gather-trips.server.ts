import type { Connector, Holdback } from '#app/connectors/types.ts';
import type { FinishedAttempt } from '#app/modules/delivery/index.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { scopeKeyOf } from './breaker-policy.ts';
import type { OpenBreaker } from './breaker-rows.server.ts';
import type { Trip } from './breaker-write.server.ts';
import type { TriageDeps } from './deps.ts';
import type { RecordedFailures } from './record-failures.server.ts';

/** What the refusal of an attempt would hold back; null where it is none, or holds back nothing. */
export type HoldbackOf = (attempt: FinishedAttempt) => Holdback | null;

/** What each refusal would hold back. Reads a connector once an account, and only where something was refused. */
export async function readHoldbacks(
  tx: Conn,
  deps: TriageDeps,
  finished: readonly FinishedAttempt[],
): Promise<HoldbackOf> {
  const connectors = new Map<string, Connector>();
  for (const { message, settlement } of finished)
    if (settlement.status === 'failed' && !connectors.has(message.accountId))
      connectors.set(message.accountId, await deps.connectorIn(tx, message.accountId));
  return ({ message, settlement: { status, errorCode, errorMessage, httpStatus } }) =>
    status === 'failed' && errorCode !== null
      ? (connectors.get(message.accountId)?.holdback(errorCode, errorMessage, httpStatus) ?? null)
      : null;
}

/** Refusals by what they hold back. Those that say nothing that is not known already are left out. */
export function gatherTrips(
  failed: readonly FinishedAttempt[],
  recorded: RecordedFailures,
  holdbackOf: HoldbackOf,
  known: readonly OpenBreaker[],
): Trip[] {
  const trips = new Map<string, Trip & { refs: string[]; messageIds: string[] }>();
  for (const attempt of failed) {
    const held = holdbackOf(attempt);
    if (!held) continue;
    const { message, finishedAt } = attempt;
    const { scope, reason, provenBy } = held;
    const { accountId, ref } = message;
    const campaignId =
      scope === 'account' ? null : (recorded.campaignOf.get(message.id) ?? message.networkCampaignId);
    const scopeKey = scopeKeyOf(scope, campaignId, ref);
    const startedAt = message.attemptStartedAt;
    const same = known.find(
      (one) => one.accountId === accountId && one.scopeKey === scopeKey && one.reason === reason,
    );
    const newCode = scope === 'campaign' && ref !== null && !same?.codes.has(ref);
    // one of those that were under way when it tripped
    if (same && same.trippedAt > startedAt && !newCode) continue;
    const key = JSON.stringify([accountId, scopeKey, reason]);
    const trip = trips.get(key) ?? {
      ...{ accountId, scope, scopeKey, networkCampaignId: campaignId, reason, provenBy },
      issueId: recorded.issueOf.get(message.id) as string,
      startedAt,
      at: finishedAt,
      messageIds: [],
      refs: [],
    };
    trip.messageIds.push(message.id);
    if (scope === 'campaign' && ref !== null) trip.refs.push(ref);
    if (startedAt > trip.startedAt) trip.startedAt = startedAt;
    if (finishedAt > trip.at) trip.at = finishedAt;
    trips.set(key, trip);
  }
  // in key order, so that two writers cannot wait for each other
  return [...trips].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, trip]) => trip);
}
