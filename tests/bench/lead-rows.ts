import { encodeTime } from 'ulid';
import type { RowOf } from '#app/platform/db/dialect.server.ts';
import type { Store } from '#app/platform/db/store.server.ts';
import { insertRows } from './insert-rows.ts';

const LEAD = {
  id: 'text',
  accountId: 'text',
  networkLeadId: 'text',
  conversionId: 'text',
  postbackId: 'text',
  networkCampaignId: 'text',
  affiliateId: 'text',
  externalId: 'text',
  payoutCents: 'bigint',
  currency: 'text',
  expectedCents: 'bigint',
  holdState: 'text',
  holdingPeriodDays: 'int',
  holdAssumed: 'bool',
  heldSince: 'time',
  disputeBy: 'time',
  releasedAt: 'time',
  createdAt: 'time',
  updatedAt: 'time',
} as const;
const REFUND = {
  id: 'text',
  refundId: 'text',
  kind: 'text',
  amountCents: 'bigint',
  currency: 'text',
  source: 'text',
  contentHash: 'text',
  disposition: 'text',
  explanation: 'text',
  conversionId: 'text',
  leadId: 'text',
  matchDoubt: 'text',
  reversal: 'text',
  occurredAt: 'time',
  createdAt: 'time',
  updatedAt: 'time',
} as const;
const CONVERSION = {
  id: 'text',
  accountId: 'text',
  campaignKey: 'text',
  externalId: 'text',
  eventType: 'text',
  revenueCents: 'bigint',
  currency: 'text',
  occurredAt: 'time',
  contentHash: 'text',
  origin: 'text',
  createdAt: 'time',
} as const;

const DAY_MS = 86_400_000;
/** 2026-11-20, "now" of the rows: leads were opened evenly over the ninety days before, and are held for thirty. */
export const LEADS_NOW_MS = 1_795_132_800_000;
const SPAN_MS = 90 * DAY_MS;
const PART = 5_000;

export const NETWORKS = ['regatta', 'harbour', 'meridian'];
const CAMPAIGNS = 36;
const AFFILIATES = 500;
/** Of twenty. */
const CURRENCIES = ['EUR', 'EUR', 'EUR', 'EUR', 'GBP', 'GBP', 'JPY'];
/** Orders and their revenue are read of the newest alone. */
const WITH_CONVERSION = 50_000;

/** Looks drawn by chance, the same in every run. 0 to 2³². */
const chance = (i: number, salt: number): number =>
  Math.imul(Math.imul(i ^ (salt * 0x9e3779b9), 0x85ebca6b) ^ (i >>> 13), 0xc2b2ae35) >>> 0;
const ulidOf = (prefix: string, at: number, i: number): string =>
  `${prefix}_${encodeTime(at, 10)}${String(i).padStart(16, '0')}`;

function leadOf(i: number, count: number): RowOf<typeof LEAD> {
  const at = LEADS_NOW_MS - SPAN_MS + Math.floor((i * SPAN_MS) / (count + 1));
  const time = new Date(at);
  const campaign = chance(i, 1) % CAMPAIGNS;
  const atOnce = campaign === 0;
  const release = new Date(at + 30 * DAY_MS);
  const disputed = chance(i, 2) % 40 === 0;
  const expected = 500 + (chance(i, 3) % 4_000);
  const unpriced = chance(i, 4) % 50 === 0;
  const differs = chance(i, 5) % 25 === 0;
  return {
    id: ulidOf('led', at, i),
    accountId: `acc_${campaign % NETWORKS.length}`,
    networkLeadId: `ld_${i}`,
    conversionId: ulidOf('cnv', at, i),
    postbackId: ulidOf('pbk', at, i),
    networkCampaignId: `camp_${campaign}`,
    // some affiliates have far more leads than others; of some leads the network does not say whose they are
    affiliateId:
      chance(i, 6) % 100 === 0
        ? null
        : `aff_${Math.floor((chance(i, 7) / 2 ** 32) * (chance(i, 8) / 2 ** 32) * AFFILIATES)}`,
    externalId: `order_${i}`,
    payoutCents: unpriced
      ? null
      : differs
        ? chance(i, 9) % 3 === 0
          ? expected * 100
          : expected - 100
        : expected,
    currency: CURRENCIES[chance(i, 10) % 20] ?? 'USD',
    expectedCents: expected,
    holdState: atOnce
      ? 'none'
      : disputed
        ? 'disputed'
        : at + 30 * DAY_MS <= LEADS_NOW_MS
          ? 'released'
          : 'pending_release',
    holdingPeriodDays: atOnce ? 0 : 30,
    holdAssumed: chance(i, 11) % 500 === 0,
    heldSince: time,
    disputeBy: atOnce ? null : release,
    releasedAt: atOnce ? time : release.getTime() <= LEADS_NOW_MS && !disputed ? release : null,
    createdAt: time,
    updatedAt: time,
  };
}

