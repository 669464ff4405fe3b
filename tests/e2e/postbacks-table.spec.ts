import { expect, test } from './fixtures.ts';

const FAILED = 6;

test('the table narrows by operators and cells, keeps it in the address, and retries what matches', async ({
  console: page,
  world,
  axe,
}, info) => {
  test.slow();
  const run = `table_${info.project.name}`;
  for (let i = 0; i < FAILED; i++)
    await world.api('POST', '/api/v1/conversions', {
      externalId: `${run}_${i}`,
      eventType: 'PURCHASE',
      revenueCents: 1000 + i * 1000,
      currency: 'USD',
      ref: `Unknown${info.project.name}${i}`,
    });
  await world.api('POST', '/api/v1/conversions', {
    externalId: `${run}_fine`,
    eventType: 'PURCHASE',
    revenueCents: 2400,
    currency: 'USD',
    ref: world.codeOf(world.campaigns.springStarter),
  });
  const rows = page.getByRole('table', { name: 'Postbacks' }).getByRole('row');
  const listed = (n: number) => expect(rows).toHaveCount(n + 1);
  const filter = async (field: string) => {
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page
      .getByRole('dialog', { name: 'Add a filter' })
      .getByRole('button', { name: field, exact: true })
      .click();
  };

  // operators: an order's beginning, then a status it is not
  await page.goto(`${world.url}/postbacks`);
  await filter('Order');
  await page.getByLabel('Order: operator').selectOption('begins');
  await page.getByLabel('Order (externalId)').fill(run);
  await page.keyboard.press('Enter');
  await listed(FAILED + 1);
  await filter('Status');
  await page.getByLabel('Status: operator').selectOption('not');
  await page.getByLabel('Delivered').check();
  await page.getByRole('button', { name: 'Apply' }).click();
  await listed(FAILED);
  expect(decodeURIComponent(new URL(page.url()).search)).toBe(
    `?status=not:delivered&externalId=begins:${run}`,
  );
  await axe();

  // the sum, with a fault said in its place
  await filter('Revenue');
  await page.getByLabel('Revenue', { exact: true }).fill('much');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Give a number');
  await page.getByLabel('Revenue', { exact: true }).fill('3.00');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Revenue: 3.00/ })).toBeVisible();

  // the address restores it all
  const address = page.url();
  await page.goto(`${world.url}/`);
  await page.goto(address);
  await listed(FAILED);
  await page.getByRole('link', { name: 'Remove filter Revenue' }).click();
  await expect(page).not.toHaveURL(/amount/);

  // from a cell, by the pointer and by the keyboard
  const cell = rows.nth(1).getByRole('cell', { name: `${run}_${FAILED - 1}`, exact: true });
  await cell.hover();
  await cell.locator('[title="Filter by this cell"]').click();
  await page.getByRole('menuitem', { name: `Order is ${run}_${FAILED - 1}` }).click();
  await listed(1);
  await page.goBack();
  await listed(FAILED);
  await rows.nth(1).focus();
  await page.keyboard.press('f');
  await page.getByRole('link', { name: 'Cause is NOT_FOUND', exact: true }).click();
  await expect(page).toHaveURL(/cause=NOT_FOUND/);
  await listed(FAILED);

  // columns
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Attempts' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: 'Attempts' })).toBeVisible();
  await expect(page).toHaveURL(/show=attempts/);

  // selection: one by one, then the lot; a preview, a job, and the filters stay
  await rows.nth(1).focus();
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(page.getByRole('region', { name: 'Selection' })).toContainText('2 selected');
  await axe();
  await page.getByLabel('Select all rows on this page').check();
  await expect(page.getByRole('region', { name: 'Selection' })).toContainText(`${FAILED} selected`);
  await rows.nth(1).focus();
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: /Retry the selected rows/ });
  await expect(dialog.getByRole('button', { name: new RegExp(`Retry ${FAILED}`) })).toBeEnabled();
  await axe();
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByText(/failed again|refused again/).first()).toBeVisible({ timeout: 30_000 });
  await expect(page).toHaveURL(/cause=NOT_FOUND/);

  // put aside: it leaves what needs attention
  await rows.nth(1).focus();
  await page.keyboard.press('a');
  await page.getByRole('button', { name: /Acknowledge 1/ }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.goto(`${address}&acknowledged=no`);
  await listed(FAILED - 1);
});

test('what is held back says why and since when, and a phone shows it as cards', async ({
  console: page,
  world,
  axe,
}, info) => {
  test.slow();
  const run = `held_${info.project.name}`;
  const { annualPlan } = world.campaigns;
  await world.practice('PATCH', `/campaigns/${annualPlan.id}`, { budgetCents: 1 });
  for (let i = 0; i < 8; i++)
    await world.api('POST', '/api/v1/conversions', {
      externalId: `${run}_${i}`,
      eventType: 'PURCHASE',
      revenueCents: 4900,
      currency: 'USD',
      ref: world.codeOf(annualPlan),
    });
  await page.goto(`${world.url}/postbacks?status=parked&externalId=begins:${run}`);
  const row = page.getByRole('table', { name: 'Postbacks' }).getByRole('row').nth(1);
  await expect(row).toContainText('Parked');
  await expect(row).toContainText('campaign budget used up');
  await row.focus();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('region', { name: new RegExp(`Postback ${run}`) });
  await expect(drawer.getByText(/Held back since/)).toBeVisible();
  await expect(drawer.getByRole('link', { name: /Put it right/ })).toHaveAttribute(
    'href',
    /\/issues\?open=iss_/,
  );
  await axe();
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByRole('list', { name: 'Postbacks' }).getByRole('listitem').first()).toBeVisible();
  await axe();
  await world.practice('PATCH', `/campaigns/${annualPlan.id}`, { budgetCents: 2_500_000 });
});

test('an order id of 200 characters: read whole on a phone without moving the page sideways, and told to who points at it', async ({
  console: page,
  world,
  axe,
}, info) => {
  const order = `${info.project.name}-${'Northwind'.repeat(22)}`.slice(0, 200);
  await world.api('POST', '/api/v1/conversions', {
    externalId: order,
    eventType: 'PURCHASE',
    revenueCents: 2400,
    currency: 'KWD',
    ref: world.codeOf(world.campaigns.springStarter),
  });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${world.url}/postbacks?externalId=${order}`);
  const row = page.getByRole('list', { name: 'Postbacks' }).getByRole('link').first();
  await row.click();
  const title = page.locator('[data-drawer]').getByRole('heading', { level: 2 });
  await expect(title).toContainText(order);
  expect(
    await title.evaluate((e) => [e.scrollWidth - e.clientWidth, e.scrollHeight - e.clientHeight]),
  ).toEqual([0, 0]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await axe();
  // Esc gives the list back, with the focus where it was
  await page.keyboard.press('Escape');
  await expect(title).toHaveCount(0);
  await expect(row).toBeFocused();
  // beside the table there is room for the beginning only
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('row').nth(1).getByRole('link').first().click();
  await title.hover();
  await expect(title).toHaveAttribute('title', `Purchase ${order}`);
});
