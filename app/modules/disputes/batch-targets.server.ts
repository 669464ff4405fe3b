import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { leftOutBecause } from './batch-rules.ts';
import type { LeftOutReason, Selection } from './batch-schema.ts';
import { safetyOf } from './deadline-safety.server.ts';
import type { DisputeDeps } from './evaluate-refund.server.ts';
import { type LeadReason, reasonsOfLeads, reasonsOfRefunds } from './template-facts.server.ts';
import { type RenderedReason, renderReason } from './template-schema.ts';

/** The reason of a batch: a text with variables, and for which refunds it is. Null: none is chosen yet. */
export interface BatchReason {
  text: string;
  templateKind: string;
}

/** A selected row as it stands: whether it can be disputed, and with what. */
export interface Target {
  targetId: string;
  leadId: string | null;
  /** Row id of the refund that the dispute is for. */
  refundId: string | null;
  externalId: string | null;
  payoutCents: bigint | null;
  currency: string | null;
  /** The deadline by the clock that is ahead. */
  dueAt: Date;
  leftOut: LeftOutReason | null;
  /** What is wrong with the reason, where that is why. */
  fault: string | null;
  rendered: RenderedReason | null;
}

export const isOfLeads = (of: Selection['of']): boolean => of === 'leads' || of === 'matching_leads';

interface LeadRow {
  id: string;
  accountId: string;
  externalId: string;
  holdState: string;
  disputeBy: Date | string | number | null;
  disputeMessageId: string | null;
  approvalId: string | null;
  payoutCents: bigint | number | null;
  currency: string | null;
}

interface RefundRow {
  id: string;
  leadId: string | null;
  disposition: string;
  matchDoubt: string | null;
  kind: string;
}

/** Reads some selected rows on one connection, in the order given: a bounded number of statements, whatever their number. */
export async function readTargets(
  conn: Conn,
  ctx: Pick<Ctx, 'clock'>,
  deps: DisputeDeps,
  { of, ids, reason }: { of: Selection['of']; ids: readonly string[]; reason: BatchReason | null },
): Promise<Target[]> {
  if (ids.length === 0) return [];
  const now = nowOf(ctx);
  const byLead = isOfLeads(of);
  const reasons = byLead ? await reasonsOfLeads(conn, ids) : await reasonsOfRefunds(conn, ids);
  const refundIds = byLead
    ? [...reasons.values()].map((one) => one.refundRowId).filter((id) => id !== null)
    : ids;
  const refunds = await byId<RefundRow>(
    conn,
    `SELECT "id", "leadId", "disposition", "matchDoubt", "kind" FROM "Refund"`,
    refundIds,
  );
  const leadIds = byLead
    ? ids
    : [...refunds.values()].map((refund) => refund.leadId).filter((id) => id !== null);
  const leads = await byId<LeadRow>(
    conn,
    `SELECT "id", "accountId", "externalId", "holdState", "disputeBy", "disputeMessageId", "approvalId", "payoutCents", "currency" FROM "Lead"`,
    leadIds,
  );
  const accounts = await accountsOf(conn, deps, leads);
  return ids.map((targetId) => {
    const written = reasons.get(targetId);
    const refund = refunds.get((byLead ? written?.refundRowId : targetId) ?? '');
    const lead = leads.get((byLead ? targetId : refund?.leadId) ?? '');
    return targetOf(
      { byLead, targetId, lead, refund, written, account: accounts.get(lead?.accountId ?? '') },
      reason,
      now,
    );
  });
}

async function byId<T extends { id: string }>(
  conn: Conn,
  select: string,
  ids: readonly string[],
): Promise<Map<string, T>> {
  if (ids.length === 0) return new Map();
  const rows = await conn.query<T>(
    `${select} WHERE ${conn.dialect.inList('"id"', 1)}`,
    JSON.stringify([...new Set(ids)]),
  );
  return new Map(rows.map((row) => [row.id, row]));
}

interface Account {
  canDispute: boolean;
  aheadMs: number;
}

async function accountsOf(
  conn: Conn,
  deps: DisputeDeps,
  leads: ReadonlyMap<string, LeadRow>,
): Promise<Map<string, Account>> {
  const accounts = new Map<string, Account>();
  for (const accountId of new Set([...leads.values()].map((lead) => lead.accountId))) {
    const { skewMs } = await safetyOf(conn, accountId);
    const canDispute = await deps.canDispute(conn, accountId);
    accounts.set(accountId, { canDispute, aheadMs: Math.max(0, skewMs) });
  }
  return accounts;
}

function targetOf(
  row: {
    byLead: boolean;
    targetId: string;
    lead: LeadRow | undefined;
    refund: RefundRow | undefined;
    written: LeadReason | undefined;
    account: Account | undefined;
  },
  reason: BatchReason | null,
  now: Date,
): Target {
  const { byLead, targetId, lead, refund, written, account } = row;
  const disputeBy = lead?.disputeBy == null ? null : new Date(lead.disputeBy);
  const leftOut = leftOutBecause(
    {
      of: byLead ? 'lead' : 'refund',
      lead: lead ? { ...lead, disputeBy, canDispute: account?.canDispute ?? false } : null,
      refund: refund ?? null,
      templateKind: reason?.templateKind ?? 'any',
    },
    now,
  );
  const rendered = reason && written ? renderReason(reason.text, written.facts) : null;
  const fault = leftOut === null ? (rendered?.error ?? null) : null;
  return {
    targetId,
    leadId: lead?.id ?? null,
    refundId: refund?.id ?? null,
    externalId: lead?.externalId ?? null,
    payoutCents: lead?.payoutCents == null ? null : BigInt(lead.payoutCents),
    currency: lead?.currency ?? null,
    dueAt: new Date((disputeBy?.getTime() ?? now.getTime()) - (account?.aheadMs ?? 0)),
    leftOut: fault === null ? leftOut : 'no_reason',
    fault,
    rendered,
  };
}
