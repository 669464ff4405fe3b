/**
 * A world for one browser test worker, as a process of its own: a practice Regatta, a practice shop, and the built
 * Leadline talking to them. Tells its addresses over IPC; ends with its parent.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createDemoAccess } from '#app/commands/demo/access.ts';
import { startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { seedRegatta } from '#app/practice/seed.ts';
import { startPracticeShop } from '#app/practice/shop/index.ts';

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

const dir = mkdtempSync(path.join(tmpdir(), 'leadline-world-'));
const [port, shopPort] = [await freePort(), await freePort()];
const regatta = await startPracticeRegatta();
const seed = seedRegatta(regatta, { landingUrl: `http://127.0.0.1:${shopPort}/` });
const env = {
  PATH: process.env.PATH ?? '',
  NODE_ENV: 'production' as const,
  PORT: String(port),
  DATA_DIR: dir,
  LEADLINE_PRACTICE: '1',
  LOG_LEVEL: 'error',
  ALLOW_PRIVATE_DESTINATIONS: '127.0.0.1/32',
  REGATTA_API_KEY: seed.apiKey,
  REGATTA_BASE_URL: regatta.baseUrl,
  REQUEST_TIMEOUT_SECONDS: '2',
};
const access = await createDemoAccess(env);
const server = spawn(process.execPath, ['build/server/index.js'], {
  env,
  stdio: ['ignore', 'pipe', 'inherit'],
});
server.once('exit', (code) => process.exit(code ?? 1));
await new Promise<void>((resolve) =>
  server.stdout.on('data', (chunk) => String(chunk).includes('ready on') && resolve()),
);
const url = `http://127.0.0.1:${port}`;
const shop = await startPracticeShop({ port: shopPort, leadlineUrl: url, apiKey: access.ingestKey });

const end = (): void => {
  server.removeAllListeners('exit');
  server.once('exit', () => {
    rmSync(dir, { recursive: true, force: true });
    process.exit(0);
  });
  server.kill('SIGTERM');
};
process.on('disconnect', end);
process.on('SIGTERM', end);
process.send?.({
  url,
  regattaUrl: regatta.url,
  shopUrl: shop.url,
  key: access.ingestKey,
  email: access.email,
  password: access.password,
  regattaKey: seed.apiKey,
  campaigns: seed.campaigns,
  enrollments: seed.enrollments,
});
