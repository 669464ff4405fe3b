import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { REFUND_LIST_PARAMETERS, refundQuerySchema } from '#app/modules/disputes/inbox-schema.ts';
import { listRefunds, openDispute } from '#app/modules/disputes/index.server.ts';
import { reasonSchema } from '#app/modules/disputes/schema.ts';
import { getLead, listLeads } from '#app/modules/leads/index.server.ts';
import { LEAD_LIST_PARAMETERS, leadQuerySchema } from '#app/modules/leads/lead-schema.ts';
import { actorOfKey, requireScope, type VerifiedKey } from '#app/modules/operators/index.server.ts';
import { readDepsOf } from '#app/modules/outbox/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { BODY_MAX, checked, parseJson, readText } from '../body.server.ts';
import type { Runtime } from '../runtime.server.ts';
import { type Operation, pageOf } from './operation.ts';
import { type AppEnv, endpoint } from './routes.server.ts';

const leadAnswer = z.looseObject({
  id: z.string(),
  networkLeadId: z.string(),
  network: z.string(),
  externalId: z.string(),
  trackingCode: z.string().nullable(),
  campaignId: z.string().nullable(),
  affiliateId: z.string().nullable(),
  payoutCents: z.int().nullable(),
  currency: z.string().nullable(),
  status: z.string().nullable(),
  holdState: z.string(),
  holdingPeriodDays: z.int(),
  disputeBy: z.string().nullable(),
  disputedAt: z.string().nullable(),
  disputeReason: z.string().nullable(),
});
const refundAnswer = z.looseObject({
  id: z.string(),
  refundId: z.string(),
  kind: z.string(),
  disposition: z.string(),
  explanation: z.string(),
});
const page = (item: z.ZodType) => pageOf(item);
const disputeBody = z.strictObject({ reason: reasonSchema.shape.reason });

export const leadsOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/v1/leads',
    scope: 'read',
    summary:
      'Leads. With one `holdState` or with `dueBefore` in the order of their deadlines, else newest first. `dueBefore` finds only leads that are still held.',
    query: leadQuerySchema,
    answers: {
      200: {
        description: 'One page; give `nextCursor` back as `cursor` for the next.',
        data: page(leadAnswer),
      },
    },
  },
  {
    method: 'get',
    path: '/api/v1/leads/{id}',
    scope: 'read',
    summary: 'One lead with its refunds, disputes, loss and audit.',
    answers: { 200: { description: 'The lead.', data: leadAnswer }, 404: { description: 'No such lead.' } },
  },
  {
    method: 'post',
    path: '/api/v1/leads/{id}/dispute',
    scope: 'operate',
    summary:
      'Disputes a lead: the reason (1–2000 characters, with the refund or chargeback id) is sent to the network word for word.',
    body: disputeBody,
    answers: {
      202: {
        description:
          'On its way; or, where four eyes are wanted, asked for (`approvalId`): it leaves once a person approves it in the console.',
        data: z.object({
          id: z.string(),
          disputeId: z.string().nullable(),
          leavesAt: z.string().nullable(),
          approvalId: z.string().nullable(),
        }),
      },
      404: { description: 'No such lead.' },
      409: {
        description: 'It cannot be disputed (released, zero days, already disputed); the message says why.',
      },
    },
  },
  {
    method: 'get',
    path: '/api/v1/refunds',
    scope: 'read',
    summary: 'Refunds, chargebacks and fraud reports, newest first, with what happens to each and why.',
    query: refundQuerySchema,
    answers: {
      200: {
        description: 'One page; give `nextCursor` back as `cursor` for the next.',
        data: page(refundAnswer),
      },
    },
  },
];

/** Reading and disputing leads, reading refunds (CONTRACT.md). */
export function mountLeadsApi(app: Hono<AppEnv>, runtime: Runtime): void {
  app.get('/api/v1/leads', endpoint(runtime, getLeads));
  app.get('/api/v1/leads/:id', endpoint(runtime, getOneLead));
  app.post('/api/v1/leads/:id/dispute', endpoint(runtime, postDispute));
  app.get('/api/v1/refunds', endpoint(runtime, getRefunds));
}

const ok = (data: unknown, status = 200): Response => Response.json({ success: true, data }, { status });

async function keyWith(runtime: Runtime, c: Context, scope: 'read' | 'operate'): Promise<VerifiedKey> {
  const key = await runtime.keys.verify(c.req.header('authorization'));
  requireScope(key, scope);
  return key;
}

/** An id from the path, without what no id holds (a NUL would upset the store). */
function leadId(c: Context): string {
  const id = c.req.param('id') ?? '';
  if (/^[\w-]{1,64}$/.test(id)) return id;
  throw new AppError('NOT_FOUND', 'There is no lead with this id.');
}

/** A query string as an object for a schema: lists where `lists` says so, else the last value; empty is absent. */
function queryObject(c: Context, lists: readonly string[]): Record<string, string | string[]> {
  const query = new URL(c.req.url).searchParams;
  const out: Record<string, string | string[]> = {};
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name).filter((value) => value !== '');
    const last = values.at(-1);
    if (last === undefined) continue;
    // a campaign's id could hold a comma; only our own words are split
    out[name] = !lists.includes(name)
      ? last
      : name === 'campaign'
        ? values
        : values.flatMap((value) => value.split(',').filter(Boolean));
  }
  return out;
}

async function getLeads(runtime: Runtime, c: Context): Promise<Response> {
  await keyWith(runtime, c, 'read');
  const { limit, cursor, ...filter } = checked(leadQuerySchema, queryObject(c, LEAD_LIST_PARAMETERS));
  for (const name of filter.network ?? []) await runtime.accounts.idByName(name);
  const found = await listLeads(runtime.ctx, readDepsOf(runtime).connectorFor, {
    filter,
    limit,
    after: cursor,
  });
  return ok({ items: found.items, nextCursor: found.nextAfter });
}

async function getOneLead(runtime: Runtime, c: Context): Promise<Response> {
  await keyWith(runtime, c, 'read');
  return ok(await getLead(runtime.ctx, readDepsOf(runtime).connectorFor, leadId(c)));
}

async function postDispute(runtime: Runtime, c: Context): Promise<Response> {
  const key = await keyWith(runtime, c, 'operate');
  const { reason } = checked(disputeBody, parseJson(await readText(c.req.raw, BODY_MAX)));
  const id = leadId(c);
  const opened = await openDispute(runtime.ctx, runtime.wiring.disputes, {
    leadId: id,
    reason,
    delayMs: 0,
    actor: actorOfKey(key, c.get('clientIp')),
  });
  const { messageId, leavesAt, approvalId } = opened;
  return ok({ id, disputeId: messageId, leavesAt: leavesAt?.toISOString() ?? null, approvalId }, 202);
}

async function getRefunds(runtime: Runtime, c: Context): Promise<Response> {
  await keyWith(runtime, c, 'read');
  const { limit, cursor, ...filter } = checked(refundQuerySchema, queryObject(c, REFUND_LIST_PARAMETERS));
  const found = await listRefunds(runtime.ctx, { filter, limit, after: cursor });
  return ok({ items: found.items, nextCursor: found.nextAfter });
}
