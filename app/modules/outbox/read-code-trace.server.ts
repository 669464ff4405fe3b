import type { Conn } from '#app/platform/db/store.server.ts';
import { checkedColumn } from './checked-column.ts';
import { codeInBody, differsOnlyInForm, queryValue, spellings } from './code-trace.ts';
import type { TraceStop } from './detail-schema.ts';

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

const COLUMNS = ['ref', 'url', 'cookieValue', 'capturedAt'].map((name) => `k."${name}"`).join(', ');
const VISITS_MAX = 20;

async function captureOfVisitor(
  conn: Conn,
  accountId: string,
  visitorId: string,
  codes: readonly string[],
): Promise<Capture | null> {
  const { dialect } = conn;
  const visits = await conn.query<Capture>(
    `SELECT ${COLUMNS} FROM "Capture" k WHERE k."visitorId" = ${dialect.p(1)} AND ${checkedColumn(dialect, 'k."accountId"')} = ${dialect.p(2)}
       AND k."outcome" = 'kept' ORDER BY k."id" LIMIT ${VISITS_MAX}`,
    visitorId,
    accountId,
  );
  const same = visits.find((visit) => codes.includes(visit.ref));
  return (
    same ??
    visits.find((visit) => codes.some((code) => differsOnlyInForm(code, visit.ref))) ??
    visits[0] ??
    null
  );
}

const CODE = { ref: 'text' } as const;

/** The newest capture of the code before the conversion, else of a spelling of it. Walks the index of the code. */
async function captureOfCode(
  conn: Conn,
  input: TraceInput,
  codes: readonly string[],
): Promise<Capture | null> {
  const { dialect } = conn;
  for (const refs of [codes, codes.flatMap(spellings)]) {
    if (refs.length === 0) continue;
    const [found] = await conn.query<Capture>(
      `SELECT ${COLUMNS} FROM ${dialect.rows(CODE, 1, 'r')} CROSS JOIN "Capture" k
       WHERE k."id" = (SELECT x."id" FROM "Capture" x WHERE x."ref" = r."ref" AND ${checkedColumn(dialect, 'x."accountId"')} = ${dialect.p(2)}
         AND x."outcome" = 'kept' AND x."createdAt" <= ${dialect.p(3)} ORDER BY x."id" DESC LIMIT 1)
       ORDER BY k."id" DESC LIMIT 1`,
      dialect.encode(
        CODE,
        refs.map((ref) => ({ ref })),
      ),
      input.accountId,
      dialect.time(input.convertedAt),
    );
    if (found) return found;
  }
  return null;
}
