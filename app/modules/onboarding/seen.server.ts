import type { Ctx } from '#app/platform/context.server.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import { firstIdAt } from '#app/platform/ids.server.ts';
import type { CaptureEvidence, ConversionEvidence, Mutation, RecordEvidence } from './evidence-schema.ts';
import { isNearMiss } from './near-miss.ts';

/** Whose evidence, with which code, since when. */
export interface Watch {
  accountId: string;
  code: string;
  since: Date;
}
type Reads = Pick<Ctx, 'store'>;

/** Newest rows that are looked through for a changed code. */
const LOOK_THROUGH = 2_000;
const TESTS = 20;

/** Captures of exactly this code, newest first. */
export async function capturesSeen({ store }: Reads, watch: Watch): Promise<CaptureEvidence[]> {
  const rows = await store.prisma.capture.findMany({
    where: {
      ref: watch.code,
      accountId: watch.accountId,
      id: { gte: firstIdAt('cap', watch.since.getTime()) },
    },
    orderBy: { id: 'desc' },
    take: TESTS,
  });
  return rows.map((row) => ({
    id: row.id,
    at: row.createdAt.toISOString(),
    url: row.url,
    source: row.source,
    promo: row.promo,
    visitorId: row.visitorId,
    cookieValue: row.cookieValue,
    keptRef: row.keptRef,
  }));
}

/** The newest record with exactly this code. */
export async function recordSeen({ store }: Reads, watch: Watch): Promise<RecordEvidence | null> {
  const row = await store.prisma.trackedRecord.findFirst({
    where: {
      ref: watch.code,
      accountId: watch.accountId,
      id: { gte: firstIdAt('rec', watch.since.getTime()) },
    },
    orderBy: { id: 'desc' },
  });
  return row && { type: row.type, recordId: row.recordId, at: row.createdAt.toISOString(), promo: row.promo };
}

/** Conversions with exactly this code, newest first, each with its postback's id. */
export async function conversionsSeen(
  { store }: Reads,
  watch: Watch,
): Promise<(ConversionEvidence & { postbackId: string | null })[]> {
  const rows = await store.prisma.conversion.findMany({
    where: {
      ref: watch.code,
      accountId: watch.accountId,
      id: { gte: firstIdAt('cnv', watch.since.getTime()) },
    },
    orderBy: { id: 'desc' },
    take: TESTS,
  });
  return rows.map((row) => ({
    id: row.id,
    externalId: row.externalId,
    origin: row.origin,
    eventType: row.eventType,
    revenueCents: numberOrNull(row.revenueCents),
    currency: row.currency,
    refSource: row.refSource,
    recordType: row.recordType,
    recordId: row.recordId,
    at: row.createdAt.toISOString(),
    postbackId: row.postbackId,
  }));
}

/** The newest conversion without any code since then. */
export async function conversionWithoutCode(
  { store }: Reads,
  accountId: string,
  since: Date,
): Promise<{ id: string; externalId: string; at: string } | null> {
  const row = await store.prisma.conversion.findFirst({
    where: { ref: null, accountId, id: { gte: firstIdAt('cnv', since.getTime()) } },
    orderBy: { id: 'desc' },
    select: { id: true, externalId: true, createdAt: true },
  });
  return row && { id: row.id, externalId: row.externalId, at: row.createdAt.toISOString() };
}

const LAYERS = [
  { layer: 'capture', table: 'Capture', prefix: 'cap' },
  { layer: 'record', table: 'TrackedRecord', prefix: 'rec' },
  { layer: 'conversion', table: 'Conversion', prefix: 'cnv' },
] as const;

/** Codes that look like this one changed on its way (RG-29), one line for each, in the order of the layers. */
export async function mutationsSeen({ store }: Reads, watch: Watch): Promise<Mutation[]> {
  const { dialect } = store;
  const found: Mutation[] = [];
  for (const { layer, table, prefix } of LAYERS) {
    const rows = await store.query<{ ref: string | null; id: string }>(
      `SELECT "ref", max("id") AS "id" FROM
         (SELECT "ref", "id" FROM "${table}" WHERE "id" >= ${dialect.p(1)} ORDER BY "id" DESC LIMIT ${LOOK_THROUGH}) AS seen
       GROUP BY "ref"`,
      firstIdAt(prefix, watch.since.getTime()),
    );
    for (const { ref, id } of rows) {
      if (ref !== null && isNearMiss(watch.code, ref)) found.push({ layer, value: ref, id });
    }
  }
  return found;
}
