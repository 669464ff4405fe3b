import { encodeTime } from 'ulid';
import type { TestCtx } from '../factories/test-ctx.ts';

/** One made-up message, as the filter tests look at it. */
export interface MadeRow {
  id: string;
  status: string;
  errorCode: string | null;
  httpStatus: number | null;
  account: string;
  campaign: string | null;
  affiliate: string | null;
  ref: string;
  externalId: string;
  revenueCents: number;
  currency: string;
  attempts: number;
  issueId: string | null;
  acknowledged: boolean;
  inJob: boolean;
  createdAt: Date;
}

const STATUSES = [
  'delivered',
  'delivered',
  'delivered',
  'failed',
  'exhausted',
  'parked',
  'retrying',
  'duplicate',
];
const CODES = ['NOT_FOUND', 'AUTH_INVALID_KEY', 'AUTH_MISSING', 'TIMEOUT', 'a,b'];
const FAILING = ['failed', 'exhausted', 'parked'];
export const FIRST_MS = Date.UTC(2026, 4, 1);
export const JOB = 'job_1';

/** Row number i of a store in which every filter has something to find, and something to leave. */
export function madeRow(i: number): MadeRow {
  const pick = <T>(list: readonly T[], step: number): T => list[(i * step) % list.length] as T;
  const status = pick(STATUSES, 1);
  const failing = FAILING.includes(status);
  const errorCode = failing ? pick(CODES, 3) : null;
  return {
    // like ours: ids sort by time
    id: `pbk_${encodeTime(FIRST_MS + i * 3_600_000, 10)}${String(i).padStart(16, '0')}`,
    status,
    errorCode,
    httpStatus: errorCode === 'TIMEOUT' ? null : failing ? pick([404, 401, 500, 503], 5) : 201,
    account: pick(['regatta', 'regatta', 'second'], 7),
    campaign: pick([null, 'camp-a', 'camp-b', 'unknown'], 11),
    affiliate: failing ? null : pick(['aff_1', 'aff_2', null], 13),
    ref: pick(['aB3xyz', 'aB3', 'ab3xyz', 'Q%_', 'not:x'], 17),
    externalId: `order_${i}`,
    revenueCents: (i * 37) % 500,
    currency: pick(['USD', 'EUR'], 19),
    attempts: failing ? 1 + (i % 6) : 1,
    issueId: failing ? pick(['iss_1', 'iss_2'], 23) : null,
    acknowledged: failing && i % 5 === 0,
    inJob: i % 4 === 0,
    createdAt: new Date(FIRST_MS + i * 3_600_000),
  };
}

const NEITHER = { payload: '{}', eventType: 'PURCHASE', step: 0 };

/** Writes rows 1 to `count` with their accounts, conversions, leads and a job. Ids follow the order of time. */
export async function makeRows({ ctx }: TestCtx, count: number): Promise<MadeRow[]> {
  const { prisma } = ctx.store;
  const rows = Array.from({ length: count }, (_, i) => madeRow(i + 1));
  const at = new Date(FIRST_MS);
  for (const name of ['regatta', 'second'])
    await prisma.networkAccount.create({
      data: {
        id: `acc_${name}`,
        name,
        connector: 'regatta',
        baseUrl: 'https://network.example',
        credentials: '{}',
        credentialHints: '{}',
        origin: 'console',
        createdAt: at,
        updatedAt: at,
      },
    });
  await prisma.outboxMessage.createMany({
    data: rows.map((row) => ({
      ...NEITHER,
      id: row.id,
      kind: 'postback',
      accountId: `acc_${row.account}`,
      conversionId: row.id.replace('pbk', 'cnv'),
      networkCampaignId: row.campaign,
      externalId: row.externalId,
      ref: row.ref,
      revenueCents: row.revenueCents,
      // the payout's: the conversion keeps its own
      currency: 'USD',
      status: row.status,
      dueAt: row.createdAt,
      attempts: row.attempts,
      httpStatus: row.httpStatus,
      errorCode: row.errorCode,
      issueId: row.issueId,
      acknowledgedAt: row.acknowledged ? row.createdAt : null,
      createdAt: row.createdAt,
      updatedAt: row.createdAt,
    })),
  });
  await prisma.conversion.createMany({
    data: rows.map((row) => ({
      id: row.id.replace('pbk', 'cnv'),
      accountId: `acc_${row.account}`,
      campaignKey: '',
      externalId: row.externalId,
      eventType: 'PURCHASE',
      revenueCents: row.revenueCents,
      currency: row.currency,
      ref: row.ref,
      occurredAt: row.createdAt,
      contentHash: 'made',
      origin: 'api',
      postbackId: row.id,
      createdAt: row.createdAt,
    })),
  });
  await prisma.lead.createMany({
    data: rows
      .filter((row) => row.affiliate !== null)
      .map((row) => ({
        id: row.id.replace('pbk', 'led'),
        accountId: `acc_${row.account}`,
        networkLeadId: `nl_${row.externalId}`,
        conversionId: row.id.replace('pbk', 'cnv'),
        postbackId: row.id,
        affiliateId: row.affiliate,
        externalId: row.externalId,
        holdState: 'released',
        holdingPeriodDays: 30,
        heldSince: row.createdAt,
        createdAt: row.createdAt,
        updatedAt: row.createdAt,
      })),
  });
  await prisma.bulkItem.createMany({
    data: rows
      .filter((row) => row.inJob)
      .map((row) => ({ jobId: JOB, messageId: row.id, state: 'done', before: 'failed', updatedAt: at })),
  });
  return rows;
}
