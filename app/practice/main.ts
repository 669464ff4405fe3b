import { parseArgs } from 'node:util';
import { startPracticeBilling } from './billing/index.ts';
import { SOURCES } from './billing/types.ts';
import { randomSeed } from './random.ts';
import { startPracticeRegatta } from './regatta/index.ts';
import { seedRegatta } from './seed.ts';
import { startPracticeShop } from './shop/index.ts';

const USAGE = `Runs the practice Regatta, the practice shop and the practice billing by hand.

  node app/practice/main.ts [--regatta-port 4801] [--shop-port 4802] [--billing-port 4803]
    [--leadline-url http://127.0.0.1:3000 --leadline-key ll_…] [--network regatta] [--seed 1]
    [--stripe-secret whsec_…] [--shopify-secret …] [--paddle-secret pdl_ntfset_…]

--seed makes campaigns, codes and keys differ; lead ids differ in every run, because a store that outlives
this process would otherwise meet them again. The shop starts when it knows where Leadline is.
A secret makes that provider send to <leadline-url>/webhooks/<provider>/default; POST
/__practice/billing/endpoints names any other address.`;

function fail(problem: string): never {
  process.stderr.write(`${problem}\n\n${USAGE}\n`);
  process.exit(2);
}

function readNumber(name: string, text: string, max: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= max) return value;
  return fail(`--${name} must be a whole number from 0 to ${max}, not "${text}"`);
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        'regatta-port': { type: 'string', default: '4801' },
        'shop-port': { type: 'string', default: '4802' },
        'billing-port': { type: 'string', default: '4803' },
        'stripe-secret': { type: 'string' },
        'shopify-secret': { type: 'string' },
        'paddle-secret': { type: 'string' },
        'leadline-url': { type: 'string' },
        'leadline-key': { type: 'string' },
        network: { type: 'string', default: 'regatta' },
        seed: { type: 'string', default: '1' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

const options = readOptions();
if (options.help) {
  process.stdout.write(`${USAGE}\n`);
  process.exit(0);
}
const regattaPort = readNumber('regatta-port', options['regatta-port'], 65_535);
const shopPort = readNumber('shop-port', options['shop-port'], 65_535);
const billingPort = readNumber('billing-port', options['billing-port'], 65_535);
const leadlineUrl = options['leadline-url'];
const leadlineKey = options['leadline-key'];
if ((leadlineUrl === undefined) !== (leadlineKey === undefined)) {
  fail('Give --leadline-url and --leadline-key together, or neither.');
}
if (leadlineUrl !== undefined && !URL.canParse(leadlineUrl))
  fail('--leadline-url must be an address like http://127.0.0.1:3000');

const billing = await startPracticeBilling({ port: billingPort });
for (const source of SOURCES) {
  const secret = options[`${source}-secret`];
  if (secret === undefined) continue;
  if (leadlineUrl === undefined) fail(`--${source}-secret needs --leadline-url: where else would it send?`);
  billing.connect({ source, secret, url: new URL(`/webhooks/${source}/default`, leadlineUrl).href });
}

const shop =
  leadlineUrl === undefined || leadlineKey === undefined
    ? null
    : await startPracticeShop({
        port: shopPort,
        leadlineUrl,
        apiKey: leadlineKey,
        network: options.network,
        ...(options['stripe-secret'] === undefined ? {} : { billing }),
      });
const regatta = await startPracticeRegatta({
  port: regattaPort,
  seed: readNumber('seed', options.seed, 4_294_967_295),
  leadSeed: randomSeed(),
});
const seed = seedRegatta(regatta, shop ? { landingUrl: `${shop.url}/` } : {});

const lines = [
  `Practice Regatta  ${regatta.url}  (API ${regatta.baseUrl}, control ${regatta.url}/__practice/state)`,
  `  key             ${seed.apiKey}`,
  ...Object.values(seed.campaigns).map(
    (campaign) => `  ${campaign.name.padEnd(18)}${campaign.id}  test code ${campaign.testTrackingCode}`,
  ),
  shop
    ? `Practice shop     ${shop.url}`
    : 'Practice shop     not started: give --leadline-url and --leadline-key',
  `Practice billing  ${billing.url}/__practice/billing/payments`,
];
if (shop) lines.push(`  try             ${shop.url}/?rgta_ref=${seed.enrollments[0]?.trackingCode}`);
process.stdout.write(`${lines.join('\n')}\nReady. Ctrl-C stops them.\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    Promise.all([regatta.stop(), shop?.stop(), billing.stop()]).then(
      () => process.exit(0),
      (error: unknown) => fail(`Stopping failed: ${String(error)}`),
    );
  });
}
