import type { JobView } from '#app/modules/triage/job-schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import type { Meaning } from '#app/ui/meaning.ts';
import { postbacks } from './issue-words.ts';

/** How far a release is, for the box in its issue and for screen readers. */
export interface ReleaseWords {
  meaning: Meaning;
  /** What it is at: changes only with the stage, so that it can be read aloud. */
  title: string;
  /** Numbers that move. */
  detail: string;
  done: number;
  /** Null while it is not known. */
  total: number | null;
  ended: boolean;
}

/** A release in words. `words` of a stopped one are the job's own: they tell the answer. */
export function releaseWords(job: JobView): ReleaseWords {
  const total = Math.max(0, job.matched - job.skipped);
  const settled = job.succeeded + job.failed;
  const rest = Math.max(0, total - 1);
  const base = { done: settled, total, ended: false };
  switch (job.state) {
    case 'collecting':
      return {
        ...base,
        meaning: 'waiting',
        title: 'Looking up what waits',
        detail: `${postbacks(job.matched)} so far`,
        total: null,
      };
    case 'probing':
      return {
        ...base,
        meaning: 'waiting',
        title: 'Trying one',
        detail:
          rest === 0 ? 'It is the only one.' : `Its answer decides; the other ${formatCount(rest)} wait.`,
      };
    case 'running':
      return {
        ...base,
        meaning: 'waiting',
        title: job.probe ? 'Accepted: the rest goes out, oldest first' : 'Going out, oldest first',
        detail: tally(job, total),
      };
    case 'done':
      return {
        ...base,
        ended: true,
        meaning: job.failed > 0 || job.stateReason !== null ? 'needs' : 'good',
        ...doneWords(job),
      };
    case 'stopped':
      return {
        ...base,
        ended: true,
        meaning: 'needs',
        title: 'Stopped',
        detail: job.stateReason ?? tally(job, total),
      };
    case 'canceled':
      return {
        ...base,
        ended: true,
        meaning: 'neutral',
        title: 'Canceled',
        detail: `${tally(job, total)} The others were left as they are.`,
      };
  }
}

function doneWords(job: JobView): { title: string; detail: string } {
  const failed = job.failed > 0 ? `, ${formatCount(job.failed)} failed again` : '';
  const left = job.skipped > 0 ? `${formatCount(job.skipped)} left out: they had moved on meanwhile. ` : '';
  const nothing = job.succeeded === 0 && job.failed === 0;
  return {
    title: nothing
      ? 'Done: nothing was left to send'
      : `Done: ${formatCount(job.succeeded)} delivered${failed}`,
    detail: `${left}${job.stateReason === null ? '' : `${job.stateReason} `}${job.failed > 0 ? 'Those that failed are still here, with their new answers.' : 'Nothing of this release is held up any more.'}`,
  };
}

function tally(job: JobView, total: number): string {
  const failed = job.failed > 0 ? `, ${formatCount(job.failed)} failed again` : '';
  return `${formatCount(job.succeeded)} of ${formatCount(total)} delivered${failed}.`;
}
