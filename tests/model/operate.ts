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
import { type BulkVerbs, bulkVerbs } from './bulk-verbs.ts';
import { settle } from './settle.ts';

/** The person who decides, disputes and begins batches. */
export const actor = { ...SYSTEM, type: 'user', id: 'usr_model', name: 'Mo', role: 'owner' } as const;

/** What people and the clock do, beside what comes in over HTTP. Arguments and answers are JSON. */
export type Verbs = BulkVerbs & {
  prepare: (campaigns: { campaignId: string; rules: unknown }[]) => null;
  turn: (now: number) => null;
  tick: () => null;
  /** Runs everything that is due until nothing moves. */
  settle: () => null;
  reverse: (input: { refundId: string; reversal: 'won' | 'failed'; at: number }) => { kind: string };
  reviews: () => { id: string; refundId: string; externalId: string }[];
  decide: (input: { id: string; choice: 'dispute' | 'let_pass' }) => {
    disposition: string;
    approvalId: string | null;
  };
  dispute: (input: { externalId: string }) => { leadId: string; asked: boolean } | null;
  undo: (input: { leadId: string }) => null;
  retryStopped: () => number;
};
export type Verb = keyof Verbs;
/** Verbs as they are served: each answers later. */
export type Served<T extends { [V in keyof T]: (...input: never[]) => unknown }> = {
  [V in keyof T]: (...input: Parameters<T[V]>) => Promise<ReturnType<T[V]>>;
};
export type Operate = <V extends Verb>(
  verb: V,
  ...input: Parameters<Verbs[V]>
) => Promise<ReturnType<Verbs[V]>>;

/** The verbs on a running Leadline. */
export function operateOn(runtime: Runtime, clock: TurnableClock): Operate {
  const { ctx, wiring } = runtime;
  const { prisma } = ctx.store;
  const verbs: Served<Verbs> = {
    ...bulkVerbs(runtime, actor),
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
      const opened = await openDispute(ctx, wiring.disputes, {
        leadId: lead.id,
        reason,
        delayMs: UNDO_MS,
        actor,
      });
      return { leadId: lead.id, asked: opened.approvalId !== null };
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
