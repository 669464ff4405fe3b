import type { Page } from 'playwright/test';
import { createBilling } from '../../app/practice/billing/index.ts';
import { expect, test, type World } from './fixtures.ts';

test('sign-in leads to the overview, and a wrong password says so', async ({
  page,
  world,
  axe,
  problems,
}) => {
  await page.goto(world.url);
  await expect(page).toHaveURL(/\/login/);
  await axe();
  await page.getByLabel('Email').fill(world.email);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').first()).toBeVisible();
  problems.splice(0, problems.length, ...problems.filter((p) => !/status of 401/.test(p)));
  await page.getByLabel('Password', { exact: true }).fill(world.password);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${world.url}/`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

for (const path of [
  '/',
  '/postbacks',
  '/refs',
  '/leads',
  '/refunds',
  '/losses',
  '/campaigns',
  '/campaigns/new',
  '/settings',
  '/settings/keys',
]) {
  test(`an empty ${path} teaches the next step and is accessible`, async ({ console: page, world, axe }) => {
    await page.goto(world.url + path, { waitUntil: 'networkidle' });
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await axe();
  });
}

test('a new API key stays to be copied while other changes arrive', async ({
  console: page,
  world,
}, info) => {
  await page.goto(`${world.url}/settings/keys`, { waitUntil: 'networkidle' });
  await page.getByLabel('Name').fill(`shop ${info.project.name}`);
  await page.getByRole('button', { name: 'Make the key' }).click();
  const key = page.getByText(/^ll_[\w-]{20,}$/).first();
  await expect(key).toBeVisible();
  const text = await key.innerText();
  // another key is made elsewhere: the list reads itself again
  const other = await page.context().newPage();
  await other.goto(`${world.url}/settings/keys`, { waitUntil: 'networkidle' });
  await other.getByLabel('Name').fill(`other ${info.project.name}`);
  await other.getByRole('button', { name: 'Make the key' }).click();
  await expect(page.getByText(`other ${info.project.name}`).first()).toBeVisible();
  await expect(page.getByText(text, { exact: true }).first()).toBeVisible();
});

/** Adds an endpoint for webhooks; answers how an order is paid whose provider tells of it there. */
async function addEndpoint(
  page: Page,
  world: World,
  name: string,
): Promise<(order: string) => Promise<void>> {
  const secret = `whsec_${name}`;
  await page.goto(`${world.url}/settings/webhooks/new`, { waitUntil: 'networkidle' });
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Signing secret', { exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Add the endpoint' }).click();
  await expect(page.getByText('Nothing has arrived yet')).toBeVisible();
  const stripe = { url: `${world.url}/webhooks/stripe/${name}`, secret };
  const billing = createBilling({ endpoints: { stripe } });
  const ref = world.codeOf(world.campaigns.springStarter);
  return async (orderId) => {
    await billing.pay({ source: 'stripe', orderId, amountCents: 4_900, ref });
    expect(billing.deliveries().deliveries.map(({ status }) => status)).toEqual([200]);
  };
}

test('a form says that it was saved, or refused, while conversions and other changes arrive', async ({
  console: page,
  world,
}, info) => {
  test.slow();
  const look = info.project.name;
  const other = await page.context().newPage();
  const [payOne, payTwo] = [
    await addEndpoint(other, world, `one-${look}`),
    await addEndpoint(other, world, `two-${look}`),
  ];
  await page.goto(`${world.url}/settings/webhooks`, { waitUntil: 'networkidle' });
  const endpoint = (name: string) => page.getByRole('row').filter({ hasText: `${name}-${look}` });
  const days = page.getByLabel('Remove bodies and headers after');
  const saved = page.getByRole('status').filter({ hasText: 'Saved.' });
  await days.fill('30');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(saved).toBeVisible();
  await expect(endpoint('one')).toContainText('none yet');
  await payOne(`order_one_${look}`);
  await expect(endpoint('one')).not.toContainText('none yet');
  await expect(saved).toBeVisible();

  // refused, while somebody else sets the same and another conversion arrives
  const refused = page.getByText('Whole days, from 7 to 3,650');
  await days.fill('5');
  await expect(saved).toHaveCount(0);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(refused).toBeVisible();
  await other.goto(`${world.url}/settings/webhooks`, { waitUntil: 'networkidle' });
  await other.getByLabel('Remove bodies and headers after').fill('45');
  await other.getByRole('button', { name: 'Save' }).click();
  await expect(other.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  await expect(endpoint('two')).toContainText('none yet');
  await payTwo(`order_two_${look}`);
  await expect(endpoint('two')).not.toContainText('none yet');
  await expect(refused).toBeVisible();
  await expect(days).toHaveValue('5');

  // what nobody is typing follows
  await days.fill('30');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(saved).toBeVisible();
  await expect(other.getByLabel('Remove bodies and headers after')).toHaveValue('30');
});

test('what the server refused stays, with the words for it, when the page is read again', async ({
  console: page,
  world,
  problems,
}) => {
  await page.goto(`${world.url}/settings/refunds/four-eyes`, { waitUntil: 'networkidle' });
  await page.getByLabel('Currency').first().fill('US');
  await page.getByLabel('Above').first().fill('100');
  // as a browser sends it before the page's script is there: the server is the one that refuses
  await page
    .locator('form', { has: page.getByLabel('Currency') })
    .evaluate((f: HTMLFormElement) => f.submit());
  const refused = page.getByRole('alert').filter({ hasText: 'Write three letters' });
  await expect(refused).toBeVisible();
  problems.splice(0, problems.length, ...problems.filter((p) => !/status of 422/.test(p)));
  await page.waitForLoadState('networkidle');
  const again = page.waitForResponse((r) => r.url().includes('/settings/refunds/four-eyes') && r.ok());
  await page.getByRole('button', { name: /^Time zone/ }).click();
  await page.getByRole('menuitemradio', { name: /Tokyo/ }).click();
  await again;
  await expect(page.getByRole('button', { name: /^Time zone/ })).toContainText('Tokyo');
  await expect(refused).toBeVisible();
  await expect(page.getByLabel('Currency').first()).toHaveValue('US');
});
