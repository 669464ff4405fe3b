import type { IssueChangeResult, IssueItem } from '#app/modules/triage/issue-schema.ts';
import type { IssueState } from '#app/modules/triage/schema.ts';
import { formatCount } from '#app/platform/time-format.ts';

/** An issue as far as a change must know it. */
export type Named = Pick<IssueItem, 'id' | 'explanation' | 'state'>;
/** Everything that the list's address finds, on whatever page; `words` say how many. */
export type AllMatching = { query: string; words: string };
export type Targets = readonly Named[] | AllMatching;
export const isAll = (of: Targets): of is AllMatching => 'query' in of;

/** Every change that takes no question first. */
export type Change =
  | { kind: 'acknowledge' | 'resolve' | 'reopen' }
  | { kind: 'ignore'; until?: string; above?: number; words: string }
  | { kind: 'assign'; assignee: string; name: string };

/** What a change is called once it is done. */
export const DONE: Record<Change['kind'], string> = {
  acknowledge: 'Acknowledged',
  resolve: 'Resolved',
  reopen: 'Open again',
  ignore: 'Ignored',
  assign: 'Assigned',
};

/** The state that a change which can be undone leaves an issue in. */
export const MADE: Partial<Record<Change['kind'], IssueState>> = {
  acknowledge: 'acknowledged',
  resolve: 'resolved',
  ignore: 'ignored',
};

/** "1 issue", "12 issues". */
export const countWords = (n: number): string => (n === 1 ? '1 issue' : `${formatCount(n)} issues`);

/** What a change was made to, in a title. */
export const subjectOf = (issues: Targets): string =>
  isAll(issues)
    ? issues.words
    : issues.length === 1
      ? (issues[0]?.explanation.title ?? '')
      : countWords(issues.length);

/** The targets as the request names them: ids, or the query that finds them. */
export const idsOf = (of: Targets): string => (isAll(of) ? `?${of.query}` : of.map(({ id }) => id).join(','));

/** The fields of the request that makes a change. */
export function fieldsOf(ids: string, what: Change): Record<string, string> {
  const base = { intent: what.kind, ids };
  if (what.kind === 'assign') return { ...base, assignee: what.assignee };
  if (what.kind !== 'ignore') return base;
  return {
    ...base,
    ...(what.until === undefined ? {} : { until: what.until }),
    ...(what.above === undefined ? {} : { above: String(what.above) }),
  };
}

/** What else there is to say: until when, to whom, and which of several could not be changed. */
export function detailOf(what: Change, refused: IssueChangeResult['refused']): { detail?: string } {
  const words = [
    what.kind === 'ignore' ? `${what.words[0]?.toUpperCase()}${what.words.slice(1)}.` : null,
    what.kind === 'assign' ? (what.assignee === '' ? 'To nobody.' : `To ${what.name}.`) : null,
    refused.length > 0 ? `${formatCount(refused.length)} could not be: ${refused[0]?.message}` : null,
  ].filter((part) => part !== null);
  return words.length === 0 ? {} : { detail: words.join(' ') };
}
