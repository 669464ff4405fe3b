import { describe, expect, test } from 'vitest';
import { isUrgent } from '#app/modules/disputes/inbox-schema.ts';
import {
  getRefund,
  measureSkews,
  openDispute,
  readSkews,
  recordSkew,
  saveMargin,
  savePolicy,
  UNDO_MS,
} from '#app/modules/disputes/index.server.ts';
import { DEFAULT_RULES } from '#app/modules/disputes/refund-policy-schema.ts';
import { MAX_INTERRUPTIONS, recoverLeases } from '#app/modules/outbox/index.server.ts';
import { DAY_MS, maya, startRefundKit } from '../setup/refund-kit.ts';
import { until } from '../setup/wait.ts';

const HOUR_MS = 3_600_000;
type Kit = Awaited<ReturnType<typeof startRefundKit>>;
const accountOf = async (kit: Kit) => (await kit.prisma.networkAccount.findFirstOrThrow()).id;

describe('the margin before a deadline', () => {
  const inGrace = async (kit: Kit) => {
    await kit.campaignsKnown();
    const accountId = await accountOf(kit);
    const rules = { ...DEFAULT_RULES, full: { do: 'after_grace' }, graceHours: 720 };
    await savePolicy(kit.ctx, { accountId, networkCampaignId: '', rules, actor: maya });
    const { externalId, lead } = await kit.lead({ ref: kit.codeOf('giftCardPush') });
    await kit.campaignsKnown();
    const refund = await kit.refund({ externalId });
    return { accountId, lead: await kit.leadRow(lead.id), refund };
  };

  test('issue 4.6 a grace time that would reach into the margin ends where it begins', async () => {
    const kit = await startRefundKit();
    const { lead, refund } = await inGrace(kit);
    expect((await kit.refundRow(refund.id)).graceUntil).toEqual(
      new Date((lead.disputeBy?.getTime() ?? 0) - DAY_MS),
    );
    await kit.pass(13 * DAY_MS - HOUR_MS);
    expect((await kit.tend()).graces).toBe(0);
    await kit.pass(HOUR_MS);
    await kit.tend();
    await kit.disposed(refund.id, 'disputed');
  });

  test('issue 4.6 a margin made wider, or a clock found ahead, brings forward what is in grace already', async () => {
    const kit = await startRefundKit();
    const { accountId, lead, refund } = await inGrace(kit);
    await kit.pass(12 * DAY_MS);
    expect((await kit.tend()).graces).toBe(0);
    await saveMargin(kit.ctx, { accountId, hours: 48, actor: maya });
    const before = await getRefund(kit.ctx, refund.id);
    const decideBy = (lead.disputeBy?.getTime() ?? 0) - 2 * DAY_MS;
    expect(before.lead?.decideBy).toBe(new Date(decideBy).toISOString());
    expect(isUrgent(before, new Date(decideBy - 1).toISOString())).toBe(false);
    expect(isUrgent(before, new Date(decideBy).toISOString())).toBe(true);
    await kit.tend();
    await kit.disposed(refund.id, 'disputed');
    expect(isUrgent(await getRefund(kit.ctx, refund.id), new Date(decideBy).toISOString())).toBe(false);
    await expect(saveMargin(kit.ctx, { accountId, hours: 721, actor: maya })).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
    });
    expect(await kit.prisma.auditEntry.count({ where: { action: 'dispute_margin_saved' } })).toBe(1);
  });

  test('RG-42 a review is never sent by the margin: it stays with a person, marked urgent, and is lost as such', async () => {
    const kit = await startRefundKit();
    const { externalId, lead } = await kit.lead();
    const refund = await kit.refund({ externalId, amountCents: 100 });
    await kit.pass(30 * DAY_MS - HOUR_MS);
    await kit.tend();
    const now = new Date(kit.clock.now()).toISOString();
    expect(isUrgent(await getRefund(kit.ctx, refund.id), now)).toBe(true);
    await kit.pass(2 * HOUR_MS);
    expect(await kit.lossOf(lead.id)).toMatchObject({ cause: 'missed_in_review' });
  });

  test('a network without a dispute call: not marked done in time is a loss with that cause', async () => {
    const kit = await startRefundKit();
    const { externalId, lead } = await kit.lead();
    const refund = await kit.refund({ externalId, amountCents: 100 });
    await kit.prisma.refund.update({ where: { id: refund.id }, data: { disposition: 'manual' } });
    await kit.pass(31 * DAY_MS);
    expect(await kit.lossOf(lead.id)).toMatchObject({ cause: 'no_dispute_call' });
  });
});

