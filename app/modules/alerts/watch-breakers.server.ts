import {
  type BreakerSignal,
  type HeldUp,
  readBreakerSignals,
  readHeldUp,
  readIssueSignals,
} from '#app/modules/triage/index.server.ts';
import { explain, placeOf } from './cause-words.server.ts';
import type { Pass, Sighting, Watch, Words } from './watch.ts';
import { countOf, spanWords } from './words.ts';

const PREFIX = 'breaker:';
/** One that opened and closed between two looks is still told when it closed so recently. */
const CLOSED_MS = 86_400_000;
const NOTHING: HeldUp = { sums: [], unknown: 0, held: 0 };

/** What holds back all that follows: told when it opens and when it closes. */
export const watchBreakers: Watch<'breaker'> = async (pass, rule, seen) => {
  const active = [...seen]
    .filter(([, known]) => known.active)
    .map(([subject]) => subject.slice(PREFIX.length));
  const closedSince = new Date(pass.now.getTime() - CLOSED_MS);
  const breakers = await readBreakerSignals(pass.ctx, { closedSince, ids: active });
  const watchedFrom = new Date(rule.settings.watchedFrom);
  return breakers.flatMap((breaker): Sighting[] => {
    const subject = PREFIX + breaker.id;
    const known = seen.get(subject);
    if (!known && breaker.openedAt < watchedFrom) return [];
    if (!known && breaker.reason === 'paused' && !rule.settings.pauses) return [];
    // not seen before: told as opened first, and as closed with the next look
    const standing = known === undefined || breaker.state !== 'closed';
    return [{ subject, active: standing, words: (transition) => wordsOf(pass, breaker, transition) }];
  });
};

async function wordsOf(pass: Pass, breaker: BreakerSignal, transition: 'raised' | 'cleared'): Promise<Words> {
  const { network, campaign } = await placeOf(pass, breaker);
  const issue = (await readIssueSignals(pass.ctx, [breaker.issueId])).find(
    ({ id }) => id === breaker.issueId,
  );
  const cause = issue ? await explain(pass, issue) : null;
  const held = (await readHeldUp(pass.ctx, [breaker.issueId])).get(breaker.issueId) ?? NOTHING;
  const scope = breaker.scope === 'account' ? `${network}` : `${network}${campaign || ', one campaign'}`;
  const link = { path: `/issues?open=${breaker.issueId}`, linkLabel: 'Open the issue' };
  const paused = breaker.reason === 'paused';
  if (transition === 'cleared') {
    const lasted = breaker.closedAt
      ? spanWords(breaker.closedAt.getTime() - breaker.openedAt.getTime())
      : null;
    return {
      ...link,
      title: `${paused ? 'Resumed' : 'Flowing again'}: ${scope}`,
      what: `What was held back has been let go${lasted === null ? '.' : `, after ${lasted}.`}`,
      money: held.sums,
      unknown: held.unknown,
      todo:
        held.held === 0 ? 'Nothing.' : `${countOf(held.held, 'postback')} of this cause still need somebody.`,
    };
  }
  const why = paused
    ? `${(issue?.sampleMessage ?? 'Paused by hand').replace(/\.$/, '')}.`
    : `${cause?.title ?? breaker.reason}.`;
  return {
    ...link,
    title: `${paused ? 'Paused' : 'Held back'}: ${scope}`,
    what: `${why} What follows waits in order and is not lost; ${countOf(held.held, 'postback')} held up so far.`,
    money: held.sums,
    unknown: held.unknown,
    todo: paused
      ? 'Resume it when what it waits for is done.'
      : `${cause?.whatToDo ?? 'Fix the cause.'} Then let one try; if it is taken, the rest follow.`,
  };
}
