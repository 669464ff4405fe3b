import type { MessageStatus } from './schema.ts';

/** What the ladder needs to know of an attempt. Times are UTC ISO. */
export interface LadderAttempt {
  id: string;
  number: number;
  startedAt: string;
  durationMs: number | null;
  outcome: string;
  responseStatus: number | null;
  errorCode: string | null;
  responseHeaders: Record<string, string>;
}

export interface LadderMessage {
  status: MessageStatus;
  dueAt: string;
  /** Place on the ladder: steps already used. */
  step: number;
  /** Attempts begun, one under way included. */
  attempts: number;
  attemptStartedAt: string | null;
}

/** Why a pause was as long as it was. `by_hand`: somebody retried; `restart`: a worker that died was taken over. */
export type PauseReason = 'step' | 'network_asked' | 'by_hand' | 'restart' | 'other';

export interface Pause {
  ms: number;
  reason: PauseReason;
}

/** A place on the ladder: past, under way, next, or to come while attempts fail. */
export type LadderRung =
  | { kind: 'past'; number: number; attemptId: string; at: string; durationMs: number | null; outcome: string; status: number | null; code: string | null; pause: Pause | null }
  | { kind: 'sending'; number: number; at: string; pause: Pause | null }
  | { kind: 'next'; number: number; dueAt: string; pause: Pause | null; last: boolean }
  | { kind: 'future'; number: number; aboutAt: string; pauseMs: number; last: boolean };

const MINUTE = 60_000;
/** Jitter lengthens a step by up to a tenth; a worker may be this late besides. */
const JITTER = 1.1;
const LATE_MS = 5_000;

/**
 * The retry ladder of one message (RG-30): its past attempts with the pauses between them, then what is still to
 * come. `schedule` is the account's, in seconds. An interrupted attempt uses up no step; a retry by hand of a
 * message that had stopped starts the ladder anew; `Retry-After` may lengthen a pause. Pure.
 */
export function ladderOf(message: LadderMessage, attempts: readonly LadderAttempt[], schedule: readonly number[], now: number): LadderRung[] {
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

function comingRungs(message: LadderMessage, last: LadderAttempt | null, schedule: readonly number[], now: number): LadderRung[] {
  const pauseTo = (at: number, coming: boolean) => last && pauseBetween(last, at, schedule[Math.max(0, message.step - 1)], coming);
  if (message.status === 'sending') {
    const at = message.attemptStartedAt ?? new Date(now).toISOString();
    const sending: LadderRung = { kind: 'sending', number: message.attempts, at, pause: pauseTo(Date.parse(at), false) };
    return [sending, ...futureRungs(message.attempts + 1, Math.max(now, Date.parse(at)), message.step, schedule)];
  }
  if (message.status !== 'queued' && message.status !== 'retrying') return [];
  const number = message.attempts + 1;
  const due = Date.parse(message.dueAt);
  const last_ = message.step >= schedule.length;
  const next: LadderRung = { kind: 'next', number, dueAt: message.dueAt, pause: pauseTo(due, true), last: last_ };
  return [next, ...futureRungs(number + 1, Math.max(now, due), message.step, schedule)];
}

function futureRungs(from: number, start: number, step: number, schedule: readonly number[]): LadderRung[] {
  let at = start;
  return schedule.slice(step).map((seconds, i, rest): LadderRung => {
    at += seconds * 1000;
    return { kind: 'future', number: from + i, aboutAt: new Date(at).toISOString(), pauseMs: seconds * 1000, last: i === rest.length - 1 };
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
function pauseBetween(attempt: LadderAttempt, until: number, seconds: number | undefined, coming: boolean): Pause {
  const ms = Math.max(0, until - Date.parse(attempt.startedAt) - (attempt.durationMs ?? 0));
  if (attempt.outcome === 'interrupted') return { ms, reason: 'restart' };
  if (attempt.outcome !== 'retryable' || seconds === undefined) return { ms, reason: 'by_hand' };
  const planned = seconds * 1000;
  if (ms < planned - 50) return { ms, reason: 'by_hand' };
  if (ms <= planned * JITTER + (coming ? 50 : LATE_MS)) return { ms: planned, reason: 'step' };
  return { ms, reason: asked(attempt) ? 'network_asked' : 'other' };
}

const asked = (attempt: LadderAttempt): boolean =>
  attempt.responseStatus === 429 || Object.keys(attempt.responseHeaders).some((name) => name.toLowerCase() === 'retry-after');

/** A pause in words: "+5 s", "+5 min", "+1 h 20 min". */
export function pauseText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 1) return '+0 s';
  if (seconds < 60) return `+${seconds} s`;
  const minutes = Math.round(ms / MINUTE);
  if (minutes < 60) return `+${minutes} min`;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours >= 48) return `+${Math.round(hours / 24)} d`;
  return rest === 0 ? `+${hours} h` : `+${hours} h ${rest} min`;
}
