import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createApiKey } from '#app/modules/operators/index.server.ts';
import type { Clock } from '#app/platform/clock.ts';
import { SYSTEM } from '#app/platform/context.server.ts';
import { loadConfig } from '#app/platform/env.server.ts';
import { createLog, type Log } from '#app/platform/log.server.ts';
import { createHttpApp } from '#app/server/http.server.ts';
import { listen } from '#app/server/listen.server.ts';
import { createRuntime, type Runtime } from '#app/server/runtime.server.ts';
import { temporaryDatabase } from '../factories/test-ctx.ts';

/** An answer of the API, loosely: tests look at the parts they name. */
export interface ApiAnswer {
  success: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever shape the call under test answers
  data: any;
  error: { code: string; message: string; details?: { path: string; message: string }[] };
}

export interface TestLeadline {
  url: string;
  runtime: Runtime;
  /** An API key with every scope. */
  key: string;
  /** Calls the API as JSON. */
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; headers: Headers; json: ApiAnswer }>;
  stop(): Promise<void>;
}

/**
 * A whole Leadline without its console, on a free port and a store of its own (on PostgreSQL where the environment
 * names TEST_DATABASE_URL), talking to the network at `regattaBaseUrl`.
 */
export async function startLeadline(options: {
  regattaBaseUrl: string;
  regattaKey: string;
  databaseUrl?: string;
  dataDir?: string;
  env?: Record<string, string>;
  clock?: Clock;
  random?: () => number;
  log?: Log;
}): Promise<TestLeadline> {
  const dir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'leadline-'));
  const own =
    !options.databaseUrl && process.env.TEST_DATABASE_URL
      ? await temporaryDatabase(process.env.TEST_DATABASE_URL)
      : null;
  const databaseUrl = options.databaseUrl ?? own?.url;
  const config = loadConfig({
    PORT: '0',
    DATA_DIR: dir,
    ALLOW_PRIVATE_DESTINATIONS: '127.0.0.0/8',
    REGATTA_API_KEY: options.regattaKey,
    REGATTA_BASE_URL: options.regattaBaseUrl,
    RETRY_SCHEDULE_SECONDS: '1,5,30,300,3600',
    ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
    ...options.env,
  });
  const runtime = await createRuntime(config, {
    log: options.log ?? createLog('silent'),
    ...(options.clock ? { clock: options.clock } : {}),
    random: options.random ?? (() => 0),
  });
  const server = await listen(runtime, createHttpApp(runtime, { build: null, mode: 'production' }));
  const url = `http://127.0.0.1:${server.port}`;
  const { key } = await createApiKey(runtime.ctx, {
    name: 'test',
    scopes: ['ingest', 'read', 'operate'],
    actor: SYSTEM,
  });
  return {
    url,
    runtime,
    key,
    async call(method, route, body, headers = {}) {
      const response = await fetch(url + route, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, json: text ? JSON.parse(text) : null };
    },
    async stop() {
      await server.stop();
      await own?.drop();
      if (!options.dataDir) rmSync(dir, { recursive: true, force: true });
    },
  };
}
