import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { sha256 } from '#app/platform/crypto.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { type DisputeDeps, evaluateRefund } from './evaluate-refund.server.ts';
import type { RefundInput } from './refund-schema.ts';

export type ReportedRefund =
  | { kind: 'created' | 'repeat'; id: string; disposition: string }
  /** The refundId is taken by other content; what came is kept for triage. */
  | { kind: 'conflict'; id: string; message: string };

/** Finds the conversion of a refund by externalId, else by payment, charge or session id (RG-40). Newest first. */
export async function findConversion(
  tx: Conn,
  input: { externalId: string | null; paymentId: string | null },
): Promise<string | null> {
  if (input.externalId) {
    const found = await tx.prisma.conversion.findFirst({
      where: { externalId: input.externalId },
      orderBy: { id: 'desc' },
      select: { id: true },
    });
    if (found) return found.id;
  }
  if (!input.paymentId) return null;
  const byPayment = await tx.prisma.paymentRef.findFirst({
    where: { paymentId: input.paymentId },
    orderBy: { conversionId: 'desc' },
    select: { conversionId: true },
  });
  return byPayment?.conversionId ?? null;
}

const UNMATCHED = 'No order carries this id yet. It is matched by itself if the order is reported later.';

/**
 * Takes in a refund, chargeback or fraud report, and does what the policy says, all in one transaction; it is
 * durable when this returns. Idempotent on refundId.
 */
export async function reportRefund(
  ctx: Ctx,
  deps: DisputeDeps,
  input: { body: RefundInput; source: 'api' | 'console'; actor: Actor; delayMs?: number },
): Promise<ReportedRefund> {
  const { body } = input;
  const contentHash = sha256(
    JSON.stringify([
      body.externalId ?? null,
      body.paymentId ?? null,
      body.kind,
      body.amountCents ?? null,
      body.full ?? null,
    ]),
  );
  const take = async (tx: Conn): Promise<ReportedRefund> => {
    const now = nowOf(ctx);
    const before = await tx.prisma.refund.findUnique({ where: { refundId: body.refundId } });
    if (before && before.contentHash === contentHash)
      return { kind: 'repeat', id: before.id, disposition: before.disposition };
    if (before) {
      await tx.prisma.intakeConflict.create({
        data: {
          id: ctx.newId('cfl'),
          kind: 'refund',
          subjectId: before.id,
          key: body.refundId,
          body: JSON.stringify(body),
          createdAt: now,
        },
      });
      return {
        kind: 'conflict',
        id: before.id,
        message: `refundId ${body.refundId} was already reported with other content. What came now is kept for triage; send a new refundId if it is another refund.`,
      };
    }
    const keys = { externalId: body.externalId ?? null, paymentId: body.paymentId ?? null };
    const conversionId = await findConversion(tx, keys);
    const refund = await tx.prisma.refund.create({
      data: {
        ...keys,
        id: ctx.newId('rfd'),
        refundId: body.refundId,
        kind: body.kind,
        amountCents: body.amountCents ?? null,
        full: body.full ?? null,
        note: body.note ?? null,
        source: input.source,
        contentHash,
        disposition: 'unmatched',
        explanation: UNMATCHED,
        conversionId,
        occurredAt: body.occurredAt ? new Date(body.occurredAt) : now,
        createdAt: now,
        updatedAt: now,
      },
    });
    if (!conversionId) return { kind: 'created', id: refund.id, disposition: 'unmatched' };
    const decision = await evaluateRefund(tx, ctx, deps, refund, {
      actor: input.actor,
      delayMs: input.delayMs ?? 0,
    });
    return { kind: 'created', id: refund.id, disposition: decision.disposition };
  };
  const result = await ctx.store.transaction(take).catch((error: unknown) => {
    // the same refundId was being taken in at the same time, by another process: now it is there
    if (isUniqueViolation(error)) return ctx.store.transaction(take);
    throw error;
  });
  for (const topic of ['outbox', 'leads', 'refunds', 'postbacks'] as const) ctx.live.publish(topic);
  return result;
}

const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'P2002';
