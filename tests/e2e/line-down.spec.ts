import type { Page } from 'playwright/test';
import { expect, test, type World } from './fixtures.ts';

// the browser itself reports each request that got no answer, or that of somebody who is signed out
const LINE = /ERR_FAILED|ERR_INTERNET_DISCONNECTED|502 \(Bad Gateway\)|401 \(Unauthorized\)/;
const forget = (problems: string[]) => {
  problems.splice(0, problems.length, ...problems.filter((text) => !LINE.test(text)));
};

/** A postback with a code that the network does not know, open in its drawer. */
async function openFailed(page: Page, world: World, order: string): Promise<void> {
  await world.api('POST', '/api/v1/conversions', {
    externalId: order,
    eventType: 'PURCHASE',
    revenueCents: 4900,
    currency: 'USD',
    ref: 'NoSuchCode1',
  });
  await page.goto(`${world.url}/postbacks?externalId=${order}`);
  await expect(page.getByText('404 NOT_FOUND')).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL(/open=/);
  await expect(page.getByRole('region', { name: `Postback ${order}` })).toBeVisible();
}

test('a press that does not reach Leadline is told, and the page stays', async ({
  console: page,
  world,
  problems,
}, info) => {
  const order = `order_line_${info.project.name}`;
  await openFailed(page, world, order);
  const drawer = page.getByRole('region', { name: `Postback ${order}` });
  const cut = (url: string) => page.route(url, (route) => route.abort());

  await cut('**/postbacks/*/act');
  await page.keyboard.press('e');
  await page.getByRole('button', { name: 'Retry anyway' }).click();
  await expect(page.getByText(`Not done: ${order}`)).toBeVisible();
  await expect(drawer).toBeVisible();

  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await cut('**/jobs/start');
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Retry the selected rows' });
  await expect(dialog.getByRole('button', { name: 'Retry 1' })).toBeEnabled();
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByText('Not started.')).toBeVisible();

  // back, the same dialog starts it
  await page.unroute('**/jobs/start');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('progressbar', { name: 'Retry 1 row chosen by hand' })).toBeVisible();
  forget(problems);
});

test('a notice that falls into a restart leaves the page as it is, and it is read once Leadline is back', async ({
  console: page,
  world,
  problems,
}, info) => {
  const order = `order_restart_${info.project.name}`;
  await openFailed(page, world, order);
  let refused = 0;
  await page.route(/\.data(\?|$)/, async (route) => {
    refused++;
    if (refused % 2) await route.abort();
    else await route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad Gateway</h1>' });
  });
  const list = await world.api('GET', `/api/v1/postbacks?externalId=${order}`);
  const [postback] = list.items as { id: string }[];
  await world.api('POST', `/api/v1/postbacks/${postback?.id}/retry`);
  await expect.poll(() => refused, { timeout: 20_000 }).toBeGreaterThan(2);
  const drawer = page.getByRole('region', { name: `Postback ${order}` });
  await expect(drawer).toBeVisible();
  await page.unroute(/\.data(\?|$)/);
  await expect(drawer.getByText(/Attempt 2/).first()).toBeVisible({ timeout: 20_000 });
  forget(problems);
});

/** A new reason template with `name` and `text` typed, not saved yet. */
async function writeTemplate(page: Page, world: World, name: string, text: string) {
  await page.goto(`${world.url}/settings/templates/new`);
  const fields = { name: page.getByLabel('Name'), text: page.getByRole('textbox', { name: 'Reason' }) };
  await fields.name.fill(name);
  await fields.text.fill(text);
  const save = page.getByRole('button', { name: 'Add the template' });
  const expectTyped = async () => {
    await expect(fields.name).toHaveValue(name);
    await expect(fields.text).toHaveValue(text);
    await expect(save).toBeEnabled();
  };
  return { save, expectTyped };
}

test('a form sent while the line is down keeps the page and what was typed, and is saved once it is back', async ({
  console: page,
  context,
  world,
  problems,
  axe,
}, info) => {
  const name = `Cut off ${info.project.name}`;
  const { save, expectTyped } = await writeTemplate(page, world, name, 'Order {externalId}: typed for long.');
  let sent = 0;
  let signOuts = 0;
  page.on('request', (request) => {
    if (request.method() !== 'POST') return;
    if (request.url().includes('/settings/templates/new')) sent++;
    if (request.url().includes('/logout')) signOuts++;
  });
  await context.setOffline(true);
  await save.click();
  await expect(page.getByText('No answer came')).toBeVisible();
  await expect(page.getByText('It may or may not have been saved.')).toBeVisible();
  await expectTyped();
  await axe();
  // nor does a press of the frame lose the page
  await page.getByRole('button', { name: /^Account:/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect.poll(() => signOuts).toBe(1);
  await expect(page.getByText('You may or may not be signed out')).toBeVisible();
  await expectTyped();
  await page
    .getByRole('listitem')
    .filter({ hasText: 'signed out' })
    .getByRole('button', { name: 'Close' })
    .click();

  await context.setOffline(false);
  await expectTyped();
  // never by itself
  expect(sent).toBe(1);
  await save.click();
  await page.waitForURL(/templates\?saved=/);
  await expect(page.getByRole('link', { name })).toHaveCount(1);
  await expect(page.getByText('No answer came')).toHaveCount(0);
  forget(problems);
});

test('a form sent after the session ended keeps what was typed; signed in again in another tab, it is saved', async ({
  console: page,
  context,
  world,
  problems,
}, info) => {
  const name = `Signed out ${info.project.name}`;
  const { save, expectTyped } = await writeTemplate(page, world, name, 'Order {externalId}: typed for long.');
  await context.clearCookies();
  await save.click();
  await expect(page.getByText('You are signed out')).toBeVisible();
  await expectTyped();

  const opened = context.waitForEvent('page');
  await page.getByRole('button', { name: 'Sign in' }).click();
  const tab = await opened;
  await tab.getByLabel('Email').fill(world.email);
  await tab.getByLabel('Password', { exact: true }).fill(world.password);
  await tab.keyboard.press('Enter');
  await tab.waitForURL(`${world.url}/`);
  await tab.close();
  await expectTyped();
  await save.click();
  await page.waitForURL(/templates\?saved=/);
  await expect(page.getByRole('link', { name })).toHaveCount(1);
  forget(problems);
});
