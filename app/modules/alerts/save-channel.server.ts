import { recordAudit } from '#app/modules/audit/index.server.ts';
import { requireCan } from '#app/modules/operators/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { maskSecret, randomSecret } from '#app/platform/crypto.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import type { ChannelInput } from './form-schema.ts';
import { openTarget, type Target } from './rows.server.ts';
import type { ChannelKind } from './schema.ts';

/** Refused beside the field it is about. */
export function refuse(code: 'VALIDATION_ERROR' | 'CONFLICT', path: string, message: string): AppError {
  return new AppError(code, message, { details: [{ path, message }] });
}

/**
 * Adds a channel, or changes the one with `id`. An address or secret left empty keeps the stored one; a webhook without
 * a secret is given one, which is in this answer and never shown again. Throws FORBIDDEN, VALIDATION_ERROR, CONFLICT
 * when the name is taken, NOT_FOUND.
 */
export async function saveChannel(
  ctx: Ctx,
  input: { id?: string; kind: ChannelKind; channel: ChannelInput; actor: Actor },
): Promise<{ id: string; secret: string | null }> {
  requireCan(input.actor, 'manage_settings');
  const { kind, channel } = input;
  const now = nowOf(ctx);
  const id = input.id ?? ctx.newId('chn');
  const made = await ctx.store.transaction(async (tx) => {
    const taken = await tx.prisma.alertChannel.findUnique({ where: { name: channel.name } });
    if (taken && taken.id !== input.id)
      throw refuse('CONFLICT', 'name', `A channel is already named “${channel.name}”: choose another name.`);
    const before = input.id ? await findChannel(tx, input.id) : null;
    const { target, secret } = targetOf(kind, channel, before ? openTarget(ctx.vault, before.target) : null);
    const data = {
      name: channel.name,
      target: ctx.vault.seal(JSON.stringify(target)),
      hint: hintOf(target),
      updatedAt: now,
    };
    if (before) await tx.prisma.alertChannel.update({ where: { id }, data });
    else await tx.prisma.alertChannel.create({ data: { ...data, id, kind, enabled: true, createdAt: now } });
    await recordAudit(tx, ctx, {
      actor: input.actor,
      action: before ? 'alert_channel_changed' : 'alert_channel_added',
      subjectType: 'alert_channel',
      subjectId: id,
      detail: { name: channel.name, kind, to: data.hint },
    });
    return secret;
  });
  ctx.live.publish('alerts');
  return { id, secret: made };
}

/** The channel's row; throws NOT_FOUND. */
export async function findChannel(conn: Conn, id: string) {
  const row = await conn.prisma.alertChannel.findUnique({ where: { id } });
  if (row) return row;
  throw new AppError('NOT_FOUND', 'This channel is gone: somebody removed it. Look at the list of channels.');
}

/** Where it leads from now on, and the secret where one was made here. */
function targetOf(
  kind: ChannelKind,
  channel: ChannelInput,
  before: Target | null,
): { target: Target; secret: string | null } {
  if (kind === 'email') {
    const { addresses = [] } = channel;
    if (addresses.length === 0) throw refuse('VALIDATION_ERROR', 'addresses', 'Give at least one address');
    return { target: { kind, addresses }, secret: null };
  }
  const url = channel.url ?? (before && before.kind !== 'email' ? before.url : undefined);
  if (url === undefined) throw refuse('VALIDATION_ERROR', 'url', 'Give the address it posts to');
  if (kind === 'slack') return { target: { kind, url }, secret: null };
  const stored = before?.kind === 'webhook' ? before.secret : undefined;
  const given = channel.secret ?? stored;
  const secret = given ?? randomSecret('alsec_');
  return { target: { kind, url, secret }, secret: given === undefined ? secret : null };
}

const ADDRESSES_SHOWN = 3;

/** What may be shown: addresses; of an address on the web its host and last four characters, for the path is a secret. */
export function hintOf(target: Target): string {
  if (target.kind === 'email') {
    const { addresses } = target;
    const rest = addresses.length - ADDRESSES_SHOWN;
    return `${addresses.slice(0, ADDRESSES_SHOWN).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  }
  const { host, pathname, search } = new URL(target.url);
  const path = pathname + search;
  return path.length < 12 ? host : `${host}/…${path.slice(-4)}`;
}

/** The signing secret as a form may show it, or null where the channel has none. */
export const secretHint = (target: Target): string | null =>
  target.kind === 'webhook'
    ? maskSecret(target.secret, target.secret.startsWith('alsec_') ? 'alsec_' : '')
    : null;
