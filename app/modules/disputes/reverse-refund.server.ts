import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { REVERSAL_WORDS, rememberReversal, takeEarlyReversal } from './early-reversal.server.ts';
import { lockedRefund, lockLead } from './lock-postback.server.ts';
import { type RefundRow, withCopies } from './refund-copies.server.ts';
import type { PaymentKey, Reversal } from './schema.ts';

export interface ReverseInput {
  /** The provider's id of the refund or chargeback; null where only the payment is named. */
  refundId: string | null;
  reversal: Reversal;
  /** Ids of the payment: they find a chargeback that is named by its payment alone. */
  keys?: readonly PaymentKey[];
  occurredAt?: string | null;
  actor: Actor;
}

/** `kept`: no such refund is known yet; it is remembered for when it comes. */
export type Reversed =
  | { kind: 'reversed' | 'too_late' | 'repeat'; id: string; disposition: string }
  | { kind: 'kept' }
  | { kind: 'unknown' };

/**
 * A chargeback was won back, or a refund failed. Before its dispute left, the dispute is taken back and the affiliate
 * is paid; after it left (or may have), it stays what it is: a network takes no dispute back. On an open transaction;
 * the caller publishes outbox, leads and refunds after the commit.
 */
export async function reverseRefund(tx: Conn, ctx: Ctx, input: ReverseInput): Promise<Reversed> {
  const refund = await find(tx, input);
  if (!refund) return rememberReversal(tx, ctx, input);
  if (refund.reversal) return { kind: 'repeat', id: refund.id, disposition: refund.disposition };
  const results: Applied[] = [];
  for (const row of await withCopies(tx, refund)) results.push(await apply(tx, ctx, row, input));
  const late = results.find((one) => one.kind === 'too_late');
  return late ?? results[0] ?? { kind: 'unknown' };
}

interface Applied {
  kind: 'reversed' | 'too_late';
  id: string;
  disposition: string;
}

async function find(tx: Conn, { refundId, keys, occurredAt }: ReverseInput): Promise<RefundRow | null> {
  if (refundId !== null) {
    const own = await tx.prisma.refund.findUnique({ where: { refundId } });
    if (own) return own;
    const alias = await tx.query<{ refundId: string }>(
      `SELECT "refundId" FROM "RefundKey" WHERE "key" = ${tx.dialect.p(1)} AND "kind" = 'refund' LIMIT 1`,
      refundId,
    );
    return alias[0] ? tx.prisma.refund.findUnique({ where: { id: alias[0].refundId } }) : null;
  }
  const named = (keys ?? []).map(({ key }) => key);
  if (named.length === 0) return null;
  // of those that began before it, one that stands before one that was reversed: told twice, it is the same reversal.
  // COALESCE keeps SQLite from beginning with all refunds that are no copies
  const found = await tx.query<{ refundId: string }>(
    `SELECT k."refundId" FROM "RefundKey" k JOIN "Refund" r ON r."id" = k."refundId"
     WHERE ${tx.dialect.inList('k."key"', 1)} AND r."kind" = 'chargeback' AND COALESCE(r."copyOf", '') = ''${occurredAt ? ` AND r."occurredAt" <= ${tx.dialect.p(2)}` : ''}
     ORDER BY CASE WHEN r."reversal" IS NULL THEN 0 ELSE 1 END, r."id" DESC LIMIT 1`,
    JSON.stringify(named),
    ...(occurredAt ? [tx.dialect.time(new Date(occurredAt))] : []),
  );
  return found[0] ? tx.prisma.refund.findUnique({ where: { id: found[0].refundId } }) : null;
}

/**
 * A refund that is known already has been told under another id of it: a reversal that came before under that id is
 * applied now. Answers null where none came.
 */
export async function reverseByOtherId(
  tx: Conn,
  ctx: Ctx,
  input: { refundId: string; actor: Actor },
): Promise<Reversed | null> {
  const early = await takeEarlyReversal(tx, input.refundId);
  return early
    ? reverseRefund(tx, ctx, { ...input, ...early, occurredAt: early.occurredAt.toISOString() })
    : null;
}

