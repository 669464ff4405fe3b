import {
  approveDispute,
  cancelBatch,
  rejectDispute,
  saveFourEyes,
  startBatch,
  undoBatch,
  withdrawApproval,
} from '#app/modules/disputes/index.server.ts';
import type { Actor } from '#app/platform/context.server.ts';
import type { Runtime } from '#app/server/runtime.server.ts';
import type { Served } from './operate.ts';
import type { Bulk } from './types.ts';

/** What people do in bulk and by four eyes. Arguments and answers are JSON. */
export type BulkVerbs = {
  eyes: (rule: { enabled: boolean; above: Record<string, number> }) => null;
  approvals: () => { id: string; externalId: string; refundId: string | null }[];
  second: (input: { id: string; does: 'approve' | 'reject' | 'withdraw' | 'approve_own' }) => null;
  leads: (externalIds: string[]) => { id: string; externalId: string }[];
  bulk: (input: { of: Bulk['of']; ids: string[] }) => string;
  stopBulk: (input: { id: string; how: 'undo' | 'cancel' }) => { stopped: number; gone: number };
  readBulk: (id: string) => {
    state: string;
    rows: { externalId: string; refundId: string | null; state: string }[];
  };
};

const other: Actor = { type: 'user', id: 'usr_other', name: 'Fay', role: 'owner', ip: null };
const TEXTS = {
  refund: 'In bulk: refund {refundId}, order {externalId}',
  lead: 'Seen in bulk: {externalId}',
};

const selectionOf = (of: Bulk['of'], ids: string[]): unknown =>
  ({
    refunds: { of, ids },
    leads: { of, ids },
    matching_refunds: { of, filter: { disposition: ['needs_review'] } },
    matching_leads: { of, filter: { refunded: true, holdState: ['pending_release'] } },
  })[of];

/** The verbs on a running Leadline; `actor` begins batches and asks for disputes. */
export function bulkVerbs({ ctx, wiring }: Runtime, actor: Actor): Served<BulkVerbs> {
  const { prisma } = ctx.store;
  return {
    async eyes(rule) {
      await saveFourEyes(ctx, { rule, actor });
      return null;
    },
    async approvals() {
      const rows = await prisma.disputeApproval.findMany({
        where: { state: 'pending' },
        orderBy: { id: 'asc' },
      });
      const leads = await prisma.lead.findMany({ where: { id: { in: rows.map((row) => row.leadId) } } });
      const refunds = await prisma.refund.findMany({
        where: { id: { in: rows.map((row) => row.refundId ?? '') } },
      });
      return rows.map(({ id, leadId, refundId }) => ({
        id,
        externalId: leads.find((lead) => lead.id === leadId)?.externalId ?? '',
        refundId: refunds.find((refund) => refund.id === refundId)?.refundId ?? null,
      }));
    },
    async second({ id, does }) {
      if (does === 'approve' || does === 'approve_own')
        await approveDispute(ctx, wiring.disputes, { id, actor: does === 'approve' ? other : actor });
      else if (does === 'reject')
        await rejectDispute(ctx, { id, note: 'It is right as it is', actor: other });
      else await withdrawApproval(ctx, { id, actor });
      return null;
    },
    async leads(externalIds) {
      const found = await prisma.lead.findMany({
        where: { externalId: { in: externalIds } },
        select: { id: true, externalId: true },
        orderBy: { id: 'asc' },
      });
      return found;
    },
    async bulk({ of, ids }) {
      const text = of.endsWith('leads') ? TEXTS.lead : TEXTS.refund;
      const selection = selectionOf(of, ids);
      return (await startBatch(ctx, wiring.disputes, { selection, text, actor })).batchId;
    },
    stopBulk: ({ id, how }) => (how === 'undo' ? undoBatch : cancelBatch)(ctx, { id, actor }),
    async readBulk(id) {
      const { p } = ctx.store.dialect;
      const { state } = await prisma.disputeBatch.findUniqueOrThrow({ where: { id } });
      const rows = await ctx.store.query<{
        externalId: string | null;
        refundId: string | null;
        state: string;
      }>(
        `SELECT COALESCE(l."externalId", c."externalId") AS "externalId", r."refundId", b."state" FROM "DisputeBatchRow" b
           LEFT JOIN "Lead" l ON l."id" = b."targetId" LEFT JOIN "Refund" r ON r."id" = b."targetId"
           LEFT JOIN "Conversion" c ON c."id" = r."conversionId" WHERE b."batchId" = ${p(1)} ORDER BY b."targetId"`,
        id,
      );
      return { state, rows: rows.map((row) => ({ ...row, externalId: row.externalId ?? '' })) };
    },
  };
}
