import { can } from '#app/modules/operators/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { denialOf, isRequester, makersOf } from './approval-decide.server.ts';
import type { ApprovalCounts, ApprovalItem, ApprovalPage, ApprovalState } from './approval-schema.ts';
import type { ApprovalRow } from './approval-stale.server.ts';
import { safetyOf } from './deadline-safety.server.ts';
import { COUNT_CAP } from './inbox-schema.ts';
import { decideBy, type Safety } from './policy-rules.ts';
import { plainRefundId } from './schema.ts';

type Read = Pick<Ctx, 'store' | 'clock'>;

/** The latest of one lead that are looked at. */
const OF_A_LEAD = 1_000;

export interface ListApprovals {
  /** Who looks: what they may do is told with each. */
  actor: Actor;
  /** pending: by deadline; decided: the latest first. */
  state?: 'pending' | 'decided' | undefined;
  /** Only of this lead. */
  leadId?: string | undefined;
  /** 1–1,000, 50 where left out. */
  limit?: number | undefined;
  /** Cursors of `ApprovalPage`; one that cannot be read begins at the start. */
  after?: string | undefined;
  before?: string | undefined;
}

const cursorOf = (row: ApprovalRow): string => `${(row.decidedAt ?? row.dueAt).getTime()}.${row.id}`;

function readCursor(text: string): { at: number; id: string } | null {
  const match = /^(\d{1,15})\.(apr_[0-9A-Z]{1,40})$/.exec(text);
  return match ? { at: Number(match[1]), id: match[2] as string } : null;
}

/** Disputes that wait, or waited, for another person. Walks one index; the cost does not grow with the table. */
export async function listApprovals(ctx: Read, input: ListApprovals): Promise<ApprovalPage> {
  const { dialect } = ctx.store;
  const limit = Math.min(Math.max(Math.trunc(input.limit ?? 50), 1), 1_000);
  const pending = (input.state ?? 'pending') === 'pending';
  const back = input.before !== undefined;
  const cursor = readCursor(input.before ?? input.after ?? '');
  const column = pending ? '"dueAt"' : '"decidedAt"';
  const up = pending !== back;
  const args: unknown[] = [];
  const param = (value: unknown): string => dialect.p(args.push(value));
  // a lead's own are few: read by themselves, or the store may walk all that wait
  const from =
    input.leadId === undefined
      ? '"DisputeApproval"'
      : `(SELECT * FROM "DisputeApproval" WHERE "leadId" = ${param(input.leadId)} ORDER BY "id" DESC LIMIT ${OF_A_LEAD}) AS own`;
  const where = [pending ? `"state" = 'pending'` : '"decidedAt" IS NOT NULL'];
  // as a pair, so that the walk begins behind the cursor also where very many share one instant
  if (cursor)
    where.push(
      `(${column}, "id") ${up ? '>' : '<'} (${param(dialect.time(cursor.at))}, ${param(cursor.id)})`,
    );
  const direction = up ? 'ASC' : 'DESC';
  const found = await ctx.store.query<{ id: string }>(
    `SELECT "id" FROM ${from} WHERE ${where.join(' AND ')} ORDER BY ${column} ${direction}, "id" ${direction} LIMIT ${limit + 1}`,
    ...args,
  );
  const page = found.slice(0, limit).map((row) => row.id);
  if (back) page.reverse();
  const rows = await rowsOf(ctx.store, page);
  const [first, last] = [rows.at(0), rows.at(-1)];
  const more = found.length > limit;
  return {
    items: await readApprovals(ctx, rows, input.actor),
    nextAfter: last && (back || more) ? cursorOf(last) : null,
    prevBefore: first && (back ? more : cursor !== null) ? cursorOf(first) : null,
  };
}

