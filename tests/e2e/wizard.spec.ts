import { expect, test } from './fixtures.ts';

test('a campaign is confirmed with a real purchase and activated, with the refusal in the network’s own words', async ({
  console: page,
  world,
  axe,
  context,
  problems,
}, info) => {
  // each theme has a campaign of its own
  const created = (await world.practice('POST', '/campaigns', {
    name: `Wizard ${info.project.name}`,
    status: 'DRAFT',
    compensationModel: 'CPA',
    payoutPerUnitCents: 1000,
    holdingPeriodDays: 30,
    budgetCents: 100_000,
    currency: 'USD',
    landingUrl: `${world.shopUrl}/`,
  })) as { id?: string; campaign?: { id: string; testTrackingCode: string }; testTrackingCode?: string };
  const campaign = created.campaign ?? (created as { id: string; testTrackingCode: string });

  // 1 choose: by the link of the network's page
  await page.goto(`${world.url}/campaigns/new`);
  await page
    .getByLabel('Campaign id or link')
    .fill(`https://regatta.network/dashboard/campaigns/${campaign.id}`);
  await page.getByRole('button', { name: /Fetch the campaign/ }).click();
  await expect(page.getByText(campaign.testTrackingCode).first()).toBeVisible();
  await axe();
  await page
    .getByRole('link', { name: /Continue/ })
    .or(page.getByRole('button', { name: /Continue/ }))
    .first()
    .click();

  // 2 land: the shop sees the code, and a light turns on
  await expect(page.getByText(`rgta_ref=${campaign.testTrackingCode}`).first()).toBeVisible();
  await axe();
  const shop = await context.newPage();
  await shop.goto(`${world.shopUrl}/?rgta_ref=${campaign.testTrackingCode}`);
  await expect(page.getByText('The code arrived')).toBeVisible();
  await page
    .getByRole('link', { name: /Continue/ })
    .or(page.getByRole('button', { name: /Continue/ }))
    .first()
    .click();

  // 3 convert: a purchase in the shop goes the way every real one will
  await shop.getByRole('link').filter({ hasText: /\$/ }).first().click();
  await shop.getByLabel(/email/i).fill('buyer@example.com');
  await shop.getByRole('button', { name: /Buy/ }).first().click();
  await shop.waitForURL(/\/orders\//);
  await expect(page.getByText(/recognised a test/)).toBeVisible();
  await expect(page.getByText('Tracking confirmed').first()).toBeVisible();
  await axe();
  await page
    .getByRole('link', { name: /Continue/ })
    .or(page.getByRole('button', { name: /Continue/ }))
    .first()
    .click();

  // 4 check: the guide's list, filled in from evidence
  await expect(page.getByRole('heading', { name: 'Integration checklist' })).toBeVisible();
  await axe();
  await page
    .getByRole('link', { name: /Continue/ })
    .or(page.getByRole('button', { name: /Continue/ }))
    .first()
    .click();

  // 5 activate: refused without a balance, in the network's own words; then accepted
  await world.practice('PATCH', '/wallet', { availableCents: 0 });
  await page.getByRole('button', { name: /^Activate/ }).click();
  await expect(page.getByText(/Fund your wallet before activating this campaign/).first()).toBeVisible();
  await axe();
  // the browser itself notes the refusal's status
  problems.splice(0, problems.length, ...problems.filter((p) => !/status of 409/.test(p)));
  await world.practice('PATCH', '/wallet', { availableCents: 5_000_000 });
  await page.getByRole('button', { name: /^Activate/ }).click();
  await expect(page.getByText(/Active/).first()).toBeVisible();
  await expect
    .poll(async () => JSON.stringify(await world.api('GET', '/api/v1/campaigns')))
    .toContain('ACTIVE');
  await axe();
});
