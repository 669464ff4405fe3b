import { encodeTime } from 'ulid';
import type { RowOf } from '#app/platform/db/dialect.server.ts';
import type { Store } from '#app/platform/db/store.server.ts';
import { insertRows } from './insert-rows.ts';

const MESSAGE = {
  id: 'text',
  kind: 'text',
  accountId: 'text',
  conversionId: 'text',
  networkCampaignId: 'text',
  externalId: 'text',
  ref: 'text',
  eventType: 'text',
  revenueCents: 'bigint',
  currency: 'text',
  payload: 'text',
  status: 'text',
  dueAt: 'time',
  step: 'int',
  attempts: 'int',
  firstMaySentAt: 'time',
  httpStatus: 'int',
  errorCode: 'text',
  issueId: 'text',
  expectedCents: 'bigint',
  expectedCurrency: 'text',
  createdAt: 'time',
  updatedAt: 'time',
} as const;
const ATTEMPT = {
  id: 'text',
  messageId: 'text',
  number: 'int',
  startedAt: 'time',
  durationMs: 'float',
  requestBody: 'text',
  responseStatus: 'int',
  responseBody: 'text',
  bodyEncoding: 'text',
  truncated: 'bool',
  outcome: 'text',
  errorCode: 'text',
} as const;
const LEAD = {
  id: 'text',
  accountId: 'text',
  networkLeadId: 'text',
  conversionId: 'text',
  postbackId: 'text',
  affiliateId: 'text',
  externalId: 'text',
  holdState: 'text',
  holdingPeriodDays: 'int',
  heldSince: 'time',
  createdAt: 'time',
  updatedAt: 'time',
} as const;

const CONVERSION = {
  id: 'text',
  accountId: 'text',
  campaignKey: 'text',
  externalId: 'text',
  eventType: 'text',
  ref: 'text',
  customerId: 'text',
  occurredAt: 'time',
  contentHash: 'text',
  origin: 'text',
  postbackId: 'text',
  createdAt: 'time',
} as const;

/** 2026-01-01; the rows follow seven seconds apart, so that a million reach over eighty days. */
export const EPOCH_MS = 1_767_225_600_000;
const STEP_MS = 7_000;
const PART = 5_000;

/** What becomes of the n-th of each hundred; the others are delivered. */
const FATES: Record<number, { status: string; http: number; outcome: string; code: string | null }> = {
  1: { status: 'failed', http: 404, outcome: 'rejected', code: 'NOT_FOUND' },
  2: { status: 'failed', http: 404, outcome: 'rejected', code: 'NOT_FOUND' },
  3: { status: 'failed', http: 400, outcome: 'rejected', code: 'VALIDATION_ERROR' },
  4: { status: 'exhausted', http: 503, outcome: 'retryable', code: 'SERVER_ERROR' },
  5: { status: 'retrying', http: 429, outcome: 'retryable', code: 'RATE_LIMITED' },
  6: { status: 'duplicate', http: 200, outcome: 'duplicate', code: null },
  7: { status: 'parked', http: 402, outcome: 'rejected', code: 'BUDGET_EXHAUSTED' },
};
const DELIVERED = { status: 'delivered', http: 201, outcome: 'accepted', code: null };

const ulidOf = (prefix: string, at: number, i: number): string =>
  `${prefix}_${encodeTime(at, 10)}${String(i).padStart(16, '0')}`;
/** A code that looks drawn by chance, the same in every run. */
const codeOf = (i: number): string => ((i * 2_654_435_761) % 4_294_967_296).toString(36).padStart(7, '0');

