import { describe, expect, test } from 'vitest';
import { decideReview, openDispute, reportRefund, undoDispute } from '#app/modules/disputes/index.server.ts';
import { releaseDueLeads } from '#app/modules/leads/index.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { DAY_MS, maya, startRefundKit } from '../setup/refund-kit.ts';
import { until } from '../setup/wait.ts';

const conflict = expect.objectContaining({ code: 'CONFLICT' });

describe('a refund before its lead (RG-41)', () => {
  test('RG-41 cancels a postback that cannot have reached the network', async () => {
    const kit = await startRefundKit();
    kit.regatta.setFaults([{ kind: '429', route: 'postback', retryAfterSeconds: 600 }]);
    const { postbackId, externalId } = await kit.convert();
    await kit.settled(postbackId, 'retrying');
    expect((await kit.refund({ externalId })).disposition).toBe('canceled_before_send');
    expect((await kit.message(postbackId)).status).toBe('canceled');
    kit.regatta.setFaults([]);
    await kit.pass(700_000);
    expect(kit.regatta.ledger({ externalId }).tally.leads).toBe(0);
  });

  test('RG-41 waits while an attempt is under way and disputes the lead when it lands', async () => {
    const kit = await startRefundKit();
    kit.regatta.setFaults([{ kind: 'slow', ms: 700, route: 'postback' }]);
    const { externalId, id } = await kit.convert();
    const refund = await kit.refund({ externalId });
    expect(refund.disposition).toBe('awaiting_lead');
    await kit.disposed(refund.id, 'disputed');
    const lead = await kit.prisma.lead.findFirstOrThrow({ where: { conversionId: id } });
    expect(lead).toMatchObject({ holdState: 'disputed', status: 'DISPUTED' });
    const row = await kit.refundRow(refund.id);
    expect(lead.disputeReason, 'RG-36 the reason carries the refund id').toContain(row.refundId);
    expect(kit.regatta.leads({ externalId })[0]?.disputeReason).toBe(lead.disputeReason);
  });

  test('RG-41 an ambiguous attempt is finished first, then disputed; nobody is paid twice', async () => {
    const kit = await startRefundKit();
    kit.regatta.setFaults([{ kind: 'reset_after_work', route: 'postback', remaining: 1 }]);
    const { postbackId, externalId } = await kit.convert();
    await kit.settled(postbackId, 'retrying');
    const refund = await kit.refund({ externalId });
    expect(refund.disposition).toBe('awaiting_lead');
    await kit.pass(1_200);
    await kit.disposed(refund.id, 'disputed');
    expect(kit.regatta.ledger({ externalId }).tally).toMatchObject({ leads: 1, duplicates: 1 });
  });

  test('RG-40 RG-41 a refund whose order comes later finds it by payment id', async () => {
    const kit = await startRefundKit();
    const refund = await kit.refund({ paymentId: 'pi_1' });
    expect(refund.disposition).toBe('unmatched');
    await kit.lead({ paymentIds: ['cs_1', 'pi_1'] });
    await kit.leadline.runtime.clockwork?.tick();
    await kit.disposed(refund.id, 'disputed');
  });

  test('RG-41 RG-42 a partial refund that waits for a person is tied to its lead, so that its deadline is not missed unseen', async () => {
    const kit = await startRefundKit();
    kit.regatta.setFaults([{ kind: 'slow', ms: 500, route: 'postback' }]);
    const { externalId, id } = await kit.convert();
    const refund = await kit.refund({ externalId, amountCents: 1000 });
    expect(refund.disposition).toBe('needs_review');
    const lead = await until('a lead', () => kit.prisma.lead.findFirst({ where: { conversionId: id } }));
    expect((await kit.refundRow(refund.id)).leadId).toBe(lead.id);
    await kit.pass(31 * DAY_MS);
    expect(await kit.refundRow(refund.id)).toMatchObject({ disposition: 'too_late' });
    expect(await kit.lossOf(lead.id)).toMatchObject({
      cause: 'missed_in_review',
      refundId: refund.id,
      payoutCents: 1000n,
      currency: 'USD',
    });
  });

  test('RG-19 RG-04 a test conversion and one without a code owe nothing', async () => {
    const kit = await startRefundKit();
    const tested = await kit.convert({ ref: kit.seed.campaigns.springStarter.testTrackingCode });
    await kit.settled(tested.postbackId, 'test');
    expect((await kit.refund({ externalId: tested.externalId })).disposition).toBe('ignored');
    const bare = await kit.convert({ ref: undefined });
    expect(bare.status).toBe('unattributed');
    expect((await kit.refund({ externalId: bare.externalId })).disposition).toBe('ignored');
  });
});

