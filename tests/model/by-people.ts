import { askForChosen } from './by-clock.ts';
import { BREATH_MS } from './run.ts';
import type { BulkRow, Decision, Log, Second } from './types.ts';
import type { Walk } from './walk.ts';

/** What people do to an order: decide, dispute by hand and in batches, agree or not. */

/** Rows with so little time left after the ten seconds do not wait for them. */
const AT_ONCE_MS = 60_000;

type Hand = NonNullable<ReturnType<Log['hands']['get']>>;

/** Another person must have been asked exactly where the rule says so. */
function eyesHeld(walk: Walk, round: number, asked: boolean, what: string): void {
  if (walk.open || walk.disturbed || asked === walk.needsEyes(round)) return;
  walk.problems.push(
    `${what} in round ${round} ${asked ? 'was held for another person, who is not needed' : 'needed another person, and nobody was asked'}`,
  );
}

/** A person disputed the lead itself. */
export function disputedByHand(walk: Walk, { round, undone, asked }: Hand): void {
  eyesHeld(walk, round, asked, 'a dispute by hand');
  if (asked) {
    walk.pending = { refundId: null };
    return;
  }
  if (undone) {
    for (const one of walk.standing)
      if (['wanted', 'grace'].includes(one.state) && one.refund.round <= round) one.state = 'review';
    return;
  }
  walk.byHand = true;
  walk.follow();
}

/** A person decided about a refund. */
export function decided(walk: Walk, { refundId, choice, became, asked, round }: Decision): void {
  const one = walk.cases.find(({ refund }) => refund.id === refundId);
  if (!one || one.state === 'void') return;
  const { disputes, postbacks } = walk.facts;
  const why =
    one.state === 'review' ||
    walk.open ||
    walk.disturbed ||
    // refused; what may have reached the network is sent until it answers
    disputes.some((seen) => seen.round <= round && !seen.clean && !seen.acted) ||
    postbacks.some((seen) => seen.round <= round && seen.acted && !seen.clean);
  if (!why)
    walk.problems.push(`a person was asked about ${refundId} in round ${round} though the rules decide`);
  if (choice === 'let_pass') {
    one.state = 'passed';
    if (walk.pending?.refundId === refundId) walk.pending = null;
    return;
  }
  // before there is a lead nothing can leave, and nobody need agree
  if (walk.seenIn(round) && !walk.over(round)) eyesHeld(walk, round, asked, `the dispute for ${refundId}`);
  if (asked) walk.pending = { refundId };
  else if (became !== 'needs_review') {
    one.state = 'wanted';
    one.chosen = became === 'awaiting_lead';
    if (one.chosen && walk.knownIn === round && walk.needsEyes(round)) askForChosen(walk, round);
    else walk.follow();
  }
}

/** What the row of a batch came to that was begun in this round. */
export function inBulk(walk: Walk, { round, fate, refundId, state }: BulkRow): void {
  const one = walk.cases.find(({ refund }) => refund.id === refundId);
  switch (state) {
    case 'disputed':
    case 'needs_approval': {
      if (fate === 'undo' && walk.deadline > walk.time(round) + BREATH_MS + AT_ONCE_MS && !walk.disturbed)
        walk.problems.push(`its row left in the ten seconds of a batch that was undone in round ${round}`);
      eyesHeld(walk, round, state === 'needs_approval', 'the row of a batch');
      if (state === 'needs_approval') {
        const foremost = walk.standing.find((two) => two.state === 'review' || two.state === 'grace');
        // else one that was let pass: the lead is disputed for it all the same
        const named = foremost ?? walk.standing[0];
        walk.pending = { refundId: refundId ?? named?.refund.id ?? null };
        return;
      }
      if (one?.state === 'void' || one?.state === 'passed')
        walk.problems.push(`was disputed in a batch for ${refundId}, which does not stand`);
      // a lead without a refund that waits is disputed for itself
      if (refundId === null && !walk.standing.some((two) => ['review', 'grace'].includes(two.state)))
        walk.byHand = true;
      walk.follow();
      return;
    }
    case 'waiting':
      if (fate !== 'undo' && fate !== 'cancel')
        walk.problems.push(`its row was left to do by a batch that nobody stopped (${fate})`);
      return;
    default:
      if (!excused(walk, round, refundId))
        walk.problems.push(`was ${state} in the batch of round ${round} though nothing stood against it`);
  }
}

/** Why a row could not be disputed. */
function excused(walk: Walk, round: number, refundId: string | null): boolean {
  const known = walk.seenIn(round) && !walk.over(round) && walk.terms.days > 0;
  const soon = walk.deadline <= walk.time(round) + BREATH_MS;
  if (!known || soon || walk.open || walk.disturbed || walk.wanted || walk.pending) return true;
  if (walk.leftBefore(round)) return true;
  const one = walk.cases.find(({ refund }) => refund.id === refundId);
  // of several refunds of an order one row is enough
  const twice = walk.bulks.some(
    (row) => row.round === round && ['disputed', 'needs_approval', 'waiting'].includes(row.state),
  );
  return twice || (refundId !== null && one?.state !== 'review' && one?.state !== 'grace');
}

/** What became of a dispute that waited for another person. */
export function secondSaid(walk: Walk, { round, does, ok, refundId }: Second): void {
  const { pending } = walk;
  const stands = walk.cases.some(({ refund, state }) => refund.id === refundId && state === 'void') === false;
  if (!ok) {
    if (pending && stands && !walk.open && !walk.disturbed && !walk.over(round) && !walk.wanted)
      walk.problems.push(`${does} was refused in round ${round} though it waited for it`);
    return;
  }
  if (!walk.open && !walk.disturbed && (!pending || !stands))
    walk.problems.push(`${does} in round ${round} was taken though nothing waited for it`);
  walk.pending = null;
  if (does !== 'approve') return;
  if (pending?.refundId == null) walk.byHand = true;
  for (const one of walk.standing) if (one.refund.id === pending?.refundId) one.state = 'wanted';
  walk.follow();
}
