import { describe, expect, test } from 'vitest';
import {
  clearOldBodies,
  getEvent,
  listEvents,
  previewMapping,
  readRetention,
  replayEvent,
  saveRetention,
} from '#app/modules/webhooks/index.server.ts';
import { fixture } from '#app/modules/webhooks/sources/testing/samples.ts';
import { SYSTEM } from '#app/platform/context.server.ts';
import { DAY_MS, maya } from '../setup/refund-kit.ts';
import { fresh, startWebhookKit, stripePayment } from '../setup/webhook-kit.ts';

const owner = { ...SYSTEM, type: 'user', id: 'usr_2', name: 'Olga', role: 'owner' } as const;

describe('bodies of old events', () => {
  test('those that are done go after the days that are set, waiting and failed ones never, and what they became stays', async () => {
    const kit = await startWebhookKit();
    const { id: endpointId } = await kit.addEndpoint('stripe');
    const payment = stripePayment(kit.codeOf('springStarter'));
    const handled = (await kit.post('stripe', payment.session_completed())).json.data.id;
    const ignored = (await kit.post('stripe', { id: 'evt_else', type: 'product.created', data: {} })).json
      .data.id;
    const failed = (
      await kit.post('stripe', payment.session_completed({ 'data.object.amount_total': 'much' }))
    ).json.data.id;
    await kit.post('stripe', {}, { secret: 'whsec_a_wrong_one' });
    const waiting = (await kit.post('stripe', payment.refund('created'))).json.data.id;
    await kit.prisma.webhookEvent.update({ where: { id: waiting }, data: { state: 'waiting' } });

    expect(await readRetention(kit.ctx)).toBe(90);
    kit.clock.advance(89 * DAY_MS);
    expect(await clearOldBodies(kit.ctx)).toBe(0);
    kit.clock.advance(2 * DAY_MS);
    expect(await clearOldBodies(kit.ctx)).toBe(3);
    expect(await clearOldBodies(kit.ctx)).toBe(0);

    const rows = await kit.prisma.webhookEvent.findMany({ where: { endpointId }, orderBy: { id: 'asc' } });
    expect(
      rows.map((row) => [row.state, row.body === '', row.headers === '[]', row.bodyRemovedAt !== null]),
    ).toEqual([
      ['handled', true, true, true],
      ['ignored', true, true, true],
      ['failed', false, false, false],
      ['refused', true, true, true],
      ['waiting', false, false, false],
    ]);
    const old = await getEvent(kit.ctx, handled);
    expect(old).toMatchObject({ body: '', headers: [], bodyRemovedAt: expect.any(String) });
    expect(old.bodyBytes).toBeGreaterThan(0);
    expect(old.became).toMatchObject([{ kind: 'conversion' }]);
    for (const id of [handled, ignored])
      await expect(replayEvent(kit.ctx, kit.webhooks, { id, actor: owner })).rejects.toThrow(
        /^The body of this event was removed on \d{4}-\d\d-\d\d/,
      );
    expect((await kit.event(ignored)).state).toBe('ignored');
    expect((await replayEvent(kit.ctx, kit.webhooks, { id: failed, actor: owner })).state).toBe('failed');
    // what cannot be read any more is no sample of a mapping
    expect((await previewMapping(kit.ctx, { endpointId, mapping: {} })).map(({ event }) => event.id)).toEqual(
      [waiting, failed],
    );
    // the provider sends the old one again: it is known
    expect(
      (await kit.post('stripe', { id: 'evt_else', type: 'product.created', data: {} })).json.data,
    ).toEqual({
      id: ignored,
      state: 'ignored',
    });
  });

  test('an owner sets the days, which is audited; others and other numbers are refused', async () => {
    const kit = await startWebhookKit();
    await kit.addEndpoint('stripe');
    const { id } = (await kit.post('stripe', { id: 'evt_x', type: 'product.created', data: {} })).json.data;
    await expect(saveRetention(kit.ctx, { days: 30, actor: maya })).rejects.toThrow('needs the role owner');
    for (const days of [6, 3_651, 'soon', 7.5])
      await expect(saveRetention(kit.ctx, { days, actor: owner })).rejects.toThrow(
        'Whole days, from 7 to 3,650',
      );
    expect(await saveRetention(kit.ctx, { days: '7', actor: owner })).toBe(7);
    await saveRetention(kit.ctx, { days: 7, actor: owner });
    const notes = await kit.prisma.auditEntry.findMany({ where: { action: 'webhook_retention_changed' } });
    expect(notes.map(({ detail }) => JSON.parse(detail ?? ''))).toEqual([{ before: 90, after: 7 }]);
    kit.clock.advance(8 * DAY_MS);
    await clearOldBodies(kit.ctx);
    expect((await kit.event(id)).bodyRemovedAt).not.toBeNull();
  });

  test('many go in small steps, oldest first, each once', async () => {
    const kit = await startWebhookKit();
    const { id: endpointId } = await kit.addEndpoint('stripe');
    const now = kit.clock.now();
    const old = (i: number) => ({
      id: `evt_old_${String(i).padStart(4, '0')}`,
      endpointId,
      verdict: 'verified',
      state: 'handled',
      body: 'x'.repeat(1_000),
      bodyBytes: 1_000,
      headers: '[]',
      receivedAt: new Date(now - 100 * DAY_MS + i),
      lastSeenAt: new Date(now),
    });
    await kit.prisma.webhookEvent.createMany({ data: Array.from({ length: 2_060 }, (_, i) => old(i)) });
    expect(await clearOldBodies(kit.ctx)).toBe(2_000);
    const left = await kit.prisma.webhookEvent.findMany({
      where: { bodyRemovedAt: null },
      orderBy: { id: 'asc' },
      select: { id: true },
    });
    expect([left.length, left[0]?.id]).toEqual([60, 'evt_old_2000']);
    expect(await clearOldBodies(kit.ctx)).toBe(60);
  });
});