async function rowsOf(conn: Conn, ids: readonly string[]): Promise<ApprovalRow[]> {
  const rows = await conn.prisma.disputeApproval.findMany({ where: { id: { in: [...ids] } } });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

async function readApprovals(ctx: Read, rows: readonly ApprovalRow[], actor: Actor): Promise<ApprovalItem[]> {
  if (rows.length === 0) return [];
  const { store } = ctx;
  const refundIds = rows.map((row) => row.refundId).filter((id) => id !== null);
  const [leads, refunds, accounts, makers] = await Promise.all([
    store.prisma.lead.findMany({ where: { id: { in: rows.map((row) => row.leadId) } } }),
    store.prisma.refund.findMany({ where: { id: { in: refundIds } } }),
    store.prisma.networkAccount.findMany({ select: { id: true, name: true } }),
    makersOf(store, rows),
  ]);
  const safety = new Map<string, Safety>();
  for (const accountId of new Set(leads.map((lead) => lead.accountId)))
    safety.set(accountId, await safetyOf(store, accountId));
  const leadOf = new Map(leads.map((lead) => [lead.id, lead]));
  const refundOf = new Map(refunds.map((refund) => [refund.id, refund]));
  const now = nowOf(ctx);
  const denied = can(actor.role, 'dispute_lead')
    ? null
    : 'Your role may look at this, but not decide about disputes.';
  return rows.flatMap((row) => {
    const lead = leadOf.get(row.leadId);
    if (!lead) return [];
    const refund = refundOf.get(row.refundId ?? '');
    const margin = safety.get(lead.accountId);
    const decide = lead.disputeBy && margin ? decideBy(lead.disputeBy, margin) : null;
    const pending = row.state === 'pending';
    return [
      {
        id: row.id,
        state: row.state as ApprovalState,
        leadId: row.leadId,
        refund: refund ? { id: refund.id, refundId: plainRefundId(refund), kind: refund.kind } : null,
        reason: row.reason,
        payoutCents: numberOrNull(row.payoutCents),
        currency: row.currency,
        requestedByName: row.requestedByName,
        requestedByType: row.requestedByType,
        batchId: row.batchId,
        createdAt: row.createdAt.toISOString(),
        decidedByName: row.decidedByName,
        note: row.note,
        decidedAt: row.decidedAt?.toISOString() ?? null,
        lead: {
          externalId: lead.externalId,
          network: accounts.find((one) => one.id === lead.accountId)?.name ?? 'unknown',
          campaignId: lead.networkCampaignId,
          affiliateId: lead.affiliateId,
          holdState: lead.holdState,
          disputeBy: lead.disputeBy?.toISOString() ?? null,
          decideBy: decide?.toISOString() ?? null,
        },
        urgent: pending && decide !== null && decide <= now,
        denied: pending ? (denied ?? denialOf(row, actor, makers)) : null,
        own: isRequester(row, actor),
      },
    ];
  });
}

/** How many disputes wait for another person, and how many of those are within their account's margin. */
export async function countApprovals(ctx: Read): Promise<ApprovalCounts> {
  const { store } = ctx;
  const { dialect } = store;
  const [all] = await store.query<{ n: number | bigint }>(
    `SELECT count(*) AS "n" FROM (SELECT 1 FROM "DisputeApproval" WHERE "state" = 'pending' LIMIT ${COUNT_CAP}) AS c`,
  );
  const pending = Number(all?.n ?? 0);
  if (pending === 0) return { pending, urgent: 0 };
  // the nearest deadlines, of which each account's own margin then decides
  const widest = await widestMargin(store);
  const near = await store.query<{ accountId: string; dueAt: Date | string | number }>(
    `SELECT l."accountId", a."dueAt" FROM (SELECT * FROM "DisputeApproval" WHERE "state" = 'pending' AND "dueAt" <= ${dialect.p(1)} ORDER BY "dueAt" LIMIT ${COUNT_CAP}) a
       JOIN "Lead" l ON l."id" = a."leadId"`,
    dialect.time(nowOf(ctx).getTime() + widest),
  );
  const safety = new Map<string, Safety>();
  for (const accountId of new Set(near.map((row) => row.accountId)))
    safety.set(accountId, await safetyOf(store, accountId));
  const now = nowOf(ctx);
  const urgent = near.filter(({ accountId, dueAt }) => {
    const margin = safety.get(accountId);
    return margin !== undefined && decideBy(new Date(dueAt), margin) <= now;
  });
  return { pending, urgent: urgent.length };
}

/** The widest margin of any account before its deadlines, in ms. */
async function widestMargin(conn: Conn): Promise<number> {
  const [margin] = await conn.query<{ hours: number | bigint | null }>(
    `SELECT max("disputeMarginHours") AS "hours" FROM "NetworkAccount"`,
  );
  const [skew] = await conn.query<{ ms: number | bigint | null }>(
    `SELECT max("skewMs") AS "ms" FROM "ClockSkew"`,
  );
  return Number(margin?.hours ?? 24) * 3_600_000 + Math.max(0, Number(skew?.ms ?? 0));
}
