import { type DeliveryTotals, readDeliveryTotals } from '#app/modules/metrics/index.server.ts';
import { nextDueAt } from '#app/modules/outbox/index.server.ts';
import type { Runtime } from './runtime.server.ts';

/** Statuses that have not come to rest, or need a person. The others are counted by attempts. */
const STATUSES = ['queued', 'sending', 'retrying', 'failed', 'exhausted', 'parked'] as const;
const KINDS = ['postback', 'dispute'] as const;
const REASONS = [
  'bad_key',
  'inactive_account',
  'inactive_campaign',
  'budget_exhausted',
  'empty_wallet',
  'paused',
] as const;
/** What is due is counted up to here. */
const DUE_CAP = 100_000;
const DUE_LEADS_MS = 72 * 3_600_000;

/** All that /metrics tells of the store. */
export interface Numbers {
  totals: (DeliveryTotals & { network: string })[];
  messages: { kind: string; status: string; count: number }[];
  parked: { reason: string; count: number }[];
  due: number;
  lagSeconds: number;
  issuesOpen: number;
  jobsActive: number;
  leadsDue: number;
  beatAgeSeconds: number | null;
}

/** Reads them one after the other: each answers from an index, and on SQLite each holds the process. */
export async function readNumbers({ ctx, accounts }: Pick<Runtime, 'ctx' | 'accounts'>): Promise<Numbers> {
  const { prisma } = ctx.store;
  const now = ctx.clock.now();
  const names = new Map((await accounts.all()).map(({ id, name }) => [id, name]));
  const first = await nextDueAt(ctx.store);
  const beat = await prisma.workerBeat.findFirst({ orderBy: { beatAt: 'desc' }, select: { beatAt: true } });
  return {
    totals: (await readDeliveryTotals(ctx)).map((row) => ({
      ...row,
      network: names.get(row.accountId) ?? 'unknown',
    })),
    messages: await countMessages(ctx),
    parked: await countParked(ctx),
    due: await countDue(ctx, now),
    lagSeconds: first ? Math.max(0, (now - first.getTime()) / 1000) : 0,
    issuesOpen: await prisma.issue.count({ where: { state: 'open' } }),
    jobsActive: await prisma.bulkJob.count({
      where: { state: { in: ['collecting', 'probing', 'running'] } },
    }),
    leadsDue: await prisma.lead.count({
      where: { holdState: 'pending_release', disputeBy: { lte: new Date(now + DUE_LEADS_MS) } },
    }),
    beatAgeSeconds: beat ? Math.max(0, (now - beat.beatAt.getTime()) / 1000) : null,
  };
}

type Context = Runtime['ctx'];
type Counted = { count: number | bigint };

async function countMessages({ store }: Context): Promise<Numbers['messages']> {
  const list = (words: readonly string[]) => words.map((word) => `'${word}'`).join(', ');
  const rows = await store.query<Counted & { kind: string; status: string }>(
    `SELECT "kind", "status", count(*) AS "count" FROM "OutboxMessage" WHERE "kind" IN (${list(KINDS)}) AND "status" IN (${list(STATUSES)}) GROUP BY "kind", "status"`,
  );
  // a status without rows is told as 0, so that an alarm on it can tell "none" from "not told"
  return KINDS.flatMap((kind) =>
    STATUSES.map((status) => ({
      kind,
      status,
      count: Number(rows.find((row) => row.kind === kind && row.status === status)?.count ?? 0),
    })),
  );
}

async function countParked({ store }: Context): Promise<Numbers['parked']> {
  const rows = await store.query<Counted & { reason: string }>(
    `SELECT b."reason", sum(p."count") AS "count" FROM (SELECT "breakerId", count(*) AS "count" FROM "OutboxMessage" WHERE "status" = 'parked' AND "breakerId" IS NOT NULL GROUP BY "breakerId") AS p
     JOIN "Breaker" b ON b."id" = p."breakerId" GROUP BY b."reason"`,
  );
  return REASONS.map((reason) => ({
    reason,
    count: Number(rows.find((row) => row.reason === reason)?.count ?? 0),
  }));
}

async function countDue({ store }: Context, now: number): Promise<number> {
  const [row] = await store.query<Counted>(
    `SELECT count(*) AS "count" FROM (SELECT 1 FROM "OutboxMessage" WHERE "status" IN ('queued', 'retrying') AND "dueAt" <= ${store.dialect.p(1)} ORDER BY "dueAt", "id" LIMIT ${DUE_CAP}) AS d`,
    store.dialect.time(now),
  );
  return Number(row?.count ?? 0);
}
