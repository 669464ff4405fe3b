import type { IssueChange } from './issue-schema.ts';
import type { IssueState } from './schema.ts';

/** An issue as its rules look at it. */
export interface RuledIssue {
  state: IssueState;
  ignoredUntil: Date | null;
  ignoreAbove: number | null;
  assigneeId: string | null;
  /** Something holds back what follows under it, and is not over. */
  heldBack: boolean;
  /** The state it had before it was ignored or resolved, where an undo asks for it. */
  before?: 'open' | 'acknowledged';
}

/** What a change comes to: nothing to do, not allowed and why, or the columns to write and the entry of the history. */
export type Verdict =
  | { kind: 'unchanged' }
  | { kind: 'refused'; message: string }
  | {
      kind: 'changed';
      data: {
        state?: IssueState;
        ignoredUntil?: Date | null;
        ignoreAbove?: number | null;
        resolvedAt?: Date | null;
        assigneeId?: string | null;
      };
      event: { kind: 'acknowledged' | 'resolved' | 'reopened' | 'ignored' | 'assigned'; body: string | null };
      /** Of the audit. */
      action: string;
    };

const LONGEST_MS = 366 * 86_400_000;

/** Judges a change. `assigneeName` is the name of the person that `assign` names. */
export function judge(
  issue: RuledIssue,
  change: IssueChange,
  now: Date,
  assigneeName: string | null,
): Verdict {
  switch (change.kind) {
    case 'acknowledge':
      if (issue.state === 'acknowledged') return { kind: 'unchanged' };
      if (issue.state === 'resolved') return refused('It is resolved: reopen it first.');
      return changed('acknowledged', { state: 'acknowledged', ...NOT_IGNORED });
    case 'resolve':
      if (issue.state === 'resolved') return { kind: 'unchanged' };
      if (issue.heldBack)
        return refused(
          'Postbacks are still held back under it. Release them first, then it can be resolved.',
        );
      return changed('resolved', { state: 'resolved', resolvedAt: now, ...NOT_IGNORED });
    case 'reopen':
      if (issue.state === 'open' || (change.only && issue.state !== change.only))
        return { kind: 'unchanged' };
      if (change.only && issue.before === 'acknowledged')
        return changed('acknowledged', { state: 'acknowledged', ...NOT_IGNORED });
      return changed('reopened', { state: 'open', ...NOT_IGNORED });
    case 'ignore':
      return ignored(issue, change, now);
    case 'assign':
      return assigned(issue, change.userId, assigneeName);
  }
}

const NOT_IGNORED = { ignoredUntil: null, ignoreAbove: null };
const refused = (message: string): Verdict => ({ kind: 'refused', message });
const changed = (
  kind: 'acknowledged' | 'resolved' | 'reopened',
  data: Extract<Verdict, { kind: 'changed' }>['data'],
): Verdict => ({ kind: 'changed', data, event: { kind, body: null }, action: `issue_${kind}` });

function ignored(issue: RuledIssue, change: Extract<IssueChange, { kind: 'ignore' }>, now: Date): Verdict {
  const until = change.until === undefined ? null : new Date(change.until);
  const above = change.above ?? null;
  if (until === null && above === null)
    return refused('Say until when, or until how many an hour, it is to be ignored.');
  if (until !== null && until <= now)
    return refused('The time until which it is to be ignored is already past.');
  if (until !== null && until.getTime() > now.getTime() + LONGEST_MS)
    return refused('It can be ignored for a year at most.');
  if (issue.state === 'resolved')
    return refused('It is resolved: there is nothing to ignore. Reopen it first.');
  const same =
    issue.state === 'ignored' &&
    issue.ignoredUntil?.getTime() === until?.getTime() &&
    issue.ignoreAbove === above;
  if (same) return { kind: 'unchanged' };
  const words = [
    ...(until === null ? [] : [`until ${until.toISOString().slice(0, 16).replace('T', ' ')} UTC`]),
    ...(above === null ? [] : [`until it comes more than ${above} times an hour`]),
  ].join(', or ');
  return {
    kind: 'changed',
    data: { state: 'ignored', ignoredUntil: until, ignoreAbove: above },
    event: { kind: 'ignored', body: words.charAt(0).toUpperCase() + words.slice(1) },
    action: 'issue_ignored',
  };
}

function assigned(issue: RuledIssue, userId: string | null, name: string | null): Verdict {
  if (issue.assigneeId === userId) return { kind: 'unchanged' };
  return {
    kind: 'changed',
    data: { assigneeId: userId },
    event: { kind: 'assigned', body: userId === null ? 'To nobody any more' : `To ${name}` },
    action: userId === null ? 'issue_unassigned' : 'issue_assigned',
  };
}
