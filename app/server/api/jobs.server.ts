import type { Context, Hono } from 'hono';
import { searchBodies } from '#app/modules/metrics/index.server.ts';
import { actorOfKey, requireScope, type VerifiedKey } from '#app/modules/operators/index.server.ts';
import { filterOfFields, queryFields } from '#app/modules/outbox/query-schema.ts';
import {
  cancelJob,
  getJob,
  listJobItems,
  listJobs,
  openJobCsv,
  startJob,
} from '#app/modules/triage/index.server.ts';
import { nowOf } from '#app/platform/context.server.ts';
import { AppError, messageOf } from '#app/platform/errors.ts';
import { BODY_MAX, checked, parseJson, readText } from '../body.server.ts';
import { csvStream } from '../export/stream.server.ts';
import type { Runtime } from '../runtime.server.ts';
import { jobItemsQuerySchema, jobsQuerySchema, retryManySchema } from './jobs-operations.ts';
import { type AppEnv, endpoint } from './routes.server.ts';

/** Bulk jobs by machine, and the file of a job's rows. */
export function mountJobsApi(app: Hono<AppEnv>, runtime: Runtime): void {
  app.post('/api/v1/postbacks/retry', endpoint(runtime, postRetryMany));
  app.get('/api/v1/jobs', endpoint(runtime, getList));
  app.get('/api/v1/jobs/:id', endpoint(runtime, getOne));
  app.get('/api/v1/jobs/:id/items', endpoint(runtime, getItems));
  app.post('/api/v1/jobs/:id/cancel', endpoint(runtime, postCancel));
  // the address of the file before exports had one form
  app.get('/jobs/:file{[\\w-]+\\.csv}', (c) =>
    c.redirect(`/export/job-rows.csv?id=${c.req.param('file').replace(/\.csv$/, '')}`),
  );
}

const ok = (data: unknown, status = 200): Response => Response.json({ success: true, data }, { status });

async function keyWith(runtime: Runtime, c: Context, scope: 'read' | 'operate'): Promise<VerifiedKey> {
  const key = await runtime.keys.verify(c.req.header('authorization'));
  requireScope(key, scope);
  return key;
}

/** An id from the path, without what no id holds. */
function idOf(c: Context): string {
  const id = c.req.param('id') ?? '';
  if (/^[\w-]{1,64}$/.test(id)) return id;
  throw new AppError('NOT_FOUND', 'There is no bulk job with this id.');
}

async function postRetryMany(runtime: Runtime, c: Context<AppEnv>): Promise<Response> {
  const key = await keyWith(runtime, c, 'operate');
  const { ctx } = runtime;
  const { filter: fields, probe } = checked(retryManySchema, parseJson(await readText(c.req.raw, BODY_MAX)));
  const filter = filterOfFields(fields, nowOf(ctx).getTime());
  if (Object.keys(filter).length === 0)
    throw new AppError(
      'VALIDATION_ERROR',
      'filter names nothing: everything would be retried. Name at least one field, e.g. {"status": ["failed"]}.',
      { details: [{ path: 'filter', message: 'name at least one field' }] },
    );
  for (const name of filter.network ?? []) await runtime.accounts.idByName(name);
  const { jobId, matched } = await startJob(
    ctx,
    { kind: 'retry', filter, probe, actor: actorOfKey(key, c.get('clientIp')) },
    (text, most) => searchBodies(ctx, text, most),
  );
  return ok({ jobId, matched }, 202);
}

async function getList(runtime: Runtime, c: Context): Promise<Response> {
  await keyWith(runtime, c, 'read');
  const { state, limit, cursor } = checked(
    jobsQuerySchema,
    queryFields(new URL(c.req.url).searchParams, ['state', 'limit', 'cursor']),
  );
  const page = await listJobs(runtime.ctx, { ...(state ? { state: [state] } : {}), limit, after: cursor });
  return ok({ items: page.items, nextCursor: page.nextAfter });
}

async function getOne(runtime: Runtime, c: Context): Promise<Response> {
  await keyWith(runtime, c, 'read');
  return ok(await getJob(runtime.ctx, idOf(c)));
}

async function getItems(runtime: Runtime, c: Context<AppEnv>): Promise<Response> {
  await keyWith(runtime, c, 'read');
  const jobId = idOf(c);
  const { format, state, limit, cursor } = checked(
    jobItemsQuerySchema,
    queryFields(new URL(c.req.url).searchParams, ['format', 'state', 'limit', 'cursor']),
  );
  if (format === 'csv') return csvOf(runtime, c, jobId);
  await getJob(runtime.ctx, jobId);
  const page = await listJobItems(runtime.ctx, { jobId, state, limit, after: cursor });
  return ok({ items: page.items, nextCursor: page.nextAfter });
}

async function postCancel(runtime: Runtime, c: Context<AppEnv>): Promise<Response> {
  const key = await keyWith(runtime, c, 'operate');
  const job = await cancelJob(runtime.ctx, { id: idOf(c), actor: actorOfKey(key, c.get('clientIp')) });
  return ok(job, 202);
}

async function csvOf(runtime: Runtime, c: Context<AppEnv>, jobId: string): Promise<Response> {
  const { ctx } = runtime;
  const body = csvStream(await openJobCsv(ctx, jobId), c.req.raw.signal, async (rows, end, error) => {
    if (error !== undefined)
      ctx.log.error(
        { requestId: c.get('requestId'), job: jobId, rows, end, error: messageOf(error) },
        'the file of a bulk job failed',
      );
  });
  return new Response(body, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8; header=present',
      'Content-Disposition': `attachment; filename="leadline-${jobId}.csv"`,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
