import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import type { Safety } from './policy-rules.ts';
import { marginSchema } from './refund-policy-schema.ts';

/** A difference between clocks that is warned about. */
export const SKEW_WARNING_MS = 60_000;
const SAMPLE_MS = 60_000;
/** Of so many samples the median counts: one answer that was long under way moves nothing. */
const WINDOW = 9;

interface Samples {
  at: number;
  values: number[];
}
const seen = new WeakMap<object, Map<string, Samples>>();

/** How far automatic disputes of an account keep clear of deadlines. */
export async function safetyOf(conn: Conn, accountId: string): Promise<Safety> {
  const [row] = await conn.query<{ marginHours: number | bigint; skewMs: number | bigint | null }>(
    `SELECT a."disputeMarginHours" AS "marginHours", s."skewMs" FROM "NetworkAccount" a LEFT JOIN "ClockSkew" s ON s."accountId" = a."id" WHERE a."id" = ${conn.dialect.p(1)}`,
    accountId,
  );
  return { marginHours: Number(row?.marginHours ?? 24), skewMs: Number(row?.skewMs ?? 0) };
}

/** Median of a list that is not empty. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : Math.round(((sorted[middle - 1] ?? upper) + upper) / 2);
}

/**
 * Network minus ours in ms, from the Date header of an answer that came at `at`; null where there is none that can be
 * read. The header counts whole seconds, so the middle of its second is taken.
 */
export function skewFrom(dateHeader: string | null | undefined, at: Date): number | null {
  const said = dateHeader ? Date.parse(dateHeader) : Number.NaN;
  return Number.isNaN(said) ? null : said + 500 - at.getTime();
}

/**
 * Measures the network's clock against ours by an answer's Date header, at most once a minute for an account. Call it
 * for every answer, outside of transactions; answers whether it was taken.
 */
export async function recordSkew(
  ctx: Ctx,
  accountId: string,
  dateHeader: string | null | undefined,
  at: Date,
): Promise<boolean> {
  const skew = skewFrom(dateHeader, at);
  // a column of 32 bits; a clock that is off by weeks is off by "more than 24 days"
  if (skew === null) return false;
  const mine = seen.get(ctx) ?? new Map<string, Samples>();
  seen.set(ctx, mine);
  const before = mine.get(accountId);
  if (before && Math.abs(at.getTime() - before.at) < SAMPLE_MS) return false;
  const values = [...(before?.values ?? []), Math.max(-2_000_000_000, Math.min(2_000_000_000, skew))].slice(
    -WINDOW,
  );
  mine.set(accountId, { at: at.getTime(), values });
  const skewMs = medianOf(values);
  await ctx.store.prisma.clockSkew.upsert({
    where: { accountId },
    create: { accountId, skewMs, samples: 1, measuredAt: at },
    update: { skewMs, samples: { increment: 1 }, measuredAt: at },
  });
  return true;
}

/** Attempts looked at in one measurement. */
const LOOKED = 100;

/**
 * Measures every account's network by the newest answers in the evidence. For the clockwork, once a minute. Answers how
 * many accounts were measured.
 */
export async function measureSkews(ctx: Ctx): Promise<number> {
  const answers = await ctx.store.query<{
    accountId: string;
    headers: string | null;
    startedAt: Date | string | number;
    durationMs: number | null;
  }>(
    `SELECT m."accountId", a."responseHeaders" AS "headers", a."startedAt", a."durationMs"
     FROM (SELECT * FROM "Attempt" ORDER BY "id" DESC LIMIT ${LOOKED}) a JOIN "OutboxMessage" m ON m."id" = a."messageId"
     WHERE a."responseHeaders" IS NOT NULL ORDER BY a."id" DESC`,
  );
  const newest = new Map<string, (typeof answers)[number]>();
  for (const answer of answers) if (!newest.has(answer.accountId)) newest.set(answer.accountId, answer);
  let measured = 0;
  for (const [accountId, { headers, startedAt, durationMs }] of newest) {
    const at = new Date(new Date(startedAt).getTime() + Math.round(durationMs ?? 0));
    const { date } = JSON.parse(headers ?? '{}') as { date?: string };
    if (await recordSkew(ctx, accountId, date, at)) measured += 1;
  }
  return measured;
}

export interface SkewItem {
  accountId: string;
  accountName: string;
  /** Network minus ours. */
  skewMs: number;
  samples: number;
  measuredAt: string;
  /** What it means, where it is worth a warning. */
  warning: string | null;
}

/** The clocks of all accounts that were measured, with a warning where they differ by more than a minute. */
export async function readSkews(ctx: Pick<Ctx, 'store'>): Promise<SkewItem[]> {
  const { prisma } = ctx.store;
  const rows = await prisma.clockSkew.findMany({ orderBy: { accountId: 'asc' } });
  const accounts = await prisma.networkAccount.findMany({ select: { id: true, name: true } });
  return rows.map(({ accountId, skewMs, samples, measuredAt }) => {
    const accountName = accounts.find((one) => one.id === accountId)?.name ?? accountId;
    return {
      accountId,
      accountName,
      skewMs,
      samples,
      measuredAt: measuredAt.toISOString(),
      warning: skewWarning(accountName, skewMs),
    };
  });
}

function skewWarning(name: string, skewMs: number): string | null {
  if (Math.abs(skewMs) <= SKEW_WARNING_MS) return null;
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  return skewMs > 0
    ? `The clock of ${name} is ${seconds} s ahead of this server's. Deadlines are taken as that much earlier. Check this server's time.`
    : `The clock of ${name} is ${seconds} s behind this server's. No deadline is missed by it, but times differ. Check this server's time.`;
}

/** Saves how many hours automatic disputes of an account keep clear of deadlines (0–720). Throws NOT_FOUND, VALIDATION_ERROR. */
export async function saveMargin(
  ctx: Ctx,
  input: { accountId: string; hours: number; actor: Actor },
): Promise<void> {
  const parsed = marginSchema.safeParse({ hours: input.hours });
  if (!parsed.success) {
    const message = parsed.error.issues[0]?.message ?? 'The margin is wrong';
    throw new AppError('VALIDATION_ERROR', message, { details: [{ path: 'hours', message }] });
  }
  await ctx.store.transaction(async (tx) => {
    const { accountId } = input;
    const account = await tx.prisma.networkAccount.findUnique({ where: { id: accountId } });
    if (!account) throw new AppError('NOT_FOUND', `There is no account with the id ${accountId}.`);
    await tx.prisma.networkAccount.update({
      where: { id: accountId },
      data: { disputeMarginHours: input.hours, updatedAt: nowOf(ctx) },
    });
    await recordAudit(tx, ctx, {
      actor: input.actor,
      action: 'dispute_margin_saved',
      subjectType: 'account',
      subjectId: accountId,
      detail: { from: account.disputeMarginHours, to: input.hours },
    });
  });
  ctx.live.publish('accounts');
  ctx.live.publish('refunds');
}
