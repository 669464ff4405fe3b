import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { connectorById } from '#app/connectors/registry.server.ts';
import { createAccountBook, saveAccount } from '#app/modules/campaigns/index.server.ts';
import {
  type AttentionDeps,
  readDiagnostics,
  readFirstSteps,
  readNeeds,
  readOverview,
  search,
} from '#app/modules/reports/index.server.ts';
import { changeIssue, pause, sortUnsorted } from '#app/modules/triage/index.server.ts';
import { SYSTEM } from '#app/platform/context.server.ts';
import { makeTestCtx, type TestCtx } from '../factories/test-ctx.ts';

const NOW = Date.parse('2026-05-12T12:02:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const zone = 'Europe/Berlin';

let t: TestCtx;
let deps: AttentionDeps;
let accountId: string;
let n = 0;

beforeEach(async () => {
  t = await makeTestCtx();
  t.ctx.clock.stopAt(NOW);
  const connector = connectorById('regatta');
  const account = {
    name: 'regatta',
    connector: 'regatta',
    baseUrl: 'https://regatta.network/api/v1',
    credentials: { apiKey: 'rgt_live_abcdefgh12345678' },
    retryScheduleSeconds: null,
  };
  accountId = (await saveAccount(t.ctx, { account, connector, origin: 'settings', actor: SYSTEM })).id;
  deps = { accounts: createAccountBook(t.ctx), connectorOf: (open) => connectorById(open.connector) };
});
afterEach(() => t.close());

/** The overview, once failures have their issues (as settling them does, and the clockwork for older ones). */
async function overview() {
  await sortUnsorted(t.ctx, { connectorIn: async () => connectorById('regatta') });
  return readOverview(t.ctx, deps, { zone });
}

/** A pause of the account: what holds back what is parked. */
async function pausedIssue(): Promise<{ issueId: string; breakerId: string }> {
  const { breakerId } = await pause(t.ctx, { accountId, note: 'moving shops', actor: SYSTEM });
  const { issueId } = await t.ctx.store.prisma.breaker.findUniqueOrThrow({ where: { id: breakerId } });
  return { issueId, breakerId };
}

async function campaign(
  networkCampaignId: string,
  terms: { payoutPerUnitCents?: bigint; payoutPercentage?: number; currency: string },
) {
  const at = new Date(NOW);
  await t.ctx.store.prisma.campaign.create({
    data: {
      id: t.ctx.newId('cmp'),
      accountId,
      networkCampaignId,
      name: `Campaign ${networkCampaignId}`,
      compensationModel: terms.payoutPercentage === undefined ? 'CPA' : 'REV_SHARE',
      createdAt: at,
      updatedAt: at,
      ...terms,
    },
  });
}

interface Made {
  status: string;
  ago?: number;
  attempts?: number;
  errorCode?: string;
  errorMessage?: string;
  campaign?: string;
  ref?: string;
  revenueCents?: bigint;
  currency?: string;
  /** Of what is parked: what holds it back, and the payout to expect. */
  held?: { issueId: string; breakerId: string };
  expectedCents?: bigint;
}

/** A conversion and its postback, made `ago` ms before now. */
async function postback(made: Made) {
  const at = new Date(NOW - (made.ago ?? HOUR));
  const externalId = `order-${++n}`;
  const ids = { conversion: t.ctx.newId('cnv'), postback: t.ctx.newId('pbk') };
  const ref = made.ref ?? 'AbC12345';
  const money = { revenueCents: made.revenueCents ?? null, currency: made.currency ?? null };
  await t.ctx.store.prisma.conversion.create({
    data: {
      id: ids.conversion,
      accountId,
      campaignKey: '',
      externalId,
      eventType: 'PURCHASE',
      ref,
      occurredAt: at,
      contentHash: externalId,
      origin: 'api',
      postbackId: ids.postback,
      createdAt: at,
      ...money,
    },
  });
  await t.ctx.store.prisma.outboxMessage.create({
    data: {
      id: ids.postback,
      kind: 'postback',
      accountId,
      conversionId: ids.conversion,
      networkCampaignId: made.campaign ?? null,
      externalId,
      ref,
      payload: '{}',
      status: made.status,
      attempts: made.attempts ?? 1,
      errorCode: made.errorCode ?? null,
      errorMessage: made.errorMessage ?? null,
      ...(made.held ?? {}),
      ...(made.expectedCents === undefined
        ? {}
        : { expectedCents: made.expectedCents, expectedCurrency: made.currency ?? 'USD' }),
      httpStatus: made.errorCode ? 400 : 201,
      dueAt: at,
      createdAt: at,
      updatedAt: at,
      ...money,
    },
  });
  return { ...ids, externalId };
}

/** A held lead whose deadline is `left` ms away, with a refund in `disposition` if one is given. */
async function lead(made: {
  left: number;
  payoutCents?: bigint | null;
  currency?: string;
  disposition?: string;
  holdState?: string;
}) {
  const at = new Date(NOW - DAY);
  const id = t.ctx.newId('led');
  await t.ctx.store.prisma.lead.create({
    data: {
      id,
      accountId,
      networkLeadId: `net-${++n}`,
      conversionId: `c-${n}`,
      postbackId: `p-${n}`,
      externalId: `order-${n}`,
      payoutCents: made.payoutCents === undefined ? 1000n : made.payoutCents,
      currency: made.currency ?? 'USD',
      holdState: made.holdState ?? 'pending_release',
      holdingPeriodDays: 30,
      heldSince: at,
      disputeBy: new Date(NOW + made.left),
      createdAt: at,
      updatedAt: at,
    },
  });
  if (made.disposition) {
    await t.ctx.store.prisma.refund.create({
      data: {
        id: t.ctx.newId('rfd'),
        refundId: `re_${n}`,
        kind: 'refund',
        source: 'api',
        contentHash: 'x',
        disposition: made.disposition,
        explanation: '',
        leadId: id,
        occurredAt: at,
        createdAt: at,
        updatedAt: at,
      },
    });
  }
  return { id, externalId: `order-${n}` };
}

describe('is anything failing now', () => {
  test('counts what needs a person and what retries by itself, apart', async () => {
    for (const status of ['failed', 'failed', 'exhausted', 'retrying', 'delivered', 'queued'])
      await postback({ status });
    const { attention } = await overview();
    expect(attention).toMatchObject({ count: 3, retrying: 1, sampled: false, more: false });
    expect(await readNeeds(t.ctx)).toMatchObject({ issues: 1 });
  });

  test('what failed before there were issues counts at once, and is explained once it is sorted', async () => {
    await postback({ status: 'failed', errorCode: 'NOT_FOUND', errorMessage: 'Affiliate A not found' });
    const { attention } = await readOverview(t.ctx, deps, { zone });
    expect(attention).toMatchObject({ count: 1, unknown: 1, causes: [] });
    expect((await overview()).attention.causes).toHaveLength(1);
  });

  test('what is held back counts with its money under what holds it back, and is told apart', async () => {
    const held = await pausedIssue();
    await postback({ status: 'parked', attempts: 0, held, expectedCents: 1_000n });
    await postback({ status: 'parked', attempts: 0, held, expectedCents: 500n, currency: 'EUR' });
    await postback({ status: 'parked', attempts: 0, held });
    const { attention } = await overview();
    expect(attention).toMatchObject({
      count: 3,
      unknown: 1,
      parked: {
        count: 3,
        unknown: 1,
        unpaid: [
          { currency: 'USD', minor: 1_000 },
          { currency: 'EUR', minor: 500 },
        ],
      },
    });
    expect(attention.causes).toMatchObject([
      { issueId: held.issueId, errorCode: 'PAUSED', count: 3, parked: 3, moving: false },
    ]);
  });

  test('an ignored issue is nobody’s work: neither its postbacks nor its money are asked for', async () => {
    await campaign('flat', { payoutPerUnitCents: 1000n, currency: 'USD' });
    await postback({ status: 'failed', errorCode: 'CAMPAIGN_BUDGET_EXHAUSTED', campaign: 'flat' });
    const [cause] = (await overview()).attention.causes;
    expect(cause).toMatchObject({ count: 1, unpaid: [{ currency: 'USD', minor: 1000 }] });
    const ids = [cause?.issueId ?? ''];
    await changeIssue(t.ctx, { ids, actor: SYSTEM, change: { kind: 'ignore', above: 10 } });
    // what was read a moment ago is kept for some milliseconds
    await vi.waitFor(async () =>
      expect((await overview()).attention).toMatchObject({ count: 0, unpaid: [], causes: [] }),
    );
    expect(await readNeeds(t.ctx)).toMatchObject({ issues: 0 });
  });

  test('RG-22 unpaid money is what the campaign would pay, by currency; without terms it is unknown, never zero', async () => {
    await campaign('flat', { payoutPerUnitCents: 1000n, currency: 'USD' });
    await campaign('share', { payoutPercentage: 20, currency: 'EUR' });
    await postback({ status: 'failed', errorCode: 'CAMPAIGN_BUDGET_EXHAUSTED', campaign: 'flat' });
    await postback({ status: 'failed', errorCode: 'CAMPAIGN_BUDGET_EXHAUSTED', campaign: 'flat' });
    await postback({ status: 'exhausted', errorCode: 'TIMEOUT', campaign: 'share', revenueCents: 4_999n });
    // what still retries by itself is not unpaid yet
    await postback({ status: 'retrying', errorCode: 'INTERNAL_ERROR', campaign: 'flat' });
    await postback({ status: 'exhausted', errorCode: 'TIMEOUT', ref: 'NoTerms1' });
    const { attention } = await overview();
    expect(attention.unpaid).toEqual([
      { currency: 'USD', minor: 2000 },
      { currency: 'EUR', minor: 1000 },
    ]);
    expect(attention.unknown).toBe(1);
  });

  test('RG-14 the campaign of a refused postback is known from another conversion of its tracking code', async () => {
    await campaign('flat', { payoutPerUnitCents: 600n, currency: 'USD' });
    await postback({ status: 'delivered', campaign: 'flat', ref: 'Known123', ago: 3 * DAY });
    await postback({ status: 'failed', errorCode: 'VALIDATION_ERROR', errorMessage: 'x', ref: 'Known123' });
    await postback({ status: 'failed', errorCode: 'VALIDATION_ERROR', errorMessage: 'x', ref: 'known123' });
    const { attention } = await overview();
    expect(attention.unpaid).toEqual([{ currency: 'USD', minor: 600 }]);
    expect(attention.unknown).toBe(1);
    expect(attention.causes[0]?.campaigns).toEqual(['Campaign flat']);
  });

  test('causes are gathered by what they mean, most unpaid money first, what retries by itself last', async () => {
    await campaign('flat', { payoutPerUnitCents: 1000n, currency: 'USD' });
    for (let i = 0; i < 3; i++)
      await postback({ status: 'retrying', errorCode: 'INTERNAL_ERROR', campaign: 'flat' });
    await postback({
      status: 'failed',
      errorCode: 'NOT_FOUND',
      errorMessage: 'Affiliate with tracking code "Mangled1" not found',
      ref: 'Mangled1',
    });
    await postback({
      status: 'failed',
      errorCode: 'NOT_FOUND',
      errorMessage: 'Affiliate with tracking code "Mangled2" not found',
      ref: 'Mangled2',
    });
    await postback({
      status: 'failed',
      errorCode: 'CAMPAIGN_BUDGET_EXHAUSTED',
      campaign: 'flat',
      ago: 5 * HOUR,
    });
    const { attention } = await overview();
    expect(attention.causes.map(({ errorCode, count, moving }) => ({ errorCode, count, moving }))).toEqual([
      { errorCode: 'CAMPAIGN_BUDGET_EXHAUSTED', count: 1, moving: false },
      { errorCode: 'NOT_FOUND', count: 2, moving: false },
      { errorCode: 'INTERNAL_ERROR', count: 3, moving: true },
    ]);
    expect(attention.causes[0]).toMatchObject({
      account: 'regatta',
      short: 'Campaign budget used up',
      since: new Date(NOW - 5 * HOUR).toISOString(),
    });
  });
});

describe('what is due before it is lost', () => {
  test('RG-38 refunded leads that nobody disputed yet, within 72 hours, first deadline first', async () => {
    const second = await lead({ left: 30 * HOUR, disposition: 'needs_review', payoutCents: 1000n });
    const first = await lead({ left: 2 * HOUR, disposition: 'manual', payoutCents: 400n, currency: 'EUR' });
    await lead({ left: 3 * HOUR, disposition: 'needs_review', payoutCents: null });
    await lead({ left: 5 * HOUR });
    await lead({ left: 80 * HOUR, disposition: 'needs_review' });
    await lead({ left: 5 * HOUR, disposition: 'disputed', holdState: 'disputed' });
    // on its way is not there yet
    await lead({ left: 5 * HOUR, disposition: 'disputing', payoutCents: 300n, currency: 'EUR' });
    await lead({ left: -HOUR, disposition: 'needs_review' });
    const { due } = await overview();
    expect(due.count).toBe(4);
    expect(due.first).toEqual({
      leadId: first.id,
      externalId: first.externalId,
      disputeBy: new Date(NOW + 2 * HOUR).toISOString(),
    });
    expect(due.atStake).toEqual([
      { currency: 'EUR', minor: 700, count: 2 },
      { currency: 'USD', minor: 1000, count: 1 },
    ]);
    expect(due.unknown).toBe(1);
    expect(due.trend).toEqual([3, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    expect(second.id).not.toBe(first.id);
    expect(await readNeeds(t.ctx)).toMatchObject({ leads: 4, refunds: 5 });
  });
});

describe('is traffic flowing', () => {
  test('RG-49 first tries of today in the viewer’s zone, tests left out', async () => {
    // yesterday at 23:02 in Berlin, though not in Kolkata
    await postback({ status: 'failed', attempts: 1, ago: 15 * HOUR });
    await postback({ status: 'delivered', attempts: 1 });
    await postback({ status: 'duplicate', attempts: 1 });
    await postback({ status: 'delivered', attempts: 3 });
    await postback({ status: 'retrying', attempts: 1 });
    await postback({ status: 'sending', attempts: 1 });
    await postback({ status: 'parked', attempts: 0 });
    await postback({ status: 'test', attempts: 1 });
    const { traffic, funnel, outcomes } = await overview();
    expect(traffic).toMatchObject({ today: 6, firstTried: 4, firstAccepted: 2, quiet: null });
    expect(funnel).toMatchObject({
      conversions: 6,
      unattributed: 0,
      postbacks: 6,
      accepted: 3,
      duplicates: 1,
      tests: 1,
    });
    expect(outcomes).toHaveLength(27);
    expect(outcomes.at(-1)).toMatchObject({
      from: '2026-05-12T10:00:00.000Z',
      delivered: 2,
      duplicate: 1,
      retrying: 1,
      parked: 1,
      waiting: 1,
      test: 1,
      failed: 0,
    });
    expect(outcomes.find((step) => step.from === '2026-05-11T16:00:00.000Z')?.failed).toBe(1);
    const east = await readOverview(t.ctx, deps, { zone: 'Asia/Kolkata' });
    expect(east.traffic).toMatchObject({ today: 7, firstTried: 5 });
  });

  test('an alarm when conversions stay out that usually come at this hour, and none at night', async () => {
    await postback({ status: 'delivered', ago: 3 * HOUR });
    expect((await overview()).traffic).toMatchObject({
      lastConversionAt: new Date(NOW - 3 * HOUR).toISOString(),
      quiet: null,
    });
    for (let day = 1; day <= 4; day++)
      for (let i = 0; i < 6; i++) await postback({ status: 'delivered', ago: day * DAY + HOUR });
    // made last, so that it is the newest
    await postback({ status: 'delivered', ago: 3 * HOUR });
    t.ctx.clock.stopAt(NOW + 16 * 60_000);
    expect((await overview()).traffic.quiet).toEqual({
      since: new Date(NOW - 3 * HOUR).toISOString(),
      usual: 6,
    });
  });
});

describe('what will be paid out, and when', () => {
  test('RG-33 held payouts by the viewer’s day and currency; what has no known payout is counted apart', async () => {
    await lead({ left: HOUR, payoutCents: 1000n });
    await lead({ left: 2 * HOUR, payoutCents: 500n });
    await lead({ left: 2 * HOUR, payoutCents: 700n, currency: 'EUR' });
    await lead({ left: 2 * HOUR, payoutCents: null });
    // 00:30 tomorrow in Berlin
    await lead({ left: 10.5 * HOUR, payoutCents: 900n });
    await lead({ left: 20 * DAY });
    await lead({ left: 2 * HOUR, holdState: 'disputed' });
    const { releases } = await overview();
    expect(releases).toHaveLength(14);
    expect(releases[0]).toEqual({
      from: '2026-05-11T22:00:00.000Z',
      sums: [
        { currency: 'USD', minor: 1500, count: 2 },
        { currency: 'EUR', minor: 700, count: 1 },
      ],
      unknown: 1,
    });
    expect(releases[1]?.sums).toEqual([{ currency: 'USD', minor: 900, count: 1 }]);
    expect(releases.slice(2).every((day) => day.sums.length === 0)).toBe(true);
  });
});

describe('around it', () => {
  test('an empty installation has nothing to show and says what it lacks', async () => {
    const empty = await overview();
    expect(empty.attention).toMatchObject({ count: 0, unpaid: [], causes: [] });
    expect(empty.due).toMatchObject({ count: 0, first: null });
    expect(empty.traffic).toEqual({
      lastConversionAt: null,
      quiet: null,
      today: 0,
      firstTried: 0,
      firstAccepted: 0,
    });
    expect(await readFirstSteps(t.ctx)).toEqual({
      account: true,
      apiKey: false,
      campaign: false,
      traffic: false,
      testCode: null,
    });
    expect(await readDiagnostics(t.ctx)).toMatchObject({ workers: [], waiting: 0, waitingSince: null });
  });

  test('search finds an order, a lead, a tracking code, a refund and a payment by their beginning, exact case', async () => {
    const made = await postback({ status: 'delivered', ref: 'Qw9tRk2M' });
    await t.ctx.store.prisma.paymentRef.create({
      data: { paymentId: 'pi_3Rabc', conversionId: made.conversion },
    });
    await lead({ left: HOUR, disposition: 'needs_review' });
    const kinds = async (q: string) => (await search(t.ctx, q)).map(({ kind, label }) => `${kind} ${label}`);
    expect(await kinds(made.externalId)).toContain(`postback ${made.externalId}`);
    expect(await kinds('Qw9t')).toEqual(['ref Qw9tRk2M']);
    expect(await kinds('qw9t')).toEqual([]);
    expect(await kinds('pi_3R')).toEqual([`postback ${made.externalId}`]);
    expect(await kinds(`net-${n}`)).toEqual([`lead net-${n}`]);
    expect(await kinds(`re_${n}`)).toEqual([`refund re_${n}`]);
    expect(await kinds(made.postback)).toEqual([`postback ${made.externalId}`]);
    expect(await kinds('%')).toEqual([]);
    expect(await kinds("x' OR 1=1")).toEqual([]);
  });
});
