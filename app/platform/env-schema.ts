import { isIP } from 'node:net';
import { z } from 'zod';

/** A whole number written in decimal digits, within limits. */
const whole = (min: number, max: number, example: string) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number, e.g. ${example}`)
    .transform(Number)
    .refine((n) => n >= min && n <= max, `must be from ${min} to ${max}, e.g. ${example}`);

const httpUrl = (example: string) =>
  z
    .string()
    .refine(
      (text) => /^https?:\/\/[^\s/]+/.test(text) && URL.canParse(text),
      `must be an http(s) address, e.g. ${example}`,
    )
    .transform((text) => text.replace(/\/+$/, ''));

const schedule = z
  .string()
  .refine(
    (text) => /^\d{1,6}(,\d{1,6}){0,4}$/.test(text.replaceAll(' ', '')),
    'must be one to five whole seconds (at most 999999) separated by commas, e.g. 1,5,30,300,3600',
  )
  .transform((text) => text.replaceAll(' ', '').split(',').map(Number));

function isCidr(text: string): boolean {
  const [net = '', prefix = '', ...rest] = text.split('/');
  const family = isIP(net);
  return (
    rest.length === 0 &&
    family !== 0 &&
    /^\d{1,3}$/.test(prefix) &&
    Number(prefix) <= (family === 4 ? 32 : 128)
  );
}

const cidrs = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  )
  .refine((parts) => parts.every(isCidr), 'must be CIDRs separated by commas, e.g. 127.0.0.1/32,10.0.0.0/8');

const MAILBOX = /^(?:[^<>"\r\n]{1,100} <[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/;

/** The address of a mail server. Credentials stand in it percent-encoded, as in any URL. */
const smtpUrl = z
  .string()
  .refine(
    (text) => /^smtps?:\/\/[^\s/]+\/?$/.test(text) && URL.canParse(text) && new URL(text).hostname !== '',
    'must be smtp://user:password@host:port, or smtps:// where TLS comes first, e.g. smtp://leadline:secret@mail.example.com:587',
  );

/** The signing secret of a provider's webhooks: whoever knows it can report sales. */
const signingSecret = (example: string) =>
  z
    .string()
    .refine(
      (text) => text === text.trim() && text.length >= 8 && text.length <= 255,
      `must be the whole signing secret that the provider shows, without spaces around it, e.g. ${example}`,
    );

/** The environment of CONTRACT.md. An unset or empty variable takes its default. */
const variables = z.object({
  NODE_ENV: z.string().default('production'),
  PORT: whole(0, 65535, '3000').default(3000),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .refine(
      (text) => /^(postgres(ql)?:\/\/|file:)/.test(text),
      'must start with postgresql:// or file:, e.g. postgresql://leadline@db.internal/leadline',
    )
    .refine(
      (text) => text.startsWith('file:') || URL.canParse(text),
      'is not a complete address, e.g. postgresql://leadline@db.internal/leadline',
    )
    .optional(),
  DATA_DIR: z.string().default('./data'),
  LEADLINE_URL: httpUrl('https://leadline.example.com').optional(),
  LEADLINE_SECRET: z
    .string()
    .refine(
      (text) => Buffer.byteLength(text) >= 32,
      'must be at least 32 bytes, e.g. the output of: openssl rand -base64 48',
    )
    .optional(),
  LEADLINE_ROLE: z
    .enum(['all', 'web', 'worker'], { error: 'must be all, web or worker, e.g. all' })
    .default('all'),
  /** Turns on the practice controls (a clock to turn); refuses to start with an account that is not on loopback. */
  LEADLINE_PRACTICE: z.enum(['0', '1'], { error: 'must be 0 or 1, e.g. 0' }).default('0'),
  LOG_LEVEL: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'], {
      error: 'must be silent, error, warn, info or debug, e.g. info',
    })
    .default('info'),
  RETRY_SCHEDULE_SECONDS: schedule.optional(),
  REQUEST_TIMEOUT_SECONDS: whole(1, 120, '10').default(10),
  ALLOW_PRIVATE_DESTINATIONS: cidrs.default([]),
  /** Proxies whose X-Forwarded-For is believed. */
  TRUSTED_PROXIES: cidrs.default([]),
  /** Origins that may call POST /api/capture-ref, besides LEADLINE_URL. */
  CAPTURE_ORIGINS: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim().replace(/\/+$/, ''))
        .filter(Boolean),
    )
    .refine(
      (parts) => parts.every((part) => /^https?:\/\/[^/\s]+$/.test(part)),
      'must be origins separated by commas, e.g. https://shop.example.com',
    )
    .default([]),
  /** Mail server of alerts; without it there is no email. */
  SMTP_URL: smtpUrl.optional(),
  /** Sender of alerts. */
  ALERT_FROM: z
    .string()
    .regex(MAILBOX, 'must be an email address, with or without a name, e.g. Leadline <alerts@example.com>')
    .optional(),
  /** With one set, /webhooks/<source>/default exists for it. */
  STRIPE_WEBHOOK_SECRET: signingSecret('whsec_…').optional(),
  SHOPIFY_WEBHOOK_SECRET: signingSecret("the app's client secret").optional(),
  PADDLE_WEBHOOK_SECRET: signingSecret('pdl_ntfset_…').optional(),
  REGATTA_API_KEY: z.string().optional(),
  REGATTA_BASE_URL: httpUrl('https://regatta.network/api/v1').default('https://regatta.network/api/v1'),
});

const envSchema = variables.refine((env) => !env.SMTP_URL || env.ALERT_FROM, {
  path: ['ALERT_FROM'],
  error: 'is required with SMTP_URL: who alerts come from, e.g. Leadline <alerts@example.com>',
});

export type Env = z.output<typeof envSchema>;

/** Reads variables; throws one message that names every variable at fault, the fault, and an example. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = envSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const shown = /SECRET|KEY|DATABASE_URL|SMTP_URL/.test(name)
      ? '(not shown)'
      : JSON.stringify(given[name] ?? '');
    return `  ${name}=${shown} ${issue.message}`;
  });
  throw new Error(`Leadline cannot start: wrong environment\n${lines.join('\n')}`);
}
