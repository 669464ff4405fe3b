import { setTimeout as sleep } from 'node:timers/promises';
import { importCampaign } from '#app/modules/campaigns/index.server.ts';
import {
  decideReview,
  openDispute,
  reverseRefund,
  savePolicy,
  UNDO_MS,
  undoDispute,
} from '#app/modules/disputes/index.server.ts';
import { retryMessage } from '#app/modules/outbox/index.server.ts';
import type { TurnableClock } from '#app/platform/clock.ts';
import { SYSTEM } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import type { Runtime } from '#app/server/runtime.server.ts';

const actor = { ...SYSTEM, type: 'user', id: 'usr_model', name: 'Mo', role: 'owner' } as const;

/** What people and the clock do, beside what comes in over HTTP. Arguments and answers are JSON. */
export type Verbs = {
  prepare: (campaigns: { campaignId: string; rules: unknown }[]) => null;
  turn: (now: number) => null;
  tick: () => null;
  /** Runs everything that is due until nothing moves. */
  settle: () => null;
  reverse: (input: { refundId: string; reversal: 'won' | 'failed'; at: number }) => { kind: string };
  reviews: () => { id: string; refundId: string; externalId: string }[];
  decide: (input: { id: string; choice: 'dispute' | 'let_pass' }) => { disposition: string };
  dispute: (input: { externalId: string }) => { leadId: string } | null;
  undo: (input: { leadId: string }) => null;
  retryStopped: () => number;
};
export type Verb = keyof Verbs;
export type Operate = <V extends Verb>(
  verb: V,
  ...input: Parameters<Verbs[V]>
) => Promise<ReturnType<Verbs[V]>>;

/** The verbs on a running Leadline. */
export function operateOn(runtime: Runtime, clock: TurnableClock): Operate {
  const { ctx, wiring } = runtime;
  const { prisma } = ctx.store;
  const verbs: { [V in Verb]: (...input: Parameters<Verbs[V]>) => Promise<ReturnType<Verbs[V]>> } = {
    async prepare(campaigns) {
      const account = await prisma.networkAccount.findFirstOrThrow();
      for (const { campaignId, rules } of campaigns) {
        await importCampaign(ctx, wiring.campaigns, {
          network: account.name,
          networkCampaignId: campaignId,
          actor,
        });
        if (rules !== null)
          await savePolicy(ctx, { accountId: account.id, networkCampaignId: campaignId, rules, actor });
      }
      return null;
    },
    async turn(now) {
      clock.stopAt(now);
      runtime.worker?.wake();
      return null;
    },
    async tick() {
      await runtime.clockwork?.tick();
      return null;
    },
    async settle() {
      await settle(runtime, clock);
      return null;
    },
    async reverse({ refundId, reversal, at }) {
      const occurredAt = new Date(at).toISOString();
      const { kind } = await ctx.store.transaction((tx) =>
        reverseRefund(tx, ctx, { refundId, reversal, occurredAt, actor }),
      );
      for (const topic of ['outbox', 'leads', 'refunds'] as const) ctx.live.publish(topic);
      return { kind };
    },
    async reviews() {
      const rows = await prisma.refund.findMany({
        where: { disposition: 'needs_review' },
        orderBy: { refundId: 'asc' },
        select: { id: true, refundId: true, conversionId: true },
      });
      const orders = await prisma.conversion.findMany({
        where: { id: { in: rows.map((row) => row.conversionId ?? '') } },
        select: { id: true, externalId: true },
      });
      const named = new Map(orders.map((one) => [one.id, one.externalId]));
      return rows.map(({ id, refundId, conversionId }) => ({
        id,
        refundId,
        externalId: named.get(conversionId ?? '') ?? '',
      }));
    },
    decide: ({ id, choice }) => decideReview(ctx, wiring.disputes, { refundId: id, choice, actor }),
    async dispute({ externalId }) {
      const lead = await prisma.lead.findFirst({ where: { externalId } });
      if (!lead) return null;
      const reason = `Seen by hand: ${externalId}`;
      await openDispute(ctx, wiring.disputes, { leadId: lead.id, reason, delayMs: UNDO_MS, actor });
      return { leadId: lead.id };
    },
    async undo({ leadId }) {
      await undoDispute(ctx, { leadId, actor });
      return null;
    },
    async retryStopped() {
      const stopped = await ctx.store.query<{ id: string; status: string }>(
        `SELECT m."id", m."status" FROM "OutboxMessage" m WHERE m."kind" = 'postback' AND (m."status" IN ('failed', 'exhausted')
           OR (m."status" IN ('delivered', 'duplicate') AND NOT EXISTS (SELECT 1 FROM "Lead" l WHERE l."conversionId" = m."conversionId")))`,
      );
      // one that was answered without a lead's id is asked for again
      for (const { id, status } of stopped)
        await retryMessage(ctx, { id, actor, force: !['failed', 'exhausted'].includes(status) });
      return stopped.length;
    },
  };
  return async (verb, ...input) => verbs[verb](...input);
}

/** Codes with which the product refuses: an answer like any other. */
export const refusalOf = (error: unknown): string | null => (error instanceof AppError ? error.code : null);

const TURNS = 60;

async function settle(runtime: Runtime, clock: TurnableClock): Promise<void> {
  const { ctx, intake, worker, clockwork } = runtime;
  let before = '';
  let same = 0;
  for (let turn = 0; turn < TURNS; turn++) {
    await intake.idle();
    await quiet(runtime, clock);
    // twice: what is running already may have begun before the clock was turned
    await clockwork?.tick();
    worker?.wake();
    await quiet(runtime, clock);
    const rows = await ctx.store.query<{ status: string; n: number | bigint }>(
      `SELECT "kind" || ' ' || "status" AS "status", count(*) AS "n" FROM "OutboxMessage" GROUP BY 1 UNION ALL SELECT "disposition", count(*) FROM "Refund" GROUP BY 1
       UNION ALL SELECT "holdState", count(*) FROM "Lead" GROUP BY 1 UNION ALL SELECT 'attempts', sum("attempts") FROM "OutboxMessage" ORDER BY 1`,
    );
    const now = rows.map(({ status, n }) => `${status} ${n}`).join(', ');
    same = now === before ? same + 1 : 0;
    if (same === 1) return;
    before = now;
  }
  throw new Error(`Leadline does not come to rest: ${before}`);
}

/** Waits until nothing is under way and nothing is due. */
async function quiet({ ctx }: Runtime, clock: TurnableClock): Promise<void> {
  const { dialect } = ctx.store;
  const end = performance.now() + 60_000;
  for (;;) {
    const now = dialect.time(clock.now());
    const [row] = await ctx.store.query<{ n: number | bigint }>(
      `SELECT (SELECT count(*) FROM "OutboxMessage" WHERE "status" IN ('queued', 'retrying') AND "dueAt" <= ${dialect.p(1)})
         + (SELECT count(*) FROM "OutboxMessage" WHERE "status" = 'sending') AS "n"`,
      now,
    );
    if (Number(row?.n ?? 0) === 0) return;
    if (performance.now() > end) throw new Error(`${row?.n} messages are under way or due and do not move`);
    await sleep(10);
  }
}
