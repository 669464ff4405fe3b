import type { Dispatcher, LeasedMessage, MessageRow } from '#app/modules/outbox/index.server.ts';
import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { knownConversion } from './known-conversion.server.ts';
import { resolveRefs } from './resolve-refs.server.ts';
import { conversionRow, type NewConversion, postbackRow } from './rows.server.ts';
import { type Prepared, writeConversions } from './write-conversions.server.ts';

/** What became of one conversion. Durable when it is answered. */
export type StoredConversion =
  | { kind: 'created'; id: string; postbackId: string | null; status: string }
  /** The same externalId with the same content came before. */
  | { kind: 'repeat'; id: string; postbackId: string | null; status: string }
  /** The externalId is taken by other content; what came is kept for triage. */
  | { kind: 'conflict'; id: string };

const leased = (message: MessageRow): LeasedMessage => ({
  id: message.id as string,
  kind: 'postback',
  accountId: message.accountId as string,
  conversionId: message.conversionId,
  leadId: null,
  refundId: null,
  externalId: message.externalId as string,
  networkCampaignId: message.networkCampaignId,
  ref: message.ref,
  releasedAt: null,
  payload: message.payload as string,
  step: 0,
  number: 1,
  leaseOwner: message.leaseOwner as string,
  attemptStartedAt: message.attemptStartedAt as Date,
  firstMaySentAt: null,
  createdAt: message.createdAt as Date,
});

/**
 * Writes conversions, their payment ids and their postbacks in one transaction; answers one result each, in order.
 * With a dispatcher that has room, the postbacks are written with their lease and handed over after the commit.
 */
export async function storeConversions(
  ctx: Ctx,
  dispatcher: Dispatcher | null,
  conversions: readonly NewConversion[],
): Promise<StoredConversion[]> {
  const now = nowOf(ctx);
  const resolve = await resolveRefs(ctx.store, conversions);
  const prepared = conversions.map((conversion): Prepared => {
    const resolved = resolve(conversion);
    const ids = { id: ctx.newId('cnv'), postbackId: resolved.ref === null ? null : ctx.newId('pbk') };
    const row = conversionRow(conversion, resolved, ids, now);
    return { row, message: resolved.ref === null ? null : postbackRow(row, conversion.input, now) };
  });
  const messages = prepared.map((p) => p.message).filter((message) => message !== null);
  const places = dispatcher?.reserve(messages.length) ?? 0;
  if (dispatcher) {
    const lease = {
      leaseOwner: dispatcher.owner,
      leaseUntil: new Date(now.getTime() + dispatcher.leaseMs),
      attemptStartedAt: now,
    };
    for (const message of messages.slice(0, places))
      Object.assign(message, lease, { status: 'sending', attempts: 1 });
  }
  let used = 0;
  try {
    const inserted = await writeConversions(ctx, conversions, prepared, messages);
    const handed = messages
      .slice(0, places)
      .filter((message) => inserted.has(message.conversionId as string));
    used = handed.length;
    if (dispatcher && used > 0) dispatcher.accept(handed.map(leased));
    ctx.live.publish('conversions');
    if (messages.length > places) ctx.live.publish('outbox');
    return await results(ctx, conversions, prepared, inserted);
  } finally {
    if (places > used) dispatcher?.release(places - used);
  }
}

async function results(
  ctx: Ctx,
  conversions: readonly NewConversion[],
  prepared: readonly Prepared[],
  inserted: ReadonlySet<string>,
): Promise<StoredConversion[]> {
  const out: StoredConversion[] = [];
  for (const [i, { row, message }] of prepared.entries()) {
    const status = row.ref === null ? 'unattributed' : String(message?.status);
    if (inserted.has(row.id))
      out.push({ kind: 'created', id: row.id, postbackId: row.postbackId ?? null, status });
    else out.push(await knownConversion(ctx, row, conversions[i] as NewConversion));
  }
  return out;
}
