import { refuse } from './answers.ts';
import type { Fault } from './fault-schema.ts';
import type { Answer } from './types.ts';

/** What becomes of an answer: sent (perhaps late), never sent, cut off by a reset, or sent by half. */
export type Delivery = { answer: Answer; how: 'send' | 'never' | 'reset' | 'truncate'; delayMs: number };

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const NO_WORK: Answer = { status: 0, body: '', effect: 'nothing' };

/** Breaks one request. `work` acts on it: a fault decides whether and when that happens. */
export function breakRequest(fault: Fault, work: () => Answer): Delivery {
  const done = 'afterWork' in fault && fault.afterWork ? work() : NO_WORK;
  const send = (answer: Answer): Delivery => ({ answer, how: 'send', delayMs: 0 });
  switch (fault.kind) {
    case '500':
      return send(keepEffect(done, refuse(500, 'INTERNAL_ERROR', 'An unexpected error occurred')));
    case 'timeout':
      return { answer: done, how: 'never', delayMs: 0 };
    case 'reset_before_work':
      return { answer: NO_WORK, how: 'reset', delayMs: 0 };
    case 'reset_after_work':
      return { answer: work(), how: 'reset', delayMs: 0 };
    case 'slow':
      return { answer: work(), how: 'send', delayMs: fault.ms };
    case 'not_json':
      return send({ ...done, status: fault.status, headers: HTML, body: PROXY_PAGE });
    case 'huge':
      return send(pad(work(), fault.bytes));
    case 'truncated':
      return { answer: work(), how: 'truncate', delayMs: 0 };
    case '429': {
      const answer = refuse(429, 'RATE_LIMITED', 'Too many requests');
      return send({
        ...answer,
        effect: 'nothing',
        headers: { 'retry-after': String(fault.retryAfterSeconds) },
      });
    }
    case 'redirect':
      return send({ ...NO_WORK, status: fault.status, headers: { ...HTML, location: fault.location } });
    case 'alter_data':
      return send(alter(work(), fault.data));
  }
}

const PROXY_PAGE =
  '<!doctype html><html><head><title>Practice gateway</title></head><body><h1>Practice gateway error</h1>' +
  '<p>This page stands where JSON should be.</p></body></html>';

function keepEffect(done: Answer, answer: Answer): Answer {
  return { ...done, status: answer.status, body: answer.body, headers: {} };
}

/** Adds filler behind the real answer: the start stays what it was, the whole is still JSON. */
function pad(answer: Answer, bytes: number): Answer {
  if (typeof answer.body !== 'object' || answer.body === null) return answer;
  const missing = bytes - JSON.stringify(answer.body).length - ',"padding":""'.length;
  return { ...answer, body: { ...answer.body, padding: 'x'.repeat(Math.max(0, missing)) } };
}

/** Overwrites fields of a successful answer's data, such as a trackingCode that is not the one sent (RG-21). */
function alter(answer: Answer, changes: Record<string, unknown>): Answer {
  const body = answer.body as { data?: unknown };
  if (typeof body !== 'object' || body === null || typeof body.data !== 'object') return answer;
  return { ...answer, body: { ...body, data: { ...body.data, ...changes } } };
}
