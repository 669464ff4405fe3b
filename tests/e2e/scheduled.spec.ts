import { expect, test } from './fixtures.ts';

// the second journey goes on where the first has ended
test.describe.configure({ mode: 'serial' });

const nameOf = (look: string): string => `Leads of the week ${look}`;

test('a list is scheduled beside its export, with its filters, by the clock of a zone', async ({
  console: page,
  world,
  axe,
}, info) => {
  const look = info.project.name;
  const name = nameOf(look);
  const channel = `Finance ${look}`;
  await page.goto(`${world.url}/settings/alerts/channels/new?kind=email`);
  await page.getByLabel('Name').fill(channel);
  await page.getByLabel('Addresses').fill('fin@example.com');
  await page.getByRole('button', { name: 'Add the channel' }).click();
  await expect(page.getByText(`${channel} is saved.`)).toBeVisible();

  await page.goto(`${world.url}/leads?view=all`);
  await page.getByRole('link', { name: 'Schedule this export' }).click();
  await expect(page.getByLabel('List')).toHaveValue('leads');
  await expect(page.getByText('view: all.')).toBeVisible();
  await axe();

  // by keyboard: what is missing is said beside its field
  await page.getByRole('button', { name: 'Schedule it' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').first()).toContainText('Give it a name');
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Goes to').selectOption({ label: `${channel} (fin@example.com)` });
  await page.getByLabel('Every').selectOption('month');
  await page.getByLabel('Day of the month').selectOption('31');
  await page.getByLabel('Hour').selectOption('6');
  await page.getByLabel('Time zone').selectOption('Europe/Berlin');
  await page.getByRole('button', { name: 'Schedule it' }).click();
  await expect(page.getByRole('heading', { name })).toBeVisible();
  await expect(page.getByText('The last day of each month at 06:00, Europe/Berlin')).toBeVisible();
  await expect(page.getByText('Nothing was sent yet')).toBeVisible();
});

test('it is sent once now, what came of it is said, and it is paused, resumed, changed and removed', async ({
  console: page,
  world,
  axe,
}, info) => {
  const name = nameOf(info.project.name);
  await page.goto(`${world.url}/settings/exports`);
  await page.getByRole('row').filter({ hasText: name }).getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { name })).toBeVisible();
  // there is no mail server in this world: the log says so
  await page.getByRole('button', { name: 'Send now' }).click();
  await expect(page.getByText(`${name} is on its way`)).toBeVisible();
  const log = page.getByRole('table', { name: 'Log of sendings' });
  await expect(log.getByRole('row').filter({ hasText: 'Send now' })).toContainText('Failed');
  await expect(log).toContainText('SMTP_URL');
  await axe();

  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('It is paused.')).toBeVisible();
  await page.goto(`${world.url}/settings/exports`);
  const row = page.getByRole('row').filter({ hasText: name });
  await expect(row).toContainText('Paused');
  await expect(row).toContainText('Failed');
  await axe();
  await row.getByRole('link', { name }).click();
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByText(`${name} runs again`)).toBeVisible();

  await page.getByRole('link', { name: 'Change' }).click();
  await expect(page.getByLabel('Day of the month')).toHaveValue('31');
  await page.getByLabel('Every').selectOption('week');
  await page.getByLabel('Day of the week').selectOption({ label: 'Friday' });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Fridays at 06:00, Europe/Berlin')).toBeVisible();

  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('Nothing more is sent.')).toBeVisible();
  await expect(page).toHaveURL(/\/settings\/exports\?removed/);
  await expect(page.getByRole('row').filter({ hasText: name })).toHaveCount(0);
});

test('old webhook events: for how many days their bodies are kept is set', async ({
  console: page,
  world,
  axe,
}, info) => {
  const days = info.project.name === 'dark' ? '45' : '30';
  await page.goto(`${world.url}/settings/webhooks`);
  await page.getByLabel('Remove bodies and headers after').fill('3');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Whole days, from 7 to 3,650').first()).toBeVisible();
  await page.getByLabel('Remove bodies and headers after').fill(days);
  // the fault goes as one types, and with it its line: the button has its place again
  await expect(page.getByText('Whole days, from 7 to 3,650')).toHaveCount(0);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Remove bodies and headers after')).toHaveValue(days);
  await axe();
});
