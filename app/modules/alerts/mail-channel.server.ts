import type { Ctx } from '#app/platform/context.server.ts';
import { openTarget } from './rows.server.ts';

/** A channel that mail can be sent to. */
export interface MailChannel {
  id: string;
  name: string;
  enabled: boolean;
  addresses: readonly string[];
  /** What may be shown of the addresses. */
  hint: string;
}

/** The email channel with that id, opened; null where there is none, or where it is of another kind. */
export async function mailChannel(
  ctx: Pick<Ctx, 'store' | 'vault'>,
  id: string,
): Promise<MailChannel | null> {
  const row = await ctx.store.prisma.alertChannel.findUnique({ where: { id } });
  const target = row?.kind === 'email' ? openTarget(ctx.vault, row.target) : null;
  if (!row || target?.kind !== 'email') return null;
  const { name, enabled, hint } = row;
  return { id, name, enabled, hint, addresses: target.addresses };
}
