import {
  type Dispatcher,
  insertMessagesSql,
  type LeasedMessage,
  MESSAGE,
  type MessageRow,
} from '#app/modules/outbox/index.server.ts';
import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { columnList } from '#app/platform/db/dialect.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import {
  CONVERSION,
  type ConversionRow,
  conversionRow,
  kindOfPaymentId,
  type NewConversion,
  postbackRow,
  type ResolvedRef,
} from './rows.server.ts';

/** What became of one conversion. Durable when it is answered. */
export type StoredConversion =
  | { kind: 'created'; id: string; postbackId: string | null; status: string }
  /** The same externalId with the same content came before. */
  | { kind: 'repeat'; id: string; postbackId: string | null; status: string }
  /** The externalId is taken by other content; what came is kept for triage. */
  | { kind: 'conflict'; id: string };

interface Prepared {
  row: ConversionRow;
  message: MessageRow | null;
}

const PAYMENT = { paymentId: 'text', conversionId: 'text', kind: 'text' } as const;
const recordKey = (accountId: string, type: string, id: string): string =>
  JSON.stringify([accountId, type, id]);

/** The code of the durable record outranks whatever else the request carries (RG-04). */
async function resolveRefs(
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

const leased = (message: MessageRow): LeasedMessage => ({
  id: message.id as string,
  kind: 'postback',
  accountId: message.accountId as string,
  conversionId: message.conversionId,
  leadId: null,
  refundId: null,
  externalId: message.externalId as string,
  networkCampaignId: message.networkCampaignId,
  ref: message.ref,
  releasedAt: null,
  payload: message.payload as string,
  step: 0,
  number: 1,
  leaseOwner: message.leaseOwner as string,
  attemptStartedAt: message.attemptStartedAt as Date,
  firstMaySentAt: null,
  createdAt: message.createdAt as Date,
});

/**
 * Writes conversions, their payment ids and their postbacks in one transaction; answers one result each, in order.
 * With a dispatcher that has room, the postbacks are written with their lease and handed over after the commit.
 */
export async function storeConversions(
  ctx: Ctx,
  dispatcher: Dispatcher | null,
  conversions: readonly NewConversion[],
): Promise<StoredConversion[]> {
  const now = nowOf(ctx);
  const resolve = await resolveRefs(ctx.store, conversions);
  const prepared = conversions.map((conversion): Prepared => {
    const resolved = resolve(conversion);
    const ids = { id: ctx.newId('cnv'), postbackId: resolved.ref === null ? null : ctx.newId('pbk') };
    const row = conversionRow(conversion, resolved, ids, now);
    return { row, message: resolved.ref === null ? null : postbackRow(row, conversion.input, now) };
  });
  const messages = prepared.map((p) => p.message).filter((message) => message !== null);
  const places = dispatcher?.reserve(messages.length) ?? 0;
  if (dispatcher) {
    const lease = {
      leaseOwner: dispatcher.owner,
      leaseUntil: new Date(now.getTime() + dispatcher.leaseMs),
      attemptStartedAt: now,
    };
    for (const message of messages.slice(0, places))
      Object.assign(message, lease, { status: 'sending', attempts: 1 });
  }
  let used = 0;
  try {
    const inserted = await write(ctx, conversions, prepared, messages);
    const handed = messages
      .slice(0, places)
      .filter((message) => inserted.has(message.conversionId as string));
    used = handed.length;
    if (dispatcher && used > 0) dispatcher.accept(handed.map(leased));
    ctx.live.publish('conversions');
    if (messages.length > places) ctx.live.publish('outbox');
    return await results(ctx, conversions, prepared, inserted);
  } finally {
    if (places > used) dispatcher?.release(places - used);
  }
}

const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** One transaction; answers the ids that are new. Rows in the order of their key, so that two writers cannot deadlock. */
async function write(
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

async function results(
  ctx: Ctx,
  conversions: readonly NewConversion[],
  prepared: readonly Prepared[],
  inserted: ReadonlySet<string>,
): Promise<StoredConversion[]> {
  const out: StoredConversion[] = [];
  for (const [i, { row, message }] of prepared.entries()) {
    const status = row.ref === null ? 'unattributed' : String(message?.status);
    if (inserted.has(row.id))
      out.push({ kind: 'created', id: row.id, postbackId: row.postbackId ?? null, status });
    else out.push(await existing(ctx, row, conversions[i] as NewConversion));
  }
  return out;
}

/** The externalId was there: the same content is a repeat, other content a conflict that is kept. */
async function existing(ctx: Ctx, row: ConversionRow, conversion: NewConversion): Promise<StoredConversion> {
  const key = { accountId: row.accountId, campaignKey: row.campaignKey, externalId: row.externalId };
  const before = await ctx.store.prisma.conversion.findUniqueOrThrow({
    where: { accountId_campaignKey_externalId: key },
  });
  if (before.contentHash === row.contentHash) {
    const postback = before.postbackId
      ? await ctx.store.prisma.outboxMessage.findUnique({
          where: { id: before.postbackId },
          select: { status: true },
        })
      : null;
    return {
      kind: 'repeat',
      id: before.id,
      postbackId: before.postbackId,
      status: postback?.status ?? 'unattributed',
    };
  }
  await ctx.store.prisma.intakeConflict.create({
    data: {
      id: ctx.newId('cfl'),
      kind: 'conversion',
      subjectId: before.id,
      key: row.externalId,
      body: JSON.stringify(conversion.input),
      createdAt: new Date(ctx.clock.now()),
    },
  });
  return { kind: 'conflict', id: before.id };
}
