import { describe, expect, test } from 'vitest';
import { listLosses } from '#app/modules/disputes/index.server.ts';
import { countLeads, listLeads, readDeadlineTotals } from '#app/modules/leads/index.server.ts';
import { readDepsOf } from '#app/modules/outbox/index.server.ts';
import { DAY_MS, maya, startRefundKit } from '../setup/refund-kit.ts';
import { until } from '../setup/wait.ts';

describe('GET /api/v1/leads', () => {
  test('RG-20 RG-33 tells a lead as CONTRACT.md says, and finds it by order, lead and refund', async () => {
    const kit = await startRefundKit();
    const { externalId, lead } = await kit.lead();
    await kit.lead();
    const refund = await kit.refund({ externalId, amountCents: 1000, refundId: 're_search' });
    const { status, json } = await kit.leadline.call('GET', `/api/v1/leads/${lead.id}`);
    expect(status).toBe(200);
    expect(json.data).toMatchObject({
      id: lead.id,
      networkLeadId: kit.regatta.leads({ externalId })[0]?.id,
      network: 'regatta',
      externalId,
      trackingCode: kit.codeOf('springStarter'),
      campaignId: kit.seed.campaigns.springStarter.id,
      payoutCents: 1000,
      currency: 'USD',
      status: 'VERIFIED',
      holdState: 'pending_release',
      disputedAt: null,
      disputeReason: null,
      refund: { id: refund.id, disposition: 'needs_review' },
      refusal: null,
    });
    expect(Date.parse(json.data.disputeBy) - Date.parse(json.data.heldSince)).toBe(
      json.data.holdingPeriodDays * DAY_MS,
    );
    for (const q of [externalId, lead.id, lead.networkLeadId, 're_search']) {
      const found = await kit.leadline.call('GET', `/api/v1/leads?q=${encodeURIComponent(q)}`);
      expect(
        found.json.data.items.map((item: { id: string }) => item.id),
        q,
      ).toEqual([lead.id]);
    }
    expect((await kit.leadline.call('GET', '/api/v1/leads?q=nothing')).json.data).toEqual({
      items: [],
      nextCursor: null,
    });
  });

  test.each([
    'holdState=pending_release',
    'holdState=none',
    'limit=2',
    'dueBefore=2999-01-01T00:00:00Z',
    'from=2001-01-01T00:00:00Z',
  ])('pages through %s there and back, each lead once and in order', async (query) => {
    const kit = await startRefundKit();
    const ref = query.includes('none') ? kit.codeOf('refillClub') : kit.codeOf('springStarter');
    for (let i = 0; i < 7; i++) await kit.lead({ ref });
    await kit.campaignsKnown();
    const params = new URLSearchParams(query);
    params.set('limit', '2');
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      if (cursor) params.set('cursor', cursor);
      const { json } = await kit.leadline.call('GET', `/api/v1/leads?${params}`);
      seen.push(...json.data.items.map((item: { id: string }) => item.id));
      cursor = json.data.nextCursor;
    }
    expect(seen).toHaveLength(7);
    const sorted = [...seen].sort();
    expect([sorted, [...sorted].reverse()]).toContainEqual(seen);
    const connectorFor = readDepsOf(kit.leadline.runtime).connectorFor;
    const filter = query.includes('holdState') ? { holdState: [params.get('holdState') as 'none'] } : {};
    const first = await listLeads(kit.ctx, connectorFor, { filter, limit: 3 });
    const second = await listLeads(kit.ctx, connectorFor, { filter, limit: 3, after: first.nextAfter ?? '' });
    const back = await listLeads(kit.ctx, connectorFor, {
      filter,
      limit: 3,
      before: second.prevBefore ?? '',
    });
    expect(back.items.map((item) => item.id)).toEqual(first.items.map((item) => item.id));
    expect(back.prevBefore).toBeNull();
  });

  test('RG-33 dueBefore finds only what is still held; filters and wrong values are said', async () => {
    const kit = await startRefundKit();
    const { lead, externalId } = await kit.lead();
    const at = (ms: number) => new Date(lead.heldSince.getTime() + ms).toISOString();
    const ids = async (query: string) =>
      (await kit.leadline.call('GET', `/api/v1/leads?${query}`)).json.data.items.map(
        (item: { id: string }) => item.id,
      );
    expect(await ids(`dueBefore=${at(29 * DAY_MS)}`)).toEqual([]);
    expect(await ids(`dueBefore=${at(31 * DAY_MS)}`)).toEqual([lead.id]);
    expect(await ids(`campaign=${lead.networkCampaignId}&network=regatta&status=VERIFIED`)).toEqual([
      lead.id,
    ]);
    expect(await ids('campaign=other')).toEqual([]);
    await kit.pass(31 * DAY_MS);
    expect(await ids(`dueBefore=${at(90 * DAY_MS)}`)).toEqual([]);
    expect(await ids('holdState=released')).toEqual([lead.id]);
    const wrong = await kit.leadline.call('GET', '/api/v1/leads?holdState=soon&limit=0&colour=red');
    expect(wrong.status).toBe(400);
    expect(wrong.json.error.details?.map((d) => d.path).sort()).toEqual(['colour', 'holdState.0', 'limit']);
    expect((await kit.leadline.call('GET', '/api/v1/leads/led_nothing')).status).toBe(404);
    expect(externalId).toBe(lead.externalId);
  });
});

