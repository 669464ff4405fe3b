import { allConnectors, connectorById } from '#app/connectors/registry.server.ts';
import type { Connector } from '#app/connectors/types.ts';
import {
  type AccountBook,
  type CampaignDeps,
  confirmTracking,
  type OnHoldKnown,
  type OpenAccount,
} from '#app/modules/campaigns/index.server.ts';
import type { FinishedAttempt } from '#app/modules/delivery/index.server.ts';
import {
  applyDisputes,
  type DisputeDeps,
  reconsiderWaiting,
  recordMissedDeadlines,
  reviveLosses,
} from '#app/modules/disputes/index.server.ts';
import { freezeKnownHold, openLeads, priceAssumedLeads } from '#app/modules/leads/index.server.ts';
import type { MessageStatus } from '#app/modules/outbox/schema.ts';
import { applyTriage, createGate, type Gate, type TriageDeps } from '#app/modules/triage/index.server.ts';
import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import type { HttpClient } from '#app/platform/http/client.server.ts';
import type { Topic } from '#app/platform/live.server.ts';

/**
 * The connector of an account, read on the connection given. Inside a transaction the account book must not be
 * asked: when it reads anew it uses another connection, which on SQLite waits for the transaction to end.
 */
async function connectorIn(conn: Conn, accountId: string): Promise<Connector> {
  const account = await conn.prisma.networkAccount.findUniqueOrThrow({
    where: { id: accountId },
    select: { connector: true },
  });
  return connectorById(account.connector);
}

/** Leads of a campaign whose terms have just become known get their expected payout (RG-22). */
async function priceLeads(
  tx: Conn,
  { accountId, networkCampaignId }: { accountId: string; networkCampaignId: string },
): Promise<void> {
  const terms = await tx.prisma.campaign.findUnique({
    where: { accountId_networkCampaignId: { accountId, networkCampaignId } },
  });
  if (!terms) return;
  const connector = await connectorIn(tx, accountId);
  const { compensationModel, payoutPercentage, payoutPerUnitCents } = terms;
  const known = {
    compensationModel,
    payoutPercentage,
    payoutPerUnitCents: numberOrNull(payoutPerUnitCents),
  };
  await priceAssumedLeads(tx, { accountId, networkCampaignId }, (revenueCents) =>
    connector.expectedPayoutCents(revenueCents, known),
  );
}

/** How modules that may not know each other are joined: each gets the functions it needs, here and nowhere else. */
export interface Wiring {
  connectorOf(account: OpenAccount): Connector;
  /** Every network this version can talk to, in the order in which they are offered. */
  connectors(): Connector[];
  campaigns: CampaignDeps & { onHoldKnown: OnHoldKnown };
  disputes: DisputeDeps;
  triage: TriageDeps;
  /** What holds postbacks back, as this process knows it. Started only where a worker runs. */
  gate: Gate;
  /** Applies the outcomes of attempts in the transaction that settles them. Answers what to tell once it is committed. */
  onOutcome(tx: Conn, finished: readonly FinishedAttempt[]): Promise<readonly Topic[]>;
}

export function wire(ctx: Ctx, accounts: AccountBook, http: HttpClient): Wiring {
  const connectorOf = (account: OpenAccount): Connector => connectorById(account.connector);
  const disputes: DisputeDeps = {
    canDispute: async (conn, accountId) => (await connectorIn(conn, accountId)).capabilities.dispute,
  };
  const triage: TriageDeps = { connectorIn };
  const gate = createGate(ctx, { ...triage, connectorOf });
  return {
    connectorOf,
    connectors: allConnectors,
    disputes,
    triage,
    gate,
    campaigns: {
      http,
      accounts,
      connectorOf,
      async onHoldKnown(tx, campaign) {
        await priceLeads(tx, campaign);
        const { ended, revived } = await freezeKnownHold(tx, nowOf(ctx), campaign);
        await recordMissedDeadlines(tx, ctx, ended);
        await reviveLosses(tx, ctx, revived);
      },
    },
    async onOutcome(tx, finished) {
      const postbacks = finished.filter((f) => f.postback);
      const changed = new Set<Topic>();
      if (postbacks.length > 0) {
        await applyPostbacks(tx, ctx, { disputes, changed }, postbacks);
        for (const topic of await applyTriage(tx, ctx, triage, gate, postbacks)) changed.add(topic);
      }
      const answered = finished.filter((f) => f.dispute && f.message.leadId);
      if (answered.length === 0) return [...changed];
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
      return [...changed.add('leads').add('refunds')];
    },
  };
}

interface PostbackParts {
  disputes: DisputeDeps;
  changed: Set<Topic>;
}

async function applyPostbacks(
  tx: Conn,
  ctx: Ctx,
  parts: PostbackParts,
  finished: readonly FinishedAttempt[],
): Promise<void> {
  const now = nowOf(ctx);
  const connectors = new Map<string, Connector>();
  const connectorFor = async (accountId: string): Promise<Connector> => {
    const connector = connectors.get(accountId) ?? (await connectorIn(tx, accountId));
    connectors.set(accountId, connector);
    return connector;
  };
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
        connector: await connectorFor(message.accountId),
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
      const origin = await tx.prisma.conversion.findUnique({
        where: { id: message.conversionId },
        select: { origin: true },
      });
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
  if (leads.length > 0) parts.changed.add('leads');
  if (tests.length > 0) {
    await confirmTracking(tx, ctx.newId, tests);
    parts.changed.add('campaigns');
  }
  const conversionIds = finished.map((f) => f.message.conversionId).filter((id) => id !== null);
  if ((await reconsiderWaiting(tx, ctx, parts.disputes, conversionIds)) > 0) {
    parts.changed.add('outbox').add('refunds').add('leads');
  }
}
