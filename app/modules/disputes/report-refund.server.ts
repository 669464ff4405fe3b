import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { sha256 } from '#app/platform/crypto.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { byHand } from './approval-ask.server.ts';
import { applyEarlyReversal } from './early-reversal.server.ts';
import { type DisputeDeps, evaluateRefund } from './evaluate-refund.server.ts';
import { matchRefund } from './match-refund.server.ts';
import { keepLinks } from './payment-links.server.ts';
import { isFull } from './policy.ts';
import { copyRefund } from './refund-copies.server.ts';
import type { RefundInput } from './refund-schema.ts';
import type { PaymentKey } from './schema.ts';

export type ReportedRefund =
  | { kind: 'created' | 'repeat'; id: string; disposition: string }
  /** The refundId is taken by other content; what came is kept for triage. */
  | { kind: 'conflict'; id: string; message: string };

/** A refund as it is reported, with what only a provider's event knows of it. */
export interface RefundReport extends Omit<RefundInput, 'currency'> {
  /** All ids under which the provider knows the payment. */
  keys?: readonly PaymentKey[];
  /** Of the amount, where it is told. */
  currency?: string | null;
  /** Why a person must decide, whatever the policy says. */
  ask?: string | null;
  /** The network account that the sender reports to. */
  accountId?: string | null;
}

export interface ReportRefundInput {
  body: RefundReport;
  /** api, console, or the provider: stripe, shopify, paddle. */
  source: string;
  actor: Actor;
  delayMs?: number;
}

const UNMATCHED = 'No order carries this id yet. It is matched by itself if the order is reported later.';

/**
 * Takes in a refund, chargeback or fraud report, and does what the policy says, all in one transaction; it is
 * durable when this returns. Idempotent on refundId.
 */
export async function reportRefund(
  ctx: Ctx,
  deps: DisputeDeps,
  input: ReportRefundInput,
): Promise<ReportedRefund> {
  const take = (tx: Conn) => takeRefund(tx, ctx, deps, input);
  const result = await ctx.store.transaction(take).catch((error: unknown) => {
    // the same refundId was being taken in at the same time, by another process: now it is there
    if (isUniqueViolation(error)) return ctx.store.transaction(take);
    throw error;
  });
  for (const topic of ['outbox', 'leads', 'refunds', 'postbacks'] as const) ctx.live.publish(topic);
  return result;
}

/** `reportRefund` on an open transaction. The caller publishes outbox, leads, refunds and postbacks after the commit. */
export async function takeRefund(
  tx: Conn,
  ctx: Ctx,
  deps: DisputeDeps,
  { body, source, actor, delayMs }: ReportRefundInput,
): Promise<ReportedRefund> {
  const now = nowOf(ctx);
  const contentHash = hashOf(body);
  const before = await tx.prisma.refund.findUnique({ where: { refundId: body.refundId } });
  if (before && before.contentHash === contentHash)
    return { kind: 'repeat', id: before.id, disposition: before.disposition };
  if (before) return conflictWith(tx, ctx, before.id, body);
  const id = ctx.newId('rfd');
  const search = {
    externalId: body.externalId ?? null,
    paymentId: body.paymentId ?? null,
    ...(body.keys ? { keys: body.keys } : {}),
    accountId: body.accountId ?? null,
    whole: isWhole(body),
  };
  const match = await matchRefund(tx, search);
  const refund = await tx.prisma.refund.create({
    data: {
      id,
      externalId: search.externalId,
      paymentId: search.paymentId,
      refundId: body.refundId,
      kind: body.kind,
      amountCents: body.amountCents ?? null,
      currency: body.currency ?? null,
      full: body.full ?? null,
      note: body.note ?? null,
      source,
      ...(source === 'console' ? byHand(actor) : {}),
      contentHash,
      disposition: 'unmatched',
      explanation: UNMATCHED,
      conversionId: match?.conversionId ?? null,
      matchedBy: match?.by ?? null,
      ask: body.ask ?? dateDoubt(body, source, now),
      matchDoubt: match?.doubt ?? null,
      accountId: body.accountId ?? null,
      occurredAt: body.occurredAt ? new Date(body.occurredAt) : now,
      createdAt: now,
      updatedAt: now,
    },
  });
  await saveKeys(tx, id, body.keys ?? []);
  if (match && match.doubt === null)
    await keepLinks(tx, [match.conversionId, ...match.others], body.keys ?? []);
  const reversed = await applyEarlyReversal(tx, ctx, refund, body.keys);
  if (reversed) return { kind: 'created', id, disposition: reversed };
  if (!match) return { kind: 'created', id, disposition: 'unmatched' };
  const decision = await evaluateRefund(tx, ctx, deps, refund, { actor, delayMs: delayMs ?? 0 });
  for (const other of match.others)
    await evaluateRefund(tx, ctx, deps, await copyRefund(tx, ctx, refund, other), {
      actor,
      delayMs: delayMs ?? 0,
    });
  return { kind: 'created', id, disposition: decision.disposition };
}

/** A day: what names a wrong zone is less than that ahead. */
const AHEAD_MS = 86_400_000;

/** What is dated after tomorrow asks a person: its date stands in the reason. Providers sign their times themselves. */
function dateDoubt({ occurredAt }: RefundReport, source: string, now: Date): string | null {
  const told = source === 'api' || source === 'console';
  if (!told || occurredAt === undefined || Date.parse(occurredAt) <= now.getTime() + AHEAD_MS) return null;
  return `It is dated ${occurredAt.slice(0, 10)}, which is still to come: the order or the date may be wrong. Dispute or let it pass.`;
}

/** Whether all of the payment was given back, as far as the refund itself says. */
const isWhole = (body: Pick<RefundReport, 'kind' | 'amountCents' | 'full'>): boolean =>
  isFull({ kind: body.kind, amountCents: body.amountCents ?? null, full: body.full ?? null }, null) === true;

const hashOf = (body: RefundReport): string =>
  sha256(
    JSON.stringify([
      body.externalId ?? null,
      body.paymentId ?? null,
      body.kind,
      body.amountCents ?? null,
      body.full ?? null,
      // behind the rest and only where it is told: what was hashed without it stays the same
      ...(body.currency ? [body.currency] : []),
    ]),
  );

async function conflictWith(tx: Conn, ctx: Ctx, id: string, body: RefundReport): Promise<ReportedRefund> {
  await tx.prisma.intakeConflict.create({
    data: {
      id: ctx.newId('cfl'),
      kind: 'refund',
      subjectId: id,
      key: body.refundId,
      body: JSON.stringify(body),
      createdAt: nowOf(ctx),
    },
  });
  return {
    kind: 'conflict',
    id,
    message: `refundId ${body.refundId} was already reported with other content. What came now is kept for triage; send a new refundId if it is another refund.`,
  };
}

/** Writes down the ids of a refund, so that an order that comes later is found by any of them. */
async function saveKeys(tx: Conn, refundId: string, keys: readonly PaymentKey[]): Promise<void> {
  if (keys.length === 0) return;
  const rows = new Map(keys.map(({ kind, key }) => [`${kind} ${key}`, { refundId, kind, key }]));
  await tx.prisma.refundKey.createMany({ data: [...rows.values()] });
}

const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'P2002';
