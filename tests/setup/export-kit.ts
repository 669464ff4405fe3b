import { Hono } from 'hono';
import { createUser } from '#app/modules/operators/index.server.ts';
import { SYSTEM } from '#app/platform/context.server.ts';
import type { Store } from '#app/platform/db/store.server.ts';
import type { AppEnv } from '#app/server/api/routes.server.ts';
import { mountExports } from '#app/server/export/index.server.ts';
import { errorResponse } from '#app/server/http-errors.server.ts';
import { listen } from '#app/server/listen.server.ts';
import type { Runtime } from '#app/server/runtime.server.ts';

const PASSWORD = 'correct horse battery';

/** A person of Leadline and the cookie of their session. */
export async function signedIn(
  runtime: Runtime,
  url: string,
  person: { email: string; role?: 'owner' | 'ops' | 'finance' | 'viewer' },
): Promise<{ id: string; cookie: string }> {
  const { id } = await createUser(runtime.ctx, {
    email: person.email,
    password: PASSWORD,
    role: person.role ?? 'owner',
    actor: SYSTEM,
  });
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: person.email, password: PASSWORD }),
  });
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';', 1)[0])
    .join('; ');
  if (answer.status !== 200 || cookie === '') throw new Error(`sign-in answered ${answer.status}`);
  return { id, cookie };
}

/** Serves the exports of a runtime that is started elsewhere, on a port of their own. */
export async function serveExports(runtime: Runtime): Promise<{ url: string; stop(): Promise<void> }> {
  const app = new Hono<AppEnv>();
  app.use('*', async (c, next) => {
    c.set('requestId', 'req_test');
    c.set('clientIp', '192.0.2.7');
    await next();
  });
  app.onError((error) => errorResponse(error, runtime.ctx.log, 'req_test'));
  mountExports(app, runtime);
  // the runtime itself is started and stopped by whoever made it
  const still = { ...runtime, start: async () => {}, stop: async () => {} };
  const server = await listen(still, app);
  return { url: `http://127.0.0.1:${server.port}`, stop: () => server.stop() };
}

/** 2026-01-01, the time of the first capture; the others follow a second apart. */
const EPOCH_MS = 1_767_225_600_000;

/**
 * Writes `count` captures in one statement: ids in order, accounts `acc_a` and (each hundredth) `acc_b`, each tenth
 * blocked, each twentieth with a promo code, each fifth from a browser of `acc_a`.
 */
export async function fillCaptures(store: Store, count: number): Promise<void> {
  const sqlite = store.dialect.name === 'sqlite';
  const id = sqlite ? `printf('cap_01KDV%021d', i)` : `'cap_01KDV' || lpad(i::text, 21, '0')`;
  const at = sqlite
    ? `(${EPOCH_MS} + i * 1000)`
    : `(to_timestamp(${EPOCH_MS / 1000}) AT TIME ZONE 'UTC' + i * interval '1 second')`;
  const from = sqlite
    ? `(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count}) SELECT i FROM n)`
    : `generate_series(1, ${count}) AS s(i)`;
  await store.execute(
    `INSERT INTO "Capture" ("id", "accountId", "ref", "promo", "url", "visitorId", "source", "outcome", "keptRef", "capturedAt", "createdAt")
     SELECT ${id}, CASE WHEN i % 100 = 0 THEN 'acc_b' ELSE 'acc_a' END, 'code' || (i % 5000),
       CASE WHEN i % 20 = 0 THEN 'SPRING' || (i % 7) END, 'https://shop.example/p/' || i || '?email=ann%40example.com', 'vis_' || (i % 9000),
       CASE WHEN i % 5 = 1 THEN 'browser' ELSE 'api' END, CASE WHEN i % 10 = 0 THEN 'overwrite_blocked' ELSE 'kept' END,
       CASE WHEN i % 10 = 0 THEN 'first' END, ${at}, ${at} FROM ${from}`,
  );
}