/** Locks in the order postback, dispute message, lead, refund (module README). */
async function apply(tx: Conn, ctx: Ctx, row: RefundRow, input: ReverseInput): Promise<Applied> {
  const now = nowOf(ctx);
  // read behind the lock of its postback: a dispute may have been opened a moment ago
  const seen = (await lockedRefund(tx, row.id)) ?? row;
  const stopped =
    seen.disputeMessageId !== null &&
    seen.disposition === 'disputing' &&
    (await cancelDispute(tx, seen.disputeMessageId, input, now));
  if (seen.leadId) await lockLead(tx, seen.leadId);
  const refund = await tx.prisma.refund.findUniqueOrThrow({ where: { id: seen.id } });
  const left = refund.disposition === 'disputed' || (refund.disposition === 'disputing' && !stopped);
  const words = REVERSAL_WORDS[input.reversal];
  const outcome = outcomeOf(refund.disposition, left, words);
  if (stopped) await freeLead(tx, refund, now);
  await tx.prisma.refund.update({
    where: { id: refund.id },
    data: {
      ...outcome,
      ...(stopped ? { disputeMessageId: null } : {}),
      graceUntil: null,
      decidedBy: null,
      reversal: input.reversal,
      reversedAt: input.occurredAt ? new Date(input.occurredAt) : now,
      updatedAt: now,
    },
  });
  if (refund.disposition === 'too_late' && refund.leadId) await forgetLoss(tx, refund);
  await recordAudit(tx, ctx, {
    actor: input.actor,
    action: 'refund_reversed',
    subjectType: 'refund',
    subjectId: refund.id,
    detail: { reversal: input.reversal, from: refund.disposition, to: outcome.disposition },
  });
  return { kind: left ? 'too_late' : 'reversed', id: refund.id, disposition: outcome.disposition };
}

/**
 * The dispute was taken back: its lead is free, and other refunds that followed it are looked at anew within seconds
 * (`rematchRefunds`), each for itself.
 */
async function freeLead(tx: Conn, refund: RefundRow, now: Date): Promise<void> {
  const { leadId, disputeMessageId } = refund;
  if (leadId === null || disputeMessageId === null) return;
  await tx.prisma.lead.updateMany({
    where: { id: leadId, disputeMessageId },
    data: { disputeMessageId: null, disputeReason: null, updatedAt: now },
  });
  await tx.prisma.refund.updateMany({
    where: { disputeMessageId, disposition: 'disputing', NOT: { id: refund.id } },
    data: {
      disposition: 'awaiting_lead',
      explanation: 'The refund it was disputed with was reversed: it is looked at again by itself.',
      leadId,
      disputeMessageId: null,
      updatedAt: now,
    },
  });
}

function outcomeOf(
  before: string,
  left: boolean,
  words: string,
): { disposition: string; explanation: string } {
  if (left)
    return {
      disposition: before,
      explanation: `${words}, but the dispute had left already: a network takes no dispute back. The affiliate is not paid; settle it with them by hand.`,
    };
  if (before === 'canceled_before_send')
    return {
      disposition: before,
      explanation: `${words}, but the postback had been canceled already: the conversion was never reported. Report it anew if the affiliate is owed.`,
    };
  return { disposition: 'ignored', explanation: `${words}: nothing is disputed, the affiliate is paid.` };
}

/** Takes a dispute back that cannot have reached the network. */
async function cancelDispute(tx: Conn, messageId: string, input: ReverseInput, now: Date): Promise<boolean> {
  const { count } = await tx.prisma.outboxMessage.updateMany({
    where: {
      id: messageId,
      kind: 'dispute',
      status: { in: ['queued', 'retrying', 'parked'] },
      firstMaySentAt: null,
    },
    data: {
      status: 'canceled',
      cancelReason: REVERSAL_WORDS[input.reversal],
      settledAt: now,
      updatedAt: now,
    },
  });
  return count > 0;
}

/** The payout was right after all: its loss goes, unless another refund of the lead stands. */
async function forgetLoss(tx: Conn, refund: RefundRow): Promise<void> {
  const { leadId } = refund;
  if (leadId === null) return;
  const other = await tx.prisma.refund.findFirst({
    where: { leadId, reversal: null, NOT: { id: refund.id }, disposition: 'too_late' },
    orderBy: { id: 'asc' },
    select: { id: true },
  });
  if (other) await tx.prisma.loss.updateMany({ where: { leadId }, data: { refundId: other.id } });
  else await tx.prisma.loss.deleteMany({ where: { leadId } });
}
