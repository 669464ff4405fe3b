import { expect, test } from './fixtures.ts';

test('a file of billing is mapped, tried, run, and every gap leads to what it is about', async ({
  console: page,
  world,
  axe,
  problems,
}, info) => {
  test.slow();
  const look = info.project.name;
  // a button that changes its colours would be measured half way
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await world.turn(0);
  const id = (name: string): string => `rec_${look}_${name}`;
  const report = (name: string, revenueCents: number, ref?: string) =>
    world.api('POST', '/api/v1/conversions', {
      externalId: id(name),
      eventType: 'PURCHASE',
      revenueCents,
      currency: 'USD',
      ...(ref ? { ref } : {}),
    });
  const code = world.codeOf(world.campaigns.springStarter);
  await report('good', 4_900, code);
  await report('cents', 49, code);
  await report('returned', 4_900, code);
  await report('no_code', 4_900);
  await report('ours', 1_200, code);
  const day = new Date().toISOString().slice(0, 10);
  const line = (name: string, total = '49.00', status = 'paid'): string =>
    `${id(name)};${total};USD;${status};${day}\n`;
  const head = 'order_id;total;currency;status;date\n';
  const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

  await page.goto(`${world.url}/reports`);
  await page.getByRole('link', { name: 'Reconciliation' }).click();
  await expect(page.getByText('up to 256 MB and 2,000,000 rows')).toBeVisible();
  await axe();
  await page.getByRole('button', { name: 'Upload' }).click();
  await expect(page.getByText('Choose a file first.')).toBeVisible();
  // what cannot be read is told with its line, and nothing of it stays
  await page
    .getByLabel('File', { exact: true })
    .setInputFiles(file('broken.csv', `${head}"a"b;1;USD;paid;\n`));
  await page.getByRole('button', { name: 'Upload' }).click();
  await expect(page.getByRole('alert')).toContainText('Line 2: After the quote');
  await axe();
  problems.splice(0, problems.length, ...problems.filter((p) => !/status of 400/.test(p)));
  await expect(page.getByText('broken.csv')).toHaveCount(0);

  const text =
    head +
    ['good', 'cents', 'no_code', 'stranger', 'stranger'].map((name) => line(name)).join('') +
    line('returned', '49.00', 'refunded') +
    line('odd', '49.00', 'vague');
  await page.getByLabel('File', { exact: true }).setInputFiles(file(`book-${look}.csv`, text));
  await page.getByRole('button', { name: 'Upload' }).click();
  await expect(page.getByLabel('Amount', { exact: true })).toHaveValue('1');
  await expect(page.getByLabel('Time', { exact: true })).toHaveValue('4');
  const trial = page.getByRole('table', { name: 'The first rows', exact: true });
  await expect(trial.getByRole('row').filter({ hasText: id('odd') })).toContainText('Unreadable');
  await axe();
  // what was changed is tried before the whole file may run
  const run = page.getByRole('button', { name: 'Run all 7 rows' });
  await page.getByLabel('vague').selectOption('unpaid');
  await expect(run).toBeDisabled();
  await page.getByRole('button', { name: /^Try on the first 7/ }).click();
  await expect(trial.getByRole('row').filter({ hasText: id('odd') })).toContainText('Left out');
  await run.click();

  const reasons = page.getByRole('table', { name: 'Reasons' });
  await expect(page.getByText('Done', { exact: true })).toBeVisible();
  for (const reason of [
    'Refunded, not disputed',
    'No tracking code',
    'Never captured',
    'Twice in the file',
    'Left out',
  ])
    await expect(reasons.getByRole('link', { name: reason, exact: true })).toHaveCount(1);
  const gaps = page.getByRole('table', { name: 'All gaps' });
  await expect(gaps.getByRole('row').filter({ hasText: id('cents') })).toContainText('Exactly a hundredth');
  await expect(gaps.getByRole('row').filter({ hasText: id('good') })).toHaveCount(0);
  await axe();
  await reasons.getByRole('link', { name: 'Matched' }).click();
  await expect(
    page
      .getByRole('table', { name: 'Matched' })
      .getByRole('row')
      .filter({ hasText: id('good') }),
  ).toBeVisible();
  const here = page.url();
  const csv = await page.request.get(
    `${world.url}/export/reconcile.csv?id=${/reconcile\/(\d+)/.exec(here)?.[1]}`,
  );
  const records = (await csv.text()).split('\r\n');
  expect(records).toContainEqual(expect.stringContaining(`4,${id('no_code')},No tracking code,`));
  // what the file lacks comes last, on the page behind the orders of all other journeys
  expect(records.filter((record) => record.includes(id('ours')))).toEqual([
    expect.stringContaining('In Leadline only'),
  ]);
  await page.getByRole('link', { name: 'All gaps' }).click();
  await gaps
    .getByRole('row')
    .filter({ hasText: id('returned') })
    .getByRole('link', { name: 'Lead' })
    .click();
  await expect(page.getByText(id('returned')).first()).toBeVisible();

  await page.goto(here);
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('dialog')).toContainText('cannot be undone');
  await axe();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.waitForURL(`${world.url}/reports/reconcile`);
  await expect(page.getByText(`book-${look}.csv`)).toHaveCount(0);
});
