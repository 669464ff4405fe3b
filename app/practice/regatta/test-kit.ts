import { onTestFinished } from 'vitest';
import { type RegattaSeed, seedRegatta } from '../seed.ts';
import { type PracticeRegatta, type PracticeRegattaOptions, startPracticeRegatta } from './index.ts';

/** An answer as a test looks at it; `json` is undefined when the body is not JSON. */
export type Reply = { status: number; headers: Headers; text: string; json: Envelope | undefined };
export type Envelope = {
  success: boolean;
  data?: Record<string, unknown>;
  error?: { code: string; message: string; details?: { code: string; path: unknown[]; message: string }[] };
};

/** A seeded practice network and the calls an integration makes to it. */
export type Kit = {
  regatta: PracticeRegatta;
  seed: RegattaSeed;
  /** Calls the API with the seed's key, or with `key`; null sends no Authorization header. */
  call(method: string, path: string, body?: unknown, key?: string | null): Promise<Reply>;
  /** A valid purchase for Spring Starter with some fields changed; undefined leaves one out. */
  postback(changes?: Record<string, unknown>, key?: string | null): Promise<Reply>;
  /** A call to the control API. */
  control(method: string, path: string, body?: unknown): Promise<Reply>;
  /** The tracking code of the first affiliate in a campaign. */
  codeOf(campaignId: string): string;
};

/** Starts a seeded network with a frozen clock for one test and stops it after. */
export async function startKit(options: PracticeRegattaOptions = {}): Promise<Kit> {
  const regatta = await startPracticeRegatta(options);
  onTestFinished(() => regatta.stop());
  regatta.changeClock({ freeze: true, setTo: '2026-05-01T12:00:00.000Z' });
  const seed = seedRegatta(regatta);
  const codeOf = (campaignId: string): string => {
    const found = seed.enrollments.find((one) => one.campaignId === campaignId);
    if (!found) throw new Error(`nobody is enrolled in ${campaignId}`);
    return found.trackingCode;
  };
  const call: Kit['call'] = (method, path, body, key = seed.apiKey) =>
    send(`${regatta.baseUrl}${path}`, method, body, key === null ? undefined : `Bearer ${key}`);
  const purchase = {
    rgta_ref: codeOf(seed.campaigns.springStarter.id),
    externalId: 'order_1',
    eventType: 'PURCHASE',
    revenueCents: 9900,
  };
  return {
    regatta,
    seed,
    call,
    postback: (changes = {}, key) => call('POST', '/postback', { ...purchase, ...changes }, key),
    control: (method, path, body) => send(`${regatta.url}/__practice${path}`, method, body, undefined),
    codeOf,
  };
}

/** Sends one request and reads the whole answer; a string body goes out as it is. */
export async function send(
  url: string,
  method: string,
  body: unknown,
  authorization: string | undefined,
): Promise<Reply> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (authorization !== undefined) headers.authorization = authorization;
  const payload = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, { method, headers, body: payload, redirect: 'manual' });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? (JSON.parse(text) as Envelope) : undefined,
  };
}
