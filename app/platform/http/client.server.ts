import { isIP } from 'node:net';
import { Agent, request as undiciRequest } from 'undici';
import { messageOf } from '../errors.ts';
import type { EgressGuard } from './egress.server.ts';
import type { HttpResult, RequestSpec, TransportFailure } from './types.ts';

/** Bytes of a response body that are kept (RG-32; the rest is counted and marked). */
export const BODY_LIMIT = 64 * 1024;
/** Past this the rest of a body is not even read: the connection is closed. */
const READ_LIMIT = 1024 * 1024;

export interface HttpClient {
  /** Sends one request. Never throws: what went wrong is in the result. Never follows a redirect (RG-31). */
  send(spec: RequestSpec): Promise<HttpResult>;
  close(): Promise<void>;
}

/**
 * Keep-alive HTTP with a deadline over the whole exchange (connect, headers, body).
 * `timeoutMs` counts from the call; a request that waits for a connection spends of it too.
 */
export function createHttpClient(options: { timeoutMs: number; guard: EgressGuard; connections?: number; userAgent: string }): HttpClient {
  const agent = new Agent({
    connections: options.connections ?? 256,
    pipelining: 1,
    keepAliveTimeout: 30_000,
    headersTimeout: options.timeoutMs,
    bodyTimeout: options.timeoutMs,
    connect: { timeout: options.timeoutMs, lookup: options.guard.lookup },
  });

  return {
    async send(spec) {
      const started = performance.now();
      const elapsed = () => Math.round((performance.now() - started) * 100) / 100;
      const blocked = literalRefusal(spec.url, options.guard);
      if (blocked) return { kind: 'failure', failure: 'blocked_address', message: blocked, maySent: false, durationMs: elapsed() };
      const deadline = new AbortController();
      let answered = false;
      const timer = setTimeout(() => deadline.abort(new DeadlineError(options.timeoutMs)), options.timeoutMs);
      try {
        const response = await undiciRequest(spec.url, {
          method: spec.method,
          headers: { 'user-agent': options.userAgent, accept: 'application/json', ...spec.headers },
          body: spec.body,
          dispatcher: agent,
          signal: deadline.signal,
        });
        answered = true;
        const body = await readCapped(response.body);
        return { kind: 'response', status: response.statusCode, headers: flat(response.headers), ...body, durationMs: elapsed() };
      } catch (error) {
        const fault = classify(error);
        const cutShort = answered && (fault.failure === 'reset' || fault.failure === 'other');
        return { kind: 'failure', ...fault, ...(cutShort ? { failure: 'incomplete_response' as const } : {}), durationMs: elapsed() };
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => agent.close(),
  };
}

class DeadlineError extends Error {
  constructor(ms: number) {
    super(`No complete answer within ${ms / 1000} s`);
    this.name = 'DeadlineError';
  }
}

/** A URL with a literal address skips DNS and so the guarded lookup: it is checked here. */
function literalRefusal(url: string, guard: EgressGuard): string | null {
  if (!URL.canParse(url)) return `${url} is not an address`;
  const parsed = new URL(url);
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return `${parsed.protocol} is not http or https`;
  const host = parsed.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) ? guard.refusal(host) : null;
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const out: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) out[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return out;
}

type ResponseBody = AsyncIterable<Buffer> & { destroy(): unknown };

async function readCapped(stream: ResponseBody): Promise<{ body: Uint8Array; bodyBytes: number; truncated: boolean }> {
  const kept: Buffer[] = [];
  let keptBytes = 0;
  let bodyBytes = 0;
  for await (const chunk of stream) {
    bodyBytes += chunk.length;
    if (keptBytes < BODY_LIMIT) {
      const part = chunk.subarray(0, BODY_LIMIT - keptBytes);
      kept.push(part);
      keptBytes += part.length;
    }
    if (bodyBytes > READ_LIMIT) {
      stream.destroy();
      break;
    }
  }
  const body = kept.length === 1 ? (kept[0] as Buffer) : Buffer.concat(kept);
  return { body, bodyBytes, truncated: bodyBytes > keptBytes };
}

const BEFORE_SENDING = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT', 'ERR_BLOCKED_ADDRESS']);

/** What an error means, and whether the network may have seen the request. In doubt: it may. */
export function classify(error: unknown): { failure: TransportFailure; message: string; maySent: boolean } {
  const chain = causes(error);
  const code = chain.map((e) => (e as { code?: unknown }).code).find((c): c is string => typeof c === 'string') ?? '';
  const text = chain.map(messageOf).join(': ').slice(0, 500);
  const tls = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/.test(code);
  const maySent = !BEFORE_SENDING.has(code) && !tls;
  return { failure: failureOf(code, chain, tls), message: code && !text.includes(code) ? `${text} (${code})` : text, maySent };
}

function failureOf(code: string, chain: unknown[], tls: boolean): TransportFailure {
  if (code === 'ERR_BLOCKED_ADDRESS') return 'blocked_address';
  if (chain.some((e) => e instanceof DeadlineError) || /TIMEOUT/.test(code) || code === 'ETIMEDOUT') return 'timeout';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'dns';
  if (code === 'ECONNREFUSED') return 'refused';
  if (tls) return 'tls';
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH' || chain.some((e) => /terminated|aborted|incomplete|Premature/i.test(messageOf(e)))) return 'incomplete_response';
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'UND_ERR_SOCKET') return 'reset';
  return 'other';
}

function causes(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let e = error; e && chain.length < 5; e = (e as { cause?: unknown }).cause) {
    chain.push(e);
    const inner = (e as { errors?: unknown[] }).errors?.[0];
    if (inner) chain.push(inner);
  }
  return chain;
}
