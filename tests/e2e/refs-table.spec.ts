import { readFileSync } from 'node:fs';
import { expect, test, type World } from './fixtures.ts';

const capture = (world: World, ref: string, more: Record<string, unknown> = {}) =>
  world.api('POST', '/api/v1/captures', { ref, ...more });

test('refs are narrowed by operators and from a cell, kept as a view, and found again by keyboard', async ({
  console: page,
  world,
  axe,
}, info) => {
  const own = info.project.name;
  await capture(world, `${own}-aaa`, { promo: `SPRING-${own}`, visitorId: `v1-${own}` });
  await capture(world, `${own}-aab`, { promo: `SPRING-${own}` });
  await capture(world, `${own}-zzz`, { visitorId: `v1-${own}` });
  await page.goto(`${world.url}/refs`, { waitUntil: 'networkidle' });
  const row = (ref: string) => page.getByRole('row').filter({ hasText: ref });
  await expect(row(`${own}-aaa`).first()).toBeVisible();
  await axe();

  // by operator: begins with
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('button', { name: 'Code begins with' }).click();
  await page.getByLabel('Code begins with').fill(`${own}-a`);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`prefix=${own}-a$`));
  await expect(row(`${own}-aab`)).toBeVisible();
  await expect(row(`${own}-zzz`)).toHaveCount(0);

  // from a cell, by keyboard alone: F on the row
  await page.keyboard.press('j');
  await page.keyboard.press('f');
  const dialog = page.getByRole('dialog', { name: /Narrow the list/ });
  await axe();
  await dialog.getByRole('link', { name: `Promo is SPRING-${own}` }).press('Enter');
  await expect(page).toHaveURL(new RegExp(`promo=SPRING-${own}`));
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Remove filter Promo' })).toBeVisible();

  // kept as a view
  await page.getByRole('button', { name: 'Save view…' }).press('Enter');
  const save = page.getByRole('dialog', { name: 'Save this view' });
  await save.getByLabel('Name').fill(`Spring ${own}`);
  await save.getByLabel(/Share with everybody/).check();
  await axe();
  await page.keyboard.press('ControlOrMeta+Enter');
  const tab = page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: `Spring ${own}` });
  await expect(tab).toHaveAttribute('aria-current', 'page');
  await expect(tab).toContainText('2');
  await expect(page.getByRole('button', { name: 'Save view…' })).toHaveCount(0);

  // back in from elsewhere, narrowed further and updated
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: /^All/ }).click();
  await expect(page).toHaveURL(`${world.url}/refs`);
  await tab.click();
  await expect(tab).toHaveAttribute('aria-current', 'page');
  await page.getByRole('link', { name: 'Remove filter Promo' }).click();
  await expect(tab).toContainText('edited');
  await page.getByRole('button', { name: `Change the view Spring ${own}` }).click();
  await page.getByRole('menuitem', { name: 'Update to what is shown' }).click();
  await expect(tab).toHaveAttribute('aria-current', 'page');
  await page.getByRole('button', { name: `Change the view Spring ${own}` }).click();
  await page.getByRole('menuitem', { name: 'Rename…' }).click();
  await page.getByRole('dialog', { name: 'Rename the view' }).getByLabel('Name').fill(`Begins ${own}`);
  await page.keyboard.press('Enter');
  const renamed = page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('link', { name: `Begins ${own}` });
  await expect(renamed).toBeVisible();

  // deleted, and taken back
  await page.getByRole('button', { name: `Change the view Begins ${own}` }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(renamed).toHaveCount(0);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(renamed).toBeVisible();
});

test('new refs announce themselves and wait; columns and a time range stay in the address; a row opens beside', async ({
  console: page,
  world,
  axe,
}, info) => {
  const own = `live-${info.project.name}`;
  await capture(world, `${own}-1`);
  await page.goto(`${world.url}/refs?prefix=${own}`, { waitUntil: 'networkidle' });
  const rows = page.locator('tbody tr[data-row]');
  await expect(rows).toHaveCount(1);
  await capture(world, `${own}-2`);
  const announced = page.getByRole('button', { name: '1 new' });
  await expect(announced).toBeVisible();
  await expect(rows).toHaveCount(1);
  // what is in view changes in place
  await world.api('POST', '/api/v1/records', { type: 'order', id: `ord-${own}`, ref: `${own}-1` });
  await expect(rows.first()).toContainText('on a record');
  await expect(rows).toHaveCount(1);
  await announced.click();
  await expect(rows).toHaveCount(2);
  await expect(announced).toHaveCount(0);

  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Page' }).click();
  await expect(page).toHaveURL(/hide=page/);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /Time range/ }).click();
  await page.getByRole('menuitemradio', { name: 'Last 24 hours' }).click();
  await expect(page).toHaveURL(/range=24h/);
  await page.reload({ waitUntil: 'networkidle' });
  await expect(page.getByRole('columnheader', { name: 'Page' })).toHaveCount(0);
  await expect(rows).toHaveCount(2);

  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('button', { name: 'Arrived between' }).click();
  await page.getByLabel(/^From/).fill('2020-01-01T00:00');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/from=20\d\d-\d\d-\d\dT/);
  await expect(page).not.toHaveURL(/range=/);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export CSV' }).click();
  const file = await (await download).path();
  const lines = readFileSync(file, 'utf8').split('\r\n');
  expect(lines[0]).toMatch(/^Ref,Tracking code,.*Arrived \(.+\)$/);
  expect(lines.slice(1, -1).map((line) => line.split(',')[1])).toEqual([`${own}-2`, `${own}-1`]);

  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: `Captured ref ${own}-2` })).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.getByRole('region', { name: `Captured ref ${own}-1` })).toBeVisible();
  await axe();
  await page.goto(`${world.url}/refs?prefix=${own}&visitor=nobody`, { waitUntil: 'networkidle' });
  await page.getByRole('link', { name: 'Drop the visitor' }).click();
  await expect(rows).toHaveCount(2);
});
