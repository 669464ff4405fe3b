import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectorById } from '#app/connectors/registry.server.ts';
import { saveAccount } from '#app/modules/campaigns/index.server.ts';
import { startJob } from '#app/modules/triage/index.server.ts';
import { TurnableClock } from '#app/platform/clock.ts';
import { SYSTEM } from '#app/platform/context.server.ts';
import { type PracticeRegatta, startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { type RegattaSeed, seedRegatta } from '#app/practice/seed.ts';
import { temporaryDatabase } from '../factories/test-ctx.ts';
import { type HeldLine, startHeldLine } from '../setup/held-line.ts';
import { startLeadline, type TestLeadline } from '../setup/leadline.ts';
import { until } from '../setup/wait.ts';

const ORDERS = 5_000;
const BATCH = 500;
/** Requests that a worker has under way at once, and so those that may be there when the first refusal is read. */
const UNDER_WAY = 256;
/** The largest window of a release: rows within it may overtake each other. */
const WINDOW = 512;

let regatta: PracticeRegatta;
let seed: RegattaSeed;
let line: HeldLine;
let clock: TurnableClock;
let leadline: TestLeadline;
let dir: string;
let own: Awaited<ReturnType<typeof temporaryDatabase>> | null;

const start = (regattaKey: string): Promise<TestLeadline> =>
  startLeadline({
    regattaBaseUrl: line.baseUrl,
    regattaKey,
    clock,
    dataDir: dir,
    // what stands at the door waits for the test, not for the network
    env: { REQUEST_TIMEOUT_SECONDS: '60' },
    ...(own ? { databaseUrl: own.url } : {}),
  });

beforeEach(async () => {
  regatta = await startPracticeRegatta();
  seed = seedRegatta(regatta, { availableCents: 1e12 });
  regatta.patchCampaign(seed.campaigns.springStarter.id, { budgetCents: 1e12 });
  line = await startHeldLine(regatta.url);
  clock = new TurnableClock();
  dir = mkdtempSync(path.join(tmpdir(), 'leadline-drill-'));
  own = process.env.TEST_DATABASE_URL ? await temporaryDatabase(process.env.TEST_DATABASE_URL) : null;
  leadline = await start(seed.apiKey);
});
afterEach(async () => {
  await leadline.stop();
  await line.close();
  await regatta.stop();
  await own?.drop();
  rmSync(dir, { recursive: true, force: true });
});

const prisma = () => leadline.runtime.ctx.store.prisma;
const countOf = (status: string) => prisma().outboxMessage.count({ where: { status } });
const theBreaker = () => prisma().breaker.findFirstOrThrow();

/** Reports all orders, oldest first, in batches. */
async function report(): Promise<void> {
  const { id } = seed.campaigns.springStarter;
  const ref = seed.enrollments.find((one) => one.campaignId === id)?.trackingCode;
  for (let from = 0; from < ORDERS; from += BATCH) {
    const conversions = Array.from({ length: BATCH }, (_, i) => ({
      externalId: `order_${from + i}`,
      eventType: 'PURCHASE',
      revenueCents: 4900,
      currency: 'USD',
      ref,
    }));
    const { json } = await leadline.call('POST', '/api/v1/conversions/batch', { conversions });
    expect(json.success).toBe(true);
  }
}

/** Replaces the account's key, as somebody does in Settings. */
async function replaceKey(): Promise<string> {
  const { key } = regatta.createKey({ advertiserId: seed.advertiser.id });
  const account = await prisma().networkAccount.findFirstOrThrow();
  await saveAccount(leadline.runtime.ctx, {
    id: account.id,
    account: {
      name: account.name,
      connector: 'regatta',
      baseUrl: account.baseUrl,
      credentials: { apiKey: key },
      retryScheduleSeconds: account.retryScheduleSeconds,
    },
    connector: connectorById('regatta'),
    origin: 'env',
    actor: SYSTEM,
  });
  return key;
}

/** Numbers of the accepted orders in the order in which their attempts began; of those that began together the youngest first. */
async function agesInOrder(): Promise<number[]> {
  const attempts = await prisma().attempt.findMany({
    where: { outcome: 'accepted' },
    select: { startedAt: true, requestBody: true },
  });
  return attempts
    .map(({ startedAt, requestBody }) => {
      const { externalId } = JSON.parse(requestBody ?? '') as { externalId: string };
      return { at: startedAt.getTime(), age: Number(externalId.slice('order_'.length)) };
    })
    .sort((one, other) => one.at - other.at || other.age - one.age)
    .map(({ age }) => age);
}

test(`RG-27 RG-31 the drill: ${ORDERS} conversions arrive while the key is revoked, one probe at a time reaches the network, the rest parks; the key is replaced, one click, a restart: all delivered, none twice, in order of age`, {
  timeout: 300_000,
}, async () => {
  // everything that is under way at once stands at the door when the first refusal comes
  regatta.patchKey(seed.apiKey, { state: 'revoked' });
  line.hold();
  await report();
  await until('all places are taken', () => line.underWay === UNDER_WAY);
  line.letOneGo();
  await until('the gate is closed', () => leadline.runtime.wiring.gate.breakers.length === 1);
  line.open();
  await until('all others park', async () => (await countOf('parked')) === ORDERS - UNDER_WAY, 90_000);
  await until('what was under way is refused', async () => (await countOf('failed')) === UNDER_WAY);
  expect(line.arrivals).toHaveLength(UNDER_WAY);
  expect(await prisma().attempt.count()).toBe(UNDER_WAY);

  // by the timetable one tries, and only one
  const waits = [31_000, 61_000, 301_000];
  for (const [n, ms] of waits.entries()) {
    clock.advance(ms);
    await leadline.runtime.clockwork?.tick();
    await until('the probe is refused', async () => (await theBreaker()).probeMessageId === null);
    expect(await theBreaker()).toMatchObject({ state: 'open', probes: n + 1 });
    expect(line.arrivals.at(-1)).toMatchObject({ externalId: `order_${UNDER_WAY + n}`, together: 1 });
    expect(line.arrivals).toHaveLength(UNDER_WAY + n + 1);
  }
  const refused = line.arrivals.length;
  expect(await countOf('parked')).toBe(ORDERS - refused);
  expect(regatta.ledger().tally).toMatchObject({ requests: refused, leads: 0, refused });

  // the key is replaced, and one click
  const key = await replaceKey();
  const { issueId } = await theBreaker();
  const { jobId, matched } = await startJob(leadline.runtime.ctx, {
    kind: 'retry',
    issueId,
    probe: true,
    actor: { ...SYSTEM, type: 'user', id: 'usr_1', name: 'Ana', role: 'ops' },
  });
  expect(matched).toBe(ORDERS);

  // a restart in the middle
  await until('a good part is out', async () => (await countOf('delivered')) >= ORDERS / 5, 90_000);
  await leadline.stop();
  leadline = await start(key);
  expect(await countOf('delivered'), 'the restart came in the middle').toBeLessThan(ORDERS);
  await until('all are delivered', async () => (await countOf('delivered')) === ORDERS, 120_000);

  // one went first and decided: nothing else came before its answer
  const released = line.arrivals.slice(refused);
  expect(released[0]).toMatchObject({ externalId: 'order_0', together: 1 });
  expect(released[1]?.answeredBefore).toBeGreaterThanOrEqual(refused + 1);
  // none twice, by the network's own books
  expect(released).toHaveLength(ORDERS);
  expect(regatta.ledger({ limit: 0 })).toMatchObject({
    tally: { leads: ORDERS, duplicates: 0 },
    byRoute: { postback: refused + ORDERS },
  });
  for (let n = 0; n < ORDERS; n++) {
    const { leads } = regatta.ledger({ externalId: `order_${n}`, limit: 0 }).tally;
    if (leads !== 1) expect.fail(`order_${n} has ${leads} leads at the network`);
  }
  expect(await prisma().lead.count()).toBe(ORDERS);
  // in order of age: none leaves before one that is older by more than the window. By when each attempt began, not by
  // when it came through the door: opening a connection may take one of them a second, and the rest must not wait for it
  let oldestToCome = Number.POSITIVE_INFINITY;
  for (const age of (await agesInOrder()).toReversed()) {
    oldestToCome = Math.min(oldestToCome, age);
    expect(age - oldestToCome).toBeLessThanOrEqual(WINDOW);
  }
  // and it is known that it worked
  await until('the breaker is closed', async () => (await theBreaker()).state === 'closed');
  const job = await until('the job is done', async () => {
    const row = await prisma().bulkJob.findUniqueOrThrow({ where: { id: jobId } });
    return row.finishedAt ? row : null;
  });
  expect(job).toMatchObject({ state: 'done', succeeded: ORDERS, failed: 0 });
  expect(await prisma().bulkJob.count()).toBe(1);
});
