import { type Receiver, startReceiver } from '../setup/alert-kit.ts';
import { expect, test } from './fixtures.ts';

// the second journey goes on where the first has ended
test.describe.configure({ mode: 'serial' });

let receiver: Receiver;
test.beforeAll(async () => {
  receiver = await startReceiver();
});
test.afterAll(() => receiver.stop());

test('from nobody told to a channel that is proven: the test says what the other side answered', async ({
  console: page,
  world,
  axe,
}, info) => {
  const name = `Pager ${info.project.name}`;
  await page.goto(`${world.url}/settings/alerts`);
  await page.getByRole('link', { name: 'Add a channel' }).first().click();
  await expect(page.getByText('Email does not leave yet.')).toBeVisible();
  await page.getByRole('link', { name: 'Webhook', exact: true }).click();
  await expect(page.getByText('Signed JSON to an address of yours.')).toBeVisible();

  // a wrong address is said beside its field
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Address it posts to').fill('not an address');
  await page.getByRole('button', { name: 'Add the channel' }).click();
  await expect(page.getByText('Must be a whole http(s) address').first()).toBeVisible();
  await axe();
  await page.getByLabel('Address it posts to').fill(`${receiver.url}/alerts`);
  await page.getByRole('button', { name: 'Add the channel' }).click();
  await expect(page.getByText(/^alsec_/)).toBeVisible();
  await page.getByRole('link', { name: 'I have it' }).click();
  await expect(page.getByText(`${name} is saved.`)).toBeVisible();

  receiver.answer = { status: 503, body: 'asleep' };
  await page.getByRole('button', { name: `Test ${name}` }).click();
  await expect(page.getByText(`The test did not reach ${name}.`)).toBeVisible();
  await expect(page.getByText('It answered 503: asleep')).toBeVisible();
  receiver.answer = { status: 200, body: 'taken' };
  await page.getByRole('button', { name: `Test ${name}` }).click();
  await expect(page.getByText(`The test reached ${name}.`)).toBeVisible();
  await axe();
});

test('sensible rules with one press; what failed stands in the log and is sent again', async ({
  console: page,
  world,
  axe,
}, info) => {
  const name = `Pager ${info.project.name}`;
  await page.goto(`${world.url}/settings/alerts`);
  // a worker's world serves both projects: in the second the rules are there already
  const sensible = page.getByRole('button', { name: /sensible rules/ });
  if (await sensible.isVisible()) await sensible.click();
  await expect(page.getByRole('row').filter({ hasText: 'New cause' })).toContainText('22:00–07:00');

  await page.getByRole('link', { name: 'Log', exact: true }).click();
  const failed = page.getByRole('row').filter({ hasText: name }).filter({ hasText: 'Failed' });
  await expect(failed).toContainText('503');
  await axe();
  await failed.getByRole('link').first().click();
  await expect(page.getByText('It answered 503: asleep')).toBeVisible();
  const before = receiver.requests.length;
  await page.getByRole('button', { name: 'Send again' }).click();
  await expect.poll(() => receiver.requests.length).toBeGreaterThan(before);
  await expect(page.getByText('Sent —')).toBeVisible();
  await axe();
});

test('a rule that money waits on: the form says what is wrong, and a cause is told', async ({
  console: page,
  world,
  axe,
}, info) => {
  const name = `Money ${info.project.name}`;
  await page.goto(`${world.url}/settings/alerts/channels/new?kind=slack`);
  await page.getByLabel('Name').fill(`#ops ${info.project.name}`);
  await page.getByLabel('Address it posts to').fill(`${receiver.url}/services/T0/B0/${info.project.name}`);
  await page.keyboard.press('Enter');
  await expect(page.getByText(`#ops ${info.project.name} is saved.`)).toBeVisible();

  await page.goto(`${world.url}/settings/alerts/rules/new`);
  await page.getByRole('link', { name: 'New cause' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Only once it holds up at least').fill('100');
  await page.getByRole('button', { name: 'Add the rule' }).click();
  await expect(page.getByText(/needs an amount and its currency/).first()).toBeVisible();
  await axe();
  await page.getByLabel('Only once it holds up at least').fill('');
  await page.getByRole('checkbox', { name: /Urgent/ }).check();
  await page.getByRole('button', { name: 'Add the rule' }).click();
  await expect(page.getByText(`${name} is saved.`)).toBeVisible();

  // a conversion with a code that the network does not know
  await world.api('POST', '/api/v1/conversions', {
    externalId: `order_alert_${info.project.name}`,
    eventType: 'PURCHASE',
    revenueCents: 4900,
    currency: 'USD',
    ref: `nobody${info.project.name}`,
  });
  const told = () =>
    receiver.requests.filter(({ path, body }) => path.startsWith('/services/') && body.includes(name));
  await expect.poll(() => told().length, { timeout: 25_000 }).toBe(1);
  expect(told()[0]?.body).toContain(`${world.url}/issues?open=`);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${world.url}/settings/alerts`);
  await expect(page.getByRole('link', { name }).filter({ visible: true })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await axe();
});
