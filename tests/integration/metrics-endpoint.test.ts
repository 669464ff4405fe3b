import { afterEach, beforeEach, expect, test } from 'vitest';
import { followAttempts, searchBodies } from '#app/modules/metrics/index.server.ts';
import { TurnableClock } from '#app/platform/clock.ts';
import { type PracticeRegatta, startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { type RegattaSeed, seedRegatta } from '#app/practice/seed.ts';
import { startLeadline, type TestLeadline } from '../setup/leadline.ts';
import { until } from '../setup/wait.ts';

let regatta: PracticeRegatta;
let seed: RegattaSeed;
let leadline: TestLeadline;
let clock: TurnableClock;

beforeEach(async () => {
  regatta = await startPracticeRegatta();
  seed = seedRegatta(regatta);
  clock = new TurnableClock();
  leadline = await startLeadline({ regattaBaseUrl: regatta.baseUrl, regattaKey: seed.apiKey, clock });
});
afterEach(async () => {
  await leadline.stop();
  await regatta.stop();
});

const code = () =>
  seed.enrollments.find((e) => e.campaignId === seed.campaigns.springStarter.id)?.trackingCode ?? '';

async function report(externalId: string, ref: string): Promise<string> {
  const { json } = await leadline.call('POST', '/api/v1/conversions', {
    externalId,
    eventType: 'PURCHASE',
    revenueCents: 4900,
    currency: 'USD',
    ref,
    customer: { id: 'cus_77' },
    metadata: { plan: 'Goldfish' },
  });
  const { postbackId } = json.data as { postbackId: string };
  const { prisma } = leadline.runtime.ctx.store;
  await until(`${externalId} settled`, async () =>
    (await prisma.outboxMessage.findUniqueOrThrow({ where: { id: postbackId } })).settledAt ? true : null,
  );
  return postbackId;
}

/** Turns the clock past the follower's distance, and follows. A follower of the process itself may be first. */
async function followed(attempts: number): Promise<void> {
  const { ctx } = leadline.runtime;
  clock.advance(6_000);
  await until(`${attempts} attempts followed`, async () => {
    await followAttempts(ctx);
    return (await ctx.store.prisma.attemptText.count()) === attempts ? true : null;
  });
}

test('what was delivered is counted, timed and searched, and /metrics tells it without codes or secrets', async () => {
  const good = await report('order_1', code());
  await report('order_2', code());
  const bad = await report('order_3', 'NoSuchCode1');
  await followed(3);

  const { ctx } = leadline.runtime;
  expect(await searchBodies(ctx, 'goldfish')).toHaveLength(3);
  expect(await searchBodies(ctx, 'order_1')).toEqual([good]);
  expect(await searchBodies(ctx, 'nosuchcode1')).toEqual([bad]);
  const conversion = await ctx.store.prisma.conversion.findFirstOrThrow({ where: { externalId: 'order_1' } });
  expect(conversion.customerId).toBe('cus_77');

  const response = await fetch(`${leadline.url}/metrics`);
  const text = await response.text();
  expect(response.status).toBe(200);
  for (const line of [
    'leadline_attempts_total{network="regatta",outcome="accepted"} 2',
    'leadline_attempts_total{network="regatta",outcome="rejected"} 1',
    'leadline_first_tries_total{network="regatta",accepted="no"} 1',
    'leadline_time_to_delivered_seconds_bucket{network="regatta",le="+Inf"} 2',
    'leadline_time_to_delivered_seconds_count{network="regatta"} 2',
    'leadline_postbacks{status="failed"} 1',
    'leadline_parked{reason="bad_key"} 0',
    'leadline_outbox_due 0',
    'leadline_jobs_active 0',
  ])
    expect(text.split('\n')).toContain(line);
  expect(text).toMatch(/^leadline_worker_beat_age_seconds \d/m);
  expect(text).toMatch(/^leadline_issues_open \d/m);
  for (const secret of [code(), 'NoSuchCode1', seed.apiKey, leadline.key, 'order_1'])
    expect(text).not.toContain(secret);
});

test('every line of /metrics is in the format of Prometheus, each family told once, buckets rising', async () => {
  await report('order_1', code());
  await followed(1);
  const text = await (await fetch(`${leadline.url}/metrics`)).text();
  const families = [...text.matchAll(/^# TYPE (\S+)/gm)].map((match) => match[1]);
  expect(new Set(families).size).toBe(families.length);
  for (const line of text.split('\n'))
    expect(line).toMatch(/^$|^# (HELP|TYPE) |^[a-z_0-9]+(\{([a-zA-Z_]+="[^"]*",?)*\})? -?([0-9.e+-]+|NaN)$/i);
  const buckets = [...text.matchAll(/delivered_seconds_bucket\{.*\} (\d+)$/gm)].map((match) =>
    Number(match[1]),
  );
  expect(buckets.length).toBeGreaterThan(10);
  expect(buckets).toEqual([...buckets].sort((a, b) => a - b));
});
