import { expect, test } from './fixtures.ts';

test('sign-in leads to the overview, and a wrong password says so', async ({
  page,
  world,
  axe,
  problems,
}) => {
  await page.goto(world.url);
  await expect(page).toHaveURL(/\/login/);
  await axe();
  await page.getByLabel('Email').fill(world.email);
  await page.getByLabel('Password', { exact: true }).fill('not the password');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').first()).toBeVisible();
  problems.splice(0, problems.length, ...problems.filter((p) => !/status of 401/.test(p)));
  await page.getByLabel('Password', { exact: true }).fill(world.password);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${world.url}/`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

for (const path of [
  '/',
  '/postbacks',
  '/refs',
  '/leads',
  '/refunds',
  '/losses',
  '/campaigns',
  '/campaigns/new',
  '/settings',
  '/settings/keys',
]) {
  test(`an empty ${path} teaches the next step and is accessible`, async ({ console: page, world, axe }) => {
    await page.goto(world.url + path, { waitUntil: 'networkidle' });
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await axe();
  });
}

test('a new API key stays to be copied while other changes arrive', async ({
  console: page,
  world,
}, info) => {
  await page.goto(`${world.url}/settings/keys`, { waitUntil: 'networkidle' });
  await page.getByLabel('Name').fill(`shop ${info.project.name}`);
  await page.getByRole('button', { name: 'Make the key' }).click();
  const key = page.getByText(/^ll_[\w-]{20,}$/).first();
  await expect(key).toBeVisible();
  const text = await key.innerText();
  // another key is made elsewhere: the list reads itself again
  const other = await page.context().newPage();
  await other.goto(`${world.url}/settings/keys`, { waitUntil: 'networkidle' });
  await other.getByLabel('Name').fill(`other ${info.project.name}`);
  await other.getByRole('button', { name: 'Make the key' }).click();
  await expect(page.getByText(`other ${info.project.name}`).first()).toBeVisible();
  await expect(page.getByText(text, { exact: true }).first()).toBeVisible();
});
