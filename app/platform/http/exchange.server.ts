import type { Dispatcher } from 'undici';
import { rounded, takeSteps } from './timed-connect.server.ts';
import type { Timings } from './types.ts';

/** Bytes of a response body that are kept (RG-32; the rest is counted and marked). */
export const BODY_LIMIT = 64 * 1024;
/** Past this the rest of a body is not even read: the connection is closed. */
const READ_LIMIT = 1024 * 1024;

/** A complete answer. */
export interface Answer {
  status: number;
  /** Lower-case names; a repeated header is joined by ", ". */
  headers: Record<string, string>;
  body: Uint8Array;
  bodyBytes: number;
  truncated: boolean;
}

/**
 * One request and its answer, straight on undici's dispatcher: `undici.request` makes a stream of every body and a
 * signal of every deadline, at half the cost of the exchange.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  /** True once the status line and headers of an answer have come. */
  answered = false;
  readonly answer: Promise<Answer>;
  /** What is known so far about where the time went; null before there was a connection. */
  timings: Timings | null = null;
  #startedAt = 0;
  #resolve: (answer: Answer) => void = () => {};
  #reject: (error: unknown) => void = () => {};
  #controller: Dispatcher.DispatchController | null = null;
  #given: { error: Error } | null = null;
  #status = 0;
  #headers: Record<string, string> = {};
  #kept: Buffer[] = [];
  #keptBytes = 0;
  #bodyBytes = 0;

  constructor() {
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Gives up: `answer` rejects with `error`, and the connection is closed if the request is under way. */
  abort(error: Error): void {
    this.#given = { error };
    this.#reject(error);
    this.#controller?.abort(error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    const steps = takeSteps();
    this.timings = steps === null ? { reused: true } : { ...steps, reused: false };
    this.#startedAt = performance.now();
    if (this.#given) controller.abort(this.#given.error);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    // 1xx comes before the answer
    if (status < 200) return;
    this.answered = true;
    if (this.timings) this.timings.firstByteMs = rounded(performance.now() - this.#startedAt);
    this.#status = status;
    this.#headers = flat(headers);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bodyBytes += chunk.length;
    if (this.#keptBytes < BODY_LIMIT) {
      const part = chunk.subarray(0, BODY_LIMIT - this.#keptBytes);
      this.#kept.push(part);
      this.#keptBytes += part.length;
    }
    if (this.#bodyBytes <= READ_LIMIT) return;
    this.#finish();
    controller.abort(new Error('the rest of the body is not read'));
  }

  onResponseEnd(): void {
    this.#finish();
  }

  /** After an answer or a deadline this comes too, and changes nothing. */
  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.timings === null) {
      const steps = takeSteps();
      if (steps !== null) this.timings = { ...steps, reused: false };
    }
    this.#reject(error);
  }

  #finish(): void {
    // copied: a chunk is a view of what the connection read, which a row must not keep alive
    const body = Buffer.concat(this.#kept);
    this.#resolve({
      status: this.#status,
      headers: this.#headers,
      body,
      bodyBytes: this.#bodyBytes,
      truncated: this.#bodyBytes > this.#keptBytes,
    });
  }
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const out: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) out[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return out;
}
