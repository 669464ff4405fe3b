import { expect, test } from 'vitest';
import { startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { seedRegatta } from '#app/practice/seed.ts';
import { startLeadline } from '../setup/leadline.ts';

interface Document {
  openapi: string;
  paths: Record<
    string,
    Record<string, { security: unknown[]; requestBody?: { content: Record<string, unknown> } }>
  >;
}

test('the OpenAPI document tells every call of the contract, each call it tells exists, and its limits are those that check', async () => {
  const regatta = await startPracticeRegatta();
  const leadline = await startLeadline({
    regattaBaseUrl: regatta.baseUrl,
    regattaKey: seedRegatta(regatta).apiKey,
  });
  const document = (await (await fetch(`${leadline.url}/api/v1/openapi.json`)).json()) as Document;
  expect(document.openapi).toBe('3.1.0');
  const told = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(told).toEqual(
    expect.arrayContaining([
      'POST /api/v1/conversions',
      'POST /api/v1/conversions/batch',
      'POST /api/v1/captures',
      'POST /api/v1/records',
      'POST /api/v1/refunds',
      'POST /api/capture-ref',
      'GET /api/v1/postbacks',
      'GET /api/v1/postbacks/{id}',
      'POST /api/v1/postbacks/{id}/retry',
      'GET /api/v1/leads',
      'GET /api/v1/leads/{id}',
      'POST /api/v1/leads/{id}/dispute',
      'GET /api/v1/campaigns',
      'POST /api/v1/campaigns',
      'POST /api/v1/campaigns/{id}/sync',
      'POST /api/v1/campaigns/{id}/activate',
      'GET /api/v1/refunds',
      'GET /api/v1/captures',
      'GET /api/v1/conversions/{id}',
      'POST /webhooks/{source}/{endpoint}',
    ]),
  );
  for (const call of told) {
    const [method = '', path = ''] = call.split(' ');
    const response = await fetch(leadline.url + path.replace(/\{\w+\}/g, 'x'), { method });
    // without a key each refuses as itself: a call that did not exist would be NOT_FOUND
    const refusal = path === '/api/capture-ref' ? 403 : path.startsWith('/webhooks/') ? 404 : 401;
    expect([call, response.status]).toEqual([call, refusal]);
  }
  const conversion = document.paths['/api/v1/conversions']?.post?.requestBody?.content['application/json'];
  expect(conversion).toMatchObject({
    schema: {
      additionalProperties: false,
      required: expect.arrayContaining(['externalId', 'eventType']),
      properties: {
        externalId: { maxLength: 255 },
        ref: { maxLength: 64 },
        revenueCents: { type: 'integer', minimum: 0 },
      },
    },
  });
  await leadline.stop();
  await regatta.stop();
});
