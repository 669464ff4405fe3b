import { columnList, type RowOf, type RowSpec } from '#app/platform/db/dialect.server.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import type { Judged } from './judge-rows.server.ts';
import type {
  FileRow,
  Mapping,
  ReasonTotal,
  ResultRow,
  RunDetail,
  RunState,
  RunView,
  Source,
} from './schema.ts';
import { gapsOf } from './totals.ts';

const ROW = {
  runId: 'int',
  n: 'int',
  line: 'int',
  key: 'text',
  refundLine: 'bool',
  status: 'text',
  reason: 'text',
  detail: 'text',
  amountMinor: 'bigint',
  currency: 'text',
  ourMinor: 'bigint',
  ourCurrency: 'text',
  refundedMinor: 'bigint',
  occurredAt: 'time',
  conversionId: 'text',
  postbackId: 'text',
  leadId: 'text',
  refundId: 'text',
} as const satisfies RowSpec;
export type NewRow = RowOf<typeof ROW> & Pick<ResultRow, 'reason' | 'key'>;

const SEEN = { runId: 'int', subjectId: 'text' } as const satisfies RowSpec;

/** Writes result rows by one statement. */
export async function insertRows(tx: Conn, rows: readonly NewRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(
    `INSERT INTO "ReconciliationRow" (${columnList(ROW)}) SELECT ${columnList(ROW, 'r.')} FROM ${tx.dialect.eachRow(ROW, 1, 'r')}`,
    tx.dialect.encode(ROW, rows),
  );
}

/** Notes what the file told of; what was noted before stays. */
export async function insertSeen(tx: Conn, runId: number, subjectIds: readonly string[]): Promise<void> {
  if (subjectIds.length === 0) return;
  const rows = [...new Set(subjectIds)].map((subjectId) => ({ runId, subjectId }));
  await tx.execute(
    `INSERT INTO "ReconciliationSeen" (${columnList(SEEN)}) SELECT ${columnList(SEEN, 's.')} FROM ${tx.dialect.eachRow(SEEN, 1, 's')}
     WHERE true ON CONFLICT DO NOTHING`,
    tx.dialect.encode(SEEN, rows),
  );
}

/** A judged row as it is written down. */
export function resultOf({ told, reason, detail, verdict }: Judged, runId: number, n: number): NewRow {
  const known = verdict?.known ?? null;
  return {
    runId,
    n,
    line: told.line,
    key: told.key,
    refundLine: told.refundLine,
    status: told.status,
    reason,
    detail: detail?.slice(0, 500).toWellFormed() ?? null,
    amountMinor: told.amount,
    currency: told.currency,
    ourMinor: verdict?.our?.minor ?? null,
    ourCurrency: verdict?.our?.currency ?? null,
    refundedMinor: told.refunded > 0 ? told.refunded : null,
    occurredAt: told.time === null ? null : new Date(told.time.at),
    conversionId: known?.conversionId ?? null,
    postbackId: known?.postback?.id ?? null,
    leadId: known?.lead?.id ?? null,
    refundId: verdict?.refundId ?? null,
  };
}

/** The same as a page shows it, before or after it was written. */
export const viewOf = (
  row: {
    [K in keyof ResultRow]:
      | ResultRow[K]
      | (K extends `${string}Minor` ? bigint : K extends 'occurredAt' ? Date : never);
  },
): ResultRow => ({
  n: Number(row.n),
  line: numberOrNull(row.line),
  key: row.key,
  refundLine: Boolean(row.refundLine),
  reason: row.reason,
  detail: row.detail,
  amountMinor: numberOrNull(row.amountMinor),
  currency: row.currency,
  ourMinor: numberOrNull(row.ourMinor),
  ourCurrency: row.ourCurrency,
  refundedMinor: numberOrNull(row.refundedMinor),
  occurredAt: row.occurredAt === null ? null : new Date(row.occurredAt).toISOString(),
  conversionId: row.conversionId,
  postbackId: row.postbackId,
  leadId: row.leadId,
  refundId: row.refundId,
});

/** A run as the store has it. */
export type RunRow = NonNullable<Awaited<ReturnType<Conn['prisma']['reconciliation']['findUnique']>>>;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** A run as pages show it. */
export function runView(row: RunRow): RunView {
  const totals = JSON.parse(row.totals) as ReasonTotal[];
  return {
    id: row.id,
    name: row.name,
    source: row.source as Source,
    state: row.state as RunState,
    stateReason: row.stateReason,
    bytes: Number(row.bytes),
    rowCount: row.rowCount,
    rowsDone: row.rowsDone,
    found: row.lastRow,
    gaps: gapsOf(totals),
    fromAt: iso(row.fromAt),
    toAt: iso(row.toAt),
    totals,
    createdByName: row.createdByName,
    createdAt: row.createdAt.toISOString(),
    startedAt: iso(row.startedAt),
    finishedAt: iso(row.finishedAt),
  };
}

/** With what is told of its file. */
export const runDetail = (row: RunRow): RunDetail => ({
  ...runView(row),
  delimiter: row.delimiter,
  header: JSON.parse(row.header) as string[],
  mapping: row.mapping === null ? null : (JSON.parse(row.mapping) as Mapping),
});

/** One piece of the file; null where there is none. */
export async function pieceOf(conn: Conn, runId: number, n: number): Promise<FileRow[] | null> {
  const piece = await conn.prisma.reconciliationChunk.findUnique({ where: { runId_n: { runId, n } } });
  return piece === null ? null : (JSON.parse(piece.rows) as FileRow[]);
}
