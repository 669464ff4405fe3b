import type { Hono } from 'hono';
import { recordAudit } from '#app/modules/audit/index.server.ts';
import { requireUser } from '#app/modules/operators/index.server.ts';
import type { Actor } from '#app/platform/context.server.ts';
import { AppError, messageOf } from '#app/platform/errors.ts';
import { withoutPlace } from '#app/platform/list-query.ts';
import { readZone } from '#app/ui/preferences.ts';
import type { AppEnv } from '../api/routes.server.ts';
import type { Runtime } from '../runtime.server.ts';
import { approvals } from './approvals.server.ts';
import { audit } from './audit.server.ts';
import { batches, jobs } from './bulk.server.ts';
import { campaigns } from './campaigns.server.ts';
import { alertDeliveries, webhookEvents } from './deliveries.server.ts';
import { delivery } from './delivery.server.ts';
import { issues } from './issues.server.ts';
import { leads } from './leads.server.ts';
import { postbacks } from './postbacks.server.ts';
import { reconcile } from './reconcile.server.ts';
import { refs } from './refs.server.ts';
import { losses, refunds } from './refunds.server.ts';
import { expected, payouts, refundRate } from './reports.server.ts';
import { batchRows, jobRows } from './run-rows.server.ts';
import { csvStream } from './stream.server.ts';
import type { OpenTable } from './table.ts';

/** Lists that can be exported, by their address in the console. */
const TABLES: Readonly<Record<string, OpenTable>> = {
  postbacks,
  issues,
  refs,
  leads,
  refunds,
  losses,
  reconcile,
  payouts,
  'refund-rate': refundRate,
  expected,
  audit,
  approvals,
  campaigns,
  jobs,
  'job-rows': jobRows,
  batches,
  'batch-rows': batchRows,
  'alert-deliveries': alertDeliveries,
  'webhook-events': webhookEvents,
  delivery,
};

/** The table of a file's name. Throws NOT_FOUND with those that there are. */
function tableOf(file: string): { name: string; table: OpenTable } {
  const name = /^([a-z]+(?:-[a-z]+)*)\.csv$/.exec(file)?.[1] ?? '';
  const table = Object.hasOwn(TABLES, name) ? TABLES[name] : undefined;
  if (table) return { name, table };
  throw new AppError(
    'NOT_FOUND',
    `There is no export ${file}. There are: ${Object.keys(TABLES).join(', ')}, each with .csv.`,
  );
}

/** Starts to read a list as its export does. Throws NOT_FOUND for one that has none. */
export const openTable: (
  runtime: Runtime,
  list: string,
  query: URLSearchParams,
  zone: string,
) => ReturnType<OpenTable> = (runtime, list, query, zone) =>
  tableOf(`${list}.csv`).table(runtime, query, zone);

/** Exports under way at once: each reads the store as fast as its reader takes it. */
const AT_ONCE = 4;
const QUERY_MAX = 2_000;

/**
 * GET /export/<table>.csv?<the list's own query>: everything that the list finds, for people who are signed in, as a
 * CSV file (RFC 4180, UTF-8, formulas defused, times in the reader's zone).
 */
export function mountExports(app: Hono<AppEnv>, runtime: Runtime): void {
  let underWay = 0;
  app.get('/export/:file', async (c) => {
    const request = c.req.raw;
    const clientIp = c.get('clientIp');
    const reader = await readerOf(request, runtime, clientIp);
    if (reader instanceof Response) return reader;
    const { name, table } = tableOf(c.req.param('file'));
    const query = withoutPlace(new URL(request.url).searchParams);
    if (query.toString().length > QUERY_MAX)
      throw new AppError('VALIDATION_ERROR', 'These filters are too long for an export. Drop some values.');
    // nobody would read the rows: they would hold their place for ever
    if (request.method === 'HEAD')
      return new Response(null, { headers: headersOf(name, runtime.ctx.clock.now()) });
    if (underWay >= AT_ONCE)
      throw new AppError(
        'RATE_LIMITED',
        `${AT_ONCE} exports are under way, which is the most at once. Try again when one has ended.`,
        { retryAfterSeconds: 30 },
      );
    underWay += 1;
    try {
      const source = await table(runtime, query, readZone(request.headers.get('cookie')));
      const started = runtime.ctx.clock.now();
      const body = csvStream(source, request.signal, async (rows, end, error) => {
        underWay -= 1;
        if (error !== undefined)
          runtime.ctx.log.error(
            { requestId: c.get('requestId'), error: messageOf(error) },
            'an export failed',
          );
        await note(runtime, reader, { table: name, filter: query.toString(), rows, end });
      });
      return new Response(body, { headers: headersOf(name, started) });
    } catch (error) {
      underWay -= 1;
      throw error;
    }
  });
}

/** Who asks, or the way to sign in. */
async function readerOf(
  request: Request,
  runtime: Runtime,
  clientIp: string | null,
): Promise<Actor | Response> {
  try {
    return (await requireUser(request, { ctx: runtime.ctx, auth: runtime.auth, clientIp })).actor;
  } catch (thrown) {
    if (thrown instanceof Response) return thrown;
    throw thrown;
  }
}

function headersOf(name: string, now: number): Record<string, string> {
  const day = new Date(now).toISOString().slice(0, 10);
  return {
    'Content-Type': 'text/csv; charset=utf-8; header=present',
    'Content-Disposition': `attachment; filename="leadline-${name}-${day}.csv"`,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  };
}

/** The note in the audit: who took what, and how much of it. */
async function note(
  { ctx }: Runtime,
  actor: Actor,
  detail: { table: string; filter: string; rows: number; end: string },
): Promise<void> {
  try {
    await recordAudit(ctx.store, ctx, {
      actor,
      action: 'table_exported',
      subjectType: 'table',
      subjectId: detail.table,
      detail,
    });
  } catch (error) {
    ctx.log.error({ ...detail, error: messageOf(error) }, 'an export could not be written to the audit');
    throw error;
  }
}
