import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  deleteTemplate,
  listTemplates,
  readReasonFacts,
  readSampleFacts,
  saveTemplate,
} from '#app/modules/disputes/index.server.ts';
import { renderReason } from '#app/modules/disputes/template-schema.ts';
import type { Actor } from '#app/platform/context.server.ts';
import { makeTestCtx, type TestCtx } from '../factories/test-ctx.ts';
import { startRefundKit } from '../setup/refund-kit.ts';

const owner: Actor = { type: 'user', id: 'usr_olga', name: 'Olga', role: 'owner', ip: '192.0.2.1' };
const finance: Actor = { ...owner, id: 'usr_fred', name: 'Fred', role: 'finance' };
const template = { name: 'Card', kind: 'any', text: 'Buyer refunded {externalId} ({refundId})' };

describe('templates are kept', () => {
  let t: TestCtx;
  beforeEach(async () => {
    t = await makeTestCtx();
  });
  afterEach(() => t.close());

  test('issue 4.5 a template is made, changed and deleted, each on the audit', async () => {
    const made = await saveTemplate(t.ctx, { template, actor: owner });
    expect(made).toMatchObject({ ...template, updatedBy: 'Olga' });
    const text = 'Chargeback {refundId} of {amount} {currency}';
    await saveTemplate(t.ctx, {
      id: made.id,
      template: { name: 'Banks', kind: 'chargeback', text },
      actor: owner,
    });
    expect(await listTemplates(t.ctx)).toMatchObject([
      { id: made.id, name: 'Banks', kind: 'chargeback', text },
    ]);
    await deleteTemplate(t.ctx, { id: made.id, actor: owner });
    expect(await listTemplates(t.ctx)).toEqual([]);
    await expect(deleteTemplate(t.ctx, { id: made.id, actor: owner })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const audit = await t.ctx.store.prisma.auditEntry.findMany({ orderBy: { id: 'asc' } });
    expect(audit.map((row) => [row.action, row.actorName])).toEqual([
      ['reason_template_created', 'Olga'],
      ['reason_template_changed', 'Olga'],
      ['reason_template_deleted', 'Olga'],
    ]);
  });

  test('issue 4.5 names are unique, also when two people save at the same moment', async () => {
    const saved = await Promise.allSettled(
      [1, 2, 3, 4].map(() => saveTemplate(t.ctx, { template, actor: owner })),
    );
    expect(saved.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    for (const one of saved)
      if (one.status === 'rejected')
        expect(one.reason).toMatchObject({ code: 'CONFLICT', details: [{ path: 'name' }] });
    const other = await saveTemplate(t.ctx, { template: { ...template, name: 'Other' }, actor: owner });
    await expect(saveTemplate(t.ctx, { id: other.id, template, actor: owner })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  test('issue 4.5 an unknown variable is refused with the list of those that are known', async () => {
    const bad = { ...template, text: 'Refund {refund_id}' };
    await expect(saveTemplate(t.ctx, { template: bad, actor: owner })).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      details: [{ path: 'text', message: expect.stringMatching(/\{refund_id\}.*Known are \{refundId\}/) }],
    });
  });

  test.each([
    [{ ...template, name: ' ' }, 'name'],
    [{ ...template, kind: 'gift' }, 'kind'],
    [{ ...template, text: ' ' }, 'text'],
    [{ ...template, text: 'x'.repeat(2001) }, 'text'],
    [{ ...template, text: 'a\u0000b' }, 'text'],
  ])('issue 4.5 what cannot be a template says which field (%#)', async (bad, path) => {
    await expect(saveTemplate(t.ctx, { template: bad, actor: owner })).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      details: [expect.objectContaining({ path })],
    });
  });

  test('issue 4.5 only who may change settings changes templates', async () => {
    await expect(saveTemplate(t.ctx, { template, actor: finance })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    const { id } = await saveTemplate(t.ctx, { template, actor: owner });
    await expect(deleteTemplate(t.ctx, { id, actor: finance })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

test('issue 4.5 RG-36 a template is shown on a real refund, in the currency of the order and not of the payout', async () => {
  const kit = await startRefundKit();
  expect(await readSampleFacts(kit.ctx, 'any')).toBeNull();
  const { externalId, lead } = await kit.lead({ paymentIds: ['pi_77'] });
  const { row } = await kit.told({
    refundId: 're_{payout}',
    externalId,
    amountCents: 1250,
    currency: 'USD',
    occurredAt: '2026-05-12T23:30:00Z',
    keys: [{ kind: 'payment_intent', key: 'pi_77' }],
  });
  const facts = await readReasonFacts(kit.ctx, { refundId: row.id });
  expect(await readReasonFacts(kit.ctx, { leadId: lead.id })).toEqual(facts);
  expect(await readSampleFacts(kit.ctx, 'refund')).toEqual(facts);
  expect(await readSampleFacts(kit.ctx, 'chargeback')).toBeNull();
  if (!facts) throw new Error('no facts');
  const text =
    '{kind} {refundId} of {externalId} ({paymentId}) at {provider}: {amount} {currency}, {date}; {payout}, {leadId}';
  expect(renderReason(text, facts)).toEqual({
    reason: `refund re_{payout} of ${externalId} (pi_77) at Stripe: 12.50 USD, 2026-05-12; 10.00 USD, ${lead.networkLeadId}`,
    missing: [],
    error: null,
  });
});
