import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { ServerBuild } from '@remix-run/node';
import { expect, onTestFinished, test } from 'vitest';
import { createHttpApp } from '#app/server/http.server.ts';
import { startLeadline } from '../setup/leadline.ts';

/** A console of one page that does something, so that what stands before pages can be seen without a whole build. */
function buildOf(done: string[]): ServerBuild {
  const action = async ({ request: asked }: { request: Request }) => {
    done.push(await asked.text());
    return { saved: true };
  };
  return {
    mode: 'production',
    entry: { module: { default: () => new Response('page') } },
    routes: { form: { id: 'form', path: 'form', module: { action, default: () => null } } },
    assets: { entry: { imports: [], module: '' }, routes: {}, url: '', version: '1' },
    publicPath: '/',
    assetsBuildDirectory: 'build/client',
    basename: '/',
    future: { v3_singleFetch: true },
    isSpaMode: false,
  } as unknown as ServerBuild;
}

/** Over real HTTP, because `Host` is not for `fetch` to choose. */
function post(port: number, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, path: '/form.data', method: 'POST', headers },
      (answer) => {
        let body = '';
        answer.on('data', (chunk) => {
          body += chunk;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
      },
    );
    asked.on('error', reject);
    asked.end('a=1');
  });
}

test('a form from another address is refused with words; one from LEADLINE_URL passes, whatever host a proxy asks for', async () => {
  const leadline = await startLeadline({
    regattaBaseUrl: 'http://127.0.0.1:9/api/v1',
    regattaKey: 'rgt_live_none',
    env: { LEADLINE_URL: 'https://leadline.example.com' },
  });
  onTestFinished(() => leadline.stop());
  const done: string[] = [];
  const app = createHttpApp(leadline.runtime, { build: buildOf(done), mode: 'production' });
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0, overrideGlobalObjects: false });
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  const refused = await post(port, { ...type, origin: 'https://elsewhere.example', host: 'inside' });
  expect(refused.status).toBe(403);
  expect(refused.body).toContain('sent from another address (https://elsewhere.example)');
  const opaque = await post(port, { ...type, origin: 'null', host: 'inside' });
  expect(opaque.status).toBe(403);
  expect(done).toEqual([]);
  const passed = await post(port, {
    ...type,
    origin: 'https://leadline.example.com',
    host: 'inside:3000',
  });
  expect(passed.status).toBe(200);
  expect(done).toEqual(['a=1']);
});
