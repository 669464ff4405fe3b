import type { Conn } from '#app/platform/db/store.server.ts';
import { codeInBody, differsOnlyInForm, queryValue, spellings } from './code-trace.ts';
import type { LikelyCode, TraceStop } from './detail-schema.ts';
import { ACCEPTED_STATUSES } from './schema.ts';

export interface TraceInput {
  accountId: string;
  /** The code of the conversion, exactly. */
  ref: string | null;
  recordType: string | null;
  recordId: string | null;
  convertedAt: Date;
  /** Body and time of the last attempt, where one was made. */
  body: string | null;
  sentAt: string | null;
  /** The network's query parameter: `rgta_ref`. */
  parameter: string | null;
}

interface Capture {
  ref: string;
  url: string | null;
  cookieValue: string | null;
  capturedAt: Date;
}

/**
 * The places a tracking code passed, from the link to the last request (RG-06). The capture is found by the record's
 * visitor, else by the code itself, else by a spelling of it: so a code that was changed on the way is still traced.
 */
export async function readCodeTrace(conn: Conn, input: TraceInput): Promise<TraceStop[]> {
  const record =
    input.recordType && input.recordId
      ? await recordOf(conn, input.accountId, input.recordType, input.recordId)
      : null;
  const codes = [...new Set([record?.ref, input.ref].filter((code) => code != null))];
  const capture =
    (record?.visitorId ? await captureOfVisitor(conn, input.accountId, record.visitorId, codes) : null) ??
    (await captureOfCode(conn, input, codes));
  const capturedAt = capture?.capturedAt.toISOString() ?? null;
  const stops: TraceStop[] = [
    {
      place: 'url',
      note: null,
      value: capture?.url && input.parameter ? queryValue(capture.url, input.parameter) : null,
      at: capturedAt,
    },
    {
      place: 'cookie',
      note: null,
      value: capture ? (capture.cookieValue ?? capture.ref) : null,
      at: capturedAt,
    },
    {
      place: 'record',
      note: record ? input.recordType : null,
      value: record?.ref ?? null,
      at: record?.createdAt.toISOString() ?? null,
    },
    {
      place: 'conversion',
      note: null,
      value: input.ref,
      at: input.convertedAt.toISOString(),
    },
    {
      place: 'body',
      note: null,
      value: codeInBody(input.body, input.ref, input.parameter),
      at: input.sentAt,
    },
  ];
  return stops;
}

const recordOf = (conn: Conn, accountId: string, type: string, recordId: string) =>
  conn.prisma.trackedRecord.findUnique({
    where: { accountId_type_recordId: { accountId, type, recordId } },
    select: { ref: true, visitorId: true, createdAt: true },
  });

const CAPTURE = { ref: true, url: true, cookieValue: true, capturedAt: true } as const;
const VISITS_MAX = 20;

async function captureOfVisitor(
  conn: Conn,
  accountId: string,
  visitorId: string,
  codes: readonly string[],
): Promise<Capture | null> {
  const visits = await conn.prisma.capture.findMany({
    where: { accountId, visitorId, outcome: 'kept' },
    orderBy: { id: 'asc' },
    take: VISITS_MAX,
    select: CAPTURE,
  });
  const same = visits.find((visit) => codes.includes(visit.ref));
  return (
    same ??
    visits.find((visit) => codes.some((code) => differsOnlyInForm(code, visit.ref))) ??
    visits[0] ??
    null
  );
}

async function captureOfCode(
  conn: Conn,
  input: TraceInput,
  codes: readonly string[],
): Promise<Capture | null> {
  for (const refs of [codes, codes.flatMap(spellings)]) {
    if (refs.length === 0) continue;
    const found = await conn.prisma.capture.findFirst({
      where: {
        ref: { in: [...refs] },
        accountId: input.accountId,
        outcome: 'kept',
        createdAt: { lte: input.convertedAt },
      },
      orderBy: { id: 'desc' },
      select: CAPTURE,
    });
    if (found) return found;
  }
  return null;
}

/** The code that was probably meant by one the network does not know (RG-29): accepted before, or at least captured. */
export async function findLikelyCode(conn: Conn, accountId: string, ref: string): Promise<LikelyCode | null> {
  const spelt = spellings(ref);
  if (spelt.length === 0) return null;
  const { dialect } = conn;
  const accepted = await conn.query<{ ref: string }>(
    `SELECT c."ref" AS "ref" FROM "Conversion" c JOIN "OutboxMessage" m ON m."id" = c."postbackId"
     WHERE ${dialect.inList('c."ref"', 1)} AND c."accountId" = ${dialect.p(2)} AND m."status" IN (${ACCEPTED_STATUSES.map((s) => `'${s}'`).join(', ')}) LIMIT 1`,
    JSON.stringify(spelt),
    accountId,
  );
  if (accepted[0]) return { ref: accepted[0].ref, seen: 'accepted' };
  const captured = await conn.prisma.capture.findFirst({
    where: { ref: { in: spelt }, accountId },
    orderBy: { id: 'desc' },
    select: { ref: true },
  });
  return captured ? { ref: captured.ref, seen: 'captured' } : null;
}
