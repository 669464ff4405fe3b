import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  codeKey,
  countCaptures,
  getCapture,
  listCaptures,
  listReach,
} from '#app/modules/capture/index.server.ts';
import { type PracticeRegatta, startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { type RegattaSeed, seedRegatta } from '#app/practice/seed.ts';
import { startLeadline, type TestLeadline } from '../setup/leadline.ts';
import { until } from '../setup/wait.ts';

let regatta: PracticeRegatta;
let seed: RegattaSeed;
let leadline: TestLeadline;

beforeEach(async () => {
  regatta = await startPracticeRegatta();
  seed = seedRegatta(regatta);
  leadline = await startLeadline({ regattaBaseUrl: regatta.baseUrl, regattaKey: seed.apiKey });
});
afterEach(async () => {
  await leadline.stop();
  await regatta.stop();
});

const capture = async (body: Record<string, unknown>): Promise<string> =>
  (await leadline.call('POST', '/api/v1/captures', body)).json.data.id;
const list = async (query: string) => (await leadline.call('GET', `/api/v1/captures${query}`)).json.data;
const refs = (page: { items: { ref: string }[] }) => page.items.map((item) => item.ref);

describe('captures', () => {
  test('RG-06 filters compare codes byte for byte', async () => {
    for (const ref of ['AbC12345', 'abc12345', 'AbC12345 ', 'AbCé', 'zz%_']) await capture({ ref });
    expect(refs(await list('?ref=AbC12345'))).toEqual(['AbC12345']);
    expect(refs(await list('?ref=AbC12345%20'))).toEqual(['AbC12345 ']);
    expect(refs(await list('?prefix=AbC'))).toEqual(['AbCé', 'AbC12345 ', 'AbC12345']);
    expect(refs(await list('?prefix=zz%25_'))).toEqual(['zz%_']);
    expect(refs(await list('?prefix=z_'))).toEqual([]);
  });

  test('RG-03 a blocked overwrite is listed with the code that stayed', async () => {
    await capture({ ref: 'first', visitorId: 'v1' });
    await capture({ ref: 'second', visitorId: 'v1', url: 'https://shop.example/x' });
    const { items } = await list('?outcome=overwrite_blocked');
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      ref: 'second',
      keptRef: 'first',
      url: 'https://shop.example/x',
      network: 'regatta',
      source: 'api',
    });
    expect(refs(await list('?outcome=kept&source=api&network=regatta'))).toEqual(['first']);
    expect(refs(await list('?source=browser'))).toEqual([]);
    expect((await leadline.call('GET', '/api/v1/captures?outcome=lost')).status).toBe(400);
    expect((await leadline.call('GET', '/api/v1/captures?network=nobody')).status).toBe(400);
  });

  test('pages go both ways by cursor, and a time range keeps to the time of arrival', async () => {
    for (let n = 1; n <= 5; n += 1) await capture({ ref: `code${n}` });
    const { ctx } = leadline.runtime;
    const first = await listCaptures(ctx, { limit: 2 });
    expect(refs(first)).toEqual(['code5', 'code4']);
    expect(first.nextAfter).toBeNull();
    const second = await listCaptures(ctx, { limit: 2, before: first.nextBefore ?? '' });
    expect(refs(second)).toEqual(['code3', 'code2']);
    const back = await listCaptures(ctx, { limit: 2, after: second.nextAfter ?? '' });
    expect(refs(back)).toEqual(['code5', 'code4']);
    expect(await countCaptures(ctx, { after: second.items[0]?.id })).toEqual({ n: 2, capped: false });
    const past = new Date(ctx.clock.now() - 3_600_000).toISOString();
    expect(await countCaptures(ctx, { from: past })).toEqual({ n: 5, capped: false });
    expect(await countCaptures(ctx, { to: past })).toEqual({ n: 0, capped: false });
  });

  test('RG-06 a capture is followed from the address to the body, for its own visitor only', async () => {
    const ref = seed.enrollments[0]?.trackingCode ?? '';
    const id = await capture({
      ref,
      visitorId: 'v7',
      cookieValue: ref,
      url: `https://shop.example/?rgta_ref=${ref}`,
    });
    const other = await capture({ ref, visitorId: 'v8' });
    await leadline.call('POST', '/api/v1/records', { type: 'order', id: 'o7', ref, visitorId: 'v7' });
    const { json } = await leadline.call('POST', '/api/v1/conversions', {
      externalId: 'o7',
      eventType: 'PURCHASE',
      revenueCents: 4900,
      record: { type: 'order', id: 'o7' },
    });
    const { ctx } = leadline.runtime;
    const field = async () => 'rgta_ref';
    const seen = await until('the body was sent', async () => {
      const found = await getCapture(ctx, field, id);
      return found.trace.postback?.status === 'delivered' ? found : null;
    });
    expect(seen.trace).toMatchObject({
      record: { type: 'order', recordId: 'o7', ref },
      conversion: { id: json.data.id, externalId: 'o7', ref, test: false },
      sentRef: ref,
    });
    expect((await getCapture(ctx, field, other)).trace).toEqual({
      record: null,
      conversion: null,
      postback: null,
      sentRef: null,
    });
    const { accountId } = seen.capture;
    expect(
      await listReach(ctx, [
        { accountId, ref },
        { accountId, ref: 'nobody' },
      ]),
    ).toEqual({
      [codeKey(accountId, ref)]: { record: true, conversions: 1, more: false, postback: 'delivered' },
      [codeKey(accountId, 'nobody')]: { record: false, conversions: 0, more: false, postback: null },
    });
  });
});