describe('partial and repeated refunds', () => {
  test.each([[undefined], [false]])(
    'RG-42 two partial refunds that make a full one dispute the lead, and both follow (full: %s)',
    async (full) => {
      const kit = await startRefundKit();
      const { externalId } = await kit.lead();
      const first = await kit.refund({ externalId, amountCents: 2000, full });
      expect(first.disposition).toBe('needs_review');
      const second = await kit.refund({ externalId, amountCents: 2900, full });
      await kit.disposed(second.id, 'disputed');
      await kit.disposed(first.id, 'disputed');
      expect(await kit.disputes()).toHaveLength(1);
    },
  );

  test('RG-39 the same refundId at the same time is one refund and one dispute; other content is a conflict', async () => {
    const kit = await startRefundKit();
    const { externalId } = await kit.lead();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => kit.refund({ refundId: 're_same', externalId })),
    );
    expect(answers.map((a) => a.status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 202]);
    expect(new Set(answers.map((a) => a.id)).size).toBe(1);
    expect(await kit.disputes()).toHaveLength(1);
    expect((await kit.refund({ refundId: 're_same', externalId, amountCents: 1 })).status).toBe(409);
    expect(await kit.prisma.intakeConflict.count({ where: { kind: 'refund' } })).toBe(1);
  });

  test('RG-41 a refund is taken in though a person disputes the lead at the same moment', async () => {
    const kit = await startRefundKit();
    const { externalId, lead } = await kit.lead();
    const byHand = openDispute(kit.ctx, kit.deps, {
      leadId: lead.id,
      reason: 'fraud ring',
      delayMs: 0,
      actor: maya,
    }).catch((error) => error);
    const [opened, ...refunds] = await Promise.all([
      byHand,
      ...[1, 2, 3].map((n) => kit.refund({ externalId, refundId: `re_at_once_${n}` })),
    ]);
    expect(refunds.map((r) => r.status)).toEqual([202, 202, 202]);
    if (opened instanceof AppError) expect(opened.code).toBe('CONFLICT');
    expect(await kit.disputes()).toHaveLength(1);
    for (const refund of refunds) await kit.disposed(refund.id, 'disputed');
  });

  test('a refund is taken in right after accounts changed, when they must be read anew', async () => {
    const kit = await startRefundKit();
    const { externalId } = await kit.lead();
    kit.ctx.live.publish('accounts');
    const body = { refundId: 're_cold', externalId, kind: 'refund' } as const;
    expect(await reportRefund(kit.ctx, kit.deps, { body, source: 'api', actor: maya })).toMatchObject({
      kind: 'created',
      disposition: 'disputing',
    });
  });
});

