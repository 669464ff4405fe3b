import { createBilling } from '../../app/practice/billing/index.ts';
import { expect, test } from './fixtures.ts';

test('a webhook endpoint is added, takes what it can prove, and replays it', async ({
  console: page,
  world,
  axe,
}, info) => {
  const look = info.project.name;
  const secret = `whsec_journey_${look}`;
  const order = `order_hook_${look}`;
  await world.turn(0);

  await page.goto(`${world.url}/settings/webhooks`);
  await axe();
  await page.getByRole('link', { name: 'Add an endpoint' }).first().click();
  await page.getByLabel('Name').fill(`journey-${look}`);
  const url = `${world.url}/webhooks/stripe/journey-${look}`;
  await expect(page.getByText(url)).toBeVisible();
  await expect(page.getByText('charge.dispute.created')).toBeVisible();
  await page.getByRole('button', { name: 'Add the endpoint' }).click();
  await expect(page.getByRole('alert').first()).toContainText('Signing secret');
  await page.getByLabel('Signing secret', { exact: true }).fill(secret);
  await axe();
  await page.getByRole('button', { name: 'Add the endpoint' }).click();
  await expect(page.getByText('Nothing has arrived yet')).toBeVisible();
  const endpoint = page.url();

  // a paid checkout, a refund of it, one that somebody else signed, and a test
  const billing = createBilling({ endpoints: { stripe: { url, secret } } });
  const ref = world.codeOf(world.campaigns.springStarter);
  await billing.pay({ source: 'stripe', orderId: order, amountCents: 4_900, ref });
  await billing.refund({ key: order, id: `re_hook_${look}` });
  billing.setFaults([{ kind: 'wrong_secret', remaining: 1 }]);
  const forged = await billing.other({ source: 'stripe', type: 'customer.created' });
  expect(forged.deliveries).toMatchObject([{ status: 400 }]);
  await billing.pay({ source: 'stripe', orderId: `${order}_test`, amountCents: 100, livemode: false });
  expect(billing.deliveries().deliveries.map(({ status }) => status)).toEqual([200, 200, 200, 400, 200]);

  await page.goto(endpoint);
  const rows = page.getByRole('table', { name: 'Deliveries' }).getByRole('row');
  await expect(rows.filter({ hasText: 'refund.created' })).toContainText('Handled');
  await expect(rows.filter({ hasText: 'charge.refunded' })).toContainText('one refund, not two');
  await expect(rows.filter({ hasText: 'Refused' })).toContainText('No secret of this endpoint');
  await expect(rows.filter({ hasText: 'checkout.session.completed' }).first()).toContainText(/test/);
  await axe();

  // what it became, its raw body, and the same again
  await page.getByLabel(/Id of an event/).fill(`re_hook_${look}`);
  await page.keyboard.press('Enter');
  await expect(rows.filter({ hasText: 'checkout.session.completed' })).toHaveCount(0);
  await page.getByRole('link', { name: 'refund.created' }).click();
  await expect(page.getByText('Signature fits')).toBeVisible();
  await expect(page.getByLabel('Body', { exact: true })).toContainText(`re_hook_${look}`);
  await axe();
  await page.getByRole('button', { name: 'Replay' }).click();
  await expect(page.getByText('It was processed')).toBeVisible();
  await page.getByRole('link', { name: 'Open refund' }).click();
  await expect(page.getByText(`re_hook_${look}`).first()).toBeVisible();
});

test('a mapping is tried on real events before it is saved, and a secret is rotated', async ({
  console: page,
  world,
  axe,
}, info) => {
  const look = info.project.name;
  // a button that changes its colours would be measured half way
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const [old, fresh] = [`whsec_before_${look}`, `whsec_after_${look}`];
  await world.turn(0);
  await page.goto(`${world.url}/settings/webhooks/new`);
  await page.getByLabel('Name').fill(`mapping-${look}`);
  await page.getByLabel('Signing secret', { exact: true }).fill(old);
  await page.getByRole('button', { name: 'Add the endpoint' }).click();
  await expect(page.getByText('Nothing has arrived yet')).toBeVisible();
  const url = `${world.url}/webhooks/stripe/mapping-${look}`;
  const billing = createBilling({ endpoints: { stripe: { url, secret: old } } });
  const order = `order_map_${look}`;
  const { payment } = await billing.pay({
    source: 'stripe',
    orderId: order,
    amountCents: 4_900,
    ref: 'NoSuch12',
  });

  await page.getByRole('link', { name: 'Mapping' }).click();
  const preview = page.getByRole('listitem').filter({ hasText: 'checkout.session.completed' });
  await expect(preview).toContainText(String(payment.ids.session));
  await expect(page.getByRole('button', { name: 'Save the mapping' })).toBeDisabled();
  await page.getByLabel('The conversion’s id', { exact: true }).selectOption('client_reference_id');
  await expect(page.getByRole('status').filter({ hasText: '1 of 1 change' })).toBeVisible();
  await expect(preview).toContainText(order);
  // a name that is missing is said before it is saved
  await page.getByLabel('First (1): name of the field').fill('');
  await expect(page.getByRole('alert')).toContainText('not complete');
  await page.getByLabel('First (1): name of the field').fill('rgta_ref');
  const save = page.getByRole('button', { name: 'Save the mapping' });
  await expect(save).toBeEnabled();
  await axe();
  await save.click();
  await expect(page.getByText('The mapping is saved')).toBeVisible();

  await page.getByRole('link', { name: 'Address and secret' }).click();
  await page.getByLabel('New secret').fill(fresh);
  await page.getByRole('button', { name: 'Rotate the secret' }).click();
  await expect(page.getByText('two are valid now')).toBeVisible();
  await axe();
  for (const [secret, status] of [
    [old, 200],
    [fresh, 200],
    ['whsec_of_another', 400],
  ] as const) {
    billing.connect({ source: 'stripe', url, secret });
    const { deliveries } = await billing.other({ source: 'stripe', type: 'customer.updated' });
    expect(deliveries).toMatchObject([{ status }]);
  }
});
