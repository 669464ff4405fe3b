import type { HttpResult } from '#app/platform/http/types.ts';
import { keepable } from '#app/platform/text-rules.ts';
import type { AlertDeps } from './deps.ts';
import { askedWaitMs } from './ladder.ts';
import { renderEmail } from './render-email.ts';
import { layOut } from './render-lines.ts';
import { renderSlack } from './render-slack.ts';
import { renderWebhook } from './render-webhook.ts';
import type { Target } from './rows.server.ts';
import type { AlertBody } from './schema.ts';
import { DELIVERY_HEADER, SIGNATURE_HEADER, signatureOf } from './signature.server.ts';

/** What came of one attempt. */
export interface SendAnswer {
  ok: boolean;
  /** HTTP status, or the mail server's reply code; null where there was no answer. */
  status: number | null;
  /** What the other side said, or why it could not be asked. Holds no secret. */
  words: string;
  /** What a person should know though it went well, e.g. an address that was not taken. */
  note: string | null;
  /** How long the other side asked to wait, in ms. */
  askedMs: number | null;
  /** Trying again cannot help until somebody changes something. */
  final: boolean;
}

export interface Sending {
  id: string;
  title: string;
  createdAt: Date;
  body: AlertBody;
}

const WORDS_MAX = 300;
export const NO_MAIL =
  'Leadline has no mail server: set SMTP_URL and ALERT_FROM in its environment and start it again.';

/** Sends one delivery to where a channel leads, once. Never throws for what the other side does. */
export function sendToChannel(
  deps: AlertDeps,
  target: Target,
  delivery: Sending,
  now: number,
): Promise<SendAnswer> {
  if (target.kind === 'email') return sendMail(deps, target.addresses, delivery);
  if (target.kind === 'slack') {
    const body = JSON.stringify(renderSlack(layOut(delivery.title, delivery.body, deps.publicUrl)));
    return post(deps, target.url, body, {}, now);
  }
  const body = renderWebhook(delivery, deps.publicUrl);
  const headers = {
    [DELIVERY_HEADER]: delivery.id,
    [SIGNATURE_HEADER]: signatureOf(target.secret, now, body),
  };
  return post(deps, target.url, body, headers, now);
}

async function sendMail(deps: AlertDeps, to: readonly string[], delivery: Sending): Promise<SendAnswer> {
  const rest = { note: null, askedMs: null, final: false };
  if (!deps.mailer) return { ...rest, ok: false, status: null, words: NO_MAIL, final: true };
  const mail = renderEmail(layOut(delivery.title, delivery.body, deps.publicUrl));
  const { ok, status, words, refused } = await deps.mailer.send({ ...mail, to, id: delivery.id });
  const note = refused.length > 0 ? `Not taken for ${refused.join(', ')}.` : null;
  return { ...rest, ok, status, words: keepable(words), note };
}

async function post(
  deps: AlertDeps,
  url: string,
  body: string,
  headers: Record<string, string>,
  now: number,
): Promise<SendAnswer> {
  const result = await deps.http.send({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', ...headers },
    secretHeaders: [],
    body,
  });
  return readAnswer(result, now);
}

/** Any 2xx means taken. A redirect is not followed: what is told would go where nobody said. */
export function readAnswer(result: HttpResult, now: number): SendAnswer {
  const rest = { note: null, askedMs: null, final: false };
  if (result.kind === 'failure') {
    const blocked = result.failure === 'blocked_address';
    return {
      ...rest,
      ok: false,
      status: null,
      words: FAILURES[result.failure](result.message),
      final: blocked,
    };
  }
  const { status, headers } = result;
  const text = keepable(Buffer.from(result.body).toString('utf8'))
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, WORDS_MAX);
  if (status >= 200 && status < 300) return { ...rest, ok: true, status, words: text };
  const redirect = status >= 300 && status < 400;
  const words = redirect
    ? `It answered ${status} and points elsewhere; alerts do not follow. Put the final address into the channel.`
    : `It answered ${status}${text === '' ? '' : `: ${text}`}`;
  return {
    ...rest,
    ok: false,
    status,
    words,
    askedMs: askedWaitMs(headers['retry-after'], now),
    final: redirect,
  };
}

type Failure = Extract<HttpResult, { kind: 'failure' }>['failure'];
const FAILURES: Record<Failure, (message: string) => string> = {
  blocked_address: (message) => `Leadline does not send there: ${message}.`,
  dns: (message) => `Its name cannot be found: ${message}.`,
  refused: (message) => `Nobody listens there: ${message}.`,
  timeout: (message) => `${message}.`,
  reset: (message) => `The connection broke: ${message}.`,
  tls: (message) => `Its certificate or TLS is not accepted: ${message}.`,
  incomplete_response: (message) => `The answer broke off: ${message}.`,
  other: (message) => `It could not be reached: ${message}.`,
};
