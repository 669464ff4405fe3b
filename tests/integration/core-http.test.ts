import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PracticeRegatta, startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { type RegattaSeed, seedRegatta } from '#app/practice/seed.ts';
import { startLeadline, type TestLeadline } from '../setup/leadline.ts';

let regatta: PracticeRegatta;
let seed: RegattaSeed;
let leadline: TestLeadline;
let number = 0;
beforeAll(async () => {
  regatta = await startPracticeRegatta();
  seed = seedRegatta(regatta);
  leadline = await startLeadline({
    regattaBaseUrl: regatta.baseUrl,
    regattaKey: seed.apiKey,
    env: { CAPTURE_ORIGINS: 'https://shop.example' },
  });
});
afterAll(async () => {
  await leadline.stop();
  await regatta.stop();
});

const db = () => leadline.runtime.ctx.store.prisma;
const conversion = (fields: Record<string, unknown> = {}) => ({
  externalId: `order_${++number}`,
  eventType: 'PURCHASE',
  ref: 'M4TSbpS8',
  ...fields,
});
const raw = (path: string, body: Uint8Array | string, headers: Record<string, string> = {}) =>
  fetch(leadline.url + path, {
    method: 'POST',
    body: body as BodyInit,
    headers: { authorization: `Bearer ${leadline.key}`, 'content-type': 'application/json', ...headers },
  });

describe('bodies', () => {
  const bytes = (ref: Buffer) =>
    Buffer.concat([
      Buffer.from(`{"externalId":"order_${++number}","eventType":"PURCHASE","ref":"`),
      ref,
      Buffer.from('"}'),
    ]);

  test('RG-06 bytes that are not UTF-8 are refused: read loosely they would change a tracking code', async () => {
    const before = await db().conversion.count();
    for (const body of [
      bytes(Buffer.from([0x4d, 0xff, 0x34])),
      bytes(Buffer.from([0xc3])),
      bytes(Buffer.from([0xed, 0xa0, 0xbd])),
    ]) {
      const answer = await raw('/api/v1/conversions', body);
      expect([
        answer.status,
        ((await answer.json()) as { error: { code: string; message: string } }).error.code,
      ]).toEqual([400, 'VALIDATION_ERROR']);
    }
    expect(await db().conversion.count()).toBe(before);
  });

  test('the same without a declared length', async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(bytes(Buffer.from([0xff])));
        controller.close();
      },
    });
    const options = {
      method: 'POST',
      body,
      duplex: 'half',
      headers: { authorization: `Bearer ${leadline.key}` },
    } as RequestInit;
    expect((await fetch(`${leadline.url}/api/v1/conversions`, options)).status).toBe(400);
  });

  test('a replacement character that was really sent, and a byte order mark, are fine', async () => {
    const answer = await raw(
      '/api/v1/conversions',
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes(Buffer.from('a\ufffdb'))]),
    );
    expect(answer.status).toBe(202);
    const { data } = (await answer.json()) as { data: { id: string } };
    expect((await db().conversion.findUnique({ where: { id: data.id } }))?.ref).toBe('a\ufffdb');
  });

  test("metadata nested too deep to write again is the caller's fault, not ours", async () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const answer = await raw(
      '/api/v1/conversions',
      `{"externalId":"deep","eventType":"PURCHASE","ref":"x","metadata":{"x":${deep}}}`,
    );
    expect([answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([
      400,
      'VALIDATION_ERROR',
    ]);
    const body = JSON.stringify({ conversions: [conversion()] }).replace(
      '"PURCHASE"',
      `"PURCHASE","metadata":{"x":${deep}}`,
    );
    const batch = (await (await raw('/api/v1/conversions/batch', body)).json()) as {
      data: { status: number }[];
    };
    expect(batch.data[0]?.status).toBe(400);
  });

  test.each(['0000-01-01T00:00:00Z', '9999-12-31T23:59:59-14:00'])(
    'a time that no calendar here can keep is refused: %s',
    async (occurredAt) => {
      expect(
        (await leadline.call('POST', '/api/v1/conversions', conversion({ occurredAt }))).json.error?.code,
      ).toBe('VALIDATION_ERROR');
      expect(
        (await leadline.call('POST', '/api/v1/captures', { ref: 'M4TSbpS8', capturedAt: occurredAt })).json
          .error?.code,
      ).toBe('VALIDATION_ERROR');
      const refund = { refundId: `re_${++number}`, externalId: 'x', kind: 'refund', occurredAt };
      expect((await leadline.call('POST', '/api/v1/refunds', refund)).json.error?.code).toBe(
        'VALIDATION_ERROR',
      );
    },
  );

  test('metadata keeps a key named __proto__', async () => {
    const answer = await raw(
      '/api/v1/conversions',
      `{"externalId":"proto","eventType":"PURCHASE","ref":"x","metadata":{"__proto__":{"a":1},"b":2}}`,
    );
    // either kept whole or refused, but never dropped in silence
    if (answer.status === 202)
      expect((await db().conversion.findFirst({ where: { externalId: 'proto' } }))?.metadata).toContain(
        '__proto__',
      );
    else expect(answer.status).toBe(400);
  });

  test('an endless body to the sign-in is cut off', async () => {
    const status = await new Promise<number>((resolve, reject) => {
      const url = new URL(`${leadline.url}/api/auth/sign-in/email`);
      const call = httpRequest(
        {
          host: url.hostname,
          port: url.port,
          path: url.pathname,
          method: 'POST',
          headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
        },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
          call.destroy();
        },
      );
      const chunk = Buffer.alloc(64 * 1024, 0x20);
      let sent = 0;
      const more = (): void => {
        if (call.destroyed) return;
        // as long as the other side reads: 64 MB would be plenty
        if (sent > 64 * 1024 * 1024) return void call.end();
        sent += chunk.length;
        call.write(chunk, () => setImmediate(more));
      };
      call.on('error', (error: NodeJS.ErrnoException) =>
        error.code === 'EPIPE' || error.code === 'ECONNRESET' ? resolve(413) : reject(error),
      );
      more();
    });
    expect(status).toBe(413);
  });
});