describe('a person decides', () => {
  test('RG-36 RG-42 disputing a partial refund can be undone for ten seconds, and then leaves', async () => {
    const kit = await startRefundKit();
    const { externalId, lead } = await kit.lead();
    const refund = await kit.refund({ externalId, amountCents: 1000 });
    expect(
      await decideReview(kit.ctx, kit.deps, { refundId: refund.id, choice: 'dispute', actor: maya }),
    ).toMatchObject({ disposition: 'disputing', leadId: lead.id });
    await undoDispute(kit.ctx, { leadId: lead.id, actor: maya });
    expect(await kit.refundRow(refund.id)).toMatchObject({
      disposition: 'needs_review',
      disputeMessageId: null,
    });
    expect(await kit.leadRow(lead.id)).toMatchObject({
      holdState: 'pending_release',
      disputeMessageId: null,
      disputeReason: null,
    });
    await kit.pass(20_000);
    expect(kit.regatta.leads({ externalId })[0]?.status).toBe('VERIFIED');

    await decideReview(kit.ctx, kit.deps, { refundId: refund.id, choice: 'dispute', actor: maya });
    await kit.pass(10_100);
    await kit.disposed(refund.id, 'disputed');
    await expect(undoDispute(kit.ctx, { leadId: lead.id, actor: maya })).rejects.toEqual(conflict);
  });

  test('two people who decide differently at once: one decision stands, the other is told', async () => {
    const kit = await startRefundKit();
    const { externalId, lead } = await kit.lead();
    const refund = await kit.refund({ externalId, amountCents: 1000 });
    const choices = ['dispute', 'let_pass'] as const;
    const answers = await Promise.allSettled(
      choices.map((choice) => decideReview(kit.ctx, kit.deps, { refundId: refund.id, choice, actor: maya })),
    );
    expect(answers.filter((a) => a.status === 'fulfilled')).toHaveLength(1);
    const disputed = answers[0]?.status === 'fulfilled';
    expect((await kit.refundRow(refund.id)).disposition).toBe(disputed ? 'disputing' : 'ignored');
    expect((await kit.leadRow(lead.id)).disputeMessageId === null).toBe(!disputed);
  });

  test('RG-37 a dispute that the network refuses goes back to a person and can be sent again', async () => {
    const kit = await startRefundKit();
    kit.regatta.setFaults([{ kind: 'not_json', status: 403, route: 'dispute', remaining: 1 }]);
    const { externalId, lead } = await kit.lead();
    const refund = await kit.refund({ externalId });
    await kit.disposed(refund.id, 'needs_review');
    expect(await kit.leadRow(lead.id)).toMatchObject({
      disputeMessageId: null,
      holdState: 'pending_release',
    });
    expect(await kit.lossOf(lead.id)).toBeNull();
    await decideReview(kit.ctx, kit.deps, { refundId: refund.id, choice: 'dispute', actor: maya });
    await kit.pass(10_100);
    await kit.disposed(refund.id, 'disputed');
    expect(await kit.disputes(), 'the refused message stays as evidence').toHaveLength(2);
  });
});

