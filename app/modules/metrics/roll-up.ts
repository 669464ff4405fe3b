import { createHash } from 'node:crypto';
import type { Outcome } from '#app/connectors/types.ts';
import { rowStart, SPANS, type Span } from './bars.ts';
import { bucketOf } from './histogram.ts';
import { normaliseAnswer } from './normalise-answer.ts';

/** A settled attempt as the follower reads it. Times in ms since 1970. */
export interface FollowedAttempt {
  id: string;
  messageId: string;
  number: number;
  finishedAt: number;
  outcome: Outcome;
  errorCode: string | null;
  errorMessage: string | null;
  httpStatus: number | null;
  /** The beginning of the body; null where there was none or it is no text. */
  responseBody: string | null;
  kind: string;
  accountId: string;
  /** '' where not known. */
  networkCampaignId: string;
  /** When the conversion came. */
  convertedAt: number;
}

interface Place {
  at: Date;
  accountId: string;
  networkCampaignId: string;
}

export interface StepRow extends Place {
  span: Span;
  attempts: number;
  accepted: number;
  duplicate: number;
  test: number;
  retryable: number;
  rejected: number;
  interrupted: number;
  firstTries: number;
  firstSuccesses: number;
}

export interface TimeRow extends Place {
  span: Span;
  bucket: number;
  count: number;
}

export interface AnswerCount {
  day: Date;
  accountId: string;
  networkCampaignId: string;
  answerKey: string;
  count: number;
}

export interface AnswerSample {
  key: string;
  httpStatus: number | null;
  outcome: string;
  errorCode: string | null;
  sample: string;
  messageId: string;
  createdAt: Date;
}

export interface RollUp {
  steps: StepRow[];
  times: TimeRow[];
  answers: AnswerCount[];
  samples: AnswerSample[];
}

/** Characters of an answer that are kept as its sample. */
const SAMPLE_CHARS = 2_000;

const zeros = {
  attempts: 0,
  accepted: 0,
  duplicate: 0,
  test: 0,
  retryable: 0,
  rejected: 0,
  interrupted: 0,
  firstTries: 0,
  firstSuccesses: 0,
};

/** Stands for all accounts and campaigns together, so that pages which narrow nothing read few rows. */
export const ALL = '';

/** Adds attempts at postbacks up to rows. Tests count only as such (RG-49); disputes not at all. */
export function rollUp(attempts: readonly FollowedAttempt[]): RollUp {
  const steps = new Map<string, StepRow>();
  const times = new Map<string, TimeRow>();
  const answers = new Map<string, AnswerCount>();
  const samples = new Map<string, AnswerSample>();
  for (const attempt of attempts) {
    if (attempt.kind !== 'postback') continue;
    const { accountId, networkCampaignId, finishedAt, outcome } = attempt;
    const place = `${accountId}\n${networkCampaignId}`;
    const at = rowStart(finishedAt, FINEST);
    const key = `${at} ${place}`;
    let step = steps.get(key);
    if (!step) {
      step = { span: FINEST, at: new Date(at), accountId, networkCampaignId, ...zeros };
      steps.set(key, step);
    }
    count(step, attempt);
    if (outcome === 'accepted') {
      const bucket = bucketOf(finishedAt - attempt.convertedAt);
      const timeKey = `${key} ${bucket}`;
      const time = times.get(timeKey);
      if (time) time.count++;
      else times.set(timeKey, { span: FINEST, at: step.at, accountId, networkCampaignId, bucket, count: 1 });
    }
    if (outcome === 'test') continue;
    const answerKey = answerKeyOf(attempt);
    if (!samples.has(answerKey)) samples.set(answerKey, sampleOf(answerKey, attempt));
    const day = rowStart(finishedAt, 1440);
    const dayKey = `${day} ${place} ${answerKey}`;
    const answer = answers.get(dayKey);
    if (answer) answer.count++;
    else answers.set(dayKey, { day: new Date(day), accountId, networkCampaignId, answerKey, count: 1 });
  }
  return {
    steps: folded([...steps.values()], addStep),
    times: folded([...times.values()], (into, row) => {
      into.count += row.count;
    }),
    answers: [...answers.values()],
    samples: [...samples.values()],
  };
}

const FINEST = SPANS[0];

/** Rows of five minutes by place, and what they come to in longer spans and for all places together. */
function folded<Row extends Place & { span: Span; bucket?: number }>(
  finest: readonly Row[],
  add: (into: Row, row: Row) => void,
): Row[] {
  const rows = new Map<string, Row>();
  for (const row of finest) {
    for (const span of SPANS) {
      const at = rowStart(row.at.getTime(), span);
      for (const all of [false, true]) {
        const accountId = all ? ALL : row.accountId;
        const networkCampaignId = all ? ALL : row.networkCampaignId;
        const key = `${span} ${at} ${accountId}\n${networkCampaignId} ${row.bucket ?? ''}`;
        const into = rows.get(key);
        if (into) add(into, row);
        else rows.set(key, { ...row, span, at: new Date(at), accountId, networkCampaignId });
      }
    }
  }
  return [...rows.values()];
}

function addStep(into: StepRow, row: StepRow): void {
  for (const name of Object.keys(zeros) as (keyof typeof zeros)[]) into[name] += row[name];
}

function count(step: StepRow, { outcome, number }: FollowedAttempt): void {
  step[outcome]++;
  if (outcome === 'test') return;
  step.attempts++;
  if (number !== 1) return;
  step.firstTries++;
  if (outcome === 'accepted' || outcome === 'duplicate') step.firstSuccesses++;
}

/** Where no answer came, what stands in for it is the transport's word. */
const textOf = ({ responseBody, errorMessage }: FollowedAttempt): string =>
  responseBody ?? errorMessage ?? '';

/** Keys of texts met lately: a network says the same few things over and over. */
const known = new Map<string, string>();
const KNOWN_MAX = 1_000;

function answerKeyOf(attempt: FollowedAttempt): string {
  const said = `${attempt.httpStatus ?? ''} ${attempt.outcome} ${attempt.errorCode ?? ''} ${normaliseAnswer(textOf(attempt))}`;
  let key = known.get(said);
  if (key === undefined) {
    key = createHash('sha256').update(said).digest('hex').slice(0, 16);
    if (known.size >= KNOWN_MAX) known.clear();
    known.set(said, key);
  }
  return key;
}

const sampleOf = (key: string, attempt: FollowedAttempt): AnswerSample => ({
  key,
  httpStatus: attempt.httpStatus,
  outcome: attempt.outcome,
  errorCode: attempt.errorCode,
  sample: textOf(attempt).slice(0, SAMPLE_CHARS).toWellFormed(),
  messageId: attempt.messageId,
  createdAt: new Date(attempt.finishedAt),
});
