import { describe, expect, test } from 'vitest';
import {
  changeEndpoint,
  createEndpoint,
  listEvents,
  previewMapping,
  processWaiting,
  replayEvent,
} from '#app/modules/webhooks/index.server.ts';
import { fixture } from '#app/modules/webhooks/sources/testing/samples.ts';
import { maya } from '../setup/refund-kit.ts';
import { until } from '../setup/wait.ts';
import { SECRETS, startWebhookKit, stripePayment } from '../setup/webhook-kit.ts';

describe('what cannot be right is parked with a clear word, never half applied', () => {
  test('RG-39 RG-42 a refund in another currency, one larger than the order, and one for another account ask a person', async () => {
    const kit = await startWebhookKit();
    await kit.addEndpoint('stripe');
    const own = await kit.prisma.networkAccount.findUniqueOrThrow({ where: { id: kit.accountId } });
    const { id: otherAccount } = await kit.prisma.networkAccount.create({
      data: { ...own, id: kit.ctx.newId('acc'), name: 'second' },
    });
    await createEndpoint(kit.ctx, {
      endpoint: { source: 'stripe', name: 'second', accountId: otherAccount, secret: SECRETS.stripe },
      actor: maya,
    });
    const cases = [
      { word: 'in EUR', change: { 'data.object.currency': 'eur' } },
      { word: 'More was given back', change: { 'data.object.amount': 9900 } },
      { word: 'another account', change: {}, name: 'second' },
    ];
    for (const { word, change, name } of cases) {
      const payment = stripePayment(kit.codeOf('springStarter'));
      await kit.post('stripe', payment.session_completed());
      await kit.leadOf(payment.intent);
      const event = payment.refund('created');
      const object = (event.data as { object: Record<string, unknown> }).object;
      for (const [path, value] of Object.entries(change)) object[path.split('.').at(-1) ?? ''] = value;
      const { status, json } = await kit.post('stripe', event, name ? { name } : {});
      expect([status, json.data.state]).toEqual([200, 'handled']);
      expect(await kit.refundsOf(payment.charge)).toMatchObject([
        { disposition: 'needs_review', explanation: expect.stringContaining(word), disputeMessageId: null },
      ]);
      const [became] = await kit.became(json.data.id);
      expect(became).toMatchObject({ kind: 'refund', words: expect.stringContaining(word) });
    }
    expect(await kit.disputes()).toEqual([]);
  });

  test('the same id with other content fails in words and is kept; the shop’s own report of a refund is the same refund', async () => {
    const kit = await startWebhookKit();
    await kit.addEndpoint('stripe');
    const payment = stripePayment(kit.codeOf('springStarter'));
    await kit.post('stripe', payment.session_completed());
    const other = payment.session_completed({ 'data.object.amount_total': 100 });
    const conversion = await kit.post('stripe', other);
    expect(await kit.event(conversion.json.data.id)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('other content'),
    });
    await kit.leadOf(payment.intent);
    // the shop reports the refund itself, by the payment alone
    const { id } = await kit.refund({
      refundId: payment.refundId('re'),
      paymentId: payment.intent,
      amountCents: 4900,
    });
    for (const event of [payment.refunded(), payment.refund('created')]) {
      const { json } = await kit.post('stripe', event);
      expect((await kit.became(json.data.id))[0]).toMatchObject({ kind: 'refund', id });
    }
    expect(await kit.prisma.refund.count()).toBe(1);
    const different = await kit.post('stripe', payment.refund('updated', 're', 1234));
    expect(await kit.event(different.json.data.id)).toMatchObject({ state: 'failed' });
    expect(await kit.prisma.intakeConflict.count({ where: { kind: 'refund' } })).toBe(1);
    expect(await kit.prisma.intakeConflict.count({ where: { kind: 'conversion' } })).toBe(1);
  });

  test('what only adds to a sale is left out where it is not fit; a code that cannot be sent fails', async () => {
    const kit = await startWebhookKit();
    await kit.addEndpoint('stripe');
    const email = `${'x'.repeat(400)}@example.com`;
    const payment = stripePayment(kit.codeOf('springStarter'));
    const kept = await kit.post(
      'stripe',
      payment.session_completed({ 'data.object.customer_details': { email } }),
    );
    expect(await kit.became(kept.json.data.id)).toMatchObject([
      { kind: 'conversion', words: expect.stringContaining('Left out') },
    ]);
    const long = stripePayment('x'.repeat(65));
    const failed = await kit.post('stripe', long.session_completed());
    expect(await kit.event(failed.json.data.id)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('ref'),
    });
    expect(await kit.prisma.conversion.count()).toBe(1);
  });

  test('tests of the provider are kept apart, and reported only where the mapping says so', async () => {
    const kit = await startWebhookKit();
    const { id } = await kit.addEndpoint('stripe');
    const payment = stripePayment(kit.codeOf('springStarter'));
    const { json } = await kit.post('stripe', { ...payment.session_completed(), livemode: false });
    expect(await kit.event(json.data.id)).toMatchObject({ state: 'ignored', testMode: true });
    expect(
      (await kit.post('stripe', { ...payment.refund('created'), livemode: false })).json.data.state,
    ).toBe('ignored');
    expect(await kit.prisma.conversion.count()).toBe(0);
    expect(await kit.prisma.refund.count()).toBe(0);
    await kit.setMapping(id, { reportTestMode: true });
    expect(await replayEvent(kit.ctx, kit.webhooks, { id: json.data.id, actor: maya })).toMatchObject({
      state: 'handled',
    });
    await kit.setMapping(id, { sandbox: true });
    const live = await kit.post('stripe', stripePayment(kit.codeOf('springStarter')).session_completed());
    expect(await kit.event(live.json.data.id)).toMatchObject({ state: 'ignored', testMode: true });
  });
});

