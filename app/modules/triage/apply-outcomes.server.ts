import type { FinishedAttempt } from '#app/modules/delivery/index.server.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import type { Topic } from '#app/platform/live.server.ts';
import { answerBreaker } from './answer-breaker.server.ts';
import { addCodes, codesOfCampaign } from './breaker-codes.server.ts';
import { covers } from './breaker-policy.ts';
import type { OpenBreaker } from './breaker-rows.server.ts';
import { type Trip, tripBreaker } from './breaker-write.server.ts';
import type { TriageDeps } from './deps.ts';
import type { Gate } from './gate.server.ts';
import { gatherTrips, readHoldbacks } from './gather-trips.server.ts';
import { type Failure, type RecordedFailures, recordFailures } from './record-failures.server.ts';
import { isUnread } from './unread-schema.ts';

/** Deliveries of a campaign that are looked at for its tracking codes when it is held back. */
const CODES_LOOKED = 2_000;
const NO_FAILURES: RecordedFailures = { issueOf: new Map(), campaignOf: new Map(), opened: [], reopened: [] };

/**
 * What attempts mean for causes and breakers, in the transaction that settles them: failures, and successes that came
 * without their data (RG-43), are put under their issues, a refusal that others would get opens a breaker, an answer that shows its cause gone lets it go. Where all
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
  const caused = [...failed, ...finished.filter(({ settlement }) => isUnread(settlement))];
  if (caused.length === 0 && touched.length === 0) return [];
  const recorded =
    caused.length > 0 ? await recordFailures(tx, ctx, deps, caused.map(failureOf)) : NO_FAILURES;
  const holdbackOf = await readHoldbacks(tx, deps, finished);
  const trips = gatherTrips(failed, recorded, holdbackOf, gate.breakers);
  let moved = false;
  for (const { breaker, attempts } of touched)
    moved = (await answerBreaker(tx, ctx, breaker, attempts, holdbackOf)) || moved;
  // last: where one batch both proves it over and is refused, it stays closed and the next probe decides
  for (const trip of trips) moved = (await openFor(tx, ctx, trip)) || moved;
  const topics: Topic[] = [];
  if (caused.length > 0) topics.push('issues');
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
