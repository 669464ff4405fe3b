import { recordAudit } from '#app/modules/audit/index.server.ts';
import { requireCan } from '#app/modules/operators/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { findChannel } from './save-channel.server.ts';

/** Switches a channel on or off. What is due for one that is off fails and says so. Audited; no change is nothing. */
export async function switchChannel(
  ctx: Ctx,
  input: { id: string; enabled: boolean; actor: Actor },
): Promise<{ name: string }> {
  requireCan(input.actor, 'manage_settings');
  const { id, enabled, actor } = input;
  const row = await ctx.store.transaction(async (tx) => {
    const channel = await findChannel(tx, id);
    const { count } = await tx.prisma.alertChannel.updateMany({
      where: { id, enabled: !enabled },
      data: { enabled, updatedAt: nowOf(ctx) },
    });
    if (count === 1)
      await recordAudit(tx, ctx, {
        actor,
        action: enabled ? 'alert_channel_switched_on' : 'alert_channel_switched_off',
        subjectType: 'alert_channel',
        subjectId: id,
        detail: { name: channel.name },
      });
    return channel;
  });
  ctx.live.publish('alerts');
  return { name: row.name };
}

/** Removes a channel for good, takes it out of every rule, and gives up what was queued for it. Its log stays. */
export async function removeChannel(
  ctx: Ctx,
  input: { id: string; actor: Actor },
): Promise<{ name: string }> {
  requireCan(input.actor, 'manage_settings');
  const { id, actor } = input;
  const row = await ctx.store.transaction(async (tx) => {
    const channel = await findChannel(tx, id);
    const rules = await tx.prisma.alertRule.findMany({
      where: { channelIds: { contains: JSON.stringify(id) } },
    });
    for (const rule of rules) {
      const left = (JSON.parse(rule.channelIds) as string[]).filter((other) => other !== id);
      await tx.prisma.alertRule.update({
        where: { id: rule.id },
        data: { channelIds: JSON.stringify(left) },
      });
    }
    await tx.prisma.alertDelivery.updateMany({
      where: { channelId: id, status: 'queued' },
      data: { status: 'failed', lastError: 'The channel was removed before this was sent.' },
    });
    await tx.prisma.alertChannel.delete({ where: { id } });
    await recordAudit(tx, ctx, {
      actor,
      action: 'alert_channel_removed',
      subjectType: 'alert_channel',
      subjectId: id,
      detail: { name: channel.name, to: channel.hint, rules: rules.map(({ name }) => name) },
    });
    return channel;
  });
  ctx.live.publish('alerts');
  return { name: row.name };
}
