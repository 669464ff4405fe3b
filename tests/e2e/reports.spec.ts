import { expect, paidOrder, refundPart, test } from './fixtures.ts';

test('finance sees what releases when, opens a day, and takes it as a file', async ({
  console: page,
  world,
  axe,
}, info) => {
  const order = `order_calendar_${info.project.name}`;
  await world.turn(0);
  await paidOrder(world, order);
  // half of it refunded: a person decides, and until then the payout is at risk
  await refundPart(world, order, 2450);
  await page.goto(`${world.url}/reports`);
  await expect(page.getByRole('heading', { name: 'Reports', level: 1 })).toBeVisible();
  await axe();
  // its hold of thirty days ends next month, or at the end of this one
  const held = page.getByText('leads', { exact: true }).first();
  await expect(held).toBeVisible();
  const risk = page.getByText(/at risk: /).first();
  // each month is given the time to come before it is judged: a second press would lead past it
  const here = () =>
    risk.waitFor({ state: 'attached', timeout: 4_000 }).then(
      () => true,
      () => false,
    );
  for (let i = 0; i < 2 && !(await here()); i++) {
    const before = page.url();
    await page.getByRole('link', { name: /^Month after/ }).click();
    await expect(page).not.toHaveURL(before);
  }
  await expect(risk).toBeAttached();
  await axe();
  const address = page.url();
  await page.getByRole('link', { name: 'Affiliate', exact: true }).click();
  await expect(page).toHaveURL(/by=affiliate/);
  await expect(page.getByRole('heading', { name: 'By affiliate' })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(address);
  await page.getByText('Show as a table').click();
  await expect(page.getByRole('region', { name: /^Payouts by day in USD.*as a table$/ })).toBeVisible();

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export CSV' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^leadline-payouts-\d{4}-\d\d-\d\d\.csv$/);
  // a day of the grid leads to its leads
  const day = page
    .getByRole('table', { name: /^Payouts by day/ })
    .getByRole('link')
    .last();
  await expect(day).toHaveAttribute('href', /^\/leads\?view=all&holdState=pending_release&releaseFrom=/);
});

test('refund rates and differences, by keyboard, with filters in the address', async ({
  console: page,
  world,
  axe,
}, info) => {
  const order = `order_rate_${info.project.name}`;
  await paidOrder(world, order);
  await world.api('POST', '/api/v1/refunds', {
    refundId: `re_${order}`,
    externalId: order,
    kind: 'chargeback',
  });
  await page.goto(`${world.url}/reports`);
  await page.getByRole('navigation', { name: 'Reports' }).getByRole('link', { name: 'Refund rate' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${world.url}/reports/refund-rate`);
  const table = page.getByRole('table', { name: 'Refund rate by affiliate' });
  await expect(table.or(page.getByRole('list', { name: 'Refund rate by affiliate' })).first()).toBeVisible();
  await expect(page.getByText('within what chance explains').first()).toBeVisible();
  await axe();
  await page.goto(`${world.url}/reports/refund-rate?currency=JPY`);
  await expect(page.getByText('No lead was opened in this time')).toBeVisible();
  await axe();
  await page.getByRole('link', { name: 'Drop filters' }).click();
  await expect(page.getByText('within what chance explains').first()).toBeVisible();

  await page
    .getByRole('navigation', { name: 'Reports' })
    .getByRole('link', { name: 'Expected and actual' })
    .click();
  await expect(page).toHaveURL(`${world.url}/reports/expected`);
  await expect(page.getByRole('heading', { name: 'Leads', exact: true })).toBeVisible();
  await axe();
  await page.getByRole('link', { name: 'Off by 100 times' }).click();
  await expect(page).toHaveURL(/only=100/);
  await expect(page.getByText('No difference matches')).toBeVisible();
});