describe('clocks that differ', () => {
  const header = (at: Date, aheadMs: number) => new Date(at.getTime() + aheadMs).toUTCString();

  test('issue 4.6 the skew is the median of samples, at most one a minute, and warned about above a minute', async () => {
    const kit = await startRefundKit();
    const accountId = await accountOf(kit);
    const start = new Date('2026-05-01T00:00:00.500Z');
    const at = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
    expect(await recordSkew(kit.ctx, accountId, header(at(0), 90_000), at(0))).toBe(true);
    expect(await recordSkew(kit.ctx, accountId, header(at(0.5), 0), at(0.5)), 'too soon').toBe(false);
    expect(await recordSkew(kit.ctx, accountId, 'not a date', at(5))).toBe(false);
    expect(await recordSkew(kit.ctx, accountId, undefined, at(6))).toBe(false);
    await recordSkew(kit.ctx, accountId, header(at(7), 9_000_000), at(7));
    await recordSkew(kit.ctx, accountId, header(at(8), 90_000), at(8));
    const [skew] = await readSkews(kit.ctx);
    expect(skew).toMatchObject({ accountId, skewMs: 90_000, samples: 3 });
    expect(skew?.warning).toMatch(/90 s ahead/);
    for (let n = 9; n < 20; n++) await recordSkew(kit.ctx, accountId, header(at(n), 0), at(n));
    expect((await readSkews(kit.ctx))[0]).toMatchObject({ skewMs: 0, warning: null });
  });

  test('issue 4.6 the newest answers in the evidence measure each account', async () => {
    const kit = await startRefundKit();
    kit.clock.advance(3 * HOUR_MS);
    await kit.lead();
    expect(await measureSkews(kit.ctx)).toBe(1);
    expect(await measureSkews(kit.ctx), 'the same answer is one sample').toBe(0);
    const [skew] = await readSkews(kit.ctx);
    // three hours, give or take the length of the exchange
    expect(Math.round((skew?.skewMs ?? 0) / HOUR_MS)).toBe(-3);
    expect(skew?.warning).toMatch(/behind this server/);
  });

  test('issue 4.6 undo does not last into a deadline that the network reaches sooner', async () => {
    const kit = await startRefundKit();
    const { externalId, lead } = await kit.lead();
    const accountId = await accountOf(kit);
    await kit.prisma.clockSkew.create({
      data: { accountId, skewMs: 120_000, samples: 9, measuredAt: new Date() },
    });
    await kit.campaignsKnown();
    await kit.pass(30 * DAY_MS - 120_000);
    const by = { reason: `refund of ${externalId}`, delayMs: UNDO_MS, actor: maya };
    const before = kit.clock.now();
    const { leavesAt } = await openDispute(kit.ctx, kit.deps, { leadId: lead.id, ...by });
    const other = await kit.lead();
    const later = await openDispute(kit.ctx, kit.deps, { leadId: other.lead.id, ...by });
    expect((later.leavesAt?.getTime() ?? 0) - kit.clock.now(), 'far from its deadline').toBeGreaterThan(0);
    expect(leavesAt?.getTime(), 'the network has reached it by its own clock').toBeLessThan(before + UNDO_MS);
  });
});

test('RG-33 a lead of an unknown campaign is held as long as the shortest known of its account, shown as assumed', async () => {
  const kit = await startRefundKit();
  await kit.lead({ ref: kit.codeOf('giftCardPush') });
  await kit.lead({ ref: kit.codeOf('refillClub') });
  await kit.campaignsKnown();
  kit.regatta.setFaults([{ kind: '500', route: 'campaign' }]);
  const { lead } = await kit.lead();
  expect(lead).toMatchObject({ holdAssumed: true, holdingPeriodDays: 14 });
  kit.regatta.setFaults([]);
  await until('the campaign known', async () => {
    await kit.pass(60_000);
    return !(await kit.leadRow(lead.id)).holdAssumed;
  });
  expect(await kit.leadRow(lead.id)).toMatchObject({ holdingPeriodDays: 30, holdState: 'pending_release' });
});

test('RG-37 a dispute interrupted until it was given up goes back to a person and can be sent again', async () => {
  const kit = await startRefundKit();
  kit.regatta.setFaults([{ kind: '429', route: 'dispute', retryAfterSeconds: 600 }]);
  const { externalId, lead } = await kit.lead();
  const refund = await kit.refund({ externalId });
  const [message] = await until('one attempt', async () => {
    const all = await kit.disputes();
    return all[0]?.status === 'retrying' ? all : null;
  });
  const id = message?.id ?? '';
  const { attempts } = await kit.message(id);
  await kit.prisma.attempt.createMany({
    data: Array.from({ length: MAX_INTERRUPTIONS - 1 }, (_, n) => ({
      id: kit.ctx.newId('att'),
      messageId: id,
      number: attempts + n + 1,
      startedAt: new Date(),
      outcome: 'interrupted',
    })),
  });
  // as a worker that died while it was under way leaves it
  await kit.prisma.outboxMessage.update({
    where: { id },
    data: {
      status: 'sending',
      attempts: attempts + MAX_INTERRUPTIONS,
      leaseOwner: 'gone',
      leaseUntil: new Date(kit.clock.now() - 1000),
      attemptStartedAt: new Date(),
    },
  });
  await recoverLeases(kit.ctx, { all: false });
  expect((await kit.message(id)).status).toBe('exhausted');
  expect(await kit.tend()).toMatchObject({ freed: 1 });
  const row = await kit.refundRow(refund.id);
  expect(row.disposition).toBe('needs_review');
  expect(row.explanation).toMatch(/interrupted each time.*may have taken it/);
  expect(await kit.leadRow(lead.id)).toMatchObject({ disputeMessageId: null, holdState: 'pending_release' });
  expect(await kit.tend()).toMatchObject({ freed: 0 });
});
