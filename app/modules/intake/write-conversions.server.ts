import { insertMessagesSql, MESSAGE, type MessageRow } from '#app/modules/outbox/index.server.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { columnList } from '#app/platform/db/dialect.server.ts';
import { CONVERSION, type ConversionRow, kindOfPaymentId, type NewConversion } from './rows.server.ts';

/** A conversion's row and that of its postback; null where it has no code to report. */
export interface Prepared {
  row: ConversionRow;
  message: MessageRow | null;
}

const PAYMENT = { paymentId: 'text', conversionId: 'text', kind: 'text' } as const;
const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** One transaction; answers the ids that are new. Rows in the order of their key, so that two writers cannot deadlock. */
export async function writeConversions(
  ctx: Ctx,
  conversions: readonly NewConversion[],
  prepared: readonly Prepared[],
  messages: readonly MessageRow[],
): Promise<Set<string>> {
  const { dialect } = ctx.store;
  const rows = prepared
    .map((p) => p.row)
    .sort(
      (a, b) =>
        inOrder(a.externalId, b.externalId) ||
        inOrder(a.campaignKey, b.campaignKey) ||
        inOrder(a.accountId, b.accountId),
    );
  const payments = prepared.flatMap(({ row }, i) =>
    (conversions[i]?.input.paymentIds ?? []).map((paymentId) => ({
      paymentId,
      conversionId: row.id,
      kind: kindOfPaymentId(paymentId),
    })),
  );
  const insertConversions = `INSERT INTO "Conversion" (${columnList(CONVERSION)}) SELECT ${columnList(CONVERSION, 'r.')} FROM ${dialect.eachRow(CONVERSION, 1, 'r')} WHERE true
            ON CONFLICT ("accountId", "campaignKey", "externalId") DO NOTHING RETURNING "id"`;
  const insertPayments = (isNew: string, n: number) =>
    `INSERT INTO "PaymentRef" ("paymentId", "conversionId", "kind") SELECT r."paymentId", r."conversionId", r."kind" FROM ${dialect.eachRow(PAYMENT, n, 'r')} WHERE ${isNew} ON CONFLICT DO NOTHING`;
  const texts = [
    dialect.encode(CONVERSION, rows),
    dialect.encode(MESSAGE, messages),
    dialect.encode(PAYMENT, payments),
  ];
  let inserted: unknown[] | undefined;
  if (dialect.name === 'postgres') {
    // one statement is one transaction and one trip to the server
    const isNew = 'r."conversionId" IN (SELECT "id" FROM added)';
    inserted = await ctx.store.query(
      `WITH added AS (${insertConversions}), told AS (${insertMessagesSql(dialect, isNew, 2)}), paid AS (${insertPayments(isNew, 3)}) SELECT "id" FROM added`,
      ...texts,
    );
  } else {
    const isNew = 'EXISTS (SELECT 1 FROM "Conversion" c WHERE c."id" = r."conversionId")';
    const statements = [{ sql: insertConversions, args: [texts[0]] }];
    if (messages.length > 0) statements.push({ sql: insertMessagesSql(dialect, isNew), args: [texts[1]] });
    if (payments.length > 0) statements.push({ sql: insertPayments(isNew, 1), args: [texts[2]] });
    [inserted] = await ctx.store.batch(statements);
  }
  return new Set((inserted as { id: string }[]).map((row) => row.id));
}
