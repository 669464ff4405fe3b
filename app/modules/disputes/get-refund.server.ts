import { type AuditItem, listAudit } from '#app/modules/audit/index.server.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import type { RefundItem } from './inbox-schema.ts';
import { readRefunds } from './list-refunds.server.ts';

export interface RefundDetail extends RefundItem {
  audit: Pick<AuditItem, 'id' | 'actorName' | 'action' | 'createdAt'>[];
  /** How often something else came under the same refundId; kept for triage. */
  conflicts: number;
  /** Ids it came with, by which its order is looked for. */
  keys: { kind: string; key: string }[];
  /** The same refund for other reports of its order, oldest first, each with its own lead and decision. */
  copies: RefundItem[];
  /** Whose rules decide about it; null while its order is not known. */
  rulesOf: { accountId: string; networkCampaignId: string | null } | null;
}

/** One refund with what people did about it. Throws NOT_FOUND. */
export async function getRefund(ctx: Pick<Ctx, 'store'>, id: string): Promise<RefundDetail> {
  const [item] = await readRefunds(ctx, [id]);
  if (!item) throw new AppError('NOT_FOUND', `There is no refund with the id ${id}.`);
  const { prisma } = ctx.store;
  const [audit, conflicts, keys, copies, conversion, postback] = await Promise.all([
    listAudit(ctx, { subjectType: 'refund', subjectId: id, limit: 50 }),
    prisma.intakeConflict.count({ where: { kind: 'refund', subjectId: id } }),
    prisma.refundKey.findMany({
      where: { refundId: item.copyOf ?? id, NOT: { kind: 'refund' } },
      orderBy: [{ kind: 'asc' }, { key: 'asc' }],
      select: { kind: true, key: true },
    }),
    otherRows(ctx, item),
    prisma.conversion.findUnique({ where: { id: item.conversionId ?? '' }, select: { accountId: true } }),
    prisma.outboxMessage.findUnique({
      where: { id: item.order?.postbackId ?? '' },
      select: { networkCampaignId: true },
    }),
  ]);
  return {
    ...item,
    conflicts,
    keys,
    copies,
    rulesOf: conversion && {
      accountId: conversion.accountId,
      networkCampaignId: postback?.networkCampaignId ?? null,
    },
    audit: audit.items.map(({ id: auditId, actorName, action, createdAt }) => ({
      id: auditId,
      actorName,
      action,
      createdAt,
    })),
  };
}

/** Rows of one refund that are shown beside it. */
const COPIES = 50;

async function otherRows(ctx: Pick<Ctx, 'store'>, { id, copyOf }: RefundItem): Promise<RefundItem[]> {
  const first = copyOf ?? id;
  const rows = await ctx.store.prisma.refund.findMany({
    where: { OR: [{ id: first }, { copyOf: first }], NOT: { id } },
    orderBy: { id: 'asc' },
    take: COPIES,
    select: { id: true },
  });
  return readRefunds(
    ctx,
    rows.map((row) => row.id),
  );
}
