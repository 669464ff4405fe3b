import { refusedInput, requireCan } from '#app/modules/operators/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import { endApproval, explainRefunds } from './approval-request.server.ts';
import { type ApprovalState, noteSchema } from './approval-schema.ts';
import { type ApprovalRow, endIfStale, heldApproval } from './approval-stale.server.ts';
import type { DisputeDeps } from './evaluate-refund.server.ts';
import { NO_DISPUTE_CALL, sendDispute } from './open-dispute.server.ts';
import type { LeadRow } from './refund-facts.server.ts';

/** What is asked about who asked: the person behind an API key counts as its requester too. */
type Requested = Pick<ApprovalRow, 'requestedByType' | 'requestedById' | 'requestedByName'>;

/** Whether this actor asked for it, by themselves or by an API key. */
export const isRequester = (asked: Requested, actor: Actor): boolean =>
  asked.requestedByType === actor.type && asked.requestedById === actor.id;

/** People behind API keys that asked for disputes, by key. */
export async function makersOf(conn: Conn, asked: readonly Requested[]): Promise<Map<string, string>> {
  const ids = asked.flatMap((one) =>
    one.requestedByType === 'api_key' && one.requestedById !== null ? [one.requestedById] : [],
  );
  if (ids.length === 0) return new Map();
  const keys = await conn.prisma.apiKey.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, createdBy: true },
  });
  return new Map(keys.flatMap((key) => (key.createdBy === null ? [] : [[key.id, key.createdBy] as const])));
}

/** Why this actor may not approve or reject what was asked for, in words; null where they may. Whatever the role. */
export function denialOf(asked: Requested, actor: Actor, makers: ReadonlyMap<string, string>): string | null {
  if (actor.type !== 'user') return 'Only a person can approve a dispute: an API key cannot.';
  if (isRequester(asked, actor)) return 'You asked for this dispute: another person must decide.';
  if (asked.requestedByType === 'api_key' && makers.get(asked.requestedById ?? '') === actor.id)
    return `It was asked for with the API key ${asked.requestedByName}, which you made: another person must decide.`;
  return null;
}

const BECAME: Record<ApprovalState, string> = {
  pending: '',
  approved: 'approved it',
  rejected: 'rejected it',
  withdrawn: 'took it back',
  expired: '',
  overtaken: '',
};

function noLonger({ state, decidedByName, note }: ApprovalRow): AppError {
  const deed = BECAME[state as ApprovalState];
  const words = deed ? `${decidedByName} ${deed} already.` : (note ?? 'It is over.');
  return new AppError('CONFLICT', `This dispute does not wait for approval any more: ${words}`);
}

/**
 * Runs a decision on the approval, held, while it stands. Where it turns out to be over, that is written down and told
 * as CONFLICT. Throws NOT_FOUND.
 */
async function decide<T>(
  ctx: Ctx,
  id: string,
  work: (tx: Conn, held: { approval: ApprovalRow; lead: LeadRow }) => Promise<T>,
): Promise<T> {
  const result = await ctx.store.transaction(async (tx): Promise<{ done: T } | { over: string }> => {
    const held = await heldApproval(tx, id);
    if (!held) throw new AppError('NOT_FOUND', 'There is no such dispute to approve.');
    if (held.approval.state !== 'pending') throw noLonger(held.approval);
    const over = await endIfStale(tx, ctx, held);
    return over === null ? { done: await work(tx, held) } : { over };
  });
  for (const topic of ['outbox', 'leads', 'refunds'] as const) ctx.live.publish(topic);
  if ('over' in result) throw new AppError('CONFLICT', result.over);
  return result.done;
}

function checkedNote(note: string | undefined, needed: boolean): string | null {
  const parsed = noteSchema.safeParse(note ?? '');
  if (!parsed.success)
    throw refusedInput(parsed.error.issues.map(({ message }) => ({ path: ['note'], message })));
  if (needed && parsed.data === '')
    throw refusedInput([{ path: ['note'], message: 'Say why: the person who asked reads it' }]);
  return parsed.data || null;
}

/**
 * Another person agrees: the dispute leaves at once. Of two who approve at the same moment one is told that it is done.
 * Throws NOT_FOUND, FORBIDDEN (who asked, an API key, a role that may not dispute), CONFLICT (decided, released, or
 * overtaken meanwhile). Audited.
 */
export async function approveDispute(
  ctx: Ctx,
  deps: DisputeDeps,
  input: { id: string; note?: string | undefined; actor: Actor },
): Promise<{ messageId: string; leavesAt: string }> {
  const { id, actor } = input;
  requireCan(actor, 'dispute_lead');
  const note = checkedNote(input.note, false);
  const opened = await decide(ctx, id, async (tx, { approval, lead }) => {
    await assertOther(tx, approval, actor);
    if (!(await deps.canDispute(tx, lead.accountId))) throw new AppError('CONFLICT', NO_DISPUTE_CALL);
    await endApproval(tx, ctx, approval, { state: 'approved', actor, note });
    const { messageId, leavesAt } = await sendDispute(tx, ctx, {
      leadId: lead.id,
      reason: approval.reason,
      refundId: approval.refundId,
      delayMs: 0,
      actor,
      ...(approval.batchId ? { batchId: approval.batchId } : {}),
      words: `${approval.requestedByName} disputed the lead; ${actor.name} approved it.`,
    });
    await tx.prisma.disputeApproval.update({ where: { id }, data: { messageId } });
    return { messageId, leavesAt };
  });
  return { messageId: opened.messageId, leavesAt: opened.leavesAt.toISOString() };
}

async function assertOther(tx: Conn, approval: ApprovalRow, actor: Actor): Promise<void> {
  const denied = denialOf(approval, actor, await makersOf(tx, [approval]));
  if (denied !== null) throw new AppError('FORBIDDEN', denied);
}

/**
 * Another person says no, and why (1–1000 characters): the lead can be disputed or let pass as before. Throws NOT_FOUND,
 * FORBIDDEN, VALIDATION_ERROR (note), CONFLICT. Audited.
 */
export async function rejectDispute(
  ctx: Ctx,
  input: { id: string; note?: string | undefined; actor: Actor },
): Promise<void> {
  const { id, actor } = input;
  requireCan(actor, 'dispute_lead');
  const note = checkedNote(input.note, true);
  await decide(ctx, id, async (tx, { approval, lead }) => {
    await assertOther(tx, approval, actor);
    await endApproval(tx, ctx, approval, { state: 'rejected', actor, note });
    const words = `${actor.name} rejected the dispute that ${approval.requestedByName} asked for: ${note}. Dispute or let it pass.`;
    await explainRefunds(tx, lead.id, words, nowOf(ctx));
  });
}

/** Who asked takes it back. Throws NOT_FOUND, FORBIDDEN for anybody else, CONFLICT. Audited. */
export async function withdrawApproval(ctx: Ctx, input: { id: string; actor: Actor }): Promise<void> {
  const { id, actor } = input;
  await decide(ctx, id, async (tx, { approval, lead }) => {
    if (!isRequester(approval, actor))
      throw new AppError(
        'FORBIDDEN',
        `Only ${approval.requestedByName} can take this back. You can reject it instead.`,
      );
    await endApproval(tx, ctx, approval, { state: 'withdrawn', actor, note: null });
    const words = `${actor.name} asked for the dispute and took it back. Dispute or let it pass.`;
    await explainRefunds(tx, lead.id, words, nowOf(ctx));
  });
}