describe('mapping', () => {
  test('RG-16 is tried on real events before it is saved, and a replay applies it', async () => {
    const kit = await startWebhookKit();
    const { id } = await kit.addEndpoint('stripe');
    const code = kit.codeOf('springStarter');
    const payment = stripePayment(code);
    // this shop keeps the code under another name
    const { json } = await kit.post(
      'stripe',
      payment.session_completed({ 'data.object.metadata': { affiliate: code, order_no: 'A-1' } }),
    );
    await kit.post('stripe', {
      ...fixture('stripe', 'refund.created'),
      id: 'evt_other',
      type: 'product.created',
    });
    expect((await kit.became(json.data.id))[0]?.words).toContain('no tracking code');
    const mapping = { externalId: { metadata: 'order_no' }, ref: [{ metadata: 'affiliate' }] };
    const preview = await previewMapping(kit.ctx, { endpointId: id, mapping });
    expect(preview).toMatchObject([
      {
        event: { id: json.data.id, became: [{ kind: 'conversion' }] },
        was: { kind: 'conversion', externalId: payment.session, ref: null, amountCents: 4900 },
        would: { kind: 'conversion', externalId: 'A-1', ref: code },
        changes: true,
      },
    ]);
    expect(await kit.prisma.conversion.count()).toBe(1);
    const missing = await previewMapping(kit.ctx, {
      endpointId: id,
      mapping: { externalId: { metadata: 'none' } },
    });
    expect(missing[0]?.would).toMatchObject({
      kind: 'fault',
      words: expect.stringContaining('metadata.none'),
    });
    for (const wrong of [{ externalId: 'cart' }, { ref: [] }, { unknown: 1 }, { ref: [{ metadata: 'a b' }] }])
      await expect(kit.setMapping(id, wrong)).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
    await kit.setMapping(id, mapping);
    const replayed = await replayEvent(kit.ctx, kit.webhooks, { id: json.data.id, actor: maya });
    expect(replayed).toMatchObject({ state: 'handled', became: [{ kind: 'conversion' }] });
    await until('the lead of A-1', () => kit.prisma.lead.findFirst({ where: { externalId: 'A-1' } }));
    const audit = await kit.prisma.auditEntry.findMany({ where: { subjectId: json.data.id } });
    expect(audit).toMatchObject([{ action: 'webhook_event_replayed', actorName: 'Maya' }]);
  });

  test('of a subscription only the first payment is reported, though two come at once', async () => {
    const kit = await startWebhookKit();
    const { id } = await kit.addEndpoint('stripe');
    const invoice = (invoiceId: string) =>
      fixture('stripe', 'invoice.payment_succeeded', {
        id: `evt_of_${invoiceId}`,
        'data.object.id': invoiceId,
        'data.object.parent.subscription_details.metadata': { rgta_ref: kit.codeOf('springStarter') },
      });
    const answers = await Promise.all(
      ['in_a', 'in_b', 'in_c'].map((one) => kit.post('stripe', invoice(one))),
    );
    expect(answers.map(({ json }) => json.data.state).sort()).toEqual(['handled', 'ignored', 'ignored']);
    expect(await kit.prisma.conversion.count()).toBe(1);
    await kit.setMapping(id, { renewals: 'every' });
    for (const { json } of answers)
      await replayEvent(kit.ctx, kit.webhooks, { id: json.data.id, actor: maya });
    expect(await kit.prisma.conversion.count()).toBe(3);
  });

  test('an endpoint without an account keeps everything waiting until there is one', async () => {
    const kit = await startWebhookKit();
    const { id } = await kit.addEndpoint('stripe');
    await kit.prisma.webhookEndpoint.update({ where: { id }, data: { accountId: '' } });
    const payment = stripePayment(kit.codeOf('springStarter'));
    const { status, json } = await kit.post('stripe', payment.session_completed());
    expect([status, json.data.state]).toEqual([200, 'waiting']);
    expect(await kit.event(json.data.id)).toMatchObject({ error: expect.stringContaining('choose one') });
    await changeEndpoint(kit.ctx, { id, change: { accountId: kit.accountId }, actor: maya });
    kit.clock.advance(6_000);
    await processWaiting(kit.ctx, kit.webhooks);
    await kit.leadOf(payment.intent);
    expect((await kit.event(json.data.id)).state).toBe('handled');
  });
});

