import type { Ctx } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { firstIdAt } from '#app/platform/ids.server.ts';
import { CAPTURE_COLUMNS, type CaptureRow, captureItem } from './list-captures.server.ts';
import type { CaptureItem, CaptureTrace } from './view-schema.ts';

/** Conversions of one code that are looked through for the visitor's own. */
const LOOK_THROUGH = 1_000;

/**
 * One capture and where its visitor's code went from there, layer by layer (RG-06). Only what is tied to this
 * visitor counts: a record by visitor id, a conversion by that record. Throws NOT_FOUND.
 */
export async function getCapture(
  ctx: Pick<Ctx, 'store'>,
  /** The network's name of the tracking code in links and bodies, by account. */
  refFieldOf: (accountId: string) => Promise<string | null>,
  id: string,
): Promise<{ capture: CaptureItem; trace: CaptureTrace }> {
  const { store } = ctx;
  const [row] = await store.query<CaptureRow>(
    `SELECT ${CAPTURE_COLUMNS} FROM "Capture" WHERE "id" = ${store.dialect.p(1)}`,
    id,
  );
  if (!row) throw new AppError('NOT_FOUND', `There is no captured ref with the id ${id}.`);
  const capture = captureItem(row);
  const record = await recordOf(ctx, row);
  const conversion = record ? await conversionOf(ctx, row, record) : null;
  const postback = conversion?.postbackId
    ? await store.prisma.outboxMessage.findUnique({
        where: { id: conversion.postbackId },
        select: { id: true, status: true },
      })
    : null;
  return {
    capture,
    trace: {
      record: record && {
        type: record.type,
        recordId: record.recordId,
        ref: record.ref,
        at: record.createdAt.toISOString(),
      },
      conversion: conversion && {
        id: conversion.id,
        externalId: conversion.externalId,
        ref: conversion.ref,
        at: conversion.createdAt.toISOString(),
        test: postback?.status === 'test',
      },
      postback,
      sentRef:
        postback && conversion?.ref
          ? await sentRef(ctx, postback.id, conversion.ref, await refFieldOf(row.accountId))
          : null,
    },
  };
}

type RecordRow = { type: string; recordId: string; ref: string; createdAt: Date };

/** The first record this visitor got after the code arrived. */
async function recordOf({ store }: Pick<Ctx, 'store'>, capture: CaptureRow): Promise<RecordRow | null> {
  if (capture.visitorId === null) return null;
  return store.prisma.trackedRecord.findFirst({
    where: {
      visitorId: capture.visitorId,
      accountId: capture.accountId,
      id: { gte: firstIdAt('rec', capture.createdAt.getTime()) },
    },
    orderBy: { id: 'asc' },
    select: { type: true, recordId: true, ref: true, createdAt: true },
  });
}

type ConversionRow = {
  id: string;
  externalId: string;
  ref: string | null;
  postbackId: string | null;
  createdAt: Date;
};

async function conversionOf(
  { store }: Pick<Ctx, 'store'>,
  capture: CaptureRow,
  record: RecordRow,
): Promise<ConversionRow | null> {
  const { dialect } = store;
  const [row] = await store.query<ConversionRow>(
    `SELECT "id", "externalId", "ref", "postbackId", "createdAt" FROM
       (SELECT * FROM "Conversion" WHERE "ref" = ${dialect.p(1)} AND "id" >= ${dialect.p(2)} ORDER BY "id" LIMIT ${LOOK_THROUGH}) AS seen
     WHERE "accountId" = ${dialect.p(3)} AND "recordType" = ${dialect.p(4)} AND "recordId" = ${dialect.p(5)} ORDER BY "id" LIMIT 1`,
    record.ref,
    firstIdAt('cnv', capture.createdAt.getTime()),
    capture.accountId,
    record.type,
    record.recordId,
  );
  return row ?? null;
}

/** The code in the body of the newest attempt. */
async function sentRef(
  { store }: Pick<Ctx, 'store'>,
  messageId: string,
  ref: string,
  field: string | null,
): Promise<string | null> {
  const attempt = await store.prisma.attempt.findFirst({
    where: { messageId },
    orderBy: { number: 'desc' },
    select: { requestBody: true },
  });
  return refInBody(attempt?.requestBody ?? null, ref, field);
}

/**
 * The tracking code as a kept request body carries it, or null: what stands in `field` (the network's name for it),
 * or else `ref` itself where any field holds just that.
 */
function refInBody(body: string | null, ref: string, field: string | null): string | null {
  if (body === null) return null;
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    // a body that is no JSON names its fields in a way not known here: "not seen" is the truth
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null) return null;
  const fields = parsed as Record<string, unknown>;
  const named = field === null ? undefined : fields[field];
  if (typeof named === 'string') return named;
  return Object.values(fields).includes(ref) ? ref : null;
}
