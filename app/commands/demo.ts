/**
 * `npm run demo`: a Leadline of its own, practice networks beside it, and a month of believable days played into it
 * over HTTP. Every run starts from nothing (the practice networks keep nothing); Ctrl-C stops everything.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { demoEnvironment } from '#app/platform/env.server.ts';
import { startPracticeBilling } from '#app/practice/billing/index.ts';
import { randomSeed } from '#app/practice/random.ts';
import { startPracticeRegatta } from '#app/practice/regatta/index.ts';
import { seedRegatta } from '#app/practice/seed.ts';
import { startPracticeShop } from '#app/practice/shop/index.ts';
import { COLLEAGUES, createDemoAccess } from './demo/access.ts';
import { signIn } from './demo/console.ts';
import { playStory } from './demo/story.ts';

/** The wanted port where it is free, else any free one. */
const portNear = (wanted: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' && wanted !== 0 ? resolve(portNear(0)) : reject(error),
    );
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(address && typeof address === 'object' ? address.port : wanted));
    });
  });

const { dataRoot, port: wantedPort, base } = demoEnvironment();
const dataDir = path.join(dataRoot, 'demo');
rmSync(dataDir, { recursive: true, force: true });

const [port, regattaPort, shopPort, billingPort] = [
  await portNear(wantedPort),
  await portNear(4801),
  await portNear(4802),
  await portNear(4803),
];
const regatta = await startPracticeRegatta({ port: regattaPort, leadSeed: randomSeed() });
const shopUrl = `http://127.0.0.1:${shopPort}`;
// the campaigns are older than the month that is played
regatta.changeClock({ offsetMs: -40 * 86_400_000 });
const seed = seedRegatta(regatta, { landingUrl: `${shopUrl}/`, availableCents: 500_000_00 });
const secretOf = (prefix: string): string => `${prefix}practice_${randomBytes(12).toString('hex')}`;
const secrets = {
  stripe: secretOf('whsec_'),
  shopify: secretOf('shpss_'),
  paddle: secretOf('pdl_ntfset_'),
};
const env = {
  ...base,
  NODE_ENV: 'production' as const,
  PORT: String(port),
  HOST: '127.0.0.1',
  DATA_DIR: dataDir,
  LEADLINE_PRACTICE: '1',
  LOG_LEVEL: 'error',
  ALLOW_PRIVATE_DESTINATIONS: '127.0.0.1/32',
  REGATTA_API_KEY: seed.apiKey,
  REGATTA_BASE_URL: regatta.baseUrl,
  STRIPE_WEBHOOK_SECRET: secrets.stripe,
  SHOPIFY_WEBHOOK_SECRET: secrets.shopify,
  PADDLE_WEBHOOK_SECRET: secrets.paddle,
};
const url = `http://127.0.0.1:${port}`;
const access = await createDemoAccess(env, COLLEAGUES);
const server = spawn(process.execPath, ['build/server/index.js'], {
  env,
  // over the fourth it notices when this process is gone, however it went
  stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
});
process.on('exit', () => server.kill('SIGTERM'));
let stopping = false;
server.once('exit', (code) => {
  if (!stopping) console.error(`Leadline stopped (exit ${code})`);
  process.exit(code ?? 1);
});
await new Promise<void>((resolve) =>
  server.stdout?.on('data', (chunk) => String(chunk).includes('ready on') && resolve()),
);

const billing = await startPracticeBilling({
  port: billingPort,
  endpoints: {
    stripe: { url: `${url}/webhooks/stripe/default`, secret: secrets.stripe },
    shopify: { url: `${url}/webhooks/shopify/default`, secret: secrets.shopify },
    paddle: { url: `${url}/webhooks/paddle/default`, secret: secrets.paddle },
  },
});
const shop = await startPracticeShop({
  port: shopPort,
  leadlineUrl: url,
  apiKey: access.ingestKey,
  billing,
});
const stop = (): void => {
  if (stopping) return;
  stopping = true;
  server.removeAllListeners('exit');
  server.once('exit', () => process.exit(0));
  server.kill('SIGTERM');
  void shop.stop();
  void billing.stop();
  void regatta.stop();
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
process.on('SIGHUP', stop);

console.log('Playing a month of conversions, refunds and failures into it…');
const played = await playStory({
  url,
  key: access.ingestKey,
  regatta,
  billing,
  seed,
  pending: access.pending,
  signIn: (name) => signIn(url, `${name}@fernhill.example`, access.password),
}).catch((error: unknown) => {
  // Ctrl-C in the middle of the story is no failure of it
  if (stopping) return new Promise<never>(() => {});
  // Leadline must not outlive the command that started it
  server.kill('SIGTERM');
  throw error;
});
console.log(`
  Leadline is at    ${url}
  Sign in with      ${access.email}
  Password          ${access.password}  (also for jonas@ finance and priya@ viewer)

  Practice shop     ${shopUrl}/?rgta_ref=${seed.enrollments[0]?.trackingCode}
  Practice Regatta  ${regatta.url}
  Practice billing  ${billing.url}/__practice/billing/payments
  API key           ${access.ingestKey}

  ${played.conversions} conversions, ${played.captures} captures and ${played.refunds} refunds were played in ${(played.ms / 1000).toFixed(1)} s.
  Nothing here reaches a real network. The data is made anew at every start. Ctrl-C stops everything.
`);
