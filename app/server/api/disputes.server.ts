import type { Context, Hono } from 'hono';
import {
  cancelBatch,
  getBatch,
  listApprovals,
  listBatches,
  listBatchRows,
  listTemplates,
  openBatchCsv,
  previewBatch,
  startBatch,
  undoBatch,
} from '#app/modules/disputes/index.server.ts';
import { actorOfKey, requireScope, type VerifiedKey } from '#app/modules/operators/index.server.ts';
import { queryFields } from '#app/modules/outbox/query-schema.ts';
import type { Actor } from '#app/platform/context.server.ts';
import { AppError, messageOf } from '#app/platform/errors.ts';
import { BODY_MAX, checked, parseJson, readText } from '../body.server.ts';
import { csvStream } from '../export/stream.server.ts';
import type { Runtime } from '../runtime.server.ts';
import { approvalsQuerySchema } from './approvals-operations.ts';
import {
  batchBodySchema,
  batchesQuerySchema,
  batchRowsQuerySchema,
  previewBodySchema,
} from './disputes-operations.ts';
import { type AppEnv, endpoint } from './routes.server.ts';

/**
 * Disputes in bulk by machine, what waits for a person's approval (approving itself needs a person), and the file of a
 * batch's rows.
 */
export function mountDisputesApi(app: Hono<AppEnv>, runtime: Runtime): void {
  app.get('/api/v1/disputes/templates', endpoint(runtime, getTemplates));
  app.post('/api/v1/disputes/preview', endpoint(runtime, postPreview));
  app.post('/api/v1/disputes/batches', endpoint(runtime, postBatch));
  app.get('/api/v1/disputes/batches', endpoint(runtime, getBatches));
  app.get('/api/v1/disputes/batches/:id', endpoint(runtime, getOne));
  app.get('/api/v1/disputes/batches/:id/rows', endpoint(runtime, getRows));
  app.post('/api/v1/disputes/batches/:id/undo', endpoint(runtime, postUndo));
  app.post('/api/v1/disputes/batches/:id/cancel', endpoint(runtime, postCancel));
  app.get('/api/v1/approvals', endpoint(runtime, getApprovals));
  // the address of the file before exports had one form
  app.get('/batches/:file{[\\w-]+\\.csv}', (c) =>
    c.redirect(`/export/batch-rows.csv?id=${c.req.param('file').replace(/\.csv$/, '')}`),
  );
}

const ok = (data: unknown, status = 200): Response => Response.json({ success: true, data }, { status });

async function keyWith(runtime: Runtime, c: Context, scope: 'read' | 'operate'): Promise<VerifiedKey> {
  const key = await runtime.keys.verify(c.req.header('authorization'));
  requireScope(key, scope);
  return key;
}

async function actorWith(runtime: Runtime, c: Context<AppEnv>, scope: 'read' | 'operate'): Promise<Actor> {
  return actorOfKey(await keyWith(runtime, c, scope), c.get('clientIp'));
}

/** An id from the path, without what no id holds. */
function idOf(c: Context): string {
  const id = c.req.param('id') ?? '';
  if (/^[\w-]{1,64}$/.test(id)) return id;
  throw new AppError('NOT_FOUND', 'There is no such batch of disputes.');
}

const fieldsOf = (c: Context, names: readonly string[]) =>
  queryFields(new URL(c.req.url).searchParams, names);

async function getTemplates(runtime: Runtime, c: Context): Promise<Response> {
  await keyWith(runtime, c, 'read');
  return ok({ items: await listTemplates(runtime.ctx) });
}

async function postPreview(runtime: Runtime, c: Context): Promise<Response> {
  await keyWith(runtime, c, 'read');
  const body = checked(previewBodySchema, parseJson(await readText(c.req.raw, BODY_MAX)));
  return ok(await previewBatch(runtime.ctx, runtime.wiring.disputes, body));
}

async function postBatch(runtime: Runtime, c: Context<AppEnv>): Promise<Response> {
  const actor = await actorWith(runtime, c, 'operate');
  const body = checked(batchBodySchema, parseJson(await readText(c.req.raw, BODY_MAX)));
  return ok(await startBatch(runtime.ctx, runtime.wiring.disputes, { ...body, actor }), 202);
}

async function getBatches(runtime: Runtime, c: Context): Promise<Response> {
  await keyWith(runtime, c, 'read');
  const { limit, cursor } = checked(batchesQuerySchema, fieldsOf(c, ['limit', 'cursor']));
  const page = await listBatches(runtime.ctx, { limit, after: cursor });
  return ok({ items: page.items, nextCursor: page.nextAfter });
}

async function getOne(runtime: Runtime, c: Context): Promise<Response> {
  await keyWith(runtime, c, 'read');
  return ok(await getBatch(runtime.ctx, idOf(c)));
}

async function getRows(runtime: Runtime, c: Context<AppEnv>): Promise<Response> {
  await keyWith(runtime, c, 'read');
  const batchId = idOf(c);
  const { format, state, limit, cursor } = checked(
    batchRowsQuerySchema,
    fieldsOf(c, ['format', 'state', 'limit', 'cursor']),
  );
  if (format === 'csv') return csvOf(runtime, c, batchId);
  const page = await listBatchRows(runtime.ctx, { batchId, state, limit, after: cursor });
  return ok({ items: page.items, nextCursor: page.nextAfter });
}

async function postUndo(runtime: Runtime, c: Context<AppEnv>): Promise<Response> {
  const actor = await actorWith(runtime, c, 'operate');
  return ok(await undoBatch(runtime.ctx, { id: idOf(c), actor }), 202);
}

async function postCancel(runtime: Runtime, c: Context<AppEnv>): Promise<Response> {
  const actor = await actorWith(runtime, c, 'operate');
  return ok(await cancelBatch(runtime.ctx, { id: idOf(c), actor }), 202);
}

async function getApprovals(runtime: Runtime, c: Context<AppEnv>): Promise<Response> {
  const actor = await actorWith(runtime, c, 'read');
  const { state, limit, cursor } = checked(approvalsQuerySchema, fieldsOf(c, ['state', 'limit', 'cursor']));
  const page = await listApprovals(runtime.ctx, { actor, state, limit, after: cursor });
  // what a person may do is no business of a key's
  const items = page.items.map(({ denied: _denied, ...item }) => item);
  return ok({ items, nextCursor: page.nextAfter });
}

async function csvOf(runtime: Runtime, c: Context<AppEnv>, batchId: string): Promise<Response> {
  const { ctx } = runtime;
  const body = csvStream(await openBatchCsv(ctx, batchId), c.req.raw.signal, async (rows, end, error) => {
    if (error !== undefined)
      ctx.log.error(
        { requestId: c.get('requestId'), batch: batchId, rows, end, error: messageOf(error) },
        'the file of a batch of disputes failed',
      );
  });
  return new Response(body, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8; header=present',
      'Content-Disposition': `attachment; filename="leadline-${batchId}.csv"`,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
