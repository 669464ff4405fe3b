import { expect, test } from './fixtures.ts';

test('a failed postback is found, understood, and retried once its cause is fixed', async ({
  console: page,
  world,
  axe,
}, info) => {
  const order = `order_budget_${info.project.name}`;
  const { giftCardPush } = world.campaigns;
  await world.practice('PATCH', `/campaigns/${giftCardPush.id}`, { budgetCents: 1 });
  await world.api('POST', '/api/v1/conversions', {
    externalId: order,
    eventType: 'PURCHASE',
    revenueCents: 2400,
    currency: 'USD',
    ref: world.codeOf(giftCardPush),
  });

  // found: by keyboard, from the rail's badge to the row
  await page
    .getByRole('link', { name: /^Postbacks/ })
    .first()
    .click();
  await page.getByRole('link', { name: /Needs attention/ }).click();
  const row = page.getByRole('row').filter({ hasText: order });
  await expect(row).toContainText('Failed');
  await expect(row).toContainText(/budget/i);
  await axe();
  await row.focus();
  await page.keyboard.press('Enter');

  // understood: what happened, whose it is, and the network's own answer
  const drawer = page.getByRole('region', { name: `Postback ${order}` });
  await expect(drawer).toBeVisible();
  await expect(drawer.getByText('CAMPAIGN_BUDGET_EXHAUSTED').first()).toBeVisible();
  await expect(drawer.getByText(/raise/i).first()).toBeVisible();
  await expect(drawer.getByText(/rgt_live_•+/).first()).toBeVisible();
  expect(await page.content()).not.toContain(world.regattaKey);
  await axe();

  // fixed, and retried: the same order, one lead
  await world.practice('PATCH', `/campaigns/${giftCardPush.id}`, { budgetCents: 2_500_000 });
  await drawer.getByRole('button', { name: /Retry now/ }).click();
  const question = page.getByRole('dialog', { name: new RegExp(`Retry ${order}`) });
  await question.getByRole('button', { name: /Retry anyway/ }).click();
  await expect(drawer.getByText(/Delivered/).first()).toBeVisible();
  await expect(drawer.getByText(/2 made/)).toBeVisible();
  await axe();
  const ledger = await world.practice('GET', `/ledger?externalId=${order}`);
  expect(ledger).toMatchObject({ tally: { leads: 1 } });
});
