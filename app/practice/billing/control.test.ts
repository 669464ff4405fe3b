import { expect, onTestFinished, test } from 'vitest';
import { startPracticeBilling } from './index.ts';

async function start() {
  const billing = await startPracticeBilling({ now: () => Date.parse('2026-11-20T10:00:00Z') });
  onTestFinished(() => billing.stop());
  return async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${billing.url}/__practice/billing${path}`, {
      method,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    expect(response.headers.get('x-practice-network')).toBe('billing');
    return { status: response.status, body: (await response.json()) as Record<string, never> };
  };
}

test('RG-39 the control calls do what the verbs do, over HTTP', async () => {
  const call = await start();
  const paid = await call('POST', '/payments', {
    source: 'paddle',
    orderId: 'FS-1',
    amountCents: 100,
    tell: false,
  });
  expect(paid).toMatchObject({ status: 200, body: { payment: { orderId: 'FS-1' }, deliveries: [] } });
  expect(await call('POST', '/faults', [{ kind: 'late' }])).toMatchObject({
    body: { faults: [{ kind: 'late' }] },
  });
  expect(await call('POST', '/refunds', { key: 'FS-1' })).toMatchObject({
    status: 200,
    body: { deliveries: [] },
  });
  expect(await call('DELETE', '/faults')).toMatchObject({ body: { faults: [] } });
  expect(await call('GET', '/payments')).toMatchObject({
    body: { payments: [{ refunds: [{ amountCents: 100 }] }] },
  });
  expect(await call('GET', '/deliveries?source=paddle')).toMatchObject({ body: { deliveries: [] } });
  expect(await call('POST', '/clock', { offsetMs: 1_000 })).toMatchObject({
    body: { now: '2026-11-20T10:00:01.000Z' },
  });
});

test.each([
  ['POST', '/payments', { source: 'square' }, 400, 'source'],
  ['POST', '/payments', '{', 400, 'not valid JSON'],
  ['POST', '/refunds', { key: 'nobody' }, 404, 'nobody'],
  ['POST', '/other', { source: 'stripe', type: 'customer.created' }, 409, 'POST /endpoints first'],
  ['POST', '/resend', {}, 400, 'eventId'],
  ['GET', '/nothing', undefined, 404, 'POST /refunds'],
])(
  'RG-39 %s %s %j is refused with %i and what to send instead',
  async (method, path, body, status, words) => {
    const call = await start();
    const answer = await call(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toContain(words);
  },
);
