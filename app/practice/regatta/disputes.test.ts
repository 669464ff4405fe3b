import { describe, expect, test } from 'vitest';
import { type Kit, startKit } from './test-kit.ts';

const DAY_MS = 86_400_000;

async function convert(kit: Kit, changes: Record<string, unknown> = {}): Promise<string> {
  const reply = await kit.postback(changes);
  expect(reply.status).toBe(201);
  return String(reply.json?.data?.id);
}

describe('disputes', () => {
  test('RG-36 RG-37 a dispute while held is saved and gives the money back', async () => {
    const kit = await startKit();
    const before = kit.regatta.state();
    const id = await convert(kit);
    const reason = 'Buyer refunded order via Stripe (refund id re_1, processed 2026-05-12)';
    const reply = await kit.call('POST', `/leads/${id}/dispute`, { reason });
    expect(reply.status).toBe(200);
    expect(reply.json).toEqual({
      success: true,
      data: { id, status: 'DISPUTED', disputedAt: '2026-05-01T12:00:00.000Z', disputeReason: reason },
    });
    const after = kit.regatta.state();
    expect(after.advertisers).toEqual(before.advertisers);
    expect(after.campaigns.map((one) => one.spentCents)).toEqual([0, 0, 0, 0, 0]);
    expect(kit.regatta.leads()[0]).toMatchObject({ status: 'DISPUTED', holdState: 'REVERSED' });
    expect((await kit.postback()).json?.data?.status).toBe('DISPUTED');
  });

  test('RG-36 a second dispute answers 200 with the first one’s data and moves no money', async () => {
    const kit = await startKit();
    const id = await convert(kit);
    const first = await kit.call('POST', `/leads/${id}/dispute`, { reason: 're_1' });
    const before = kit.regatta.state().advertisers;
    kit.regatta.changeClock({ advanceMs: 40 * DAY_MS });
    const again = await kit.call('POST', `/leads/${id}/dispute`, { reason: 're_2' });
    expect(again.status).toBe(200);
    expect(again.json).toEqual(first.json);
    expect(kit.regatta.state().advertisers).toEqual(before);
    expect(kit.regatta.ledger({ externalId: 'order_1' }).tally.disputes).toBe(1);
  });

  test.each([[undefined], [''], ['x'.repeat(2001)], [7]])(
    'RG-36 the reason %j is refused with details',
    async (reason) => {
      const kit = await startKit();
      const id = await convert(kit);
      const reply = await kit.call('POST', `/leads/${id}/dispute`, { reason });
      expect(reply.status).toBe(400);
      expect(reply.json?.error?.details?.[0]?.path).toEqual(['reason']);
      expect(kit.regatta.leads()[0]?.status).toBe('VERIFIED');
    },
  );

  test('RG-36 a reason of 2000 characters is taken', async () => {
    const kit = await startKit();
    const id = await convert(kit);
    expect((await kit.call('POST', `/leads/${id}/dispute`, { reason: 'x'.repeat(2000) })).status).toBe(200);
  });

  test('RG-43 an unknown lead is 404; another advertiser’s is 403', async () => {
    const kit = await startKit();
    const id = await convert(kit);
    const unknown = await kit.call('POST', '/leads/none/dispute', { reason: 're_1' });
    expect([unknown.status, unknown.json?.error?.code]).toEqual([404, 'NOT_FOUND']);
    const other = kit.regatta.createAdvertiser();
    const { key } = kit.regatta.createKey({ advertiserId: other.id });
    const foreign = await kit.call('POST', `/leads/${id}/dispute`, { reason: 're_1' }, key);
    expect([foreign.status, foreign.json?.error?.code]).toEqual([403, 'FORBIDDEN']);
  });
});

describe('holding period', () => {
  test('RG-33 RG-35 RG-38 a lead is held to the millisecond, then released and beyond dispute', async () => {
    const kit = await startKit();
    const id = await convert(kit);
    kit.regatta.changeClock({ advanceMs: 30 * DAY_MS - 1 });
    expect(kit.regatta.leads()[0]).toMatchObject({
      status: 'VERIFIED',
      holdState: 'PENDING_RELEASE',
      releasesAt: '2026-05-31T12:00:00.000Z',
    });
    kit.regatta.changeClock({ advanceMs: 1 });
    expect(kit.regatta.leads()[0]).toMatchObject({ status: 'VERIFIED', holdState: 'RELEASED' });
    const reply = await kit.call('POST', `/leads/${id}/dispute`, { reason: 're_1' });
    expect(reply.status).toBe(400);
    expect(reply.json?.error).toEqual({
      code: 'VALIDATION_ERROR',
      message: 'Lead has already been released and can no longer be disputed',
    });
  });

  test('RG-33 the days are frozen on the lead when it is made', async () => {
    const kit = await startKit();
    await convert(kit);
    kit.regatta.patchCampaign(kit.seed.campaigns.springStarter.id, { holdingPeriodDays: 1 });
    kit.regatta.changeClock({ advanceMs: 29 * DAY_MS });
    expect(kit.regatta.leads()[0]).toMatchObject({ holdingPeriodDays: 30, holdState: 'PENDING_RELEASE' });
  });

  test('RG-34 with zero days the money is released at once', async () => {
    const kit = await startKit();
    const id = await convert(kit, { rgta_ref: kit.codeOf(kit.seed.campaigns.refillClub.id) });
    expect(kit.regatta.leads()[0]).toMatchObject({ holdState: 'RELEASED' });
    expect((await kit.call('POST', `/leads/${id}/dispute`, { reason: 're_1' })).status).toBe(400);
  });

  test('RG-33 a backdated lead is released earlier', async () => {
    const kit = await startKit();
    const leadId = await convert(kit);
    const reply = await kit.control('POST', '/leads/backdate', {
      leadId,
      acceptedAt: '2026-04-02T00:00:00Z',
    });
    expect(reply.json).toMatchObject({
      holdState: 'PENDING_RELEASE',
      releasesAt: '2026-05-02T00:00:00.000Z',
    });
    kit.regatta.changeClock({ advanceMs: DAY_MS });
    expect(kit.regatta.leads()[0]?.holdState).toBe('RELEASED');
  });
});
