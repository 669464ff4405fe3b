import type { Page } from 'playwright/test';
import { expect, test, type World } from './fixtures.ts';

/** The issue's own number once; the look in the other theme takes fewer. */
const rowsIn = (project: string): number => (project === 'light' ? 5_000 : 60);
const BATCH = 500;
const counted = (n: number): string => n.toLocaleString('en-US');

/** Reports conversions of a campaign as a shop's backend would. */
async function convert(
  world: World,
  ids: readonly string[],
  ref = world.codeOf(world.campaigns.springStarter),
) {
  const { springStarter } = world.campaigns;
  for (let from = 0; from < ids.length; from += BATCH)
    await world.api('POST', '/api/v1/conversions/batch', {
      conversions: ids.slice(from, from + BATCH).map((externalId) => ({
        externalId,
        eventType: 'PURCHASE',
        revenueCents: 4900,
        currency: 'USD',
        ref,
        campaignId: springStarter.id,
      })),
    });
}

const key = (world: World, state: 'active' | 'revoked') =>
  world.practice('PATCH', `/keys/${encodeURIComponent(world.regattaKey)}`, { state });
const named = (prefix: string, n: number): string[] =>
  Array.from({ length: n }, (_, i) => `${prefix}_${String(i).padStart(4, '0')}`);

/** Opens the command menu; a key that came before the page listens is pressed again. */
async function openMenu(page: Page): Promise<void> {
  const menu = page.getByRole('dialog', { name: 'Search and commands' });
  await expect(async () => {
    if (!(await menu.isVisible())) await page.keyboard.press('Control+k');
    await expect(menu).toBeVisible({ timeout: 1_000 });
  }).toPass();
}

/** Opens Issues through ⌘K, and of what `search` finds the one that says `where`, with keys alone. */
async function openIssue(page: Page, search: string, where = 'Spring Starter'): Promise<void> {
  await openMenu(page);
  await page.keyboard.type('Issues');
  await page.getByRole('option', { name: 'Issues' }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/issues/);
  await page.getByRole('heading', { name: 'Issues', level: 1 }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type(search);
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=/);
  const row = page.getByRole('list', { name: 'Issues' }).getByRole('listitem').filter({ hasText: where });
  await expect(row).toHaveCount(1);
  // out of the search box, onto the row, and into it
  await page.keyboard.press('Escape');
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await expect(async () => {
    await page.keyboard.press('j');
    expect(await row.evaluate((item) => item.contains(document.activeElement))).toBe(true);
  }).toPass();
  await page.keyboard.press('Enter');
  await page.waitForURL(/open=/);
}

