import { describe, expect, test } from 'vitest';
import {
  decideReview,
  learnLinks,
  linkRefund,
  listRefunds,
  rematchRefunds,
} from '#app/modules/disputes/index.server.ts';
import type { KeyKind } from '#app/modules/disputes/schema.ts';
import { maya, startRefundKit } from '../setup/refund-kit.ts';
import { until } from '../setup/wait.ts';

const key = (kind: KeyKind, id: string) => ({ kind, key: id });

describe('which order a refund is of (RG-40)', () => {
  test('RG-40 every kind of id leads to the conversion, and the refund says which did', async () => {
    const kit = await startRefundKit();
    const { id } = await kit.convert({
      externalId: 'o_1',
      ref: undefined,
      paymentIds: ['cs_1', 'pi_1', 'ch_1', 'in_1', 'sub_1', 'txn_1'],
    });
    const kinds = {
      order: 'o_1',
      session: 'cs_1',
      payment_intent: 'pi_1',
      charge: 'ch_1',
      invoice: 'in_1',
      subscription: 'sub_1',
      transaction: 'txn_1',
    } as const;
    for (const [kind, value] of Object.entries(kinds)) {
      const { row } = await kit.told({ keys: [key(kind as KeyKind, value)] });
      expect(row, kind).toMatchObject({ conversionId: id, matchedBy: kind });
    }
    const byApi = await kit.refund({ paymentId: 'pi_1' });
    expect((await kit.refundRow(byApi.id)).matchedBy, 'told by its prefix').toBe('payment_intent');
    const both = await kit.told({ keys: [key('subscription', 'sub_1'), key('charge', 'ch_1')] });
    expect(both.row.matchedBy, 'the id that says most').toBe('charge');
  });

  test('RG-40 a subscription with several payments asks a person, lists them, and takes the lead that is chosen', async () => {
    const kit = await startRefundKit();
    const first = await kit.lead({ externalId: 'pay_1', paymentIds: ['sub_1', 'in_1'] });
    const second = await kit.lead({ externalId: 'pay_2', paymentIds: ['sub_1', 'in_2'] });
    const { row } = await kit.told({ keys: [key('subscription', 'sub_1')] });
    expect(row).toMatchObject({ disposition: 'needs_review', matchedBy: 'subscription' });
    expect(row.explanation).toMatch(/pay_1/);
    expect(row.explanation).toMatch(/pay_2/);
    const exact = await kit.told({ keys: [key('subscription', 'sub_1'), key('invoice', 'in_2')] });
    expect(exact.row, 'the invoice says which').toMatchObject({
      matchedBy: 'invoice',
      leadId: second.lead.id,
    });

    await expect(
      linkRefund(kit.ctx, kit.deps, { refundId: row.id, order: 'sub_1', actor: maya }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(
      linkRefund(kit.ctx, kit.deps, { refundId: row.id, leadId: 'led_none', actor: maya }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const chosen = { refundId: row.id, leadId: first.lead.id, actor: maya };
    expect(await linkRefund(kit.ctx, kit.deps, chosen)).toEqual({ disposition: 'disputing' });
    expect(await kit.refundRow(row.id)).toMatchObject({
      matchedBy: 'hand',
      leadId: first.lead.id,
      conversionId: first.id,
      ask: null,
    });
    const audit = await kit.prisma.auditEntry.findFirstOrThrow({ where: { action: 'refund_linked' } });
    expect(audit).toMatchObject({ actorName: 'Maya', subjectId: row.id });
    await expect(linkRefund(kit.ctx, kit.deps, chosen)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('RG-40 a refund of a renewal that was never reported does not take back the first payment unasked', async () => {
    const kit = await startRefundKit();
    const { lead } = await kit.lead({ externalId: 'pay_1', paymentIds: ['sub_1', 'in_1'] });
    const { row } = await kit.told({ keys: [key('subscription', 'sub_1'), key('invoice', 'in_9')] });
    expect(row).toMatchObject({ disposition: 'needs_review', leadId: lead.id });
    expect(row.explanation).toMatch(/another payment \(in_9\)/);
    expect(await kit.disputes()).toHaveLength(0);
  });

  test('RG-40 ids learned from one event find the order for a later one; none is learned from a doubtful match', async () => {
    const kit = await startRefundKit();
    const { id, lead } = await kit.lead({ externalId: 'o_1', paymentIds: ['pi_1'] });
    const learned = await kit.ctx.store.transaction((tx) =>
      learnLinks(tx, [key('payment_intent', 'pi_1'), key('charge', 'ch_1')]),
    );
    expect(learned).toEqual([id]);
    const part = { amountCents: 100, currency: 'USD' };
    const refund = await kit.told({ ...part, keys: [key('charge', 'ch_1'), key('invoice', 'in_1')] });
    expect(refund.row).toMatchObject({ leadId: lead.id, matchedBy: 'charge' });
    const later = await kit.told({ ...part, keys: [key('invoice', 'in_1')] });
    expect(later.row, 'learned from the refund').toMatchObject({ leadId: lead.id, matchedBy: 'invoice' });
    const unknown = await kit.ctx.store.transaction((tx) =>
      learnLinks(tx, [key('payment_intent', 'pi_x'), key('charge', 'ch_x')]),
    );
    expect(unknown).toEqual([]);
  });

  test('RG-40 a refund that came first finds its order by any of its ids when it is reported', async () => {
    const kit = await startRefundKit();
    const { row } = await kit.told({ keys: [key('charge', 'ch_1'), key('payment_intent', 'pi_1')] });
    expect(row.disposition).toBe('unmatched');
    await kit.lead({ paymentIds: ['pi_1'] });
    await rematchRefunds(kit.ctx, kit.deps);
    await kit.disposed(row.id, 'disputed');
    expect(await kit.refundRow(row.id)).toMatchObject({ matchedBy: 'payment_intent' });
  });
});

describe('one order reported at two campaigns', () => {
  const twice = async (kit: Awaited<ReturnType<typeof startRefundKit>>) => {
    const { springStarter, giftCardPush } = kit.seed.campaigns;
    const one = await kit.lead({ externalId: 'o_1', campaignId: springStarter.id });
    const other = { externalId: 'o_1', campaignId: giftCardPush.id, ref: kit.codeOf('giftCardPush') };
    return { one, other };
  };

  test('RG-14 RG-37 both leads are disputed, each with the refund’s own id; both rows are the same refund', async () => {
    const kit = await startRefundKit();
    const { one, other } = await twice(kit);
    const two = await kit.lead(other);
    const refund = await kit.refund({ refundId: 're_both', externalId: 'o_1' });
    const rows = await kit.copiesOf(refund.id);
    expect(rows.map((row) => row.leadId).sort()).toEqual([one.lead.id, two.lead.id].sort());
    for (const row of rows) await kit.disposed(row.id, 'disputed');
    for (const { lead } of [one, two])
      expect((await kit.leadRow(lead.id)).disputeReason).toContain('(refund id re_both,');
    const { items } = await listRefunds(kit.ctx, { filter: { q: 're_both' }, limit: 10 });
    expect(items.map((item) => item.refundId)).toEqual(['re_both', 're_both']);
    expect((await kit.refund({ refundId: 're_both', externalId: 'o_1' })).status, 'idempotent').toBe(200);
    expect(await kit.disputes()).toHaveLength(2);
  });

  test('RG-41 the second report comes after the refund: its lead is disputed as well', async () => {
    const kit = await startRefundKit();
    const { other } = await twice(kit);
    const refund = await kit.refund({ externalId: 'o_1' });
    await kit.disposed(refund.id, 'disputed');
    const two = await kit.lead(other);
    await until(
      'second lead disputed',
      async () => (await kit.leadRow(two.lead.id)).holdState === 'disputed',
    );
    expect(await kit.copiesOf(refund.id)).toHaveLength(2);
  });

  test('RG-41 a refund that came before both reports finds both; a person who moves it makes no third', async () => {
    const kit = await startRefundKit();
    const refund = await kit.refund({ externalId: 'o_1', amountCents: 100 });
    const { one, other } = await twice(kit);
    await kit.lead(other);
    await rematchRefunds(kit.ctx, kit.deps);
    await kit.disposed(refund.id, 'needs_review');
    expect(await kit.copiesOf(refund.id)).toHaveLength(2);
    const byHand = { refundId: refund.id, order: 'o_1', actor: maya };
    expect(await linkRefund(kit.ctx, kit.deps, byHand)).toEqual({ disposition: 'needs_review' });
    const rows = await kit.copiesOf(refund.id);
    expect(rows.filter((row) => row.leadId === one.lead.id)).toHaveLength(1);
    expect(rows).toHaveLength(2);
    const reversed = await kit.reversed(rows[0]?.refundId ?? '');
    expect(reversed).toMatchObject({ kind: 'reversed' });
    expect((await kit.copiesOf(refund.id)).map((row) => row.disposition)).toEqual(['ignored', 'ignored']);
  });

  test('a refund that a person let pass is not taken up again by a later report', async () => {
    const kit = await startRefundKit();
    const { other } = await twice(kit);
    const refund = await kit.refund({ externalId: 'o_1', amountCents: 100 });
    await decideReview(kit.ctx, kit.deps, { refundId: refund.id, choice: 'let_pass', actor: maya });
    await kit.lead(other);
    expect(await kit.copiesOf(refund.id)).toHaveLength(1);
  });
});

describe('refunds that cannot be right', () => {
  test('another currency, more than the order, another account’s order: a person looks, nothing is disputed', async () => {
    const kit = await startRefundKit();
    const { externalId, lead } = await kit.lead();
    const order = [key('order', externalId)];
    const euros = await kit.told({ keys: order, amountCents: 4900, currency: 'EUR', full: true });
    expect(euros.row).toMatchObject({ disposition: 'needs_review', leadId: lead.id });
    expect(euros.row.explanation).toMatch(/in EUR, the order was in USD/);
    const byApi = await kit.refund({ externalId, amountCents: 4900, currency: 'EUR' });
    expect(byApi.disposition).toBe('needs_review');
    const tooMuch = await kit.refund({ externalId, amountCents: 4901 });
    expect(tooMuch.disposition).toBe('needs_review');
    expect((await kit.refundRow(tooMuch.id)).explanation).toMatch(/More was given back \(49.01 USD\)/);
    const foreign = await kit.told({ keys: order, accountId: 'acc_other', amountCents: 100 });
    expect(foreign.row).toMatchObject({ disposition: 'needs_review' });
    expect(foreign.row.explanation).toMatch(/another account/);
    expect(await kit.disputes()).toHaveLength(0);
  });

  test.each([
    ['invalid UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
    ['1 MB', `{"refundId":"${'x'.repeat(1_000_000)}"}`],
    ['a NUL', JSON.stringify({ refundId: 'a\0b', externalId: 'o', kind: 'refund' })],
    ['half a surrogate pair', '{"refundId":"\\ud800","externalId":"o","kind":"refund"}'],
    ['a negative sum', JSON.stringify({ refundId: 'r', externalId: 'o', kind: 'refund', amountCents: -1 })],
    [
      'a part of a cent',
      JSON.stringify({ refundId: 'r', externalId: 'o', kind: 'refund', amountCents: 1.5 }),
    ],
    [
      'another account named',
      JSON.stringify({ refundId: 'r', externalId: 'o', kind: 'refund', accountId: 'a' }),
    ],
    ['no currency', JSON.stringify({ refundId: 'r', externalId: 'o', kind: 'refund', currency: 'euro' })],
    ['no order', JSON.stringify({ refundId: 'r', kind: 'refund' })],
  ])('POST /api/v1/refunds refuses %s with a word and keeps nothing', async (_name, body) => {
    const kit = await startRefundKit();
    const response = await fetch(`${kit.leadline.url}/api/v1/refunds`, {
      method: 'POST',
      headers: { authorization: `Bearer ${kit.leadline.key}`, 'content-type': 'application/json' },
      body,
    });
    expect([400, 413, 422]).toContain(response.status);
    const said = (await response.json()) as { error: { message: string } };
    expect(said.error.message).not.toBe('');
    expect(await kit.prisma.refund.count()).toBe(0);
  });
});
