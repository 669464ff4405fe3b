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
  const accounts = await accountsOf(conn, deps, reasons);
  return ids.map((targetId) => {
    const found = reasons.get(targetId);
    const account = accounts.get(found?.lead?.accountId ?? '');
    return targetOf({ byLead, targetId, found, account }, reason, now);
  });
}

interface Account {
  canDispute: boolean;
  aheadMs: number;
}

async function accountsOf(
  conn: Conn,
  deps: DisputeDeps,
  rows: ReadonlyMap<string, LeadReason>,
): Promise<Map<string, Account>> {
  const accounts = new Map<string, Account>();
  const ids = [...rows.values()].flatMap(({ lead }) => lead?.accountId ?? []);
  for (const accountId of new Set(ids)) {
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
    found: LeadReason | undefined;
    account: Account | undefined;
  },
  reason: BatchReason | null,
  now: Date,
): Target {
  const { byLead, targetId, found, account } = row;
  const { lead = null, refund = null, facts = null } = found ?? {};
  const leftOut = leftOutBecause(
    {
      of: byLead ? 'lead' : 'refund',
      lead: lead && { ...lead, canDispute: account?.canDispute ?? false },
      refund,
      templateKind: reason?.templateKind ?? 'any',
    },
    now,
  );
  const rendered = reason && facts ? renderReason(reason.text, facts) : null;
  const fault = leftOut === null ? (rendered?.error ?? null) : null;
  return {
    targetId,
    leadId: lead?.id ?? null,
    refundId: refund?.id ?? null,
    externalId: lead?.externalId ?? null,
    payoutCents: lead?.payoutCents ?? null,
    currency: lead?.currency ?? null,
    dueAt: new Date((lead?.disputeBy?.getTime() ?? now.getTime()) - (account?.aheadMs ?? 0)),
    leftOut:
      fault === null ? leftOut : rendered?.missing.includes('refundId') ? 'no_reason' : 'reason_too_long',
    fault,
    rendered,
  };
}
