import type { Connector, Holdback } from '#app/connectors/types.ts';
import type { FinishedAttempt } from '#app/modules/delivery/index.server.ts';
import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import type { Topic } from '#app/platform/live.server.ts';
import { covers, nextProbeWaitMs, proves, scopeKeyOf } from './breaker-policy.ts';
import type { OpenBreaker } from './breaker-rows.server.ts';
import {
  addCodes,
  codesOfCampaign,
  learnCodes,
  startReleasing,
  type Trip,
  tripBreaker,
} from './breaker-write.server.ts';
import type { TriageDeps } from './deps.ts';
import type { Gate } from './gate.server.ts';
import { type Failure, type RecordedFailures, recordFailures } from './record-failures.server.ts';

/** Deliveries of a campaign that are looked at for its tracking codes when it is held back. */
const CODES_LOOKED = 2_000;
const NO_FAILURES: RecordedFailures = { issueOf: new Map(), campaignOf: new Map(), opened: [], reopened: [] };

/**
 * What attempts mean for causes and breakers, in the transaction that settles them: failures are put under their
 * issues, a refusal that others would get opens a breaker, an answer that shows its cause gone lets it go. Where all
 * is well and nothing is held back it costs no statement. Answers what to tell once it is committed.
 */
export async function applyTriage(
  tx: Conn,
  ctx: Ctx,
  deps: TriageDeps,
  gate: Pick<Gate, 'breakers'>,
  finished: readonly FinishedAttempt[],
): Promise<Topic[]> {
  const failed = finished.filter(
    ({ settlement }) => settlement.status === 'failed' || settlement.status === 'exhausted',
  );
  const touched = touchedBreakers(gate.breakers, finished);
  if (failed.length === 0 && touched.length === 0) return [];
  const recorded =
    failed.length > 0 ? await recordFailures(tx, ctx, deps, failed.map(failureOf)) : NO_FAILURES;
  const holdbackOf = await holdbacks(tx, deps, finished);
  const trips = gatherTrips(failed, recorded, holdbackOf, gate.breakers);
  let moved = false;
  for (const { breaker, attempts } of touched)
    moved = (await answerBreaker(tx, ctx, breaker, attempts, holdbackOf)) || moved;
  // last: where one batch both proves it over and is refused, it stays closed and the next probe decides
  for (const trip of trips) moved = (await openFor(tx, ctx, trip)) || moved;
  const topics: Topic[] = [];
  if (failed.length > 0) topics.push('issues');
  if (moved) topics.push('breakers', 'issues');
  return topics;
}

async function openFor(tx: Conn, ctx: Ctx, trip: Trip): Promise<boolean> {
  const id = await tripBreaker(tx, ctx, trip);
  if (id === null) return false;
  if (trip.scope === 'campaign' && trip.networkCampaignId !== null) {
    const { accountId, networkCampaignId } = trip;
    await addCodes(tx, id, await codesOfCampaign(tx, { accountId, networkCampaignId }, CODES_LOOKED));
  }
  return true;
}

const failureOf = ({ message, settlement, postback, finishedAt }: FinishedAttempt): Failure => ({
  messageId: message.id,
  accountId: message.accountId,
  ref: message.ref,
  networkCampaignId: settlement.networkCampaignId ?? message.networkCampaignId,
  errorCode: settlement.errorCode,
  errorMessage: settlement.errorMessage,
  httpStatus: settlement.httpStatus,
  revenueCents: postback?.input.revenueCents ?? null,
  currency: postback?.input.currency ?? null,
  at: finishedAt,
});

interface Touched {
  breaker: OpenBreaker;
  attempts: FinishedAttempt[];
}

const placeOf = ({ message, settlement }: FinishedAttempt) => ({
  networkCampaignId: settlement.networkCampaignId ?? message.networkCampaignId,
  ref: message.ref,
});

/** Breakers with the attempts under them. */
function touchedBreakers(breakers: readonly OpenBreaker[], finished: readonly FinishedAttempt[]): Touched[] {
  return breakers.flatMap((breaker) => {
    const attempts = finished.filter(
      (one) => one.message.accountId === breaker.accountId && covers(breaker, placeOf(one)),
    );
    return attempts.length > 0 ? [{ breaker, attempts }] : [];
  });
}

type HoldbackOf = (attempt: FinishedAttempt) => Holdback | null;

/** What each refusal would hold back. Reads a connector once an account, and only where something was refused. */
async function holdbacks(
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
function gatherTrips(
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

/** What answers say of a breaker that is open: its cause is gone, or its probe is over. Answers whether it changed. */
async function answerBreaker(
  tx: Conn,
  ctx: Ctx,
  breaker: OpenBreaker,
  attempts: readonly FinishedAttempt[],
  holdbackOf: HoldbackOf,
): Promise<boolean> {
  const learned = await learnCodes(tx, ctx, breaker.id, newCodes(breaker, attempts));
  if (breaker.state !== 'open') return learned;
  const proof = attempts.find(
    (attempt) =>
      attempt.message.attemptStartedAt >= breaker.trippedAt &&
      proves(breaker.provenBy, {
        outcome: attempt.postback?.reading.outcome ?? 'rejected',
        httpStatus: attempt.settlement.httpStatus,
        errorCode: attempt.settlement.errorCode,
        holdback: holdbackOf(attempt),
      }),
  );
  if (proof && (await startReleasing(tx, ctx, { id: breaker.id, startedAt: proof.message.attemptStartedAt })))
    return true;
  return (await endProbe(tx, ctx, breaker, attempts, holdbackOf)) || learned;
}

/** A probe that settled and proved nothing makes room for the next: at once, or by the timetable. */
async function endProbe(
  tx: Conn,
  ctx: Ctx,
  breaker: OpenBreaker,
  attempts: readonly FinishedAttempt[],
  holdbackOf: HoldbackOf,
): Promise<boolean> {
  let ended = false;
  for (const attempt of attempts) {
    const { message, settlement, finishedAt } = attempt;
    if (!message.releasedAt || settlement.dueAt) continue;
    const refusedAgain = holdbackOf(attempt)?.reason === breaker.reason;
    const waitMs = nextProbeWaitMs(breaker.probes, refusedAgain || settlement.status === 'exhausted');
    const { count } = await tx.prisma.breaker.updateMany({
      where: { id: breaker.id, state: 'open', probeMessageId: message.id },
      data: {
        probeMessageId: null,
        nextProbeAt: breaker.provenBy === 'by_hand' ? null : new Date(finishedAt.getTime() + waitMs),
        updatedAt: nowOf(ctx),
      },
    });
    ended ||= count > 0;
  }
  return ended;
}

/** Codes that an answer which names the campaign shows to lead into it. */
function newCodes(breaker: OpenBreaker, attempts: readonly FinishedAttempt[]): string[] {
  const { networkCampaignId, codes, testCode } = breaker;
  if (networkCampaignId === null) return [];
  return attempts.flatMap(({ message: { ref }, settlement }) =>
    settlement.networkCampaignId === networkCampaignId && ref !== null && ref !== testCode && !codes.has(ref)
      ? [ref]
      : [],
  );
}