test('live deliveries and tests of the provider are listed apart, with the other filters', async () => {
  const kit = await startWebhookKit();
  const { id: endpointId } = await kit.addEndpoint('stripe');
  const payment = stripePayment(kit.codeOf('springStarter'));
  const live = (await kit.post('stripe', payment.session_completed())).json.data.id;
  const one = (await kit.post('stripe', { ...payment.session_completed(), livemode: false })).json.data.id;
  const other = (await kit.post('stripe', { ...payment.refund('created'), livemode: false })).json.data.id;
  const ids = async (filter: Parameters<typeof listEvents>[1]['filter']) =>
    (await listEvents(kit.ctx, { endpointId, filter })).items.map(({ id }) => id);
  expect(await ids({})).toEqual([other, one, live]);
  expect(await ids({ mode: 'live' })).toEqual([live]);
  expect(await ids({ mode: 'test' })).toEqual([other, one]);
  expect(await ids({ mode: 'test', type: 'checkout.session.completed' })).toEqual([one]);
  expect(await ids({ mode: 'test', state: 'handled' })).toEqual([]);
});

test('a mapping is tried most of all on events whose meaning it decides', async () => {
  const kit = await startWebhookKit();
  const { id: endpointId } = await kit.addEndpoint('stripe');
  const row = (i: number, type: string, body: unknown) => ({
    id: `evt_${String(i).padStart(4, '0')}`,
    endpointId,
    eventId: `evt_${i}`,
    type,
    verdict: 'verified',
    state: 'ignored',
    body: JSON.stringify(body),
    bodyBytes: 2,
    headers: '[]',
    receivedAt: new Date(),
    lastSeenAt: new Date(),
  });
  const session = fixture('stripe', 'checkout.session.completed', { id: `evt_${fresh()}` });
  const refund = fixture('stripe', 'refund.created', { id: `evt_${fresh()}` });
  await kit.prisma.webhookEvent.createMany({
    data: [
      ...Array.from({ length: 30 }, (_, i) => row(i, 'checkout.session.completed', session)),
      ...Array.from({ length: 60 }, (_, i) => row(100 + i, 'refund.created', refund)),
    ],
  });
  const types = async () => {
    const tried = await previewMapping(kit.ctx, { endpointId, mapping: {} });
    expect(tried.map(({ event }) => event.id)).toEqual(
      tried
        .map(({ event }) => event.id)
        .toSorted()
        .toReversed(),
    );
    return Object.groupBy(tried, ({ event }) => event.type ?? '');
  };
  const both = await types();
  expect([both['checkout.session.completed']?.length, both['refund.created']?.length]).toEqual([15, 5]);
  expect(both['checkout.session.completed']?.[0]?.event.id).toBe('evt_0029');
  await kit.prisma.webhookEvent.deleteMany({ where: { type: 'checkout.session.completed' } });
  expect((await types())['refund.created']).toHaveLength(20);
});
