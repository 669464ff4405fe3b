import type { Ctx } from '#app/platform/context.server.ts';
import type { Dialect } from '#app/platform/db/dialect.server.ts';
import type { BreakerReason, BreakerScope, BreakerState, IssueState } from './schema.ts';
import { byUnread, unreadSql } from './unread-sql.server.ts';

type Read = Pick<Ctx, 'store'>;

/** More than this are not told one by one in any case. */
const MAX = 500;

/** An issue as alerts look at it. */
export interface IssueSignal {
  id: string;
  accountId: string;
  errorCode: string;
  message: string;
  sampleMessage: string | null;
  httpStatus: number | null;
  networkCampaignId: string | null;
  state: IssueState;
  /** When it opened, or came back last. */
  openedAt: Date;
  /** How often it came back. */
  reopened: number;
  resolvedAt: Date | null;
}

/** The open issues, those seen last first, at most 500; and those with the ids given, in whatever state. */
export async function readIssueSignals(ctx: Read, ids: readonly string[]): Promise<IssueSignal[]> {
  const { issue } = ctx.store.prisma;
  const open = await issue.findMany({
    where: { state: 'open' },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
    take: MAX,
  });
  const seen = new Set(open.map(({ id }) => id));
  const missing = ids.filter((id) => !seen.has(id)).slice(0, MAX);
  const others = missing.length === 0 ? [] : await issue.findMany({ where: { id: { in: missing } } });
  return [...open, ...others].map((row) => ({
    id: row.id,
    accountId: row.accountId,
    errorCode: row.errorCode,
    message: row.message,
    sampleMessage: row.sampleMessage,
    httpStatus: row.httpStatus,
    networkCampaignId: row.networkCampaignId || null,
    state: row.state as IssueState,
    openedAt: row.reopenedAt && row.reopenedAt > row.createdAt ? row.reopenedAt : row.createdAt,
    reopened: row.reopened,
    resolvedAt: row.resolvedAt,
  }));
}

/** Payouts that failed, exhausted and parked postbacks hold up. Currencies are never added. */
export interface HeldUp {
  sums: { currency: string; minor: number; count: number }[];
  /** Postbacks whose payout cannot be known. */
  unknown: number;
  held: number;
}

/** What some issues hold up, each by itself. One statement, on the partial indexes of their money. */
export async function readHeldUp(ctx: Read, ids: readonly string[]): Promise<Map<string, HeldUp>> {
  if (ids.length === 0) return new Map();
  const key = JSON.stringify(ids);
  const rows = await ctx.store.query<MoneyRow & { issueId: string }>(
    moneySql(ctx.store.dialect, '"issueId", '),
    key,
    key,
  );
  return new Map(ids.map((id) => [id, addUp(rows.filter((row) => row.issueId === id))]));
}

/** What all open and acknowledged issues hold up together. */
export async function readHeldUpTotal(ctx: Read): Promise<HeldUp & { issues: number }> {
  const { store } = ctx;
  const open = await store.prisma.issue.findMany({
    where: { state: { in: ['open', 'acknowledged'] } },
    select: { id: true },
  });
  if (open.length === 0) return { sums: [], unknown: 0, held: 0, issues: 0 };
  const key = JSON.stringify(open.map(({ id }) => id));
  const rows = await store.query<MoneyRow>(moneySql(store.dialect, ''), key, key);
  return { ...addUp(rows), issues: open.length };
}

interface MoneyRow {
  currency: string | null;
  n: number | bigint;
  /** PostgreSQL adds bigints up to a numeric. */
  minor: number | bigint | string | null;
  known: number | bigint;
}

/**
 * Sums of what the issues in a list hold up: what failed or waits, and successes that came without their data. The
 * list (JSON) is given once for each. `by`: columns to group by beside the currency.
 */
function moneySql(dialect: Dialect, by: string): string {
  const sums = `SELECT ${by}"expectedCurrency" AS "currency", count(*) AS "n", sum("expectedCents") AS "minor", count("expectedCents") AS "known"
    FROM "OutboxMessage"`;
  const groups = `GROUP BY ${by}"expectedCurrency"`;
  return `${sums} WHERE "issueId" IS NOT NULL AND "status" IN ('failed', 'exhausted', 'parked') AND ${dialect.inList('"issueId"', 1)} ${groups}
    UNION ALL
    ${sums}${byUnread(dialect)} WHERE ${unreadSql()} AND ${dialect.inList('"issueId"', 2)} ${groups}`;
}

function addUp(rows: readonly MoneyRow[]): HeldUp {
  const sums: HeldUp['sums'] = [];
  for (const { currency, minor, known } of rows) {
    if (currency === null || minor === null) continue;
    const sum = sums.find((one) => one.currency === currency) ?? { currency, minor: 0, count: 0 };
    if (!sums.includes(sum)) sums.push(sum);
    sum.minor += Number(minor);
    sum.count += Number(known);
  }
  const held = rows.reduce((sum, row) => sum + Number(row.n), 0);
  const known = sums.reduce((sum, { count }) => sum + count, 0);
  return { sums: sums.sort((a, b) => b.minor - a.minor), unknown: held - known, held };
}

/** What holds postbacks back, as alerts look at it. */
export interface BreakerSignal {
  id: string;
  accountId: string;
  scope: BreakerScope;
  networkCampaignId: string | null;
  reason: BreakerReason;
  state: BreakerState;
  issueId: string;
  note: string | null;
  openedBy: string | null;
  openedAt: Date;
  closedAt: Date | null;
}

/** Breakers that are not closed, those closed since `closedSince`, and those with the ids given. */
export async function readBreakerSignals(
  ctx: Read,
  input: { closedSince: Date; ids: readonly string[] },
): Promise<BreakerSignal[]> {
  const rows = await ctx.store.prisma.breaker.findMany({
    where: {
      OR: [
        { state: { in: ['open', 'releasing'] } },
        { state: 'closed', closedAt: { gte: input.closedSince } },
        { id: { in: input.ids.slice(0, MAX) } },
      ],
    },
    orderBy: { id: 'desc' },
    take: MAX,
  });
  return rows.map((row) => ({
    ...row,
    scope: row.scope as BreakerScope,
    reason: row.reason as BreakerReason,
    state: row.state as BreakerState,
  }));
}
