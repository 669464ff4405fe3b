import type { LadderAttempt, LadderMessage, LadderRung, Pause } from './ladder-schema.ts';

/** Jitter lengthens a step by up to a tenth; a worker may be this late besides. */
const JITTER = 1.1;
const LATE_MS = 5_000;

/**
 * The retry ladder of one message (RG-30): its past attempts with the pauses between them, then what is still to
 * come. `schedule` is the account's, in seconds. An interrupted attempt uses up no step; a retry by hand of a
 * message that had stopped starts the ladder anew; `Retry-After` may lengthen a pause. Pure.
 */
export function ladderOf(
  message: LadderMessage,
  attempts: readonly LadderAttempt[],
  schedule: readonly number[],
  now: number,
): LadderRung[] {
  const rungs: LadderRung[] = [];
  let step = 0;
  let before: LadderAttempt | null = null;
  for (const attempt of attempts) {
    const pause = before && pauseBetween(before, Date.parse(attempt.startedAt), schedule[step], false);
    if (before) step = stepAfter(before, step, pause, schedule.length);
    rungs.push({
      kind: 'past',
      number: attempt.number,
      attemptId: attempt.id,
      at: attempt.startedAt,
      durationMs: attempt.durationMs,
      outcome: attempt.outcome,
      status: attempt.responseStatus,
      code: attempt.errorCode,
      pause,
    });
    before = attempt;
  }
  return [...rungs, ...comingRungs(message, before, schedule, now)];
}

function comingRungs(
  message: LadderMessage,
  last: LadderAttempt | null,
  schedule: readonly number[],
  now: number,
): LadderRung[] {
  const pauseTo = (at: number, coming: boolean) =>
    last && pauseBetween(last, at, schedule[Math.max(0, message.step - 1)], coming);
  if (message.status === 'sending') {
    const at = message.attemptStartedAt ?? new Date(now).toISOString();
    const sending: LadderRung = {
      kind: 'sending',
      number: message.attempts,
      at,
      pause: pauseTo(Date.parse(at), false),
    };
    return [
      sending,
      ...futureRungs(message.attempts + 1, Math.max(now, Date.parse(at)), message.step, schedule),
    ];
  }
  if (message.status !== 'queued' && message.status !== 'retrying') return [];
  const number = message.attempts + 1;
  const due = Date.parse(message.dueAt);
  const last_ = message.step >= schedule.length;
  const next: LadderRung = {
    kind: 'next',
    number,
    dueAt: message.dueAt,
    pause: pauseTo(due, true),
    last: last_,
  };
  return [next, ...futureRungs(number + 1, Math.max(now, due), message.step, schedule)];
}

function futureRungs(from: number, start: number, step: number, schedule: readonly number[]): LadderRung[] {
  let at = start;
  return schedule.slice(step).map((seconds, i, rest): LadderRung => {
    at += seconds * 1000;
    return {
      kind: 'future',
      number: from + i,
      aboutAt: new Date(at).toISOString(),
      pauseMs: seconds * 1000,
      last: i === rest.length - 1,
    };
  });
}

/** The steps used up after an attempt, given the pause that followed it. */
function stepAfter(attempt: LadderAttempt, step: number, pause: Pause | null, length: number): number {
  if (attempt.outcome === 'interrupted') return step;
  if (attempt.outcome !== 'retryable') return 0;
  if (step >= length) return 0;
  return pause?.reason === 'by_hand' ? step + 1 : Math.min(step + 1, length);
}

/** The pause after an attempt, and why it was so long. A whole step is told as the step, without its jitter. */
function pauseBetween(
  attempt: LadderAttempt,
  until: number,
  seconds: number | undefined,
  coming: boolean,
): Pause {
  const ms = Math.max(0, until - Date.parse(attempt.startedAt) - (attempt.durationMs ?? 0));
  if (attempt.outcome === 'interrupted') return { ms, reason: 'restart' };
  if (attempt.outcome !== 'retryable' || seconds === undefined) return { ms, reason: 'by_hand' };
  const planned = seconds * 1000;
  if (ms < planned - 50) return { ms, reason: 'by_hand' };
  if (ms <= planned * JITTER + (coming ? 50 : LATE_MS)) return { ms: planned, reason: 'step' };
  return { ms, reason: asked(attempt) ? 'network_asked' : 'other' };
}

const asked = (attempt: LadderAttempt): boolean =>
  attempt.responseStatus === 429 ||
  Object.keys(attempt.responseHeaders).some((name) => name.toLowerCase() === 'retry-after');
