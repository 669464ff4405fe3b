import { useRevalidator } from '@remix-run/react';
import {
  type Dispatch,
  type ReactNode,
  type SetStateAction,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { PostbackItem } from '#app/modules/outbox/postback-schema.ts';
import { notify } from '#app/ui/toast.tsx';
import { type Answer, post } from '../_console.leads/post.ts';
import { ConfirmRetry, type Question } from './confirm-retry.tsx';
import type { Intent } from './intent.ts';

/** What a deed needs to know of a postback. */
export type Actable = Pick<PostbackItem, 'id' | 'externalId' | 'status' | 'reason' | 'retry' | 'whatToDo'>;

export interface PostbackActions {
  /** One press where a retry can help by itself; else a question first. */
  retry(item: Actable): void;
  /** Sends again what the network already has; always asks. */
  resend(item: Actable): void;
  skip(item: Actable): void;
  /** Ids with a deed under way. */
  busy: ReadonlySet<string>;
  /** What was refused, beside the thing acted on. */
  refusal: { id: string; message: string } | null;
  /** The question, to be rendered once. */
  dialog: ReactNode;
}

interface Job {
  id: string;
  externalId: string;
  intent: Intent;
}

const TITLES: Record<Intent, (order: string) => string> = {
  retry: (order) => `Retrying ${order} now`,
  resend: (order) => `Sending ${order} again`,
  skip: (order) => `Skipped a step of ${order}`,
};

/** Retry, resend and skip, one after the other, with their results told. `onDone` is called after each. */
export function usePostbackActions(onDone?: () => void): PostbackActions {
  const { revalidate } = useRevalidator();
  const [queue, setQueue] = useState<Job[]>([]);
  const [question, setQuestion] = useState<Question | null>(null);
  const [refusal, setRefusal] = useState<PostbackActions['refusal']>(null);
  const running = useRef(false);
  const done = useRef(onDone);
  done.current = onDone;

  useEffect(() => {
    const job = queue[0];
    if (!job || running.current) return;
    running.current = true;
    const told = (answer: Answer<object>): void => {
      running.current = false;
      const message = tellResult(job, answer);
      setRefusal(message === null ? null : { id: job.id, message });
      setQueue((jobs) => jobs.filter((other) => other !== job));
      // refused, the page stays as it is: with the line down or signed out, reading it again would take it away
      if (message === null) revalidate();
      done.current?.();
    };
    void post(`/postbacks/${encodeURIComponent(job.id)}/act`, { intent: job.intent }).then(told);
  }, [queue, revalidate]);

  const { enqueue, ...deeds } = useMemo(() => deedsOf(setQueue, setQuestion), []);
  return {
    ...deeds,
    busy: new Set(queue.map((job) => job.id)),
    refusal,
    dialog: (
      <ConfirmRetry
        question={question}
        onClose={() => setQuestion(null)}
        onConfirm={({ item, intent }) => enqueue(item, intent)}
      />
    ),
  };
}

/** What can be done, as functions that stay the same, so that a table's columns need not be made again. */
function deedsOf(setQueue: Dispatch<SetStateAction<Job[]>>, setQuestion: (question: Question) => void) {
  const enqueue = (item: Actable, intent: Intent) =>
    setQueue((jobs) => {
      if (jobs.some((job) => job.id === item.id)) return jobs;
      return [...jobs, { id: item.id, externalId: item.externalId, intent }];
    });
  return {
    enqueue,
    retry: (item: Actable) =>
      item.status === 'failed' && item.retry !== 'automatic'
        ? setQuestion({ item, intent: 'retry' })
        : enqueue(item, 'retry'),
    resend: (item: Actable) => setQuestion({ item, intent: 'resend' }),
    skip: (item: Actable) => enqueue(item, 'skip'),
  };
}

/** Tells the result; answers the refusal's words, or null. */
function tellResult(job: Job, answer: Answer<object>): string | null {
  if ('error' in answer) {
    const { message } = answer.error;
    notify({ meaning: 'needs', title: `Not done: ${job.externalId}`, detail: message });
    return message;
  }
  notify({
    meaning: 'good',
    title: TITLES[job.intent](job.externalId),
    detail:
      job.intent === 'skip'
        ? 'The step after it keeps its own wait.'
        : 'The same message with the same externalId.',
  });
  return null;
}
