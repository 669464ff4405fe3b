import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createUser } from '#app/modules/operators/index.server.ts';
import { SYSTEM } from '#app/platform/context.server.ts';
import { type PracticeRegatta, startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { type RegattaSeed, seedRegatta } from '#app/practice/seed.ts';
import { temporaryDatabase } from '../factories/test-ctx.ts';
import { startLeadline } from '../setup/leadline.ts';
import { until } from '../setup/wait.ts';

let regatta: PracticeRegatta;
let seed: RegattaSeed;
beforeEach(async () => {
  regatta = await startPracticeRegatta();
  seed = seedRegatta(regatta);
});
afterEach(() => regatta.stop());
const start = (options: { databaseUrl?: string; env?: Record<string, string> } = {}) =>
  startLeadline({ regattaBaseUrl: regatta.baseUrl, regattaKey: seed.apiKey, ...options });
const ended = (stopping: Promise<void>, ms: number) =>
  Promise.race([stopping.then(() => 'stopped'), sleep(ms, 'still running', { ref: false })]);
const order = (externalId: string) => ({
  externalId,
  eventType: 'PURCHASE',
  revenueCents: 4900,
  ref: seed.enrollments[0]?.trackingCode,
});

test('a busy caller that keeps its connection open does not keep Leadline from stopping', async () => {
  const leadline = await start();
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const url = new URL(leadline.url);
  let calling = true;
  const statuses: number[] = [];
  const one = (n: number): Promise<number> =>
    new Promise((resolve) => {
      const body = JSON.stringify(order(`busy_${n}`));
      const call = httpRequest(
        {
          agent,
          host: url.hostname,
          port: url.port,
          path: '/api/v1/conversions',
          method: 'POST',
          headers: { authorization: `Bearer ${leadline.key}`, 'content-length': Buffer.byteLength(body) },
        },
        (response) => {
          response.resume();
          response.on('end', () => resolve(response.statusCode ?? 0));
          response.on('error', () => resolve(0));
        },
      );
      call.on('error', () => resolve(0));
      call.end(body);
    });
  let n = 0;
  const lanes = Array.from({ length: 4 }, async () => {
    while (calling) {
      const status = await one(++n);
      statuses.push(status);
      if (status === 0) await sleep(20);
    }
  });
  await until('it is busy', () => statuses.length > 50);
  const stopping = leadline.stop();
  const outcome = await ended(stopping, 8_000);
  calling = false;
  await Promise.all(lanes);
  agent.destroy();
  await stopping;
  expect(outcome).toBe('stopped');
});

test('a caller that never ends its request, and live streams old and new, do not keep Leadline from stopping', async () => {
  const leadline = await start();
  await createUser(leadline.runtime.ctx, {
    name: 'Maya',
    email: 'maya@example.com',
    role: 'owner',
    password: 'correct horse battery',
    actor: SYSTEM,
  });
  const signedIn = await fetch(`${leadline.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'maya@example.com', password: 'correct horse battery' }),
  });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ');
  const live = await fetch(`${leadline.url}/live`, { headers: { cookie } });
  expect(live.status).toBe(200);
  const { hostname, port } = new URL(leadline.url);
  const slow = connect(Number(port), hostname);
  slow.on('error', () => {});
  slow.write(
    `POST /api/v1/conversions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${leadline.key}\r\nContent-Length: 100\r\n\r\n{`,
  );
  await sleep(100);
  const stopping = leadline.stop();
  expect(await ended(stopping, 15_000)).toBe('stopped');
  slow.destroy();
});

test('a claim that is under way when it stops: what it took is sent and settled, not left to its lease', async () => {
  const own = process.env.TEST_DATABASE_URL ? await temporaryDatabase(process.env.TEST_DATABASE_URL) : null;
  const leadline = await start(own ? { databaseUrl: own.url } : {});
  const { store } = leadline.runtime.ctx;
  const read = store.query.bind(store);
  const together = store.batch.bind(store);
  let claimed: (() => void) | null = null;
  const taken = new Promise<void>((resolve) => {
    claimed = resolve;
  });
  /** Holds the answer of a claim back, as a store that is busy would. */
  const held = async <T>(sql: string, rows: readonly unknown[] | undefined, answer: T): Promise<T> => {
    if (!sql.includes('"status" = \'sending\', "leaseOwner"') || !rows?.length) return answer;
    claimed?.();
    await sleep(1_500);
    return answer;
  };
  store.query = async <T>(sql: string, ...args: unknown[]) => {
    const rows = await read<T>(sql, ...args);
    return held(sql, rows, rows);
  };
  store.batch = async (statements) => {
    const results = await together(statements);
    return held(statements.at(-1)?.sql ?? '', results.at(-1), results);
  };
  regatta.setFaults([{ kind: '500', route: 'postback', remaining: 1 }]);
  await leadline.call('POST', '/api/v1/conversions', order('late'));
  await taken;
  let left: unknown;
  const close = store.close.bind(store);
  store.close = async () => {
    left = await store.prisma.outboxMessage.findMany({ select: { status: true, attempts: true } });
    await close();
  };
  await leadline.stop();
  expect(left).toEqual([{ status: 'delivered', attempts: 2 }]);
  expect(regatta.ledger({ externalId: 'late' }).tally.leads).toBe(1);
  await own?.drop();
});

test.skipIf(!process.env.TEST_DATABASE_URL)(
  'PostgreSQL that breaks its connections again and again is listened to over one connection, not over more each time',
  async () => {
    const own = await temporaryDatabase(process.env.TEST_DATABASE_URL ?? '');
    const leadline = await start({ databaseUrl: own.url });
    const { store } = leadline.runtime.ctx;
    const listeners = async () =>
      (
        await store.query<{ pid: number }>(
          `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query ~ '^(LISTEN|SELECT pg_notify)'`,
        )
      ).map((row) => row.pid);
    for (let round = 0; round < 3; round++) {
      const before = await until('it listens', async () =>
        (await listeners()).length > 0 ? listeners() : null,
      );
      for (const pid of before) await store.query(`SELECT pg_terminate_backend($1::int)`, pid);
      await until('it listens anew', async () => (await listeners()).some((pid) => !before.includes(pid)));
      await sleep(1_500);
    }
    expect(await listeners()).toHaveLength(1);
    await leadline.stop();
    await own.drop();
  },
);
