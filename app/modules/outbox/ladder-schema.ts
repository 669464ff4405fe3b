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
  | {
      kind: 'past';
      number: number;
      attemptId: string;
      at: string;
      durationMs: number | null;
      outcome: string;
      status: number | null;
      code: string | null;
      pause: Pause | null;
    }
  | { kind: 'sending'; number: number; at: string; pause: Pause | null }
  | { kind: 'next'; number: number; dueAt: string; pause: Pause | null; last: boolean }
  | { kind: 'future'; number: number; aboutAt: string; pauseMs: number; last: boolean };

const MINUTE = 60_000;

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
