import { type AuditItem, listAudit } from '#app/modules/audit/index.server.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import type { LeadItem, LeadRefund } from './lead-schema.ts';
import { type ConnectorFor, readLeads, refundOf } from './list-leads.server.ts';

/** A payout that could no longer be taken back. */
export interface LeadLoss {
  cause: string;
  explanation: string;
  createdAt: string;
}

export interface LeadDetail extends LeadItem {
  /** Newest first. */
  refunds: LeadRefund[];
  /** Ids of the dispute messages that were ever queued for it, newest first. */
  disputeIds: string[];
  loss: LeadLoss | null;
  audit: Pick<AuditItem, 'id' | 'actorName' | 'action' | 'createdAt'>[];
  /** The network's own page of the campaign, or null. */
  campaignUrl: string | null;
}

/** One lead with all that is known about it. Throws NOT_FOUND. */
export async function getLead(
  ctx: Pick<Ctx, 'store' | 'clock'>,
  connectorFor: ConnectorFor,
  id: string,
): Promise<LeadDetail> {
  const { prisma } = ctx.store;
  const [item] = await readLeads(ctx, connectorFor, [id]);
  if (!item) throw new AppError('NOT_FOUND', `There is no lead with the id ${id}.`);
  const [row, refunds, messages, loss, audit] = await Promise.all([
    prisma.lead.findUniqueOrThrow({ where: { id }, select: { accountId: true } }),
    prisma.refund.findMany({ where: { leadId: id }, orderBy: { id: 'desc' }, take: 50 }),
    prisma.outboxMessage.findMany({
      where: { conversionId: item.conversionId, kind: 'dispute', leadId: id },
      orderBy: { id: 'desc' },
      take: 5,
      select: { id: true },
    }),
    prisma.loss.findUnique({ where: { leadId: id } }),
    listAudit(ctx, { subjectType: 'lead', subjectId: id, limit: 50 }),
  ]);
  const connector = await connectorFor(row.accountId);
  return {
    ...item,
    refunds: refunds.map(refundOf),
    disputeIds: messages.map((message) => message.id),
    loss: loss && {
      cause: loss.cause,
      explanation: loss.explanation,
      createdAt: loss.createdAt.toISOString(),
    },
    audit: audit.items.map(({ id: auditId, actorName, action, createdAt }) => ({
      id: auditId,
      actorName,
      action,
      createdAt,
    })),
    campaignUrl:
      item.campaignId !== null && connector.campaigns ? connector.campaigns.pageUrl(item.campaignId) : null,
  };
}
