import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApiKey } from '#app/modules/operators/index.server.ts';
import { retryMessage } from '#app/modules/outbox/index.server.ts';
import { SYSTEM } from '#app/platform/context.server.ts';
import { seededRandom } from '#app/practice/random.ts';
import { type PracticeRegatta, startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { seedRegatta } from '#app/practice/seed.ts';
import { TEST_SECRET, temporaryDatabase } from '../factories/test-ctx.ts';
import { openHandle } from '../setup/handle.ts';
import { type LeadlineProcess, spawnLeadline } from '../setup/spawn-leadline.ts';
import { until } from '../setup/wait.ts';

const KILLS = 20;
let regatta: PracticeRegatta;
let dir: string;
let own: Awaited<ReturnType<typeof temporaryDatabase>> | null;
beforeEach(async () => {
  regatta = await startPracticeRegatta();
  dir = mkdtempSync(path.join(tmpdir(), 'leadline-kill-'));
  own = process.env.TEST_DATABASE_URL ? await temporaryDatabase(process.env.TEST_DATABASE_URL) : null;
});
afterEach(async () => {
  await regatta.stop();
  await own?.drop();
  rmSync(dir, { recursive: true, force: true });
});

test(`killed ${KILLS} times while conversions stream in and the network fails half of the time: every acknowledged conversion is delivered exactly once`, {
  timeout: 240_000,
}, async () => {
  const seed = seedRegatta(regatta, { availableCents: 1e12 });
  regatta.patchCampaign(seed.campaigns.springStarter.id, { budgetCents: 1e12 });
  const code = seed.enrollments.find((e) => e.campaignId === seed.campaigns.springStarter.id)?.trackingCode;
  const databaseUrl = own?.url ?? `file:${path.join(dir, 'leadline.db')}`;
  const env = {
    DATA_DIR: dir,
    DATABASE_URL: databaseUrl,
    LEADLINE_SECRET: TEST_SECRET,
    ALLOW_PRIVATE_DESTINATIONS: '127.0.0.1/32',
    REGATTA_API_KEY: seed.apiKey,
    REGATTA_BASE_URL: regatta.baseUrl,
    RETRY_SCHEDULE_SECONDS: '0,0,1,1,1',
    REQUEST_TIMEOUT_SECONDS: '1',
  };
  const ctx = await openHandle(databaseUrl);
  const { key } = await createApiKey(ctx, { name: 'kill', scopes: ['ingest'], actor: SYSTEM });
  regatta.setFaults([
    { kind: '500', route: 'postback', probability: 0.2 },
    { kind: 'reset_after_work', route: 'postback', probability: 0.2 },
    { kind: 'reset_before_work', route: 'postback', probability: 0.1 },
  ]);

  let leadline: LeadlineProcess = await spawnLeadline(env);
  let streaming = true;
  const acknowledged = new Set<string>();
  const sent = new Set<string>();
  const stream = async (lane: number): Promise<void> => {
    for (let n = 0; streaming; n++) {
      const externalId = `order_${lane}_${n}`;
      sent.add(externalId);
      const body = JSON.stringify({ externalId, eventType: 'PURCHASE', revenueCents: 4900, ref: code });
      const status = await fetch(`${leadline.url}/api/v1/conversions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body,
      })
        .then((response) => response.status)
        .catch(() => 0);
      if (status === 202) acknowledged.add(externalId);
      else await sleep(20);
      await sleep(4);
    }
  };
  const lanes = Array.from({ length: 6 }, (_, lane) => stream(lane));
  const random = seededRandom(20);
  for (let kill = 0; kill < KILLS; kill++) {
    const before = acknowledged.size;
    await until('some conversions are acknowledged', () => acknowledged.size >= before + 15);
    await sleep(random.next() * 150);
    await leadline.kill();
    leadline = await spawnLeadline(env);
  }
  streaming = false;
  await Promise.all(lanes);
  regatta.setFaults([]);

  // what used its ladder up is driven again, as a person would
  const moving = { in: ['queued', 'sending', 'retrying'] };
  await until(
    'everything has come to rest',
    async () => (await ctx.store.prisma.outboxMessage.count({ where: { status: moving } })) === 0,
    90_000,
  );
  for (const { id } of await ctx.store.prisma.outboxMessage.findMany({ where: { status: 'exhausted' } }))
    await retryMessage(ctx, { id, actor: SYSTEM });
  await until(
    'the rest is delivered',
    async () =>
      (await ctx.store.prisma.outboxMessage.count({
        where: { status: { notIn: ['delivered', 'duplicate'] } },
      })) === 0,
    60_000,
  );
  expect(await leadline.stop()).toBe(0);

  expect(acknowledged.size).toBeGreaterThanOrEqual(15 * KILLS);
  const messages = await ctx.store.prisma.outboxMessage.findMany({ select: { id: true, externalId: true } });
  const rows = await ctx.store.prisma.attempt.groupBy({ by: ['messageId'], _count: true });
  const interrupted = await ctx.store.prisma.attempt.count({ where: { outcome: 'interrupted' } });
  const attemptsOf = new Map(rows.map((row) => [row.messageId, row._count]));
  const known = new Set(messages.map((m) => m.externalId));
  const problems: string[] = [];
  for (const externalId of acknowledged)
    if (!known.has(externalId)) problems.push(`${externalId} was acknowledged and lost`);
  for (const { id, externalId } of messages) {
    const { leads, requests } = regatta.ledger({ externalId }).tally;
    if (leads !== 1) problems.push(`${externalId} has ${leads} leads at the network`);
    if (requests > (attemptsOf.get(id) ?? 0))
      problems.push(
        `${externalId}: ${requests} requests reached the network, ${attemptsOf.get(id)} attempts are on record`,
      );
  }
  for (const externalId of sent)
    if (regatta.ledger({ externalId }).tally.leads > 1) problems.push(`${externalId} was paid twice`);
  expect(problems).toEqual([]);
  expect(interrupted, 'kills that hit an attempt are visible as such').toBeGreaterThan(0);
  await ctx.store.close();
});
