import { isIP } from 'node:net';
import { Agent } from 'undici';
import { messageOf } from '../errors.ts';
import type { EgressGuard } from './egress.server.ts';
import { Exchange } from './exchange.server.ts';
import { scrub } from './scrub.ts';
import { timedConnect } from './timed-connect.server.ts';
import type { HttpResult, RequestSpec, TransportFailure } from './types.ts';

export { BODY_LIMIT } from './exchange.server.ts';

export interface HttpClient {
  /** Sends one request. Never throws: what went wrong is in the result. Never follows a redirect (RG-31). */
  send(spec: RequestSpec): Promise<HttpResult>;
  close(): Promise<void>;
}

/**
 * Keep-alive HTTP with a deadline over the whole exchange (connect, headers, body).
 * `timeoutMs` counts from the call; a request that waits for a connection spends of it too.
 */
export function createHttpClient(options: {
  timeoutMs: number;
  guard: EgressGuard;
  connections?: number;
  userAgent: string;
}): HttpClient {
  const agent = new Agent({
    connections: options.connections ?? 256,
    pipelining: 1,
    keepAliveTimeout: 30_000,
    headersTimeout: options.timeoutMs,
    bodyTimeout: options.timeoutMs,
    connect: timedConnect({ timeout: options.timeoutMs, lookup: options.guard.lookup }),
  });

  const targets = new Map<string, Target>();
  /** Most requests go to a handful of addresses: each is taken apart once. */
  const targetOf = (url: string): Target => {
    const known = targets.get(url);
    if (known) return known;
    const target = parseTarget(url, options.guard);
    if (targets.size >= 1_000) targets.clear();
    targets.set(url, target);
    return target;
  };

  return {
    async send(spec) {
      const started = performance.now();
      const elapsed = () => Math.round((performance.now() - started) * 100) / 100;
      const target = targetOf(spec.url);
      if (target.refusal !== null)
        return {
          kind: 'failure',
          failure: 'blocked_address',
          message: target.refusal,
          maySent: false,
          durationMs: elapsed(),
        };
      const exchange = new Exchange();
      const timer = setTimeout(() => exchange.abort(new DeadlineError(options.timeoutMs)), options.timeoutMs);
      try {
        const headers = { 'user-agent': options.userAgent, accept: 'application/json', ...spec.headers };
        agent.dispatch(
          { origin: target.origin, path: target.path, method: spec.method, headers, body: spec.body },
          exchange,
        );
        const answer = await exchange.answer;
        return scrub(spec, {
          kind: 'response',
          ...answer,
          durationMs: elapsed(),
          timings: exchange.timings,
        });
      } catch (error) {
        const fault = classify(error);
        const cutShort = exchange.answered && (fault.failure === 'reset' || fault.failure === 'other');
        return {
          kind: 'failure',
          ...fault,
          ...(cutShort ? { failure: 'incomplete_response' as const } : {}),
          durationMs: elapsed(),
          timings: exchange.timings,
        };
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

interface Target {
  origin: string;
  path: string;
  /** Why nothing may be sent there, or null. */
  refusal: string | null;
}

/** A URL with a literal address skips DNS and so the guarded lookup: it is checked here. */
function parseTarget(url: string, guard: EgressGuard): Target {
  const nowhere = (refusal: string): Target => ({ origin: '', path: '', refusal });
  if (!URL.canParse(url)) return nowhere(`${url} is not an address`);
  const { protocol, hostname, origin, pathname, search } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return nowhere(`${protocol} is not http or https`);
  const host = hostname.replace(/^\[|\]$/g, '');
  return { origin, path: pathname + search, refusal: isIP(host) ? guard.refusal(host) : null };
}

const BEFORE_SENDING = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_BLOCKED_ADDRESS',
]);

/** What an error means, and whether the network may have seen the request. In doubt: it may. */
function classify(error: unknown): { failure: TransportFailure; message: string; maySent: boolean } {
  const chain = causes(error);
  const code =
    chain.map((e) => (e as { code?: unknown }).code).find((c): c is string => typeof c === 'string') ?? '';
  const text = chain.map(messageOf).join(': ').slice(0, 500);
  const tls = /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO)/.test(
    code,
  );
  // the same codes can break a connection that is in use: then its request may have been sent
  const inUse = chain.some((e) => /^(read|write)$/.test(String((e as { syscall?: unknown }).syscall)));
  const maySent = inUse || (!BEFORE_SENDING.has(code) && !tls);
  return {
    failure: failureOf(code, chain, tls),
    message: code && !text.includes(code) ? `${text} (${code})` : text,
    maySent,
  };
}

function failureOf(code: string, chain: unknown[], tls: boolean): TransportFailure {
  if (code === 'ERR_BLOCKED_ADDRESS') return 'blocked_address';
  if (chain.some((e) => e instanceof DeadlineError) || /TIMEOUT/.test(code) || code === 'ETIMEDOUT')
    return 'timeout';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'dns';
  if (code === 'ECONNREFUSED') return 'refused';
  if (tls) return 'tls';
  if (
    code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH' ||
    chain.some((e) => /terminated|aborted|incomplete|Premature/i.test(messageOf(e)))
  )
    return 'incomplete_response';
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
