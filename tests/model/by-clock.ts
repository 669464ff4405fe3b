import { BREATH_MS } from './run.ts';
import { GRACE_HOURS, MARGIN_HOURS } from './types.ts';
import type { Walk } from './walk.ts';

const HOUR = 3_600_000;

/** What the clock does to an order. */

/** Grace times end, with the margin before the deadline at the latest. */
export function endGraces(walk: Walk, round: number): void {
  for (const one of walk.standing) {
    if (one.state !== 'grace') continue;
    const end = walk.time(one.refund.round) + GRACE_HOURS * HOUR;
    const latest = walk.knownIn <= round ? walk.deadline - MARGIN_HOURS * HOUR : end;
    if (walk.over(round) || Math.min(end, latest) > walk.time(round) + BREATH_MS) continue;
    one.state = walk.deedOf(one) === 'ask' ? 'review' : 'wanted';
  }
}

/** The lead comes, or its hold ends. */
export function landAndRelease(walk: Walk, round: number): void {
  const landed = walk.knownIn === round;
  if (walk.over(round)) {
    for (const one of walk.standing) {
      if (landed && ['wanted', 'review', 'grace'].includes(one.state)) walk.lose(one, walk.lateCause(one));
      else if (one.state === 'review') walk.lose(one, 'missed_in_review');
      else if (one.state === 'grace') walk.lose(one, 'missed_deadline');
    }
    const { pending } = walk;
    const isLost = walk.standing.some(
      ({ refund, state }) => refund.id === pending?.refundId && state === 'lost',
    );
    if (pending && !isLost && !walk.wanted) {
      walk.causes.add('missed_in_review');
      walk.unheard = true;
    }
    walk.pending = null;
    return;
  }
  if (landed) askForChosen(walk, round);
  if (walk.standing.some((one) => one.state === 'wanted') && walk.knownIn <= round) walk.follow();
}

/** What a person chose before there was a lead: another must agree now. */
export function askForChosen(walk: Walk, round: number): void {
  if (!walk.needsEyes(round)) return;
  for (const one of walk.standing) {
    if (one.state !== 'wanted' || !one.chosen) continue;
    one.state = 'review';
    walk.pending ??= { refundId: one.refund.id };
  }
}

/** What is wanted and can be disputed has left by the end of the round in which that is so. */
export function disputeInTime(walk: Walk, round: number): void {
  const { disputes } = walk.facts;
  if (walk.open || walk.knownIn > round || walk.over(round) || walk.disturbed) return;
  const left = disputes.some((one) => one.round <= round);
  if (walk.wanted && !left) {
    walk.problems.push(`was to be disputed in round ${round}, and no dispute reached the network in it`);
    walk.open = true;
  }
  if (
    !walk.wanted &&
    disputes.some((one) => one.round === round) &&
    !walk.leftBefore(round) &&
    !walk.tooLate
  ) {
    walk.problems.push(`was disputed in round ${round}, and nobody wanted or agreed to it`);
    walk.open = true;
  }
}
