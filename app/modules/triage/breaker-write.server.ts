import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Actor, nowOf, SYSTEM } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { addCodes, learnCodes } from './breaker-codes.server.ts';
import { type ProvenBy, probeWaitMs, REASON_WORDS, scopeKeyOf } from './breaker-policy.ts';
import { addEvents, type WriteContext } from './issue-events.server.ts';
import type { BreakerReason, BreakerScope } from './schema.ts';

/** What a refusal (or a person) closes the gate for. */
export interface Trip {
  accountId: string;
  scope: BreakerScope;
  scopeKey: string;
  networkCampaignId: string | null;
  reason: BreakerReason;
  provenBy: ProvenBy;
  issueId: string;
  /** Start of the latest refused attempt: an older one says nothing new. */
  startedAt: Date;
  /** When its refusal was read. */
  at: Date;
  /** Messages that were refused: a probe among them is over. */
  messageIds: readonly string[];
  /** Tracking codes that belong to it. */
  refs: readonly string[];
  note?: string | null;
  actor?: Actor;
}

/**
 * Opens a breaker, or opens the one there is anew, on an open transaction. A refusal of an attempt that started
 * before the breaker last tripped changes nothing. Answers its id, or null where nothing changed.
 */
export async function tripBreaker(tx: Conn, ctx: WriteContext, trip: Trip): Promise<string | null> {
  const { scopeKey } = trip;
  const before = (await findOpen(tx, trip, [scopeKey])) ?? (await widen(tx, trip));
  if (before) return tripAgain(tx, ctx, trip, before);
  const id = await insertBreaker(tx, ctx, trip);
  // null: another transaction opened it between the two statements, and what it says is as new
  if (id === null) return null;
  await tellOpened(tx, ctx, trip, id, 'Postbacks are held back from now on');
  await addCodes(tx, id, trip.refs);
  return id;
}

const findOpen = (tx: Conn, { accountId, reason }: Trip, scopeKeys: readonly string[]) =>
  tx.prisma.breaker.findFirst({
    where: { accountId, reason, scopeKey: { in: [...scopeKeys] }, state: { not: 'closed' } },
    select: { id: true, state: true, probeMessageId: true, probes: true },
    orderBy: { id: 'asc' },
  });

/** A breaker of one of the codes, whose campaign was not known when it opened, becomes the campaign's. */
async function widen(tx: Conn, trip: Trip): Promise<Awaited<ReturnType<typeof findOpen>>> {
  const { scope, scopeKey, networkCampaignId, refs } = trip;
  if (scope === 'account' || networkCampaignId === null) return null;
  const codes = [...new Set(refs)].map((ref) => scopeKeyOf(scope, null, ref));
  const found = await findOpen(tx, trip, codes);
  if (found)
    await tx.prisma.breaker.update({ where: { id: found.id }, data: { scopeKey, networkCampaignId } });
  return found;
}

async function tripAgain(
  tx: Conn,
  ctx: WriteContext,
  trip: Trip,
  before: { id: string; state: string; probeMessageId: string | null; probes: number },
): Promise<string | null> {
  const { id, probes } = before;
  const again = before.state === 'releasing';
  const over = again || trip.messageIds.includes(before.probeMessageId ?? '');
  const { count } = await tx.prisma.breaker.updateMany({
    where: { id, state: { not: 'closed' }, trippedAt: { lte: trip.startedAt } },
    data: {
      state: 'open',
      trippedAt: trip.at,
      updatedAt: nowOf(ctx),
      ...(over ? { probeMessageId: null, nextProbeAt: nextAt(trip, probes) } : {}),
    },
  });
  if (count > 0 && again)
    await tellOpened(tx, ctx, trip, id, 'Refused again while what was held back went out');
  if (count > 0 || (await learnCodes(tx, ctx, id, trip.refs))) return id;
  return null;
}

const nextAt = ({ at, provenBy }: Trip, probes: number): Date | null =>
  provenBy === 'by_hand' ? null : new Date(at.getTime() + probeWaitMs(probes));

async function insertBreaker(tx: Conn, ctx: WriteContext, trip: Trip): Promise<string | null> {
  const { dialect } = tx;
  const columns = {
    id: ctx.newId('brk'),
    accountId: trip.accountId,
    scope: trip.scope,
    scopeKey: trip.scopeKey,
    networkCampaignId: trip.networkCampaignId,
    reason: trip.reason,
    provenBy: trip.provenBy,
    issueId: trip.issueId,
    state: 'open',
    nextProbeAt: nextAt(trip, 0),
    openedBy: trip.actor?.name ?? null,
    note: trip.note ?? null,
    openedAt: trip.at,
    trippedAt: trip.at,
    updatedAt: nowOf(ctx),
  };
  const names = Object.keys(columns);
  const rows = await tx.query<{ id: string }>(
    `INSERT INTO "Breaker" (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map((_, i) => dialect.p(i + 1)).join(', ')})
     ON CONFLICT ("accountId", "scopeKey", "reason") WHERE "state" <> 'closed' DO NOTHING RETURNING "id"`,
    ...Object.values(columns).map((value) => (value instanceof Date ? dialect.time(value) : value)),
  );
  return rows[0]?.id ?? null;
}

async function tellOpened(
  tx: Conn,
  ctx: WriteContext,
  trip: Trip,
  breakerId: string,
  words: string,
): Promise<void> {
  const { accountId, scopeKey, reason, issueId, actor = SYSTEM } = trip;
  await addEvents(tx, ctx, [
    { issueId, kind: 'breaker_opened', body: `${words}: ${REASON_WORDS[reason]}.`, actor },
  ]);
  if (reason === 'paused') return;
  await recordAudit(tx, ctx, {
    actor,
    action: 'breaker_opened',
    subjectType: 'breaker',
    subjectId: breakerId,
    detail: { accountId, scopeKey, reason, issueId },
  });
}

/** Lets what a breaker holds back go from now on (`releasing`), on an open transaction. Answers false when it did not. */
export async function startReleasing(
  tx: Conn,
  ctx: WriteContext,
  input: { id: string; startedAt?: Date },
): Promise<boolean> {
  const { count } = await tx.prisma.breaker.updateMany({
    where: {
      id: input.id,
      state: 'open',
      ...(input.startedAt ? { trippedAt: { lte: input.startedAt } } : {}),
    },
    data: { state: 'releasing', probeMessageId: null, nextProbeAt: null, updatedAt: nowOf(ctx) },
  });
  return count > 0;
}
