import { ACCEPTED_STATUSES, type MessageStatus } from '#app/modules/outbox/schema.ts';
import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { firstIdAt } from '#app/platform/ids.server.ts';
import { leadsOf } from './look-up-more.server.ts';
import { insertRows, type NewRow, type RunRow } from './rows.server.ts';
import type { Mapping } from './schema.ts';
import { moveOn, withRows } from './step-file.server.ts';
import type { Counted } from './totals.ts';

/** Rows looked at by one step. */
const AT_ONCE = 1_000;
/** What is reported may carry a later id than its own time, hardly an earlier one: clocks differ by no more. */
const EARLIER_MS = 86_400_000;

interface Own {
  id: string;
  accountId: string;
  at: Date | number;
  key: string;
  minor: bigint | number | null;
  currency: string | null;
  conversionId: string;
  postbackId: string | null;
  status: string | null;
  leadId: string | null;
  wanted: boolean | number;
}

/**
 * One step of the other direction: what Leadline has in the file's span of time and the file has not. For billing
 * those are purchases and whatever else carries revenue, for a network's export leads that still count. Answers whether it moved.
 */
export async function stepOther(ctx: Ctx, run: RunRow): Promise<boolean> {
  const { fromAt, toAt } = run;
  if (fromAt === null || toAt === null) throw new Error(`reconciliation ${run.id} has no span of time`);
  const billing = run.source === 'billing';
  const mapping = JSON.parse(run.mapping ?? 'null') as Mapping;
  const after = run.cursor ?? startAfter(billing ? 'cnv' : 'led', fromAt.getTime());
  const found = await (billing ? conversionsAfter : leadsAfter)(ctx.store, after);
  const own = found.filter(
    (row) =>
      Boolean(row.wanted) &&
      (mapping.accountId === null || row.accountId === mapping.accountId) &&
      new Date(row.at).getTime() >= fromAt.getTime() &&
      new Date(row.at).getTime() < toAt.getTime(),
  );
  const seen = await seenOf(
    ctx.store,
    run.id,
    own.map(({ id }) => id),
  );
  const missing = own.filter(({ id }) => !seen.has(id));
  const leads = await leadsOf(ctx.store, billing ? missing.map(({ conversionId }) => conversionId) : []);
  const rows = missing.map((row, at) =>
    alone({ ...row, leadId: row.leadId ?? leads.get(row.conversionId)?.id ?? null }, run, at, billing),
  );
  const last = found.at(-1)?.id ?? null;
  const over = found.length < AT_ONCE;
  return ctx.store.transaction(async (tx) => {
    const moved = await moveOn(tx, ctx, run, {
      cursor: last ?? run.cursor,
      lastRow: run.lastRow + rows.length,
      totals: withRows(run, rows as unknown as Counted[]),
      ...(over ? { state: 'done', finishedAt: nowOf(ctx) } : {}),
    });
    if (moved) await insertRows(tx, rows);
    return moved;
  });
}

/** Below every id made from a day before the span on: ids sort by time. */
const startAfter = (prefix: string, fromMs: number): string => firstIdAt(prefix, fromMs - EARLIER_MS);

function conversionsAfter(conn: Conn, after: string): Promise<Own[]> {
  return conn.query<Own>(
    `SELECT c."id", c."accountId", c."occurredAt" AS "at", c."externalId" AS "key", c."revenueCents" AS "minor", c."currency",
       c."id" AS "conversionId", c."postbackId", m."status", NULL AS "leadId",
       (c."origin" <> 'wizard' AND (c."revenueCents" IS NOT NULL OR c."eventType" IN ('PURCHASE', 'SUBSCRIPTION'))) AS "wanted"
     FROM (SELECT * FROM "Conversion" WHERE "id" > ${conn.dialect.p(1)} ORDER BY "id" LIMIT ${AT_ONCE}) c
     LEFT JOIN "OutboxMessage" m ON m."id" = c."postbackId" ORDER BY c."id"`,
    after,
  );
}

function leadsAfter(conn: Conn, after: string): Promise<Own[]> {
  return conn.query<Own>(
    `SELECT "id", "accountId", "heldSince" AS "at", "externalId" AS "key", "payoutCents" AS "minor", "currency",
       "conversionId", "postbackId", NULL AS "status", "id" AS "leadId", ("holdState" <> 'disputed') AS "wanted"
     FROM "Lead" WHERE "id" > ${conn.dialect.p(1)} ORDER BY "id" LIMIT ${AT_ONCE}`,
    after,
  );
}

async function seenOf(conn: Conn, runId: number, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await conn.query<{ subjectId: string }>(
    `SELECT "subjectId" FROM "ReconciliationSeen" WHERE "runId" = ${conn.dialect.p(1)} AND ${conn.dialect.inList('"subjectId"', 2)}`,
    runId,
    JSON.stringify(ids),
  );
  return new Set(rows.map(({ subjectId }) => subjectId));
}

function alone(row: Own, run: RunRow, at: number, billing: boolean): NewRow {
  return {
    runId: run.id,
    n: run.lastRow + at + 1,
    line: null,
    key: row.key,
    refundLine: false,
    status: null,
    reason: 'leadline_only',
    detail: billing ? statusWords(row) : 'A lead here that the export of the network does not show.',
    amountMinor: null,
    currency: null,
    ourMinor: numberOrNull(row.minor),
    ourCurrency: row.currency,
    refundedMinor: null,
    occurredAt: new Date(row.at),
    conversionId: row.conversionId,
    postbackId: row.postbackId,
    leadId: row.leadId,
    refundId: null,
  };
}

function statusWords({ status }: Own): string {
  if (status === null) return 'Reported without a tracking code: no commission.';
  return ACCEPTED_STATUSES.includes(status as MessageStatus)
    ? `Reported and ${status}: a commission for an order that billing does not show.`
    : `Reported; its postback is ${status}.`;
}
