import { CheckCheck, Eye, MessageSquare, RotateCcw, RotateCw, UserRound } from 'lucide-react';
import { useMemo, useRef } from 'react';
import type { IssueItem } from '#app/modules/triage/issue-schema.ts';
import { type CommandGroup, useCommandGroup } from '#app/ui/command-store.ts';
import type { IssueActions, ReleaseSubject } from './use-issue-actions.tsx';

type Subject = IssueItem & ReleaseSubject;

/** What a key does to issues; the same in the list, the drawer and on the page. */
export interface IssueKey {
  key: string;
  label: string;
  hint?: boolean;
  run: (issues: readonly Subject[]) => void;
}

/** Puts the cursor into the note of the open issue, where there is one. */
const focusNote = (): void => document.querySelector<HTMLElement>('[data-note]')?.focus();

/** The keys of issues besides moving and opening: e releases, a acknowledges, r resolves, m takes, n notes. */
export function issueKeys(actions: IssueActions, me: { id: string; name: string }): IssueKey[] {
  return [
    {
      key: 'e',
      label: 'release',
      hint: true,
      run: ([issue]) => issue && releaseOrResume(actions, issue),
    },
    {
      key: 'a',
      label: 'acknowledge',
      run: (issues) => actions.change(issues, { kind: 'acknowledge' }),
    },
    { key: 'r', label: 'resolve', run: (issues) => actions.change(issues, { kind: 'resolve' }) },
    {
      key: 'm',
      label: 'assign to me',
      run: (issues) => actions.change(issues, { kind: 'assign', assignee: me.id, name: me.name }),
    },
    { key: 'n', label: 'write a note (in an open issue)', run: focusNote },
  ];
}

/** The one right action: resume what was paused by hand, else try one and release the rest. */
export function releaseOrResume(actions: IssueActions, issue: Subject): void {
  const { breaker } = issue;
  if (breaker?.reason === 'paused' && breaker.state === 'open') actions.resume(breaker);
  else if (issue.job === null && issue.held > 0) actions.askRelease(issue);
}

/** Adds what can be done to the issue in view to the ⌘K menu. */
export function useIssueCommands(
  issue: Subject | null,
  actions: IssueActions,
  me: { id: string; name: string },
  denied: boolean,
): void {
  const latest = useRef({ issue, actions, me });
  latest.current = { issue, actions, me };
  const key =
    issue && !denied
      ? `${issue.id} ${issue.state} ${issue.held > 0} ${issue.job === null} ${issue.breaker?.reason}`
      : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new group only when what it offers changes
  const group = useMemo(() => (key === null || !issue ? null : groupOf(issue, latest)), [key]);
  useCommandGroup(group);
}

type Latest = { current: { issue: Subject | null; actions: IssueActions; me: { id: string; name: string } } };

function groupOf(issue: Subject, latest: Latest): CommandGroup {
  const run = (work: (now: { issue: Subject; actions: IssueActions }) => void) => () => {
    const { issue: subject, actions } = latest.current;
    if (subject) work({ issue: subject, actions });
  };
  const paused = issue.breaker?.reason === 'paused' && issue.breaker.state === 'open';
  const item = (
    id: string,
    label: string,
    icon: typeof Eye,
    hint: string,
    work: Parameters<typeof run>[0],
  ) => ({
    id: `issue-${id}`,
    label,
    icon,
    hint,
    onSelect: run(work),
  });
  return {
    heading: `Issue: ${issue.explanation.title}`,
    items: [
      ...(issue.held > 0 && issue.job === null
        ? [
            item(
              'release',
              paused ? 'Resume' : 'Fixed it: try one, then release the rest',
              RotateCw,
              'E',
              (now) => releaseOrResume(now.actions, now.issue),
            ),
          ]
        : []),
      ...(issue.state === 'open'
        ? [
            item('ack', 'Acknowledge', Eye, 'A', (now) =>
              now.actions.change([now.issue], { kind: 'acknowledge' }),
            ),
          ]
        : [
            item('reopen', 'Back to open', RotateCcw, '', (now) =>
              now.actions.change([now.issue], { kind: 'reopen' }),
            ),
          ]),
      ...(issue.state === 'resolved'
        ? []
        : [
            item('resolve', 'Resolve', CheckCheck, 'R', (now) =>
              now.actions.change([now.issue], { kind: 'resolve' }),
            ),
          ]),
      item('mine', 'Assign to me', UserRound, 'M', (now) =>
        now.actions.change([now.issue], {
          kind: 'assign',
          assignee: latest.current.me.id,
          name: latest.current.me.name,
        }),
      ),
      item('note', 'Write a note', MessageSquare, 'N', () => setTimeout(focusNote)),
    ],
  };
}
