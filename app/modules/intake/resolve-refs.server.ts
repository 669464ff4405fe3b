import type { Conn } from '#app/platform/db/store.server.ts';
import type { NewConversion, ResolvedRef } from './rows.server.ts';

const recordKey = (accountId: string, type: string, id: string): string =>
  JSON.stringify([accountId, type, id]);

/** The code of the durable record outranks whatever else the request carries (RG-04). */
export async function resolveRefs(
  conn: Conn,
  conversions: readonly NewConversion[],
): Promise<(conversion: NewConversion) => ResolvedRef> {
  const wanted = conversions.filter((c) => c.input.record);
  const known = new Map<string, string>();
  if (wanted.length > 0) {
    const rows = await conn.query<{ accountId: string; type: string; recordId: string; ref: string }>(
      `SELECT "accountId", "type", "recordId", "ref" FROM "TrackedRecord" WHERE ${conn.dialect.inList('"recordId"', 1)}`,
      JSON.stringify([...new Set(wanted.map((c) => c.input.record?.id))]),
    );
    for (const row of rows) known.set(recordKey(row.accountId, row.type, row.recordId), row.ref);
  }
  return ({ accountId, input }) => {
    const fromRecord = input.record
      ? known.get(recordKey(accountId, input.record.type, input.record.id))
      : undefined;
    if (fromRecord !== undefined) return { ref: fromRecord, source: 'record' };
    return input.ref === undefined ? { ref: null, source: null } : { ref: input.ref, source: 'request' };
  };
}
