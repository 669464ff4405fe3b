import type { Ctx } from '#app/platform/context.server.ts';

export interface AuditItem {
  id: string;
  actorType: string;
  actorId: string | null;
  actorName: string;
  action: string;
  subjectType: string;
  subjectId: string;
  detail: Record<string, unknown> | null;
  ip: string | null;
  /** UTC, ISO 8601. */
  createdAt: string;
}

export interface AuditPage {
  items: AuditItem[];
  /** Hand back as `before` for the next, older page; null at the end. */
  nextBefore: string | null;
}

export interface ListAuditInput {
  /** Only what was done to things of this kind; with `subjectId`, to this one thing. */
  subjectType?: string | undefined;
  subjectId?: string | undefined;
  /** 1–1,000, default 50. */
  limit?: number | undefined;
  /** Id of the last entry of the page before. */
  before?: string | undefined;
}

/** Audit entries, newest first (ids sort by time). Walks one index, whatever is asked for. */
export async function listAudit(ctx: Pick<Ctx, 'store'>, input: ListAuditInput = {}): Promise<AuditPage> {
  const limit = Math.min(Math.max(Math.trunc(input.limit ?? 50), 1), 1_000);
  const rows = await ctx.store.prisma.auditEntry.findMany({
    where: {
      ...(input.subjectType === undefined ? {} : { subjectType: input.subjectType }),
      ...(input.subjectId === undefined ? {} : { subjectId: input.subjectId }),
      ...(input.before === undefined ? {} : { id: { lt: input.before } }),
    },
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  const items = rows.slice(0, limit).map((row) => ({
    ...row,
    detail: row.detail === null ? null : (JSON.parse(row.detail) as Record<string, unknown>),
    createdAt: row.createdAt.toISOString(),
  }));
  return { items, nextBefore: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
