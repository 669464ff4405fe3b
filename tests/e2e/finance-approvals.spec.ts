import type { Browser, Page } from 'playwright/test';
import { expect, paidOrder, refundPart, tally, test, type World } from './fixtures.ts';

const PASSWORD = 'a second pair of eyes';

/** An order of $10.00 payout, refunded in part. */
async function refunded(world: World, order: string): Promise<void> {
  await paidOrder(world, order);
  await refundPart(world, order);
}

/** Somebody else, signed in beside the first person. */
async function signIn(browser: Browser, world: World, email: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto(`${world.url}/login`);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${world.url}/`);
  return page;
}

/** Turns four eyes on for sums of dollars above, or off. */
async function fourEyes(page: Page, world: World, above: string | null): Promise<void> {
  await page.goto(`${world.url}/settings/refunds/four-eyes`);
  await page.getByLabel('Large disputes need another person').setChecked(above !== null);
  await page.getByLabel('Currency').first().fill('USD');
  await page
    .getByLabel('Above')
    .first()
    .fill(above ?? '0');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Four eyes are saved' })).toBeVisible();
}

async function disputeFromLeads(page: Page, world: World, order: string): Promise<void> {
  await page.goto(`${world.url}/leads?q=${order}`);
  await page
    .getByRole('row')
    .filter({ hasText: order })
    .getByRole('button', { name: /Dispute/ })
    .click();
  await page.getByRole('dialog').getByLabel('Reason').press('Control+Enter');
  await expect(page.getByText(`Asked for approval: ${order}`)).toBeVisible();
}

test('a dispute above the sum waits for another person, who approves or rejects it', async ({
  console: page,
  world,
  axe,
  browser,
}, info) => {
  test.slow();
  const run = info.project.name;
  const [first, second] = [`four_a_${run}`, `four_b_${run}`];
  const email = `nora-${run}@example.com`;
  await world.turn(0);
  await page.goto(`${world.url}/settings/people`);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Name').fill('Nora');
  await page.getByLabel('Role').last().selectOption('finance');
  await page.getByLabel('First password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Nora can sign in now' })).toBeVisible();

  // a wrong sum stands at its field; then it holds from $5.00 on
  await page.goto(`${world.url}/settings/refunds/four-eyes`);
  await page.getByLabel('Currency').first().fill('USD');
  await page.getByLabel('Above').first().fill('much');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert')).toContainText('Write an amount');
  await axe();
  await fourEyes(page, world, '5.00');
  await expect(page.getByText(/Another person approves a dispute of more than \$5\.00/)).toBeVisible();
  await axe();

  // Nora asks; she may withdraw, not approve, and is told why
  for (const order of [first, second]) await refunded(world, order);
  const nora = await signIn(browser, world, email);
  await disputeFromLeads(nora, world, first);
  await disputeFromLeads(nora, world, second);
  await nora.goto(`${world.url}/approvals`);
  const own = nora.getByRole('row').filter({ hasText: first });
  await expect(own).toContainText('You asked for it');
  await expect(own.getByRole('button', { name: /Approve/ })).toHaveCount(0);
  await own.getByRole('link').first().click();
  await expect(nora.getByRole('region', { name: `Approval of the dispute of ${first}` })).toContainText(
    'You asked for it.',
  );
  expect(await tally(world, first)).toMatchObject({ disputes: 0 });

  // the lead says what it waits for
  await page.goto(`${world.url}/leads?q=${first}`);
  await page.getByRole('row').filter({ hasText: first }).getByRole('link').first().click();
  const drawer = page.getByRole('region', { name: `Lead of ${first}` });
  await expect(drawer).toContainText('Its dispute waits for approval by another person.');
  await expect(drawer).toContainText('Nora asked for it');
  await axe();

  // nor can it be asked for twice: its refund leads to the approval instead
  await page.goto(`${world.url}/refunds?view=review&q=re_${first}`);
  const refund = page.getByRole('row').filter({ hasText: `re_${first}` });
  await expect(refund.getByRole('button', { name: /^Dispute/ })).toHaveCount(0);
  await expect(refund.getByRole('link', { name: 'Approval' })).toHaveAttribute('href', /open=apr_/);
  await page.goto(`${world.url}/leads?q=${first}`);
  await page.getByRole('row').filter({ hasText: first }).getByRole('link').first().click();

  // the owner approves one by keyboard; it leaves at once
  await drawer.getByRole('link', { name: 'Approve or reject' }).click();
  await expect(page.getByRole('heading', { name: 'Approvals' })).toBeVisible();
  await axe();
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: /Approve the dispute/ });
  await expect(dialog).toContainText('Nora');
  await expect(dialog).toContainText('$10.00');
  await axe();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(`Approved: ${first}`)).toBeVisible();
  await expect.poll(() => tally(world, first), { timeout: 20_000 }).toMatchObject({ disputes: 1 });

  // and rejects the other, not without a word
  await page.goto(`${world.url}/approvals`);
  await page.getByRole('button', { name: `Reject the dispute of ${second}` }).click();
  const reject = page.getByRole('dialog', { name: /Reject the dispute/ });
  await reject.getByRole('button', { name: 'Reject' }).click();
  await expect(reject).toContainText('Say why');
  await reject.getByLabel('Note').fill('The buyer kept it.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(`Rejected: ${second}`)).toBeVisible();
  await page.goto(`${world.url}/approvals?view=decided`);
  await expect(page.getByRole('row').filter({ hasText: second })).toContainText('Rejected');
  await axe();
  expect(await tally(world, second)).toMatchObject({ disputes: 0 });

  // as it was, for the journeys that come after
  await nora.context().close();
  await fourEyes(page, world, null);
});
