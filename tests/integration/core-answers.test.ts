import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startLeadline, type TestLeadline } from '../setup/leadline.ts';
import { until } from '../setup/wait.ts';

/** A network of a few lines that answers what no honest network would. */
const KEY = 'rgt_live_0123456789abcdef0123456789abcdef';
type Answer = { status: number; body: string; headers?: Record<string, string> };
let network: Server;
let leadline: TestLeadline;
let answer: (request: { externalId: string; authorization: string }) => Answer;

beforeEach(async () => {
  answer = ({ externalId }) => lead(externalId, {});
  network = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const { externalId = '' } = (text ? JSON.parse(text) : {}) as { externalId?: string };
      const { status, body, headers } = answer({
        externalId,
        authorization: request.headers.authorization ?? '',
      });
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
    });
  });
  await new Promise<void>((resolve) => network.listen(0, '127.0.0.1', resolve));
  const regattaBaseUrl = `http://127.0.0.1:${(network.address() as AddressInfo).port}/api/v1`;
  leadline = await startLeadline({ regattaBaseUrl, regattaKey: KEY });
});
afterEach(async () => {
  await leadline.stop();
  network.closeAllConnections();
  network.close();
});

const lead = (externalId: string, fields: Record<string, unknown>): Answer => ({
  status: 201,
  body: JSON.stringify({
    success: true,
    data: {
      id: `lead_${externalId}`,
      status: 'VERIFIED',
      trackingCode: 'M4TSbpS8',
      payoutCents: 1000,
      currency: 'USD',
      campaignId: 'camp_1',
      affiliateId: 'aff_1',
      ...fields,
    },
  }),
});
const db = () => leadline.runtime.ctx.store.prisma;
const report = (externalIds: string[]) =>
  leadline.call('POST', '/api/v1/conversions/batch', {
    conversions: externalIds.map((externalId) => ({ externalId, eventType: 'PURCHASE', ref: 'M4TSbpS8' })),
  });
const rows = async () => new Map((await db().outboxMessage.findMany()).map((row) => [row.externalId, row]));

test('RG-20 RG-23 an answer with characters that a store cannot keep settles its own postback, and none of its neighbours waits for it', async () => {
  const odd: Record<string, (externalId: string) => Answer> = {
    lead_id: (id) => lead(id, { id: 'le\0ad' }),
    code: (id) => lead(id, { trackingCode: 'M4\0' }),
    campaign: (id) => lead(id, { campaignId: 'c\0', currency: 'U\0D' }),
    surrogate: (id) => lead(id, { affiliateId: 'x' }),
    error: () => ({
      status: 400,
      body: JSON.stringify({
        success: false,
        error: { code: 'BAD\0CODE', message: 'no\0 way', details: [{ path: ['a\0'], message: 'b\0' }] },
      }),
    }),
    test: (id) => ({
      status: 200,
      body: JSON.stringify({
        success: true,
        data: {
          test: true,
          campaignId: 'camp_1',
          externalId: id,
          trackingConfirmedAt: '0000-01-01T00:00:00.000Z',
          message: 'm\0',
        },
      }),
    }),
    half: () => ({
      status: 201,
      body: '{"success":true,"data":{"id":"lead_half","affiliateId":"\\ud83d","trackingCode":"\\udc00"}}',
    }),
  };
  answer = ({ externalId }) => odd[externalId]?.(externalId) ?? lead(externalId, {});
  const ids = [...Object.keys(odd), 'plain_1', 'plain_2'];
  await report(ids);
  await until(
    'all settled',
    async () =>
      [...(await rows()).values()].every((row) => row.status !== 'sending' && row.status !== 'queued'),
    8_000,
  );
  const settled = await rows();
  expect([...settled].map(([id, row]) => [id, row.status])).toEqual(
    expect.arrayContaining([
      ['plain_1', 'delivered'],
      ['plain_2', 'delivered'],
      ['lead_id', 'delivered'],
      ['code', 'delivered'],
      ['campaign', 'delivered'],
      ['surrogate', 'delivered'],
      ['half', 'delivered'],
      ['error', 'failed'],
      ['test', 'test'],
    ]),
  );
  expect(await db().attempt.count({ where: { outcome: 'interrupted' } })).toBe(0);
  expect(await db().lead.count()).toBe(7);
  // what came is kept as it came
  const attempt = await db().attempt.findFirst({ where: { messageId: settled.get('code')?.id } });
  expect(attempt?.responseBody).toContain('M4\\u0000');
});

test('RG-09 a network that echoes the key does not bring it into a row, a page or an answer of the API', async () => {
  answer = ({ authorization }) => ({
    status: 401,
    headers: { 'x-debug': authorization, location: `https://elsewhere.example/?key=${KEY}` },
    body: JSON.stringify({
      success: false,
      error: {
        code: 'AUTH_INVALID_KEY',
        message: `The key ${KEY} is unknown`,
        details: [{ path: [KEY], message: authorization }],
      },
    }),
  });
  await report(['echo']);
  const row = await until(
    'refused',
    async () => (await db().outboxMessage.findFirst({ where: { status: 'failed' } })) ?? null,
  );
  expect(row.errorMessage).toContain('The key');
  expect(JSON.stringify(row, (_k, v) => (typeof v === 'bigint' ? String(v) : v))).not.toContain(KEY);
  const { json } = await leadline.call('GET', `/api/v1/postbacks/${row.id}`);
  expect(JSON.stringify(json)).not.toContain(KEY);
  expect(JSON.stringify(await db().attempt.findMany())).not.toContain(KEY);
  const imported = await leadline.call('POST', '/api/v1/campaigns', { networkCampaignId: 'camp_1' });
  expect(JSON.stringify(imported.json)).not.toContain(KEY);
});

test('two test postbacks for one unknown campaign settle though they are answered at once', async () => {
  answer = ({ externalId }) => ({
    status: 200,
    body: JSON.stringify({
      success: true,
      data: {
        test: true,
        campaignId: 'camp_new',
        externalId,
        trackingConfirmedAt: '2026-04-13T10:30:00.000Z',
      },
    }),
  });
  await report(['t1', 't2', 't3']);
  await until(
    'all are tests',
    async () => (await db().outboxMessage.count({ where: { status: 'test' } })) === 3,
  );
  expect(await db().campaign.count()).toBe(1);
});
