import { suggestedReason } from '#app/modules/disputes/index.server.ts';
import { getLead, type LeadDetail } from '#app/modules/leads/index.server.ts';
import { getPostback, type PostbackReadDeps } from '#app/modules/outbox/index.server.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import type { DisputeMessage } from './dispute-evidence.tsx';
import type { LeadDetailView } from './lead-detail.tsx';

/** Disputes whose attempts are shown. */
const MESSAGES = 3;

/** A lead with the attempts of its disputes, for the drawer and the lead's page; null where there is none. */
export async function readLeadDetail(
  ctx: Ctx,
  deps: PostbackReadDeps,
  id: string,
): Promise<LeadDetailView | null> {
  const lead = await getLead(ctx, deps.connectorFor, id).catch((error: unknown): LeadDetail | null => {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return null;
    throw error;
  });
  if (!lead) return null;
  const messages = await Promise.all(
    lead.disputeIds.slice(0, MESSAGES).map((messageId) => readMessage(ctx, deps, messageId)),
  );
  return { ...lead, reason: suggestedReason(lead), messages };
}

async function readMessage(ctx: Ctx, deps: PostbackReadDeps, id: string): Promise<DisputeMessage> {
  const { status, createdAt, attempts, explanation, cancelReason } = await getPostback(ctx, deps, id);
  return {
    id,
    status,
    createdAt,
    attempts,
    cancelReason,
    explanation: explanation && {
      title: explanation.title,
      meaning: explanation.meaning,
      whatToDo: explanation.whatToDo,
    },
  };
}
