import type { Ctx } from '#app/platform/context.server.ts';
import { channelKind, openTarget, ruleOf } from './rows.server.ts';
import { findChannel, secretHint } from './save-channel.server.ts';
import type { ChannelView } from './view-schema.ts';

type Read = Pick<Ctx, 'store'>;

/** All channels by name, with what came of their last delivery. */
export async function listChannels(ctx: Read): Promise<ChannelView[]> {
  const { prisma } = ctx.store;
  const [channels, rules] = [
    await prisma.alertChannel.findMany({ orderBy: { name: 'asc' } }),
    (await prisma.alertRule.findMany({ orderBy: { name: 'asc' } })).map(ruleOf),
  ];
  const views: ChannelView[] = [];
  for (const { id, name, kind, hint, enabled } of channels) {
    const last = await prisma.alertDelivery.findFirst({
      where: { channelId: id, status: { in: ['sent', 'failed'] } },
      orderBy: { id: 'desc' },
    });
    views.push({
      id,
      name,
      kind: channelKind.parse(kind),
      hint,
      enabled,
      rules: rules.filter(({ channelIds }) => channelIds.includes(id)).map((rule) => rule.name),
      last: last && {
        status: last.status === 'sent' ? 'sent' : 'failed',
        at: (last.sentAt ?? last.dueAt).toISOString(),
        error: last.lastError,
      },
    });
  }
  return views;
}

/** A channel as its form shows it. Addresses of people are shown; of an address on the web only its hint. Throws NOT_FOUND. */
export async function getChannel(
  ctx: Pick<Ctx, 'store' | 'vault'>,
  id: string,
): Promise<
  Pick<ChannelView, 'id' | 'name' | 'kind' | 'hint'> & { addresses: string; secretHint: string | null }
> {
  const row = await findChannel(ctx.store, id);
  const target = openTarget(ctx.vault, row.target);
  return {
    id,
    name: row.name,
    kind: channelKind.parse(row.kind),
    hint: row.hint,
    addresses: target.kind === 'email' ? target.addresses.join(', ') : '',
    secretHint: secretHint(target),
  };
}