describe('deadlines', () => {
  test('RG-38 a hold that ends while a refund waits for a person is a loss, said as such', async () => {
    const kit = await startRefundKit();
    const { externalId, lead } = await kit.lead();
    const refund = await kit.refund({ externalId, amountCents: 1000 });
    await kit.pass(30 * DAY_MS + 60_000);
    expect(await kit.leadRow(lead.id)).toMatchObject({ holdState: 'released' });
    expect((await kit.refundRow(refund.id)).explanation).toMatch(
      /Nobody decided before the holding period ended/,
    );
    expect(await kit.lossOf(lead.id)).toMatchObject({ cause: 'missed_in_review' });
    await expect(
      decideReview(kit.ctx, kit.deps, { refundId: refund.id, choice: 'dispute', actor: maya }),
    ).rejects.toEqual(conflict);
  });

  test('RG-38 a refund after the release is too late, and one for zero days as well (RG-34)', async () => {
    const kit = await startRefundKit();
    const held = await kit.lead();
    const zero = await kit.lead({ ref: kit.codeOf('refillClub') });
    await kit.campaignsKnown();
    await kit.pass(31 * DAY_MS);
    expect((await kit.refund({ externalId: held.externalId })).disposition).toBe('too_late');
    expect(await kit.lossOf(held.lead.id)).toMatchObject({ cause: 'released_before_refund' });
    expect((await kit.refund({ externalId: zero.externalId })).disposition).toBe('too_late');
    expect(await kit.lossOf(zero.lead.id)).toMatchObject({ cause: 'zero_day_hold', payoutCents: 250n });
    const byHand = { reason: 'late', delayMs: 0, actor: maya };
    await expect(openDispute(kit.ctx, kit.deps, { ...byHand, leadId: held.lead.id })).rejects.toEqual(
      conflict,
    );
    await expect(openDispute(kit.ctx, kit.deps, { ...byHand, leadId: zero.lead.id })).rejects.toEqual(
      conflict,
    );
    expect(kit.regatta.ledger().byRoute.dispute).toBe(0);
  });

  test('RG-38 a dispute under way when the hold ends is left to its answer: refused is a loss', async () => {
    const kit = await startRefundKit();
    kit.regatta.setFaults([{ kind: '500', route: 'dispute', remaining: 1 }]);
    const { externalId, lead } = await kit.lead();
    const refund = await kit.refund({ externalId });
    await until('one attempt', async () => (await kit.disputes())[0]?.status === 'retrying');
    await kit.pass(31 * DAY_MS);
    await kit.disposed(refund.id, 'too_late');
    expect(await kit.lossOf(lead.id)).toMatchObject({ cause: 'dispute_refused', refundId: refund.id });
  });

  test('RG-37 a dispute that the network had taken in time is no loss though its answer came after the release', async () => {
    const kit = await startRefundKit();
    kit.regatta.setFaults([{ kind: '500', afterWork: true, route: 'dispute', remaining: 1 }]);
    const { externalId, lead } = await kit.lead();
    const refund = await kit.refund({ externalId });
    await until('one attempt', async () => (await kit.disputes())[0]?.status === 'retrying');
    await kit.pass(31 * DAY_MS);
    await kit.disposed(refund.id, 'disputed');
    expect(await kit.leadRow(lead.id)).toMatchObject({ holdState: 'disputed', releasedAt: null });
    expect(await kit.lossOf(lead.id)).toBeNull();
  });

  test('RG-35 the release never undoes a dispute that settles at the same moment', async () => {
    const kit = await startRefundKit();
    const { lead } = await kit.lead();
    kit.clock.advance(31 * DAY_MS);
    let release: Promise<number> | null = null;
    await kit.ctx.store.transaction(async (tx) => {
      await tx.prisma.lead.update({ where: { id: lead.id }, data: { holdState: 'disputed' } });
      release = releaseDueLeads(kit.ctx, async () => {});
      // give the release the time to reach the row that is held here
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    await release;
    expect((await kit.leadRow(lead.id)).holdState).toBe('disputed');
  });
});

describe('holding days that become known later (RG-33)', () => {
  test('RG-33 RG-34 fewer days than assumed: a refund that waited is lost at once; more days: it is looked at again', async () => {
    const kit = await startRefundKit();
    kit.regatta.setFaults([{ kind: '500', route: 'campaign' }]);
    const { externalId, lead } = await kit.lead();
    expect(lead).toMatchObject({ holdAssumed: true, holdingPeriodDays: 30 });
    const refund = await kit.refund({ externalId, amountCents: 1000 });
    const { accountId } = lead;
    const networkCampaignId = kit.seed.campaigns.springStarter.id;
    const know = (holdingPeriodDays: number) =>
      kit.ctx.store.transaction((tx) =>
        kit.leadline.runtime.wiring.campaigns.onHoldKnown(tx, {
          accountId,
          networkCampaignId,
          holdingPeriodDays,
        }),
      );
    await know(0);
    expect(await kit.leadRow(lead.id)).toMatchObject({
      holdState: 'none',
      disputeBy: null,
      holdAssumed: false,
      holdingPeriodDays: 0,
    });
    expect(await kit.refundRow(refund.id)).toMatchObject({ disposition: 'too_late' });
    expect(await kit.lossOf(lead.id)).toMatchObject({ cause: 'zero_day_hold' });

    await kit.prisma.lead.update({ where: { id: lead.id }, data: { holdAssumed: true } });
    await know(45);
    expect(await kit.leadRow(lead.id)).toMatchObject({
      holdState: 'pending_release',
      holdingPeriodDays: 45,
      disputeBy: new Date(lead.heldSince.getTime() + 45 * DAY_MS),
      releasedAt: null,
    });
    expect(await kit.lossOf(lead.id)).toBeNull();
    await kit.leadline.runtime.clockwork?.tick();
    await kit.disposed(refund.id, 'needs_review');
  });
});
