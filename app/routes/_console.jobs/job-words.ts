import { Ban, CircleCheck, CircleStop, ListChecks, RotateCw, Send } from 'lucide-react';
import type { JobView } from '#app/modules/triage/job-schema.ts';
import type { JobKind } from '#app/modules/triage/schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import type { Look } from '#app/ui/meaning.ts';

type Told = Pick<
  JobView,
  'kind' | 'state' | 'stateReason' | 'matched' | 'skipped' | 'started' | 'succeeded' | 'failed' | 'finishedAt'
>;

/** What a kind of job does, as its button says it. */
export const VERBS: Record<JobKind, string> = {
  retry: 'Retry',
  cancel: 'Cancel',
  acknowledge: 'Acknowledge',
};

/** Words for rows that ended well, by kind. */
const DONE_WORDS: Record<JobKind, string> = {
  retry: 'delivered',
  cancel: 'canceled',
  acknowledge: 'acknowledged',
};

/** A job's state with its consequence, for a badge. */
export function stateOf(job: Told): Look {
  switch (job.state) {
    case 'collecting':
      return { meaning: 'waiting', icon: ListChecks, label: 'Collecting' };
    case 'probing':
      return { meaning: 'waiting', icon: Send, label: 'Trying one' };
    case 'running':
      return { meaning: 'waiting', icon: RotateCw, label: 'Running' };
    case 'done':
      if (job.stateReason !== null)
        return { meaning: 'needs', icon: CircleCheck, label: 'Done, some without data' };
      return job.failed > 0
        ? { meaning: 'needs', icon: CircleCheck, label: 'Done, some failed' }
        : { meaning: 'good', icon: CircleCheck, label: 'Done' };
    case 'stopped':
      return { meaning: 'needs', icon: CircleStop, label: 'Stopped by itself' };
    case 'canceled':
      return { meaning: 'neutral', icon: Ban, label: 'Canceled' };
  }
}

/** Whether the job still lets rows go. */
export const isActive = (job: Pick<JobView, 'state'>): boolean =>
  job.state === 'collecting' || job.state === 'probing' || job.state === 'running';

/** Rows that the job is finished with, and how many it has in all. */
export function progressOf(job: Told): { done: number; total: number } {
  const settled = job.succeeded + job.failed;
  return { done: Math.min(job.matched, job.skipped + settled), total: job.matched };
}

/** "512 delivered, 3 failed again, 20 left out". Parts that are zero are not said, except the first. */
export function tallyWords(job: Told): string {
  const underWay = Math.max(0, job.started - job.succeeded - job.failed);
  const parts = [`${formatCount(job.succeeded)} ${DONE_WORDS[job.kind]}`];
  if (job.failed > 0) parts.push(`${formatCount(job.failed)} failed again`);
  if (underWay > 0) parts.push(`${formatCount(underWay)} under way`);
  if (job.skipped > 0) parts.push(`${formatCount(job.skipped)} left out`);
  return parts.join(', ');
}

/** The whole of it in a sentence or two: what came out so far, why it stopped, whether one may leave. */
export function jobSentence(job: Told): string {
  const tally = tallyWords(job);
  switch (job.state) {
    case 'collecting':
      return `Writing down what matches: ${formatCount(job.matched)} so far. You can leave; it goes on.`;
    case 'probing':
      return 'One postback goes first; the others wait for its answer. You can leave; it goes on.';
    case 'running':
      return `${tally}. You can leave; it goes on.`;
    case 'done':
      return [`Done: ${tally}.`, job.stateReason].filter(Boolean).join(' ');
    case 'stopped':
      return `${job.stateReason ?? 'It stopped by itself.'} ${job.started > 0 ? `${tally}.` : ''}`.trim();
    case 'canceled':
      return `Canceled: ${tally}. The rest was left as it was.`;
  }
}