describe('POST /api/v1/leads/:id/dispute', () => {
  test('RG-36 RG-37 disputes with the reason word for word; a second one is refused with why', async () => {
    const kit = await startRefundKit();
    const { lead, externalId } = await kit.lead();
    const dispute = (reason: unknown) =>
      kit.leadline.call('POST', `/api/v1/leads/${lead.id}/dispute`, { reason });
    expect((await dispute('')).status).toBe(400);
    expect((await dispute('x'.repeat(2001))).status).toBe(400);
    expect((await dispute('Fraud ring 🙂, case 12')).status).toBe(202);
    await until('disputed', async () => (await kit.leadRow(lead.id)).holdState === 'disputed');
    expect(kit.regatta.leads({ externalId })[0]).toMatchObject({
      status: 'DISPUTED',
      disputeReason: 'Fraud ring 🙂, case 12',
    });
    const again = await dispute('once more');
    expect(again.status).toBe(409);
    expect(again.json.error.message).toMatch(/already disputed/);
  });

  test('RG-34 RG-38 zero days and a hold that has ended answer 409 and say why', async () => {
    const kit = await startRefundKit();
    const zero = await kit.lead({ ref: kit.codeOf('refillClub') });
    await kit.campaignsKnown();
    const held = await kit.lead();
    await kit.pass(31 * DAY_MS);
    const answer = (id: string) =>
      kit.leadline.call('POST', `/api/v1/leads/${id}/dispute`, { reason: 're_1' });
    expect((await answer(zero.lead.id)).json.error).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('zero days'),
    });
    expect((await answer(held.lead.id)).json.error).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('can no longer be disputed'),
    });
  });

  test('a key without the scope may not', async () => {
    const kit = await startRefundKit();
    expect((await kit.leadline.call('GET', '/api/v1/leads', undefined, { authorization: '' })).status).toBe(
      401,
    );
    expect(
      (
        await kit.leadline.call(
          'POST',
          '/api/v1/leads/led_1/dispute',
          { reason: 'x' },
          { authorization: 'Bearer ll_wrong' },
        )
      ).status,
    ).toBe(401);
  });
});

describe('terms that become known later', () => {
  test('RG-22 a lead opened before its campaign was known gets its expected payout, and a difference is flagged', async () => {
    const kit = await startRefundKit();
    const right = await kit.lead({ ref: kit.codeOf('annualPlan') });
    kit.regatta.setFaults([{ kind: 'alter_data', route: 'postback', data: { payoutCents: 300 } }]);
    const wrong = await kit.lead({ ref: kit.codeOf('annualPlan') });
    await kit.campaignsKnown();
    expect(await kit.leadRow(right.lead.id)).toMatchObject({
      payoutCents: 980n,
      expectedCents: 980n,
      flags: null,
    });
    const row = await kit.leadRow(wrong.lead.id);
    expect(row).toMatchObject({ payoutCents: 300n, expectedCents: 980n });
    expect(row.flags).toContain('PAYOUT_DIFFERS');
  });
});

