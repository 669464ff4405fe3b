import type { Conn } from '#app/platform/db/store.server.ts';
import { judgeBilling, type Known, type Verdict } from './judge.ts';
import { judgeNetwork } from './judge-network.ts';
import { lookUp } from './look-up.server.ts';
import { recordsOf, statusKey } from './look-up-more.server.ts';
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
  /** Earlier rows by statusKey, with the line of the first, asked for the ids of these rows. */
  earlier(keys: readonly string[]): Promise<Map<string, number>>;
}

/** Reads and judges rows of a file, in a few statements for all of them. Writes nothing. */
export async function judgeRows(conn: Conn, input: JudgeInput): Promise<Judged[]> {
  const { source, mapping, accountIds } = input;
  const told = input.rows.map((row) => readRow(row, mapping, source, input.columns));
  const keys = distinct(told.map(({ key }) => key));
  const known = await lookUp(conn, { keys, idKind: mapping.idKind, accountId: mapping.accountId });
  const strangers = told.filter(({ key }) => !known.has(key));
  const otherKeys = distinct(strangers.map(({ otherKey }) => otherKey));
  const others = await lookUp(conn, {
    keys: otherKeys,
    idKind: OTHER[mapping.idKind],
    accountId: mapping.accountId,
  });
  const unknown = source === 'billing' ? distinct([...strangers.map(({ key }) => key), ...otherKeys]) : [];
  const accounts = mapping.accountId === null ? accountIds : [mapping.accountId];
  const records = await recordsOf(conn, unknown, accounts);
  const first = await input.earlier(keys);
  return told.map((row) => {
    const found = known.get(row.key) ?? others.get(row.otherKey) ?? [];
    const seen = seenOf(found, source);
    if (row.unreadable !== null)
      return { told: row, reason: 'unreadable', detail: row.unreadable, verdict: null, seen };
    const before = noteFirst(first, row);
    if (before !== undefined)
      return {
        told: row,
        reason: 'duplicate',
        detail: `The same id stands in line ${before} already.`,
        verdict: null,
        seen,
      };
    const verdict =
      source === 'network'
        ? judgeNetwork(row, found, mapping.amountIs)
        : judgeBilling(row, found, records.get(row.key) ?? records.get(row.otherKey) ?? null);
    const bySecond = found.length > 0 && !known.has(row.key) && row.otherKey !== row.key;
    const note = bySecond ? `Found by its second id ${row.otherKey}.` : null;
    const words = [verdict.detail, note].filter((text) => text !== null).join(' ');
    return { told: row, reason: verdict.reason, detail: words === '' ? null : words, verdict, seen };
  });
}

/** What a second id is of. */
const OTHER = { order: 'payment', payment: 'order', either: 'either', lead: 'either' } as const;

const distinct = (keys: readonly string[]): string[] => [...new Set(keys)].filter((key) => key !== '');

/** The line of an earlier row that tells of the same; where there is none, this one is the first. */
function noteFirst(first: Map<string, number>, row: Told): number | undefined {
  if (row.refundLine || row.status === 'unpaid') return undefined;
  const key = statusKey(row.status, row.key);
  const before = first.get(key);
  if (before === undefined) first.set(key, row.line);
  return before;
}

const seenOf = (found: readonly Known[], source: Source): string[] =>
  source === 'billing'
    ? found.map(({ conversionId }) => conversionId)
    : found.flatMap(({ lead }) => (lead === null ? [] : [lead.id]));
