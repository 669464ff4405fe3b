import type { Ctx } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { stateOf } from './dispute-state.ts';
import type { DisputeDetail, DisputeState, DisputeTry } from './dispute-state-schema.ts';

type Read = Pick<Ctx, 'store'>;

const MESSAGE = {
  id: true,
  leadId: true,
  status: true,
  attempts: true,
  dueAt: true,
  attemptStartedAt: true,
  firstMaySentAt: true,
  settledAt: true,
  errorMessage: true,
} as const;

/** Where the disputes of these leads stand, by lead id; unknown ids are left out. */
export async function readDisputeStates(
  { store }: Read,
  leadIds: readonly string[],
): Promise<Map<string, DisputeState>> {
  if (leadIds.length === 0) return new Map();
  const { prisma } = store;
  const leads = await prisma.lead.findMany({
    where: { id: { in: [...leadIds] } },
    select: {
      id: true,
      conversionId: true,
      holdState: true,
      disputedAt: true,
      disputeMessageId: true,
      approvalId: true,
    },
  });
  const messages = await prisma.outboxMessage.findMany({
    where: { conversionId: { in: leads.map((lead) => lead.conversionId) }, kind: 'dispute' },
    orderBy: { id: 'desc' },
    select: MESSAGE,
  });
  return new Map(
    leads.map((lead) => {
      const own = messages.filter((row) => row.leadId === lead.id);
      const message = own.find((row) => row.id === lead.disputeMessageId) ?? own[0] ?? null;
      return [lead.id, stateOf({ lead, message })];
    }),
  );
}

/** Tries that are told of one lead. */
const TRIES = 50;

/** Where the dispute of a lead stands, with every try of it, newest first. Throws NOT_FOUND. */
export async function getDisputeState(ctx: Read, leadId: string): Promise<DisputeDetail> {
  const { prisma } = ctx.store;
  const state = (await readDisputeStates(ctx, [leadId])).get(leadId);
  const lead = await prisma.lead.findUnique({ where: { id: leadId }, select: { conversionId: true } });
  if (!state || !lead) throw new AppError('NOT_FOUND', `There is no lead with the id ${leadId}.`);
  const messages = await prisma.outboxMessage.findMany({
    where: { conversionId: lead.conversionId, kind: 'dispute', leadId },
    select: { id: true },
  });
  const attempts = await prisma.attempt.findMany({
    where: { messageId: { in: messages.map((row) => row.id) } },
    orderBy: { startedAt: 'desc' },
    take: TRIES,
    select: {
      messageId: true,
      number: true,
      startedAt: true,
      durationMs: true,
      outcome: true,
      responseStatus: true,
      errorCode: true,
      errorMessage: true,
    },
  });
  const tries: DisputeTry[] = attempts.map(({ startedAt, responseStatus, ...rest }) => ({
    ...rest,
    startedAt: startedAt.toISOString(),
    httpStatus: responseStatus,
  }));
  return { ...state, tries };
}
