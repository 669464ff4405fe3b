import type { Conn } from '#app/platform/db/store.server.ts';
import { judgeBilling, type Known, type Verdict } from './judge.ts';
import { judgeNetwork } from './judge-network.ts';
import { lookUp } from './look-up.server.ts';
import { recordsOf } from './look-up-more.server.ts';
import { readRow, type Told } from './read-row.ts';
import type { FileRow, Mapping, Reason, Source } from './schema.ts';

/** A row of the file with what came of it. */
export interface Judged {
  told: Told;
  reason: Reason;
  detail: string | null;
  verdict: Verdict | null;
  /** Conversions (billing) or leads (network) that the row shows the file to have. */
  seen: string[];
}

export interface JudgeInput {
  source: Source;
  mapping: Mapping;
  columns: number;
  rows: readonly FileRow[];
  /** Every network account there is: where codes are kept for orders never reported. */
  accountIds: readonly string[];
  /** Ids of earlier rows with the line of the first, asked for those of these rows. */
  earlier(keys: readonly string[]): Promise<Map<string, number>>;
}

/** Reads and judges rows of a file, in a few statements for all of them. Writes nothing. */
export async function judgeRows(conn: Conn, input: JudgeInput): Promise<Judged[]> {
  const { source, mapping, accountIds } = input;
  const told = input.rows.map((row) => readRow(row, mapping, source, input.columns));
  const keys = [...new Set(told.map(({ key }) => key).filter((key) => key !== ''))];
  const known = await lookUp(conn, { keys, idKind: mapping.idKind, accountId: mapping.accountId });
  const unknown = source === 'billing' ? keys.filter((key) => !known.has(key)) : [];
  const accounts = mapping.accountId === null ? accountIds : [mapping.accountId];
  const records = await recordsOf(conn, unknown, accounts);
  const first = await input.earlier(keys);
  return told.map((row) => {
    const found = known.get(row.key) ?? [];
    const seen = seenOf(found, source);
    if (row.unreadable !== null)
      return { told: row, reason: 'unreadable', detail: row.unreadable, verdict: null, seen };
    const before = first.get(row.key);
    const counts = !row.refundLine && row.status !== 'unpaid';
    if (counts && before !== undefined)
      return {
        told: row,
        reason: 'duplicate',
        detail: `The same id stands in line ${before} already.`,
        verdict: null,
        seen,
      };
    if (counts) first.set(row.key, row.line);
    const verdict =
      source === 'network'
        ? judgeNetwork(row, found, mapping.amountIs)
        : judgeBilling(row, found, records.get(row.key) ?? null);
    return { told: row, reason: verdict.reason, detail: verdict.detail, verdict, seen };
  });
}

const seenOf = (found: readonly Known[], source: Source): string[] =>
  source === 'billing'
    ? found.map(({ conversionId }) => conversionId)
    : found.flatMap(({ lead }) => (lead === null ? [] : [lead.id]));
