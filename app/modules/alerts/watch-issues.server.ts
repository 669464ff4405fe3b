import {
  type HeldUp,
  type IssueSignal,
  readHeldUp,
  readIssueSignals,
} from '#app/modules/triage/index.server.ts';
import { explain, placeOf } from './cause-words.server.ts';
import type { RuleSettings } from './schema.ts';
import { reachesAny } from './thresholds.ts';
import type { Pass, Seen, Sighting, Watch, Words } from './watch.ts';
import { countOf, cut, spanWords } from './words.ts';

const idOf = (subject: string): string => subject.slice('issue:'.length);
const STANDS = new Set(['open', 'acknowledged']);
const NOTHING: HeldUp = { sums: [], unknown: 0, held: 0 };

/**
 * Causes that opened or came back since the rule is watched; over when they are resolved or ignored. With a least sum,
 * a cause is told when it holds up that much for the first time.
 */
export const watchIssues: Watch<'new_issue'> = async (pass, rule, seen) => {
  const known = [...seen].filter(([, { active }]) => active).map(([subject]) => idOf(subject));
  const issues = await readIssueSignals(pass.ctx, known);
  const fresh = issues.filter((issue) => mayRaise(issue, rule.settings.watchedFrom, seen));
  const held = rule.settings.minUnpaid.length === 0 ? null : await heldUp(pass, fresh);
  return issues.flatMap((issue): Sighting[] => {
    const active = seen.get(`issue:${issue.id}`)?.active ?? false;
    const stands = active
      ? STANDS.has(issue.state)
      : fresh.includes(issue) && reaches(rule.settings, held?.get(issue.id));
    if (stands === active) return [];
    const sighting = { subject: `issue:${issue.id}`, active: stands };
    return [{ ...sighting, words: (transition) => wordsOf(pass, issue, transition) }];
  });
};

/** Open, and since the rule is watched; or told before, so that it comes back now. */
const mayRaise = (issue: IssueSignal, watchedFrom: string, seen: ReadonlyMap<string, Seen>): boolean =>
  issue.state === 'open' &&
  seen.get(`issue:${issue.id}`)?.active !== true &&
  (issue.openedAt >= new Date(watchedFrom) || seen.has(`issue:${issue.id}`));

const reaches = (settings: RuleSettings['new_issue'], held: HeldUp | undefined): boolean =>
  reachesAny(held?.sums ?? [], settings.minUnpaid);

function heldUp(pass: Pass, issues: readonly IssueSignal[]): Promise<Map<string, HeldUp>> {
  const ids = issues.map(({ id }) => id).sort();
  return pass.once(`held up ${ids.join()}`, () => readHeldUp(pass.ctx, ids));
}

async function wordsOf(pass: Pass, issue: IssueSignal, transition: 'raised' | 'cleared'): Promise<Words> {
  const [{ network, campaign }, { title, whatToDo }] = [
    await placeOf(pass, issue),
    await explain(pass, issue),
  ];
  const held = (await heldUp(pass, [issue])).get(issue.id) ?? NOTHING;
  const cause = `${issue.errorCode}: “${cut(issue.sampleMessage ?? issue.message, 200)}” at ${network}${campaign}.`;
  const at = { path: `/issues?open=${issue.id}`, linkLabel: 'Open the issue' };
  if (transition === 'cleared') {
    const ended = issue.state === 'ignored' ? 'Ignored' : 'Resolved';
    return {
      ...at,
      title: `${ended}: ${title} at ${network}`,
      what: `${cause} ${held.held === 0 ? 'It holds up nothing any more.' : `${countOf(held.held, 'postback')} are still held up.`}`,
      money: held.sums,
      unknown: held.unknown,
      todo: 'Nothing. If it comes back you are told again.',
    };
  }
  const back =
    issue.reopened > 0 && issue.resolvedAt
      ? ` It came back ${spanWords(issue.openedAt.getTime() - issue.resolvedAt.getTime())} after being resolved.`
      : issue.reopened > 0
        ? ' It came back after being resolved.'
        : '';
  return {
    ...at,
    title: issue.reopened > 0 ? `Back again: ${title} at ${network}` : `${title} at ${network}`,
    what: `${cause} ${countOf(held.held, 'postback')} held up so far.${back}`,
    money: held.sums,
    unknown: held.unknown,
    todo: whatToDo,
  };
}
