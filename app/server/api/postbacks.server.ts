import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { traceConversion } from '#app/modules/intake/index.server.ts';
import { searchBodies } from '#app/modules/metrics/index.server.ts';
import { actorOfKey, requireScope, type VerifiedKey } from '#app/modules/operators/index.server.ts';
import {
  getPostback,
  listPostbacks,
  readDepsOf,
  resolveFilter,
  retryMessage,
} from '#app/modules/outbox/index.server.ts';
import { filterOfFields, postbackQuerySchema, queryFields } from '#app/modules/outbox/query-schema.ts';
import { nowOf } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { BODY_MAX, checked, parseJson, readText } from '../body.server.ts';
import type { Runtime } from '../runtime.server.ts';
import type { Operation } from './operation.ts';
import { type AppEnv, endpoint } from './routes.server.ts';

/** Body of POST /api/v1/postbacks/{id}/retry; may be left out. `force` sends again what the network already has. */
const retryBodySchema = z.strictObject({ force: z.boolean('force must be true or false').default(false) });

const listAnswer = z.object({
  items: z.array(z.looseObject({ id: z.string(), status: z.string(), externalId: z.string() })),
  nextCursor: z.string().nullable(),
});
const attemptAnswer = z.looseObject({
  number: z.int(),
  startedAt: z.string(),
  durationMs: z.number().nullable(),
  timings: z
    .object({
      dnsMs: z.number().nullable(),
      connectMs: z.number().nullable(),
      tlsMs: z.number().nullable(),
      firstByteMs: z.number().nullable(),
      reused: z.boolean(),
    })
    .nullable(),
  requestUrl: z.string().nullable(),
  requestBody: z.string().nullable(),
  responseStatus: z.int().nullable(),
  responseHeaders: z.record(z.string(), z.string()),
  responseBody: z.string().nullable(),
  truncated: z.boolean(),
  outcome: z.string(),
  errorCode: z.string().nullable(),
  errorMessage: z.string().nullable(),
});

export const postbacksOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/v1/postbacks',
    scope: 'read',
    summary:
      'Postbacks, newest first. Each filter takes operators: `status=not:delivered`, `cause=begins:AUTH`, `attempts=gte:3`; `is:` before a value takes it word for word. Several values: repeat the parameter.',
    query: postbackQuerySchema,
    answers: {
      200: {
        description:
          'One page; give `nextCursor` back as `cursor` for the next. Where no index knows a filter, one page looks through the newest 50,000 rows: `items` may then be few or none while `nextCursor` goes on.',
        data: listAnswer,
      },
    },
  },
  {
    method: 'get',
    path: '/api/v1/postbacks/{id}',
    scope: 'read',
    summary: 'One postback with every attempt, its explanation, ladder and trace.',
    answers: {
      200: {
        description: 'The postback.',
        data: z.looseObject({ id: z.string(), status: z.string(), attempts: z.array(attemptAnswer) }),
      },
      404: { description: 'No such postback.' },
    },
  },
  {
    method: 'post',
    path: '/api/v1/postbacks/{id}/retry',
    scope: 'operate',
    summary: 'Tries again: the same message with the same externalId.',
    body: retryBodySchema,
    answers: {
      202: { description: 'Due now.', data: z.object({ id: z.string() }) },
      404: { description: 'No such postback.' },
      409: { description: 'It cannot be retried; the message says why.' },
    },
  },
  {
    method: 'get',
    path: '/api/v1/conversions/{id}',
    scope: 'read',
    summary:
      'The whole trace of one conversion: captures, record, postback, attempts, leads, refunds, disputes.',
    answers: {
      200: {
        description: 'The trace.',
        data: z.looseObject({ story: z.array(z.looseObject({ kind: z.string(), at: z.string() })) }),
      },
      404: { description: 'No such conversion.' },
    },
  },
];

/** Reading and retrying postbacks (CONTRACT.md). */
export function mountPostbacksApi(app: Hono<AppEnv>, runtime: Runtime): void {
  app.get('/api/v1/postbacks', endpoint(runtime, getList));
  app.get('/api/v1/postbacks/:id', endpoint(runtime, getOne));
  app.post('/api/v1/postbacks/:id/retry', endpoint(runtime, postRetry));
  app.get('/api/v1/conversions/:id', endpoint(runtime, getTrace));
}

const ok = (data: unknown, status = 200): Response => Response.json({ success: true, data }, { status });

async function keyWith(runtime: Runtime, c: Context, scope: 'read' | 'operate'): Promise<VerifiedKey> {
  const key = await runtime.keys.verify(c.req.header('authorization'));
  requireScope(key, scope);
  return key;
}

/** An id from the path, without what no id holds (a NUL would upset the store). */
function idOf(c: Context, what: string): string {
  const id = c.req.param('id') ?? '';
  if (/^[\w-]{1,64}$/.test(id)) return id;
  throw new AppError('NOT_FOUND', `There is no ${what} with this id.`);
}

async function getList(runtime: Runtime, c: Context): Promise<Response> {
  await keyWith(runtime, c, 'read');
  const { limit, cursor, ...fields } = checked(
    postbackQuerySchema,
    queryFields(new URL(c.req.url).searchParams),
  );
  const { ctx } = runtime;
  const filter = filterOfFields(fields, nowOf(ctx).getTime());
  for (const name of [...(filter.network ?? []), ...(filter.not?.network ?? [])])
    await runtime.accounts.idByName(name);
  const page = await listPostbacks(ctx, readDepsOf(runtime).connectorFor, {
    filter,
    resolved: await resolveFilter(ctx, filter, (text, most) => searchBodies(ctx, text, most)),
    limit,
    after: cursor,
  });
  return ok({ items: page.items, nextCursor: page.nextAfter });
}

async function getOne(runtime: Runtime, c: Context): Promise<Response> {
  await keyWith(runtime, c, 'read');
  return ok(await getPostback(runtime.ctx, readDepsOf(runtime), idOf(c, 'postback')));
}

async function postRetry(runtime: Runtime, c: Context): Promise<Response> {
  const key = await keyWith(runtime, c, 'operate');
  const text = await readText(c.req.raw, BODY_MAX);
  const { force } = checked(retryBodySchema, text.trim() === '' ? {} : parseJson(text));
  const done = await retryMessage(runtime.ctx, {
    id: idOf(c, 'postback'),
    actor: actorOfKey(key, c.get('clientIp')),
    force,
  });
  return ok(done, 202);
}

async function getTrace(runtime: Runtime, c: Context): Promise<Response> {
  await keyWith(runtime, c, 'read');
  return ok(await traceConversion(runtime.ctx, readDepsOf(runtime), idOf(c, 'conversion')));
}