describe('numbers of the page', () => {
  test('groups by deadline with sums, counts the tabs', async () => {
    const kit = await startRefundKit();
    const leads = [];
    for (let i = 0; i < 3; i++) leads.push(await kit.lead());
    await kit.campaignsKnown();
    for (const { externalId } of leads) await kit.refund({ externalId, amountCents: 1000 });
    const now = kit.clock.now();
    for (const [i, hours] of [2, 48, 200].entries()) {
      await kit.prisma.lead.update({
        where: { id: leads[i]?.lead.id ?? '' },
        data: { disputeBy: new Date(now + hours * 3_600_000) },
      });
    }
    const dollars = (count: number) => ({ count, sums: [{ currency: 'USD', minor: count * 1000 }] });
    expect(await readDeadlineTotals(kit.ctx, { refunded: true })).toEqual({
      today: dollars(1),
      soon: dollars(1),
      later: dollars(1),
    });
    expect(await countLeads(kit.ctx)).toEqual({ refunded: 3, due: 2, held: 3, disputed: 0, released: 0 });
  });
});

describe('GET /api/v1/refunds and losses', () => {
  test('RG-38 a missed deadline is seen end to end: lead released, refund too late, loss with its lesson', async () => {
    const kit = await startRefundKit();
    const { externalId, lead } = await kit.lead();
    const refund = await kit.refund({ externalId, amountCents: 1000 });
    await kit.pass(30 * DAY_MS + 60_000);
    const { json } = await kit.leadline.call('GET', '/api/v1/refunds?disposition=too_late');
    expect(json.data.items).toMatchObject([
      {
        id: refund.id,
        disposition: 'too_late',
        choices: [],
        loss: { payoutCents: 1000, currency: 'USD', cause: 'missed_in_review' },
        lead: { holdState: 'released' },
      },
    ]);
    const { items } = await listLosses(kit.ctx, { limit: 50 });
    expect(items).toMatchObject([
      {
        leadId: lead.id,
        payoutCents: 1000,
        refund: { id: refund.id },
        lesson: expect.stringContaining('waited here 30 days'),
      },
    ]);
    const one = await kit.leadline.call('GET', `/api/v1/leads/${lead.id}`);
    expect(one.json.data).toMatchObject({
      holdState: 'released',
      loss: { cause: 'missed_in_review' },
      refusal: expect.stringContaining('can no longer be disputed'),
    });
  });

  test('RG-43 pages and filters refunds; links one that found no order by hand', async () => {
    const kit = await startRefundKit();
    for (const kind of ['refund', 'chargeback', 'fraud', 'refund'])
      await kit.refund({ externalId: 'order_unknown', kind });
    const get = async (query: string) =>
      (await kit.leadline.call('GET', `/api/v1/refunds?${query}`)).json.data;
    const first = await get('limit=3');
    expect(first.items).toHaveLength(3);
    const rest = await get(`limit=3&cursor=${first.nextCursor}`);
    expect([rest.items.length, rest.nextCursor]).toEqual([1, null]);
    expect((await get('kind=chargeback,fraud')).items).toHaveLength(2);
    expect((await get('q=order_unknown&disposition=unmatched')).items).toHaveLength(4);
    const { linkRefund } = await import('#app/modules/disputes/index.server.ts');
    const { externalId } = await kit.lead({ paymentIds: ['ch_7'] });
    const id = first.items[1].id;
    await expect(
      linkRefund(kit.ctx, kit.deps, { refundId: id, order: 'no such', actor: maya }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await linkRefund(kit.ctx, kit.deps, { refundId: id, order: 'ch_7', actor: maya })).toEqual({
      disposition: 'disputing',
    });
    await kit.disposed(id, 'disputed');
    expect(kit.regatta.leads({ externalId })[0]?.status).toBe('DISPUTED');
  });
});
