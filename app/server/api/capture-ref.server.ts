import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { browserCaptureSchema } from '#app/modules/capture/schema.ts';
import { AppError } from '#app/platform/errors.ts';
import { keepable } from '#app/platform/text-rules.ts';
import { BODY_MAX, checked, parseJson, readText } from '../body.server.ts';
import type { Runtime } from '../runtime.server.ts';

const THIRTY_DAYS = 30 * 24 * 60 * 60;

/** Origins whose pages may call: Leadline's own and those of CAPTURE_ORIGINS. */
const allowedOrigin = (runtime: Runtime, origin: string): boolean =>
  origin === new URL(runtime.config.publicUrl).origin || runtime.config.CAPTURE_ORIGINS.includes(origin);

function corsHeaders(c: Context, origin: string): void {
  c.header('Access-Control-Allow-Origin', origin);
  c.header('Access-Control-Allow-Credentials', 'true');
  c.header('Vary', 'Origin');
}

function checkOrigin(runtime: Runtime, c: Context): string {
  const origin = c.req.header('origin') ?? '';
  if (allowedOrigin(runtime, origin)) return origin;
  throw new AppError(
    'FORBIDDEN',
    `The origin ${origin || '(none)'} may not report captures: add it to CAPTURE_ORIGINS.`,
  );
}

/** Preflight of POST /api/capture-ref. */
export function preflightCaptureRef(runtime: Runtime, c: Context): Response {
  corsHeaders(c, checkOrigin(runtime, c));
  c.header('Access-Control-Allow-Methods', 'POST');
  c.header('Access-Control-Allow-Headers', 'Content-Type');
  c.header('Access-Control-Max-Age', '600');
  return c.body(null, 204);
}

/**
 * POST /api/capture-ref, called by a single-page site on its first load (RG-05). Sets the cookies of RG-02 and RG-07
 * unless they are set (RG-03: first touch wins; what was turned away is recorded).
 */
export async function postCaptureRef(
  runtime: Runtime,
  c: Context,
  limited: (ip: string) => number,
): Promise<Response> {
  const origin = checkOrigin(runtime, c);
  corsHeaders(c, origin);
  const wait = limited(c.get('clientIp') ?? 'unknown');
  if (wait > 0)
    throw new AppError('RATE_LIMITED', 'Too many captures from this address.', { retryAfterSeconds: wait });
  const body = checked(browserCaptureSchema, parseJson(await readText(c.req.raw, BODY_MAX)));
  const held = getCookie(c, 'rgta_ref');
  const accountId = await runtime.accounts.idByName('regatta');
  const saved = await runtime.intake.reportCapture({
    ref: body.rgta_ref,
    network: 'regatta',
    promo: body.promo,
    url: body.url,
    ...(held ? { cookieValue: keepable(held.slice(0, 255)) } : {}),
    accountId,
    source: 'browser',
  });
  const options = {
    path: '/',
    maxAge: THIRTY_DAYS,
    sameSite: 'Lax',
    httpOnly: true,
    secure: runtime.config.publicUrl.startsWith('https:'),
  } as const;
  if (saved.kind === 'created' && !held) setCookie(c, 'rgta_ref', body.rgta_ref, options);
  if (body.promo && !getCookie(c, 'rgta_promo')) setCookie(c, 'rgta_promo', body.promo, options);
  return c.body(null, 204);
}
