import { type AuditItem, listAudit } from '#app/modules/audit/index.server.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import type { RefundItem } from './inbox-schema.ts';
import { readRefunds } from './list-refunds.server.ts';

export interface RefundDetail extends RefundItem {
  audit: Pick<AuditItem, 'id' | 'actorName' | 'action' | 'createdAt'>[];
  /** How often something else came under the same refundId; kept for triage. */
  conflicts: number;
}

/** One refund with what people did about it. Throws NOT_FOUND. */
export async function getRefund(ctx: Pick<Ctx, 'store'>, id: string): Promise<RefundDetail> {
  const [item] = await readRefunds(ctx, [id]);
  if (!item) throw new AppError('NOT_FOUND', `There is no refund with the id ${id}.`);
  const [audit, conflicts] = await Promise.all([
    listAudit(ctx, { subjectType: 'refund', subjectId: id, limit: 50 }),
    ctx.store.prisma.intakeConflict.count({ where: { kind: 'refund', subjectId: id } }),
  ]);
  return {
    ...item,
    conflicts,
    audit: audit.items.map(({ id: auditId, actorName, action, createdAt }) => ({
      id: auditId,
      actorName,
      action,
      createdAt,
    })),
  };
}