/** One lead in twenty was refunded; most of that is settled, some waits for a person. */
function refundOf(i: number, lead: RowOf<typeof LEAD>): RowOf<typeof REFUND> | null {
  if (chance(i, 20) % 20 !== 0) return null;
  const at = new Date(Math.min(LEADS_NOW_MS, Number(lead.createdAt) + 5 * DAY_MS));
  return {
    id: ulidOf('rfd', at.getTime(), i),
    refundId: `re_${i}`,
    kind: chance(i, 21) % 8 === 0 ? 'chargeback' : 'refund',
    amountCents: 9_900,
    currency: lead.currency,
    source: 'stripe',
    contentHash: `hash_${i}`,
    disposition:
      lead.holdState === 'pending_release' && chance(i, 22) % 10 === 0 ? 'needs_review' : 'disputed',
    explanation: 'Refunded.',
    conversionId: lead.conversionId,
    leadId: lead.id,
    matchDoubt: chance(i, 23) % 50 === 0 ? 'It may be of another order.' : null,
    reversal: chance(i, 24) % 50 === 0 ? 'failed' : null,
    occurredAt: at,
    createdAt: at,
    updatedAt: at,
  };
}

const conversionOf = (lead: RowOf<typeof LEAD>): RowOf<typeof CONVERSION> => ({
  id: lead.conversionId,
  accountId: lead.accountId,
  campaignKey: '',
  externalId: lead.externalId,
  eventType: 'PURCHASE',
  revenueCents: 9_900,
  currency: lead.currency,
  occurredAt: lead.createdAt,
  contentHash: lead.externalId,
  origin: 'api',
  createdAt: lead.createdAt,
});

/** Writes `count` leads of three networks, 36 campaigns, 500 affiliates and four currencies, with what was refunded. */
export async function writeLeads(store: Store, count: number): Promise<void> {
  for (let from = 1; from <= count; from += PART) {
    const numbers = Array.from({ length: Math.min(PART, count - from + 1) }, (_, n) => from + n);
    const leads = numbers.map((i) => leadOf(i, count));
    await insertRows(store, 'Lead', LEAD, leads);
    await insertRows(
      store,
      'Refund',
      REFUND,
      leads.flatMap((lead, n) => refundOf(from + n, lead) ?? []),
    );
    if (from > count - WITH_CONVERSION)
      await insertRows(store, 'Conversion', CONVERSION, leads.map(conversionOf));
  }
  const at = new Date(LEADS_NOW_MS - SPAN_MS);
  await store.prisma.networkAccount.createMany({
    data: NETWORKS.map((name, n) => ({
      id: `acc_${n}`,
      name,
      connector: 'regatta',
      baseUrl: 'https://network.example/api/v1',
      credentials: '',
      credentialHints: '{}',
      origin: 'settings',
      status: 'active',
      createdAt: at,
      updatedAt: at,
    })),
  });
}
