import { expect, paidOrder, refundPart, tally, test } from './fixtures.ts';

const DAY = 86_400_000;

test('a refund is disputed before its deadline', async ({ console: page, world, axe }, info) => {
  const order = `order_dispute_${info.project.name}`;
  const refundId = `re_dispute_${info.project.name}`;
  await world.turn(-30 * DAY + 20 * 3_600_000);
  await paidOrder(world, order);
  await world.turn(0);
  // part of the order: a person decides
  await world.api('POST', '/api/v1/refunds', {
    refundId,
    externalId: order,
    kind: 'refund',
    full: false,
    amountCents: 2000,
  });

  await page.goto(`${world.url}/leads`);
  const row = page.getByRole('row').filter({ hasText: order });
  await expect(row).toContainText(/1?\d h|\d\d:\d\d/);
  await axe();
  await row.getByRole('button', { name: /Dispute/ }).click();
  const dialog = page.getByRole('dialog', { name: /Dispute/ });
  await expect(dialog).toContainText('$10.00');
  const reason = dialog.getByLabel('Reason');
  await expect(reason).toHaveValue(new RegExp(refundId));
  await axe();
  await reason.press('Control+Enter');
  await expect(page.getByText(`Disputing ${order}`)).toBeVisible();
  await expect(page.getByRole('button', { name: /Undo/ })).toBeVisible();

  // ten seconds later it leaves, and the network takes the payout back
  await expect.poll(() => tally(world, order), { timeout: 25_000 }).toMatchObject({ disputes: 1 });
  await page.goto(`${world.url}/refunds`);
  await page
    .getByRole('link', { name: /Disputed/ })
    .first()
    .click();
  await expect(page.getByText(order).first()).toBeVisible();
  await axe();
});

test('a dispute is undone before it leaves', async ({ console: page, world }, info) => {
  const order = `order_undo_${info.project.name}`;
  await paidOrder(world, order);
  await refundPart(world, order, 100);
  await page.goto(`${world.url}/leads`);
  await page
    .getByRole('row')
    .filter({ hasText: order })
    .getByRole('button', { name: /Dispute/ })
    .click();
  await page.getByRole('dialog').getByLabel('Reason').press('Control+Enter');
  await page.getByRole('button', { name: /Undo/ }).click();
  await expect(page.getByText(`Not disputed: ${order}`)).toBeVisible();
  await page.waitForTimeout(11_000);
  expect((await world.practice('GET', `/ledger?externalId=${order}`)).tally).toMatchObject({ disputes: 0 });
});

test('a deadline missed is recorded as a loss', async ({ console: page, world, axe }, info) => {
  const order = `order_missed_${info.project.name}`;
  await world.turn(-31 * DAY);
  await paidOrder(world, order);
  await world.turn(-3 * DAY);
  await refundPart(world, order);
  // nobody decides; the hold ends
  await world.turn(0);

  await page.goto(`${world.url}/losses`);
  const row = page.getByRole('row').filter({ hasText: order });
  await expect(row).toContainText('$10.00');
  await axe();
  await page.goto(`${world.url}/refunds?view=all`);
  await expect(page.getByText(order).first()).toBeVisible();
  await expect(page.getByText(/Too late/).first()).toBeVisible();
  await axe();
});
