import type { Conn } from '#app/platform/db/store.server.ts';
import type { AttemptItem, AttemptTimings } from './detail-schema.ts';

/** All attempts of a message with their evidence, the first one first. */
export async function readAttempts(conn: Conn, messageId: string): Promise<AttemptItem[]> {
  const rows = await conn.prisma.attempt.findMany({ where: { messageId }, orderBy: { number: 'asc' } });
  return rows.map(({ messageId: _message, ...row }) => ({
    ...row,
    startedAt: row.startedAt.toISOString(),
    timings: timingsOf(row.timings),
    requestHeaders: headersOf(row.requestHeaders),
    responseHeaders: headersOf(row.responseHeaders),
    bodyEncoding: row.bodyEncoding as AttemptItem['bodyEncoding'],
    errorDetails: row.errorDetails ? (JSON.parse(row.errorDetails) as AttemptItem['errorDetails']) : [],
  }));
}

const headersOf = (json: string | null): Record<string, string> =>
  json === null ? {} : (JSON.parse(json) as Record<string, string>);

const UNKNOWN = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null };
const timingsOf = (json: string | null): AttemptTimings | null =>
  json === null
    ? null
    : { ...UNKNOWN, ...(JSON.parse(json) as Partial<AttemptTimings> & { reused: boolean }) };
