import { useRevalidator } from '@remix-run/react';
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import type { BreakerView } from '#app/modules/triage/breaker-schema.ts';
import type { IssueChangeResult, IssueItem } from '#app/modules/triage/issue-schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { notify } from '#app/ui/toast.tsx';
import { post } from '../_console.leads/post.ts';
import { AboveDialog } from './above-dialog.tsx';
import {
  type Change,
  countWords,
  DONE,
  detailOf,
  fieldsOf,
  idsOf,
  isAll,
  MADE,
  subjectOf,
  type Targets,
} from './issue-change.ts';
import { postbacks } from './issue-words.ts';
import { ReleaseDialog } from './release-dialog.tsx';

export interface IssueActions {
  change(issues: Targets, change: Change): void;
  /** Asks above how many an hour the issues come back. */
  askAbove(issues: Targets): void;
  /** Says what a release will do, and does it once confirmed. */
  askRelease(issue: ReleaseSubject): void;
  note(issue: { id: string }, body: string): Promise<string | null>;
  tryOne(breaker: BreakerView): void;
  resume(breaker: BreakerView): void;
  cancel(jobId: string): void;
  /** Key of what is under way: "release iss_1"; null where nothing is. */
  busy: string | null;
  /** The last thing that was refused, beside what it was asked of. */
  refusal: { id: string; message: string } | null;
  /** Questions, to be rendered once. */
  dialog: ReactNode;
}

export type ReleaseSubject = Pick<
  IssueItem,
  'id' | 'explanation' | 'held' | 'counts' | 'unpaid' | 'unpaidUnknown' | 'connector' | 'network'
> & { oldest?: { externalId: string; expectedCents: number | null; expectedCurrency: string | null }[] };

const tellRefused = (why: string): void => void notify({ meaning: 'needs', title: 'Not done', detail: why });

/** What can be done to issues, with results told. `denied` refuses all of it; `onReleased` gets the new job. */
export function useIssueActions({
  denied,
  onReleased,
  onChanged,
}: {
  denied: string | null;
  onReleased: (issueId: string, jobId: string) => void;
  onChanged?: () => void;
}): IssueActions {
  const { revalidate } = useRevalidator();
  const [busy, setBusy] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<IssueActions['refusal']>(null);
  const [releasing, setReleasing] = useState<ReleaseSubject | null>(null);
  const [above, setAbove] = useState<Targets | null>(null);
  const latest = useRef({ onReleased, onChanged });
  latest.current = { onReleased, onChanged };

  const send = useCallback(
    async <T,>(of: string, fields: Record<string, string>): Promise<{ why: string } | ({ ok: true } & T)> => {
      if (denied !== null) return { why: denied };
      setBusy(`${fields.intent} ${of}`);
      const answer = await post<T>('/issues/act', fields);
      setBusy(null);
      revalidate();
      const refused = 'error' in answer ? answer.error.message : null;
      setRefusal(refused === null ? null : { id: of, message: refused });
      return 'error' in answer ? { why: answer.error.message } : answer;
    },
    [denied, revalidate],
  );

  const deeds = useMemo(() => {
    const change = async (issues: Targets, what: Change): Promise<void> => {
      const of = isAll(issues) ? '' : (issues[0]?.id ?? '');
      const answer = await send<IssueChangeResult>(of, fieldsOf(idsOf(issues), what));
      if ('why' in answer) return tellRefused(answer.why);
      latest.current.onChanged?.();
      notify({
        meaning: what.kind === 'reopen' ? 'needs' : 'good',
        title: `${DONE[what.kind]}: ${subjectOf(issues)}`,
        ...detailOf(what, answer.refused),
        ...(what.kind in MADE && answer.changed.length > 0
          ? { action: { label: 'Undo', onPress: () => void undo(what.kind, answer.changed) } }
          : {}),
      });
    };
    /** Only what was changed, and is still so: the filter may find others by now, and others work here too. */
    const undo = async (kind: Change['kind'], changed: readonly string[]): Promise<void> => {
      const answer = await send<IssueChangeResult>(changed[0] ?? '', {
        intent: 'reopen',
        ids: changed.join(','),
        ...(MADE[kind] === undefined ? {} : { only: MADE[kind] }),
      });
      if ('why' in answer) return tellRefused(answer.why);
      latest.current.onChanged?.();
      if (answer.changed.length === 0) return tellRefused('Somebody has changed it since: look at it again.');
      notify({ meaning: 'needs', title: `Undone: ${countWords(answer.changed.length)} as before` });
    };
    return {
      change,
      note: async (issue: { id: string }, body: string) => {
        const answer = await send(issue.id, { intent: 'note', id: issue.id, body });
        return 'why' in answer ? answer.why : null;
      },
      tryOne: async (breaker: BreakerView) => {
        const answer = await send(breaker.id, { intent: 'probe', breaker: breaker.id });
        if ('why' in answer) tellRefused(answer.why);
        else
          notify({
            meaning: 'waiting',
            title: 'Trying one',
            detail: 'Its answer decides whether the rest follows.',
          });
      },
      resume: async (breaker: BreakerView) => {
        const answer = await send(breaker.id, { intent: 'resume', breaker: breaker.id });
        if ('why' in answer) tellRefused(answer.why);
        else
          notify({
            meaning: 'good',
            title: 'Resumed',
            detail: 'What waited goes out in order, oldest first.',
          });
      },
      cancel: async (job: string) => {
        const answer = await send(job, { intent: 'cancel', job });
        if ('why' in answer) tellRefused(answer.why);
        else
          notify({
            meaning: 'neutral',
            title: 'Canceled',
            detail: 'What is under way is finished; the rest stays here.',
          });
      },
    };
  }, [send]);

  const release = async (subject: ReleaseSubject): Promise<string | null> => {
    const answer = await send<{ jobId: string; matched: number }>(subject.id, {
      intent: 'release',
      id: subject.id,
    });
    if ('why' in answer) return answer.why;
    setReleasing(null);
    notify({
      meaning: 'waiting',
      title: `Trying one of ${postbacks(subject.held)}`,
      detail: 'You can leave: it goes on without you.',
    });
    latest.current.onReleased(subject.id, answer.jobId);
    return null;
  };

  return {
    ...deeds,
    askAbove: setAbove,
    askRelease: (subject) => {
      if (denied === null) setReleasing(subject);
      else tellRefused(denied);
    },
    busy,
    refusal,
    dialog: (
      <>
        {releasing && (
          <ReleaseDialog subject={releasing} onClose={() => setReleasing(null)} onConfirm={release} />
        )}
        {above && (
          <AboveDialog
            subject={subjectOf(above)}
            onClose={() => setAbove(null)}
            onConfirm={(n) => {
              setAbove(null);
              void deeds.change(above, {
                kind: 'ignore',
                above: n,
                words: `until more than ${formatCount(n)} an hour`,
              });
            }}
          />
        )}
      </>
    ),
  };
}
