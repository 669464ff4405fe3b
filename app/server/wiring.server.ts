import { connectorById } from '#app/connectors/registry.server.ts';
import type { Connector } from '#app/connectors/types.ts';
import { type AccountBook, type CampaignDeps, confirmTracking, type OnHoldKnown, type OpenAccount } from '#app/modules/campaigns/index.server.ts';
import type { FinishedAttempt } from '#app/modules/delivery/index.server.ts';
import { applyDisputes, type DisputeDeps, reconsiderWaiting } from '#app/modules/disputes/index.server.ts';
import { freezeKnownHold, openLeads } from '#app/modules/leads/index.server.ts';
import type { MessageStatus } from '#app/modules/outbox/schema.ts';
import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import type { HttpClient } from '#app/platform/http/client.server.ts';

/** How modules that may not know each other are joined: each gets the functions it needs, here and nowhere else. */
export interface Wiring {
  connectorOf(account: OpenAccount): Connector;
  campaigns: CampaignDeps & { onHoldKnown: OnHoldKnown };
  disputes: DisputeDeps;
  /** Applies the outcomes of attempts in the transaction that settles them. */
  onOutcome(tx: Conn, finished: readonly FinishedAttempt[]): Promise<void>;
}

export function wire(ctx: Ctx, accounts: AccountBook, http: HttpClient): Wiring {
  const connectorOf = (account: OpenAccount): Connector => connectorById(account.connector);
  const disputes: DisputeDeps = {
    canDispute: async (accountId) => connectorOf(await accounts.byId(accountId)).capabilities.dispute,
  };
  return {
    connectorOf,
    disputes,
    campaigns: {
      http,
      accounts,
      connectorOf,
      onHoldKnown: (tx, campaign) => freezeKnownHold(tx, nowOf(ctx), campaign),
    },
    async onOutcome(tx, finished) {
      const postbacks = finished.filter((f) => f.postback);
      if (postbacks.length > 0) await applyPostbacks(tx, ctx, { accounts, connectorOf, disputes }, postbacks);
      const answered = finished.filter((f) => f.dispute && f.message.leadId);
      if (answered.length === 0) return;
      await applyDisputes(
        tx,
        ctx,
        answered.map((f) => ({
          messageId: f.message.id,
          leadId: f.message.leadId as string,
          status: f.settlement.status as MessageStatus,
          reading: (f.dispute as NonNullable<FinishedAttempt['dispute']>).reading,
          at: f.finishedAt,
        })),
      );
      ctx.live.publish('leads');
      ctx.live.publish('refunds');
    },
  };
}

interface PostbackParts {
  accounts: AccountBook;
  connectorOf(account: OpenAccount): Connector;
  disputes: DisputeDeps;
}

async function applyPostbacks(tx: Conn, ctx: Ctx, parts: PostbackParts, finished: readonly FinishedAttempt[]): Promise<void> {
  const now = nowOf(ctx);
  const accepted = [];
  const tests = [];
  for (const { message, postback, attempt, firstMaySentAt, finishedAt } of finished) {
    if (!postback || !message.conversionId) continue;
    const { reading, input } = postback;
    if (reading.lead && (reading.outcome === 'accepted' || reading.outcome === 'duplicate')) {
      accepted.push({
        postbackId: message.id,
        accountId: message.accountId,
        conversionId: message.conversionId,
        connector: parts.connectorOf(await parts.accounts.byId(message.accountId)),
        input,
        lead: reading.lead,
        outcome: reading.outcome,
        attemptStartedAt: attempt.startedAt ?? finishedAt,
        firstMaySentAt,
        earlierMaySent: message.firstMaySentAt !== null,
        conversionCreatedAt: message.createdAt,
      });
    }
    if (reading.outcome === 'test' && reading.test?.networkCampaignId) {
      const origin = await tx.prisma.conversion.findUnique({ where: { id: message.conversionId }, select: { origin: true } });
      tests.push({
        accountId: message.accountId,
        networkCampaignId: reading.test.networkCampaignId,
        trackingConfirmedAt: reading.test.trackingConfirmedAt,
        by: origin?.origin === 'wizard' ? ('console' as const) : ('shop' as const),
        at: finishedAt,
      });
    }
  }
  const leads = await openLeads(tx, ctx.newId, now, accepted);
  if (leads.length > 0) ctx.live.publish('leads');
  if (tests.length > 0) {
    await confirmTracking(tx, ctx.newId, tests);
    ctx.live.publish('campaigns');
  }
  const conversionIds = finished.map((f) => f.message.conversionId).filter((id) => id !== null);
  if ((await reconsiderWaiting(tx, ctx, parts.disputes, conversionIds)) > 0) {
    for (const topic of ['outbox', 'refunds', 'leads'] as const) ctx.live.publish(topic);
  }
}
