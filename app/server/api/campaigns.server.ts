import type { Context, Hono } from 'hono';
import { z } from 'zod';
import type { CampaignView } from '#app/modules/campaigns/campaign-schema.ts';
import {
  activateCampaign,
  getCampaign,
  importCampaign,
  listCampaigns,
  syncCampaign,
} from '#app/modules/campaigns/index.server.ts';
import { campaignSchema, importCampaignSchema } from '#app/modules/campaigns/schema.ts';
import { captureQuery, captureSchemaOut } from '#app/modules/capture/filter-schema.ts';
import { listCaptures } from '#app/modules/capture/index.server.ts';
import { actorOfKey, requireScope, type VerifiedKey } from '#app/modules/operators/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { pageLimit } from '#app/platform/page-query.ts';
import { BODY_MAX, checked, parseJson, readText } from '../body.server.ts';
import type { Runtime } from '../runtime.server.ts';
import { type Operation, pageOf } from './operation.ts';
import { type AppEnv, endpoint } from './routes.server.ts';

const page = {
  limit: pageLimit(),
  cursor: z.string().min(1).max(64).optional().describe('nextCursor of the page before'),
};
const campaignsQuery = z.strictObject({
  ...page,
  network: z.string().min(1).max(64).optional().describe('Name of an account'),
  status: z.string().min(1).max(64).optional().describe("The network's word, e.g. ACTIVE"),
  q: z.string().min(1).max(200).optional().describe("Part of the name or of the network's id"),
});
const capturesQuery = z.strictObject({ ...page, ...captureQuery.shape });
const oneCampaign = (description: string) => ({ description, data: campaignSchema });

/** What GET /openapi.json says of these calls. */
export const campaignsOperations: readonly Operation[] = [
  {
    method: 'get',
    path: '/api/v1/campaigns',
    scope: 'read',
    summary: 'Campaigns, newest first',
    query: campaignsQuery,
    answers: { 200: { description: 'A page of campaigns', data: pageOf(campaignSchema) } },
  },
  {
    method: 'post',
    path: '/api/v1/campaigns',
    scope: 'operate',
    summary: "Import a campaign by the network's id or by a link to its page there",
    body: importCampaignSchema,
    answers: { 201: oneCampaign('Imported'), 200: oneCampaign('Known already; fetched anew') },
  },
  {
    method: 'get',
    path: '/api/v1/campaigns/{id}',
    scope: 'read',
    summary: 'One campaign, by our id or by the network’s',
    answers: { 200: oneCampaign('The campaign') },
  },
  {
    method: 'post',
    path: '/api/v1/campaigns/{id}/sync',
    scope: 'operate',
    summary: 'Fetch a campaign from its network anew',
    answers: { 200: oneCampaign('As the network tells it now') },
  },
  {
    method: 'post',
    path: '/api/v1/campaigns/{id}/activate',
    scope: 'operate',
    summary: 'Ask the network to activate a campaign',
    answers: {
      200: oneCampaign('Active'),
      409: { description: "Refused, in the network's own words" },
      503: { description: 'No answer; safe to repeat' },
    },
  },
  {
    method: 'get',
    path: '/api/v1/captures',
    scope: 'read',
    summary: 'Captured tracking codes, newest first',
    query: capturesQuery,
    answers: { 200: { description: 'A page of captures', data: pageOf(captureSchemaOut) } },
  },
];

const ok = (data: unknown, status = 200): Response => Response.json({ success: true, data }, { status });

async function keyWith(runtime: Runtime, c: Context, scope: 'read' | 'operate'): Promise<VerifiedKey> {
  const key = await runtime.keys.verify(c.req.header('authorization'));
  requireScope(key, scope);
  return key;
}

/** A campaign as the API tells it: what only pages need is left out. */
function told({
  accountId: _,
  networkLabel: __,
  ...campaign
}: CampaignView): z.output<typeof campaignSchema> {
  return campaign;
}

async function getCampaigns(runtime: Runtime, c: Context): Promise<Response> {
  await keyWith(runtime, c, 'read');
  const { cursor, ...query } = checked(campaignsQuery, c.req.query());
  const { items, nextBefore } = await listCampaigns(runtime.ctx, runtime.wiring.campaigns, {
    ...query,
    before: cursor,
  });
  return ok({ items: items.map(told), nextCursor: nextBefore });
}

async function postCampaign(runtime: Runtime, c: Context<AppEnv>): Promise<Response> {
  const actor = actorOfKey(await keyWith(runtime, c, 'operate'), c.get('clientIp'));
  const body = checked(importCampaignSchema, parseJson(await readText(c.req.raw, BODY_MAX)));
  const { id, created } = await importCampaign(runtime.ctx, runtime.wiring.campaigns, { ...body, actor });
  return ok(told(await getCampaign(runtime.ctx, runtime.wiring.campaigns, id)), created ? 201 : 200);
}

async function oneOf(runtime: Runtime, c: Context): Promise<CampaignView> {
  const id = c.req.param('id');
  if (!id) throw new AppError('NOT_FOUND', 'The address names no campaign.');
  return getCampaign(runtime.ctx, runtime.wiring.campaigns, id);
}

async function getOneCampaign(runtime: Runtime, c: Context): Promise<Response> {
  await keyWith(runtime, c, 'read');
  return ok(told(await oneOf(runtime, c)));
}

async function postSync(runtime: Runtime, c: Context): Promise<Response> {
  await keyWith(runtime, c, 'operate');
  const { id } = await oneOf(runtime, c);
  await syncCampaign(runtime.ctx, runtime.wiring.campaigns, { id });
  return ok(told(await oneOf(runtime, c)));
}

async function postActivate(runtime: Runtime, c: Context<AppEnv>): Promise<Response> {
  const actor = actorOfKey(await keyWith(runtime, c, 'operate'), c.get('clientIp'));
  const { id } = await oneOf(runtime, c);
  await activateCampaign(runtime.ctx, runtime.wiring.campaigns, { id, actor });
  return ok(told(await oneOf(runtime, c)));
}

async function getCaptures(runtime: Runtime, c: Context): Promise<Response> {
  await keyWith(runtime, c, 'read');
  const { cursor, network, ...query } = checked(capturesQuery, c.req.query());
  const accountId = network === undefined ? undefined : await runtime.accounts.idByName(network);
  const { items, nextBefore } = await listCaptures(runtime.ctx, { ...query, accountId, before: cursor });
  const names = new Map((await runtime.accounts.all()).map((account) => [account.id, account.name]));
  const shown = items.map(({ accountId: owner, ...item }) => ({
    ...item,
    network: names.get(owner) ?? owner,
  }));
  return ok({ items: shown, nextCursor: nextBefore });
}

/** Campaigns and captures of the HTTP API (CONTRACT.md). */
export function mountCampaignsApi(app: Hono<AppEnv>, runtime: Runtime): void {
  app.get('/api/v1/campaigns', endpoint(runtime, getCampaigns));
  app.post('/api/v1/campaigns', endpoint(runtime, postCampaign));
  app.get('/api/v1/campaigns/:id', endpoint(runtime, getOneCampaign));
  app.post('/api/v1/campaigns/:id/sync', endpoint(runtime, postSync));
  app.post('/api/v1/campaigns/:id/activate', endpoint(runtime, postActivate));
  app.get('/api/v1/captures', endpoint(runtime, getCaptures));
}
