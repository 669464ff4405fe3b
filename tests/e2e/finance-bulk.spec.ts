import { expect, paidOrder, refundPart, tally, test, type World } from './fixtures.ts';

const LEADS = 3;

/** Orders of $10.00 payout each, refunded in part: a person decides about every one. */
async function refunded(world: World, run: string, n = LEADS): Promise<string[]> {
  const orders = Array.from({ length: n }, (_, i) => `${run}_${i}`);
  for (const order of orders) await paidOrder(world, order);
  for (const order of orders) await refundPart(world, order);
  return orders;
}

test('refunds are disputed in bulk by keyboard, undone as one, and disputed again from a template', async ({
  console: page,
  world,
  axe,
}, info) => {
  test.slow();
  const run = `bulk_${info.project.name}`;
  await world.turn(0);
  const orders = await refunded(world, run);

  // a template, seen on a real refund as it is typed
  await page.goto(`${world.url}/settings/templates`);
  await axe();
  await page.getByRole('link', { name: 'Add a template' }).first().click();
  await page.getByLabel('Name').fill(`Bulk ${run}`);
  await page.getByRole('textbox', { name: /^Reason/ }).fill('Given back: {amuont}');
  await page.getByRole('button', { name: 'Add the template' }).click();
  await expect(page.getByRole('alert')).toContainText('{amuont} cannot be filled in');
  await page
    .getByRole('textbox', { name: /^Reason/ })
    .fill('Given back: {amount} {currency} of {externalId}');
  await expect(page.getByText(/Given back: 20\.00 USD of bulk_/)).toBeVisible();
  await axe();
  await page.getByRole('button', { name: 'Add the template' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'is saved' })).toBeVisible();

  // the first two rows, by keyboard
  await page.goto(`${world.url}/refunds?view=review`);
  const table = page.getByRole('table', { name: 'Refunds' });
  await expect(table.getByRole('row').filter({ hasText: run })).toHaveCount(LEADS);
  for (const order of orders.slice(0, 2))
    await table
      .getByRole('row')
      .filter({ hasText: `re_${order}` })
      .getByRole('checkbox')
      .press('Space');
  await expect(page.getByRole('region', { name: 'Selection' })).toContainText('2 selected');
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Dispute 2 leads' });
  await expect(dialog).toContainText('$20.00');
  await expect(dialog.getByLabel('Reason template')).toHaveValue(/^rtp_/);
  await expect(dialog).toContainText(`Given back: 20.00 USD of ${orders[0]} (refund id re_${orders[0]})`);
  await dialog.getByRole('textbox', { name: /^Reason/ }).fill('Returned: {externalId}');
  await expect(dialog).toContainText(`Returned: ${orders[0]} (refund id re_${orders[0]})`);
  await expect(dialog).toContainText('Changed for this batch');
  await axe();
  await dialog.getByLabel('Name').fill(`First try ${run}`);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Disputing 2 leads')).toBeVisible();

  // taken back by Z: nothing leaves, and everything waits again
  await page.keyboard.press('z');
  await expect(page.getByText('Not disputed: 2')).toBeVisible();
  await page.goto(`${world.url}/batches`);
  await expect(page.getByRole('row').filter({ hasText: `First try ${run}` })).toContainText('Undone');
  await axe();
  await page.getByRole('link', { name: `First try ${run}` }).click();
  await expect(page.getByRole('table', { name: 'Rows of the batch' })).toContainText(orders[0] ?? '');
  await axe();
  for (const order of orders) expect(await tally(world, order)).toMatchObject({ disputes: 0 });

  // everything that matches, from Leads; ten seconds later it leaves
  await page.goto(`${world.url}/leads?view=refunded&q=re_${orders[2]}`);
  await page
    .getByRole('table', { name: 'Leads' })
    .getByRole('row')
    .filter({ hasText: orders[2] ?? '' })
    .focus();
  await page.keyboard.press('x');
  await page.keyboard.press('e');
  const again = page.getByRole('dialog', { name: 'Dispute 1 lead' });
  await expect(again).toContainText(`Given back: 20.00 USD of ${orders[2]}`);
  await again.getByLabel('Name').fill(`Second try ${run}`);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Disputing 1 lead')).toBeVisible();
  await expect.poll(() => tally(world, orders[2] ?? ''), { timeout: 30_000 }).toMatchObject({ disputes: 1 });
  await page.goto(`${world.url}/batches`);
  await expect(page.getByRole('row').filter({ hasText: `Second try ${run}` })).toContainText('1 disputed');
});

test('a view of refunds is saved, and losses are told by campaign', async ({
  console: page,
  world,
  axe,
}, info) => {
  const name = `Fraud ${info.project.name}`;
  await page.goto(`${world.url}/refunds?view=all&kind=fraud`);
  await page.getByRole('button', { name: 'Save view…' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill(name);
  await page.keyboard.press('Enter');
  const tab = page.getByRole('navigation', { name: 'Views of refunds' }).getByRole('link', { name });
  await expect(tab).toHaveAttribute('aria-current', 'page');
  await page.goto(`${world.url}/refunds`);
  await tab.click();
  await expect(page).toHaveURL(/kind=fraud/);

  const order = `lost_${info.project.name}`;
  await world.turn(-31 * 86_400_000);
  await paidOrder(world, order);
  await world.turn(0);
  await world.api('POST', '/api/v1/refunds', {
    refundId: `re_${order}`,
    externalId: order,
    kind: 'refund',
    full: true,
  });
  await page.goto(`${world.url}/losses`);
  await page.getByRole('link', { name: 'Campaigns', exact: true }).last().click();
  const strip = page.getByRole('navigation', { name: 'Losses by campaign' });
  await strip.getByRole('link', { name: new RegExp(world.campaigns.springStarter.name) }).click();
  await expect(page).toHaveURL(/campaign=/);
  await expect(page.getByRole('row').filter({ hasText: order })).toContainText('$10.00');
  await axe();
  await page.getByText('Show as a table').click();
  await expect(page.getByRole('table', { name: 'Losses by campaign' })).toContainText(
    world.campaigns.springStarter.name,
  );
});
