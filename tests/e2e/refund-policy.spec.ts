import { expect, paidOrder, refundPart, test } from './fixtures.ts';

test('the rules of an account decide; faults stand beside their fields', async ({
  console: page,
  world,
  axe,
}, info) => {
  const order = `order_rules_${info.project.name}`;
  await world.turn(0);
  await page.goto(`${world.url}/settings/refunds`);
  await expect(page.getByText('Full refunds are disputed at once; nobody is asked.').first()).toBeVisible();
  await axe();
  await page
    .getByRole('link', { name: /Change the rules of/ })
    .first()
    .click();
  await page.getByLabel('Partial refunds', { exact: true }).selectOption('Dispute after a grace time');
  await page.getByLabel('Which partial refunds').selectOption('From a share of the order on');
  await page.getByLabel('Share of the order').fill('30');
  await page.getByLabel('Grace time').fill('0');
  await page.getByRole('button', { name: 'Save rules' }).click();
  await expect(page.getByRole('alert')).toContainText('Grace time: Write whole hours from 1 to 720');
  await axe();
  await page.getByLabel('Grace time').fill('6');
  await expect(page.getByText('Partial refunds from 30 % of the order on', { exact: true })).toBeVisible();
  await expect(page.getByText('Partial refunds below 30 % of the order', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Save rules' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'are saved' })).toBeVisible();

  // a refund of half of it now waits for its grace time, and says by which rule
  await paidOrder(world, order);
  await refundPart(world, order, 2450);
  await page.goto(`${world.url}/refunds?q=re_${order}`);
  await page.getByRole('link', { name: `re_${order}` }).click();
  const drawer = page.getByRole('region', { name: `Refund re_${order}` });
  await expect(drawer).toContainText('In its grace time');
  await expect(drawer).toContainText('disputed by itself in');
  await expect(drawer).toContainText('of 6 h');
  await expect(drawer).toContainText('By its order id');
  await axe();

  // the campaign gets a rule of its own, and follows the account again
  await drawer.getByRole('link', { name: 'Rules of the campaign' }).click();
  await page.getByLabel('Chargebacks', { exact: true }).selectOption('Ask a person');
  await page.getByRole('button', { name: 'Save rules' }).click();
  const own = page.getByRole('list', { name: 'Campaigns with rules of their own' });
  await expect(own).toContainText('Chargebacks: ask a person');
  await axe();
  await own.getByRole('link').first().click();
  await page.getByRole('button', { name: 'Follow the account again' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  await expect(own).toBeHidden();

  // as it was, for the journeys that come after
  await page.goto(`${world.url}/settings/refunds`);
  await page
    .getByRole('link', { name: /Change the rules of/ })
    .first()
    .click();
  await page.getByLabel('Which partial refunds').selectOption('All, however small');
  await page.getByLabel('Partial refunds', { exact: true }).selectOption('Ask a person');
  await page.getByRole('button', { name: 'Save rules' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'are saved' })).toBeVisible();
});

test('the margin of an account is changed, and a wrong one is refused at its field', async ({
  console: page,
  world,
}) => {
  await page.goto(`${world.url}/settings/refunds`);
  await page
    .getByRole('link', { name: /Change the rules of/ })
    .first()
    .click();
  for (const [hours, said] of [
    ['9999', 'The margin is at most 720 hours'],
    ['soon', 'The margin is a whole number of hours'],
  ] as const) {
    await page.getByLabel('Margin').fill(hours);
    await page.getByRole('button', { name: 'Save margin' }).click();
    await expect(page.getByRole('alert')).toContainText(said);
  }
  await page.getByLabel('Margin').fill('48');
  await page.getByRole('button', { name: 'Save margin' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'margin of' })).toBeVisible();
  await expect(page.getByText('48 hours before a deadline at the latest').first()).toBeVisible();
  await page
    .getByRole('link', { name: /Change the rules of/ })
    .first()
    .click();
  await page.getByLabel('Margin').fill('24');
  await page.keyboard.press('Enter');
  await expect(page.getByText('24 hours before a deadline at the latest').first()).toBeVisible();
});

test('a refund that found nothing is tied to a lead by hand, and says so', async ({
  console: page,
  world,
  axe,
}, info) => {
  const order = `order_hand_${info.project.name}`;
  await world.turn(0);
  await paidOrder(world, order);
  await world.api('POST', '/api/v1/refunds', {
    refundId: `re_${order}`,
    externalId: `unknown_${order}`,
    kind: 'refund',
    full: false,
    amountCents: 100,
  });
  await page.goto(`${world.url}/refunds?q=re_${order}`);
  await page.getByRole('button', { name: `Find the order of re_${order}` }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('No lead goes by any id that the refund came with');
  await dialog.getByRole('button', { name: 'Tie to order' }).click();
  await expect(dialog).toContainText('Choose a lead, or give an id of the order.');
  await dialog.getByLabel('Order or payment id').fill(order);
  await dialog.getByRole('button', { name: 'Look up' }).click();
  await dialog.getByRole('radio').first().check();
  await axe();
  await dialog.getByRole('button', { name: 'Tie to this lead' }).click();
  await expect(page.getByText(`re_${order} is tied to its order`)).toBeVisible();
  await page.getByRole('link', { name: `re_${order}` }).click();
  const drawer = page.getByRole('region', { name: `Refund re_${order}` });
  await expect(drawer).toContainText('By hand');
  await expect(drawer).toContainText('To review');
  // it may still be moved, as nothing was done yet
  await expect(drawer.getByRole('button', { name: 'Choose lead…' })).toBeVisible();
});
