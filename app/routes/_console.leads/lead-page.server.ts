import type { AppLoadContext } from '@remix-run/node';
import { listApprovals, readDisputeStates, suggestedReason } from '#app/modules/disputes/index.server.ts';
import { getLead, type LeadDetail } from '#app/modules/leads/index.server.ts';
import { getPostback, readDepsOf } from '#app/modules/outbox/index.server.ts';
import type { Actor } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import type { LeadDetailView } from './lead-detail.tsx';

/** Disputes whose attempts are shown. */
const MESSAGES = 3;

/** A lead with the attempts of its disputes and what waits for approval; null where there is none. */
export async function readLeadDetail(
  context: AppLoadContext,
  actor: Actor,
  id: string,
): Promise<LeadDetailView | null> {
  const { ctx } = context;
  const deps = readDepsOf(context);
  const lead = await getLead(ctx, deps.connectorFor, id).catch((error: unknown): LeadDetail | null => {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null;
    throw error;
  });
  if (!lead) return null;
  const [messages, approvals, states] = await Promise.all([
    Promise.all(lead.disputeIds.slice(0, MESSAGES).map((messageId) => getPostback(ctx, deps, messageId))),
    listApprovals(ctx, { actor, leadId: id, limit: 1 }),
    readDisputeStates(ctx, [id]),
  ]);
  return {
    ...lead,
    reason: suggestedReason(lead),
    state: states.get(id) ?? null,
    messages,
    approval: approvals.items[0] ?? null,
  };
}