test('from sign-in to 5,000 retried with the keyboard alone: a revoked key, one too early, then all', async ({
  page,
  world,
  axe,
}, info) => {
  test.slow();
  const rows = rowsIn(info.project.name);
  const orders = named(`order_key_${info.project.name}`, rows);
  await world.api('POST', '/api/v1/campaigns', { networkCampaignId: world.campaigns.springStarter.id });
  const plenty = { budgetCents: 10_000_000 };
  await world.practice('PATCH', `/campaigns/${world.campaigns.springStarter.id}`, plenty);
  await world.practice('PATCH', '/wallet', { availableCents: 20_000_000 });
  await key(world, 'revoked');
  await convert(world, orders);

  await page.goto(`${world.url}/login`);
  await page.getByLabel('Email').focus();
  await page.keyboard.type(world.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(world.password);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${world.url}/`);

  await openIssue(page, 'AUTH_INVALID_KEY');
  const drawer = page.getByRole('region', { name: /^Issue: / });
  const held = drawer.getByText(`${counted(rows)} postbacks`, { exact: true });
  await expect(held).toBeVisible({ timeout: 30_000 });
  await expect(drawer.getByText(`$${counted(rows * 10)}.00`).first()).toBeVisible();
  await expect(drawer.getByRole('link', { name: /Settings of Regatta/ })).toBeVisible();
  await axe();

  // too early: the key is still revoked; one is tried, nothing else is touched
  await page.keyboard.press('e');
  const question = page.getByRole('dialog', { name: `Try one, then release ${counted(rows - 1)}?` });
  await expect(question).toBeVisible();
  await axe();
  await page.keyboard.press('Control+Enter');
  const box = drawer.getByRole('region', { name: 'Fixed it?' });
  await expect(box.getByText('Stopped')).toBeVisible();
  await expect(box.getByText(/nothing else was touched/i)).toBeVisible();
  await expect(box.getByText(/AUTH_INVALID_KEY/)).toBeVisible();
  await expect(held).toBeVisible();

  // fixed: one, then the rest
  await key(world, 'active');
  await page.keyboard.press('e');
  await expect(question).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(box.getByText(`Done: ${counted(rows)} delivered`)).toBeVisible({ timeout: 90_000 });
  await expect(drawer.getByText('0 postbacks', { exact: true })).toBeVisible();
  await axe();
  const ledger = await world.practice('GET', '/ledger?limit=1');
  expect((ledger.tally as { leads: number }).leads).toBeGreaterThanOrEqual(rows);
  for (const externalId of [orders[0], orders.at(-1)]) {
    const own = await world.practice('GET', `/ledger?externalId=${externalId}`);
    expect(own).toMatchObject({ tally: { leads: 1 } });
  }
});

test('an issue is taken, noted, resolved, and comes back', async ({ console: page, world, axe }, info) => {
  await world.api('POST', '/api/v1/campaigns', { networkCampaignId: world.campaigns.springStarter.id });
  const code = world.codeOf(world.campaigns.springStarter).toLowerCase();
  await convert(world, named(`order_case_${info.project.name}`, 3), code);
  await openIssue(page, 'NOT_FOUND');
  const drawer = page.getByRole('region', { name: /^Issue: / });

  await page.keyboard.press('m');
  await expect(drawer.getByRole('button', { name: /Assignee: Maya/ })).toBeVisible();
  await page.keyboard.press('n');
  await page.keyboard.type('Asked the shop to keep the case of codes.');
  await page.keyboard.press('Control+Enter');
  await expect(drawer.getByRole('listitem').filter({ hasText: 'keep the case of codes' })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('a');
  await expect(drawer.getByText('Acknowledged').first()).toBeVisible();
  await axe();

  // by the command menu, as every action on the issue in view
  await openMenu(page);
  await page.keyboard.type('Resolve');
  await page
    .getByRole('option', { name: /^Resolve/ })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await expect(drawer.getByText(/^Resolved/).first()).toBeVisible();

  await convert(world, [`order_case_again_${info.project.name}`], code);
  await expect(drawer.getByText(/came back .* after being resolved/i).first()).toBeVisible();
  await page.getByRole('link', { name: /^See all/ }).click();
  await expect(
    page.getByRole('row').filter({ hasText: `order_case_again_${info.project.name}` }),
  ).toBeVisible();
});

test('issues as a table: narrowed from a cell and by keyboard, columns chosen, all in the address', async ({
  console: page,
  world,
  axe,
}, info) => {
  const own = info.project.name;
  await world.api('POST', '/api/v1/campaigns', { networkCampaignId: world.campaigns.springStarter.id });
  await convert(world, [`order_table_${own}`], `Unknown${own}1`);
  await convert(
    world,
    [`order_table_case_${own}`],
    world.codeOf(world.campaigns.springStarter).toLowerCase(),
  );
  await page.goto(`${world.url}/issues`, { waitUntil: 'networkidle' });
  await page.getByRole('group', { name: 'Layout' }).getByRole('link', { name: 'Table' }).click();
  await expect(page).toHaveURL(/layout=table/);
  const table = page.getByRole('table', { name: 'Issues' });
  const rows = table.locator('tbody tr');
  await expect(rows.first()).toBeVisible();
  await axe();

  // columns: one less, and it stays away after a reload
  await expect(table.getByRole('columnheader', { name: 'Assignee' })).toBeVisible();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Assignee' }).press('Enter');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/hide=assignee/);
  await page.reload({ waitUntil: 'networkidle' });
  await expect(table.getByRole('columnheader', { name: 'Assignee' })).toHaveCount(0);

  // by the head of a column
  await table.getByRole('link', { name: 'Last seen' }).click();
  await expect(page).toHaveURL(/order=last_seen/);
  await expect(table.getByRole('columnheader', { name: 'Last seen' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );

  // from a cell, by keyboard alone: F on the row
  const before = await rows.count();
  await page.keyboard.press('j');
  await page.keyboard.press('f');
  const dialog = page.getByRole('dialog', { name: /Narrow the list/ });
  await axe();
  await dialog.getByRole('link', { name: /^HTTP status is 404$/ }).press('Enter');
  await expect(page).toHaveURL(/httpStatus=404/);
  await expect(page.getByRole('link', { name: 'Remove filter HTTP status' })).toBeVisible();
  expect(await rows.count()).toBeLessThanOrEqual(before);
  for (const text of await rows.allInnerTexts()) expect(text).toContain('404');

  // the other way round, in the list: what is left has another status
  await page.goto(`${world.url}/issues?httpStatus=not:404`, { waitUntil: 'networkidle' });
  const list = page.getByRole('list', { name: 'Issues' }).getByRole('listitem');
  await expect(list.filter({ hasText: 'NOT_FOUND' })).toHaveCount(0);
  await page.goto(`${world.url}/issues`, { waitUntil: 'networkidle' });
  await page.keyboard.press('j');
  await page.keyboard.press('f');
  await expect(dialog).toBeVisible();
  await axe();
});

test('several issues are ignored at once, and found again in their tab', async ({
  console: page,
  world,
  axe,
}, info) => {
  await convert(
    world,
    [`order_none_${info.project.name}`],
    `Nobody${info.project.name === 'dark' ? 'D' : 'L'}1`,
  );
  await world.api('POST', '/api/v1/conversions', {
    externalId: `order_share_${info.project.name}`,
    eventType: 'PURCHASE',
    currency: 'USD',
    ref: world.codeOf(world.campaigns.annualPlan),
  });
  await page.goto(`${world.url}/issues`);
  const rows = page.getByRole('list', { name: 'Issues' }).getByRole('listitem');
  await expect(rows.filter({ hasText: 'VALIDATION_ERROR' })).toHaveCount(1);
  const many = await rows.count();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  const bar = page.getByRole('region', { name: 'Selection' });
  await expect(bar.getByText('2 selected')).toBeVisible();
  await axe();
  await bar.getByRole('button', { name: 'Ignore' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'For a week' }).press('Enter');
  await expect(page.getByText('Ignored: 2 issues')).toBeVisible();
  await expect(rows).toHaveCount(many - 2);
  await page.getByRole('link', { name: /^Ignored 2/ }).click();
  await expect(rows).toHaveCount(2);
  await axe();
});

test('an account is paused with a note, and resumed', async ({ console: page, world, axe }, info) => {
  const order = `order_pause_${info.project.name}`;
  await page.goto(`${world.url}/settings/accounts`);
  await page.getByRole('button', { name: 'Pause regatta' }).click();
  await page.keyboard.type('Moving the shop tonight');
  await axe();
  await page.keyboard.press('Control+Enter');
  const band = page.getByRole('status').filter({ hasText: 'Paused' });
  await expect(band).toContainText('Moving the shop tonight');
  await convert(world, [order]);
  await expect(band).toContainText('1 postback waits');
  await axe();
  await page.goto(`${world.url}/`);
  await expect(page.getByText(/1 parked/).first()).toBeVisible();
  await page.goto(`${world.url}/settings/accounts`);
  await band.getByRole('button', { name: 'Resume' }).click();
  await expect(band).toHaveCount(0, { timeout: 20_000 });
  await expect
    .poll(async () => (await world.practice('GET', `/ledger?externalId=${order}`)).tally)
    .toMatchObject({ leads: 1 });
});