test('an endpoint’s events are listed by state, type, verdict and id, and paged both ways', async () => {
  const kit = await startWebhookKit();
  const { id: endpointId } = await kit.addEndpoint('stripe');
  const payment = stripePayment(kit.codeOf('springStarter'));
  const sale = await kit.post('stripe', payment.session_completed());
  const refund = await kit.post('stripe', payment.refund('created'));
  await kit.post('stripe', payment.refund('updated'));
  const unknown = await kit.post('stripe', {
    id: 'evt_unknown',
    type: 'product.created',
    data: { object: {} },
  });
  await kit.post('stripe', {}, { secret: 'whsec_a_wrong_one' });
  const list = async (filter: Record<string, string>) =>
    (await listEvents(kit.ctx, { endpointId, filter })).items.map(({ id }) => id);
  expect(await list({})).toHaveLength(5);
  expect(await list({ state: 'ignored' })).toEqual([unknown.json.data.id]);
  expect(await list({ verdict: 'refused' })).toHaveLength(1);
  expect(await list({ verdict: 'verified' })).toHaveLength(4);
  expect(await list({ verdict: 'refused', state: 'handled' })).toEqual([]);
  expect(await list({ type: 'refund.created', state: 'handled' })).toEqual([refund.json.data.id]);
  expect(await list({ q: 'evt_unknown' })).toEqual([unknown.json.data.id]);
  expect(await list({ q: payment.session })).toEqual([sale.json.data.id]);
  expect(await list({ q: payment.refundId('re') })).toHaveLength(2);
  const { items } = await listEvents(kit.ctx, { endpointId, filter: {} });
  expect(items[1]).toMatchObject({ type: 'product.created', words: expect.stringContaining('mean nothing') });
  const older = await listEvents(kit.ctx, { endpointId, filter: {}, before: items[1]?.id });
  expect(older.items.map(({ id }) => id)).toEqual(items.slice(2).map(({ id }) => id));
  const newer = await listEvents(kit.ctx, { endpointId, filter: {}, after: items[3]?.id });
  expect(newer.items.map(({ id }) => id)).toEqual(items.slice(0, 3).map(({ id }) => id));
  await expect(
    replayEvent(kit.ctx, kit.webhooks, { id: items[0]?.id ?? '', actor: maya }),
  ).rejects.toMatchObject({
    code: 'CONFLICT',
  });
});
