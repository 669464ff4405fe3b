import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { connectorById } from '#app/connectors/registry.server.ts';
import { type AlertDeps, saveChannel, saveRule } from '#app/modules/alerts/index.server.ts';
import type { RuleKind } from '#app/modules/alerts/schema.ts';
import { createAccountBook, saveAccount } from '#app/modules/campaigns/index.server.ts';
import { type Ctx, SYSTEM } from '#app/platform/context.server.ts';
import { createHttpClient } from '#app/platform/http/client.server.ts';
import { createEgressGuard } from '#app/platform/http/egress.server.ts';
import { createMailer } from '#app/platform/mailer.server.ts';

/** A request that a receiver of alerts got. */
export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Receiver {
  url: string;
  requests: Received[];
  /** What it answers from now on: a status, a body, headers. */
  answer: { status: number; body: string; headers?: Record<string, string> };
  stop(): Promise<void>;
}

/** An HTTP server that keeps every request and answers as it is told. */
export async function startReceiver(): Promise<Receiver> {
  const receiver: Receiver = {
    url: '',
    requests: [],
    answer: { status: 200, body: 'ok' },
    stop: () => new Promise((resolve) => server.close(() => resolve()) && server.closeAllConnections()),
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    receiver.requests.push({ path: request.url ?? '', headers: request.headers, body });
    response.writeHead(receiver.answer.status, receiver.answer.headers).end(receiver.answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return receiver;
}

export interface Inbox {
  url: string;
  mails: { to: string[]; raw: string }[];
  /** Addresses that are not taken. */
  refuses: Set<string>;
  stop(): Promise<void>;
}

/** A mail server that wants the user "leadline" with the password "p@ss", and keeps every mail. */
export async function startInbox(): Promise<Inbox> {
  const mails: Inbox['mails'] = [];
  const refuses = new Set<string>();
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) =>
      username === 'leadline' && password === 'p@ss'
        ? done(null, { user: username })
        : done(new Error('Invalid username or password')),
    onRcptTo: ({ address }, _session, done) =>
      refuses.has(address)
        ? done(Object.assign(new Error('No such mailbox'), { responseCode: 550 }))
        : done(),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://leadline:p%40ss@127.0.0.1:${port}`,
    mails,
    refuses,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** What alerts need, with real HTTP to this machine and, where there is one, a real mail server. */
export function alertDeps(ctx: Ctx, options: { smtpUrl?: string; allow?: string[] } = {}): AlertDeps {
  return {
    http: createHttpClient({
      timeoutMs: 2_000,
      guard: createEgressGuard(options.allow ?? ['127.0.0.0/8']),
      userAgent: 'Leadline/test',
    }),
    mailer: options.smtpUrl
      ? createMailer({ url: options.smtpUrl, from: 'Leadline <alerts@leadline.test>' })
      : null,
    publicUrl: 'https://leadline.test',
    accounts: createAccountBook(ctx),
    connectorOf: ({ connector }) => connectorById(connector),
  };
}

export const addAccount = (ctx: Ctx): Promise<{ id: string }> =>
  saveAccount(ctx, {
    account: {
      name: 'regatta',
      connector: 'regatta',
      baseUrl: 'https://regatta.network/api/v1',
      credentials: { apiKey: `rgt_live_${'a'.repeat(32)}` },
      retryScheduleSeconds: null,
    },
    connector: connectorById('regatta'),
    origin: 'settings',
    actor: SYSTEM,
  });

export const addWebhook = async (ctx: Ctx, url: string, name = 'Pager'): Promise<string> =>
  (
    await saveChannel(ctx, {
      kind: 'webhook',
      channel: { name, url, secret: 'a secret of sixteen' },
      actor: SYSTEM,
    })
  ).id;

/** Adds a rule with the fields given. */
export const addRule = async (
  ctx: Ctx,
  kind: RuleKind,
  channelIds: string[],
  fields: Partial<Parameters<typeof saveRule>[1]['rule']> = {},
): Promise<string> =>
  (
    await saveRule(ctx, {
      kind,
      rule: { name: kind, channelIds, urgent: false, quiet: false, zone: 'UTC', ...fields },
      actor: SYSTEM,
    })
  ).id;

let made = 0;

/** A cause with so many postbacks that failed under it, each with this expected payout. */
export async function addIssue(
  ctx: Ctx,
  accountId: string,
  options: { failed?: number; expectedCents?: number | null; currency?: string; errorCode?: string } = {},
): Promise<string> {
  const { failed = 2, expectedCents = 1_000, currency = 'USD', errorCode = 'NOT_FOUND' } = options;
  const at = new Date(ctx.clock.now());
  const id = ctx.newId('iss');
  await ctx.store.prisma.issue.create({
    data: {
      id,
      accountId,
      errorCode,
      message: 'tracking code … not found',
      messageKey: `key${++made}`,
      sampleMessage: 'tracking code M4TSbpS8 not found',
      httpStatus: 404,
      firstSeenAt: at,
      lastSeenAt: at,
      createdAt: at,
      updatedAt: at,
    },
  });
  for (let i = 0; i < failed; i++)
    await ctx.store.prisma.outboxMessage.create({
      data: {
        id: ctx.newId('msg'),
        kind: 'postback',
        accountId,
        externalId: `order_${++made}`,
        payload: '{}',
        status: 'failed',
        issueId: id,
        expectedCents,
        expectedCurrency: expectedCents === null ? null : currency,
        dueAt: at,
        createdAt: at,
        updatedAt: at,
      },
    });
  return id;
}
