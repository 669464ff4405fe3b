import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { actorOfKey, requireScope, type VerifiedKey } from '#app/modules/operators/index.server.ts';
import type { BreakerView } from '#app/modules/triage/breaker-schema.ts';
import { getBreaker, listBreakers, pause, probeNow, resume } from '#app/modules/triage/index.server.ts';
import { BREAKER_REASONS, BREAKER_STATES } from '#app/modules/triage/schema.ts';
import { AppError } from '#app/platform/errors.ts';
import { BODY_MAX, checked, parseJson, readText } from '../body.server.ts';
import type { Runtime } from '../runtime.server.ts';
import type { Operation } from './operation.ts';
import { type AppEnv, endpoint } from './routes.server.ts';

const listQuery = z.strictObject({
  network: z.string().min(1).max(64).optional().describe('Name of an account'),
  campaignId: z.string().min(1).max(64).optional().describe("The network's id of a campaign"),
  all: z.enum(['true', 'false']).default('false').describe('true: closed ones too; the newest 200'),
});
const pauseBody = z.strictObject({
  network: z.string('network is missing: the name of an account').min(1).max(64),
  campaignId: z.string().min(1).max(64).optional().describe("The network's id; the whole account without it"),
  note: z.string().max(500, 'note is at most 500 characters').optional(),
});
const breakerAnswer = z.object({
  id: z.string(),
  network: z.string(),
  scope: z.enum(['account', 'campaign']),
  networkCampaignId: z.string().nullable(),
  campaignName: z.string().nullable(),
  reason: z.enum(BREAKER_REASONS),
  state: z.enum(BREAKER_STATES),
  issueId: z.string(),
  parked: z.int().describe('Counted up to 1,001'),
  probes: z.int(),
  probeMessageId: z.string().nullable(),
  nextProbeAt: z.string().nullable(),
  openedBy: z.string().nullable(),
  note: z.string().nullable(),
  openedAt: z.string(),
  closedAt: z.string().nullable(),
});
const missing = { description: 'No such breaker.' };
const conflict = { description: 'Not possible now; the message says why and what to do.' };

/** What GET /openapi.json says of these calls. */
export const breakersOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/v1/breakers',
    scope: 'read',
    summary: 'What holds postbacks back now: refusals that all would get, and pauses by hand',
    query: listQuery,
    answers: { 200: { description: 'Newest first', data: z.object({ items: z.array(breakerAnswer) }) } },
  },
  {
    method: 'post',
    path: '/api/v1/breakers',
    scope: 'operate',
    summary: 'Pause an account or one of its campaigns: what would be sent waits, in order',
    body: pauseBody,
    answers: {
      201: { description: 'Paused', data: breakerAnswer },
      404: { description: 'The account has no such campaign.' },
      409: { description: 'Paused already.' },
    },
  },
  {
    method: 'post',
    path: '/api/v1/breakers/{id}/probe',
    scope: 'operate',
    summary: 'Let one postback that waits try now; its answer decides whether the rest goes',
    answers: {
      202: { description: 'It is due now', data: z.object({ messageId: z.string() }) },
      404: missing,
      409: conflict,
    },
  },
  {
    method: 'post',
    path: '/api/v1/breakers/{id}/resume',
    scope: 'operate',
    summary: 'End a pause, or let what waits go without a probe: oldest first, paced',
    answers: { 202: { description: 'On its way', data: breakerAnswer }, 404: missing, 409: conflict },
  },
];

const ok = (data: unknown, status = 200): Response => Response.json({ success: true, data }, { status });

async function keyWith(runtime: Runtime, c: Context, scope: 'read' | 'operate'): Promise<VerifiedKey> {
  const key = await runtime.keys.verify(c.req.header('authorization'));
  requireScope(key, scope);
  return key;
}

/** A breaker as the API tells it: our id of the account stays inside. */
const told = ({ accountId: _, ...breaker }: BreakerView): z.output<typeof breakerAnswer> => breaker;

async function oneOf(runtime: Runtime, id: string): Promise<BreakerView> {
  const found = /^[\w-]{1,64}$/.test(id) ? await getBreaker(runtime.ctx, id) : null;
  if (!found) throw new AppError('NOT_FOUND', 'There is no breaker with this id.');
  return found;
}

async function getList(runtime: Runtime, c: Context): Promise<Response> {
  await keyWith(runtime, c, 'read');
  const { network, campaignId, all } = checked(listQuery, c.req.query());
  const accountId = network === undefined ? undefined : await runtime.accounts.idByName(network);
  const items = await listBreakers(runtime.ctx, {
    open: all === 'false',
    accountId,
    networkCampaignId: campaignId,
  });
  return ok({ items: items.map(told) });
}

async function postPause(runtime: Runtime, c: Context<AppEnv>): Promise<Response> {
  const actor = actorOfKey(await keyWith(runtime, c, 'operate'), c.get('clientIp'));
  const { network, campaignId, note } = checked(pauseBody, parseJson(await readText(c.req.raw, BODY_MAX)));
  const accountId = await runtime.accounts.idByName(network);
  const { breakerId } = await pause(runtime.ctx, { accountId, networkCampaignId: campaignId, note, actor });
  return ok(told(await oneOf(runtime, breakerId)), 201);
}

async function postProbe(runtime: Runtime, c: Context<AppEnv>): Promise<Response> {
  const actor = actorOfKey(await keyWith(runtime, c, 'operate'), c.get('clientIp'));
  const { id: breakerId } = await oneOf(runtime, c.req.param('id') ?? '');
  return ok(await probeNow(runtime.ctx, { breakerId, actor }), 202);
}

async function postResume(runtime: Runtime, c: Context<AppEnv>): Promise<Response> {
  const actor = actorOfKey(await keyWith(runtime, c, 'operate'), c.get('clientIp'));
  const { id: breakerId } = await oneOf(runtime, c.req.param('id') ?? '');
  await resume(runtime.ctx, { breakerId, actor });
  return ok(told(await oneOf(runtime, breakerId)), 202);
}

/** What holds postbacks back, and pauses by hand. */
export function mountBreakersApi(app: Hono<AppEnv>, runtime: Runtime): void {
  app.get('/api/v1/breakers', endpoint(runtime, getList));
  app.post('/api/v1/breakers', endpoint(runtime, postPause));
  app.post('/api/v1/breakers/:id/probe', endpoint(runtime, postProbe));
  app.post('/api/v1/breakers/:id/resume', endpoint(runtime, postResume));
}
