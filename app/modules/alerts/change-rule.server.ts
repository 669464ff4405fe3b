import { recordAudit } from '#app/modules/audit/index.server.ts';
import { requireCan } from '#app/modules/operators/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import { ruleOf } from './rows.server.ts';
import { findRule } from './save-rule.server.ts';

/**
 * Switches a rule on or off. Switched on it starts anew: what began while it was off is not told. Audited; no change is
 * nothing. Throws FORBIDDEN, NOT_FOUND.
 */
export async function switchRule(
  ctx: Ctx,
  input: { id: string; enabled: boolean; actor: Actor },
): Promise<{ name: string }> {
  requireCan(input.actor, 'manage_settings');
  const { id, enabled, actor } = input;
  const now = nowOf(ctx);
  const name = await ctx.store.transaction(async (tx) => {
    const rule = ruleOf(await findRule(tx, id));
    const settings = enabled ? { ...rule.settings, watchedFrom: now.toISOString() } : rule.settings;
    const { count } = await tx.prisma.alertRule.updateMany({
      where: { id, enabled: !enabled },
      data: { enabled, settings: JSON.stringify(settings), updatedAt: now },
    });
    if (count === 0) return rule.name;
    if (enabled) await tx.prisma.alertState.deleteMany({ where: { ruleId: id } });
    await recordAudit(tx, ctx, {
      actor,
      action: enabled ? 'alert_rule_switched_on' : 'alert_rule_switched_off',
      subjectType: 'alert_rule',
      subjectId: id,
      detail: { name: rule.name },
    });
    return rule.name;
  });
  ctx.live.publish('alerts');
  return { name };
}

/** Removes a rule and what it has seen. What it queued is still sent. Throws FORBIDDEN, NOT_FOUND. */
export async function removeRule(ctx: Ctx, input: { id: string; actor: Actor }): Promise<{ name: string }> {
  requireCan(input.actor, 'manage_settings');
  const { id, actor } = input;
  const name = await ctx.store.transaction(async (tx) => {
    const rule = await findRule(tx, id);
    await tx.prisma.alertState.deleteMany({ where: { ruleId: id } });
    await tx.prisma.alertRule.delete({ where: { id } });
    await recordAudit(tx, ctx, {
      actor,
      action: 'alert_rule_removed',
      subjectType: 'alert_rule',
      subjectId: id,
      detail: { name: rule.name, kind: rule.kind },
    });
    return rule.name;
  });
  ctx.live.publish('alerts');
  return { name };
}