function rowsOf(i: number) {
  const at = EPOCH_MS + i * STEP_MS;
  const time = new Date(at);
  const fate = FATES[i % 100] ?? DELIVERED;
  const failing = ['failed', 'exhausted', 'parked'].includes(fate.status);
  const [postbackId, conversionId] = [ulidOf('pbk', at, i), ulidOf('cnv', at, i)];
  const accountId = i % 10 === 9 ? 'acc_two' : 'acc_bench';
  const externalId = `order_${i}`;
  const message: RowOf<typeof MESSAGE> = {
    id: postbackId,
    kind: 'postback',
    accountId,
    conversionId,
    networkCampaignId: i % 13 === 0 ? null : `camp-${i % 50}`,
    externalId,
    ref: `Ref${codeOf(i % 5_000)}`,
    eventType: 'PURCHASE',
    revenueCents: (i % 500) * 100,
    currency: i % 7 === 0 ? 'EUR' : 'USD',
    payload: '{}',
    status: fate.status,
    dueAt: new Date('2030-01-01T00:00:00Z'),
    step: 0,
    attempts: i % 100 === 4 || i % 100 === 5 ? 3 : 1,
    firstMaySentAt: time,
    httpStatus: fate.http,
    errorCode: fate.code,
    issueId: failing ? `iss_${i % 20}` : null,
    expectedCents: failing ? 1_980 : null,
    expectedCurrency: failing ? 'USD' : null,
    createdAt: time,
    updatedAt: time,
  };
  const said =
    fate.outcome === 'accepted'
      ? `{"success":true,"data":{"leadId":"ld_${codeOf(i)}${codeOf(i + 1)}","status":"VERIFIED","payoutCents":1980,"currency":"USD","campaignId":"camp-${i % 50}","affiliateId":"aff_${i % 500}"}}`
      : `{"success":false,"error":{"code":"${fate.code}","message":"The network refused order_${i} for a reason of its own"}}`;
  const attempt: RowOf<typeof ATTEMPT> = {
    id: ulidOf('att', at, i),
    messageId: postbackId,
    number: 1,
    startedAt: time,
    durationMs: 20 + (i % 400),
    requestBody: `{"trackingCode":"${message.ref}","externalId":"${externalId}","eventType":"PURCHASE","revenueCents":9900,"currency":"USD","metadata":{"plan":"pro","seats":${i % 9}},"customer":{"id":"cus_${codeOf(i * 3)}","email":"${codeOf(i * 5)}@example.com"}}`,
    responseStatus: fate.http,
    responseBody: said,
    bodyEncoding: 'utf8',
    truncated: false,
    outcome: fate.outcome,
    errorCode: fate.code,
  };
  const lead: RowOf<typeof LEAD> | null =
    i % 10 === 0 && fate === DELIVERED
      ? {
          id: ulidOf('led', at, i),
          accountId,
          networkLeadId: `ld_${i}`,
          conversionId,
          postbackId,
          affiliateId: `aff_${i % 500}`,
          externalId,
          holdState: 'pending_release',
          holdingPeriodDays: 30,
          heldSince: time,
          createdAt: time,
          updatedAt: time,
        }
      : null;
  const conversion: RowOf<typeof CONVERSION> = {
    id: conversionId,
    accountId,
    campaignKey: '',
    externalId,
    eventType: 'PURCHASE',
    ref: message.ref,
    customerId: `cus_${codeOf(i * 3)}`,
    occurredAt: time,
    contentHash: externalId,
    origin: 'api',
    postbackId,
    createdAt: time,
  };
  return { message, attempt, lead, conversion };
}

/** Writes `count` postbacks of every kind, each with its conversion, an attempt and its bodies, every tenth with a lead; and issues. */
export async function writeRows(store: Store, count: number): Promise<void> {
  for (let from = 1; from <= count; from += PART) {
    const part = Array.from({ length: Math.min(PART, count - from + 1) }, (_, n) => rowsOf(from + n));
    await insertRows(
      store,
      'OutboxMessage',
      MESSAGE,
      part.map((row) => row.message),
    );
    await insertRows(
      store,
      'Attempt',
      ATTEMPT,
      part.map((row) => row.attempt),
    );
    await insertRows(
      store,
      'Conversion',
      CONVERSION,
      part.map((row) => row.conversion),
    );
    await insertRows(
      store,
      'Lead',
      LEAD,
      part.flatMap((row) => row.lead ?? []),
    );
  }
  const at = new Date(EPOCH_MS);
  const account = (id: string, name: string) => ({
    id,
    name,
    connector: 'regatta',
    baseUrl: 'https://network.example/api/v1',
    credentials: '',
    credentialHints: '{}',
    origin: 'settings',
    status: 'active',
    createdAt: at,
    updatedAt: at,
  });
  await store.prisma.networkAccount.createMany({
    data: [account('acc_bench', 'regatta'), account('acc_two', 'second')],
  });
  await store.prisma.issue.createMany({
    data: Array.from({ length: 20 }, (_, n) => ({
      id: `iss_${n}`,
      accountId: 'acc_bench',
      errorCode: 'NOT_FOUND',
      networkCampaignId: `camp-${n}`,
      message: `cause ${n}`,
      messageKey: String(n),
      state: 'open',
      seen: 1,
      firstSeenAt: at,
      lastSeenAt: at,
      createdAt: at,
      updatedAt: at,
    })),
  });
}