describe('characters that PostgreSQL cannot keep', () => {
  test("a NUL in an address is the caller's fault", async () => {
    for (const path of [
      '/api/v1/campaigns?q=%00',
      '/api/v1/campaigns?cursor=%00',
      '/api/v1/campaigns/%00',
      '/api/v1/captures?ref=%00',
      '/api/v1/postbacks?q=%00',
      '/api/v1/postbacks?cursor=%00',
      '/api/v1/conversions/%00',
    ]) {
      const { status } = await leadline.call('GET', path);
      expect([path, status >= 400 && status < 500]).toEqual([path, true]);
    }
  });

  test('RG-03 a cookie that holds a NUL, or is cut inside an emoji, does not take other captures down with it', async () => {
    const call = (cookie: string) =>
      fetch(`${leadline.url}/api/capture-ref`, {
        method: 'POST',
        headers: { origin: 'https://shop.example', cookie, 'content-type': 'application/json' },
        body: JSON.stringify({ rgta_ref: 'M4TSbpS8' }),
      });
    const long = encodeURIComponent(`${'x'.repeat(254)}🙂`);
    const answers = await Promise.all([
      call('rgta_ref=%00'),
      call(`rgta_ref=${long}`),
      call(''),
      call('rgta_ref=%ED%A0%BD'),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual([204, 204, 204, 204]);
  });
});

test('503 says when to come back', async () => {
  regatta.setFaults([{ kind: '500', route: 'campaign' }]);
  const { status, headers, json } = await leadline.call('POST', '/api/v1/campaigns', {
    networkCampaignId: seed.campaigns.springStarter.id,
  });
  regatta.setFaults([]);
  expect([status, json.error.code]).toEqual([503, 'UNAVAILABLE']);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
});
