import { advanceReconciliations, takeFile } from '#app/modules/reconcile/index.server.ts';
import type { Source } from '#app/modules/reconcile/schema.ts';
import type { Actor, Ctx } from '#app/platform/context.server.ts';

export const FINANCE: Actor = { type: 'user', id: 'usr_f', name: 'Fay', role: 'finance', ip: '192.0.2.9' };
export const ACCOUNT = 'acc_1';
/** A moment in the middle of what the tests look at. */
export const NOON = Date.UTC(2026, 4, 12, 12);

/** Adds a network account as Settings would, without a network behind it. */
export async function addAccount(ctx: Ctx, id = ACCOUNT): Promise<void> {
  const at = new Date(ctx.clock.now());
  await ctx.store.prisma.networkAccount.create({
    data: {
      id,
      name: id,
      connector: 'regatta',
      baseUrl: 'http://127.0.0.1:1',
      credentials: ctx.vault.seal('{}'),
      credentialHints: '{}',
      origin: 'settings',
      createdAt: at,
      updatedAt: at,
    },
  });
}

export interface Order {
  externalId: string;
  revenueCents?: number;
  currency?: string;
  /** Status of its postback; null: no tracking code. */
  status?: string | null;
  hold?: string | null;
  at?: number;
  paymentId?: string;
  origin?: string;
}

/** Writes a conversion with its postback and lead, as they stand after delivery. Answers the conversion's id. */
export async function addOrder(ctx: Ctx, order: Order): Promise<string> {
  const { externalId, revenueCents = 4_900, currency = 'USD', status = 'delivered', hold = null } = order;
  const at = new Date(order.at ?? NOON);
  const [id, postbackId] = [ctx.newId('cnv'), status === null ? null : ctx.newId('pbk')];
  const common = { accountId: ACCOUNT, externalId, createdAt: at };
  await ctx.store.prisma.conversion.create({
    data: {
      ...common,
      id,
      campaignKey: '',
      eventType: 'PURCHASE',
      revenueCents,
      currency,
      occurredAt: at,
      contentHash: id,
      origin: order.origin ?? 'api',
      postbackId,
    },
  });
  if (postbackId !== null)
    await ctx.store.prisma.outboxMessage.create({
      data: {
        ...common,
        id: postbackId,
        kind: 'postback',
        conversionId: id,
        payload: '{}',
        status: status ?? '',
        errorCode: status === 'failed' ? 'NOT_FOUND' : null,
        dueAt: at,
        updatedAt: at,
      },
    });
  if (hold !== null && postbackId !== null)
    await ctx.store.prisma.lead.create({
      data: {
        ...common,
        id: ctx.newId('led'),
        networkLeadId: `net_${externalId}`,
        conversionId: id,
        postbackId,
        payoutCents: 500,
        currency,
        holdState: hold,
        holdingPeriodDays: 30,
        heldSince: at,
        updatedAt: at,
      },
    });
  if (order.paymentId)
    await ctx.store.prisma.paymentRef.create({ data: { paymentId: order.paymentId, conversionId: id } });
  return id;
}

/** A text as the bytes of an upload. */
export async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

/** Uploads a file; answers its number. */
export async function upload(ctx: Ctx, text: string, source: Source = 'billing'): Promise<number> {
  const file = { name: 'book.csv', source, body: bytesOf(text), zone: 'UTC', actor: FINANCE };
  return (await takeFile(ctx, file)).id;
}

/** Works until there is nothing left to do. */
export async function workOff(ctx: Ctx): Promise<void> {
  while (await advanceReconciliations(ctx));
}
