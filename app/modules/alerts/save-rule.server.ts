import { recordAudit } from '#app/modules/audit/index.server.ts';
import { requireCan } from '#app/modules/operators/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { AppError } from '#app/platform/errors.ts';
import type { RuleInput } from './form-schema.ts';
import { ruleOf } from './rows.server.ts';
import { refuse } from './save-channel.server.ts';
import type { CommonSettings, RuleKind, RuleSettings } from './schema.ts';

/** More are no help to anybody. */
const RULES_MAX = 100;

/**
 * Adds a rule, or changes the one with `id` (its kind stays). A new one tells what begins from now on. Throws FORBIDDEN,
 * VALIDATION_ERROR, CONFLICT when the name is taken or there are too many, NOT_FOUND.
 */
export async function saveRule(
  ctx: Ctx,
  input: { id?: string; kind: RuleKind; rule: RuleInput; actor: Actor },
): Promise<{ id: string }> {
  requireCan(input.actor, 'manage_settings');
  const saved = await ctx.store.transaction((tx) => writeRule(tx, ctx, input));
  ctx.live.publish('alerts');
  return saved;
}

/** The same in a transaction that is open. */
export async function writeRule(
  tx: Conn,
  ctx: Ctx,
  input: { id?: string; kind: RuleKind; rule: RuleInput; actor: Actor },
): Promise<{ id: string }> {
  const { kind, rule, actor } = input;
  const now = nowOf(ctx);
  const taken = await tx.prisma.alertRule.findUnique({ where: { name: rule.name } });
  if (taken && taken.id !== input.id)
    throw refuse('CONFLICT', 'name', `A rule is already named “${rule.name}”: choose another name.`);
  const before = input.id ? ruleOf(await findRule(tx, input.id)) : null;
  if (!before && (await tx.prisma.alertRule.count()) >= RULES_MAX)
    throw new AppError('CONFLICT', `There are ${RULES_MAX} rules already: remove one that nobody needs.`);
  const channelIds = await knownChannels(tx, rule.channelIds);
  const watchedFrom = before?.settings.watchedFrom ?? now.toISOString();
  const settings = settingsOf(kind, rule, { urgent: rule.urgent, watchedFrom });
  const data = {
    name: rule.name,
    settings: JSON.stringify(settings),
    channelIds: JSON.stringify(channelIds),
    quietHours: rule.quiet
      ? JSON.stringify({ from: rule.quietFrom, to: rule.quietTo, zone: rule.zone })
      : null,
    updatedAt: now,
  };
  const id = input.id ?? ctx.newId('rul');
  if (before) await tx.prisma.alertRule.update({ where: { id }, data });
  else
    await tx.prisma.alertRule.create({
      data: { ...data, id, kind, enabled: true, createdBy: actor.id, createdAt: now },
    });
  await recordAudit(tx, ctx, {
    actor,
    action: before ? 'alert_rule_changed' : 'alert_rule_added',
    subjectType: 'alert_rule',
    subjectId: id,
    detail: { name: rule.name, kind, channels: channelIds.length, urgent: rule.urgent },
  });
  return { id };
}

/** The rule's row; throws NOT_FOUND. */
export async function findRule(conn: Conn, id: string) {
  const row = await conn.prisma.alertRule.findUnique({ where: { id } });
  if (row) return row;
  throw new AppError('NOT_FOUND', 'This rule is gone: somebody removed it. Look at the list of rules.');
}

async function knownChannels(tx: Conn, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.prisma.alertChannel.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  if (rows.length > 0) return rows.map(({ id }) => id);
  throw refuse('VALIDATION_ERROR', 'channelIds', 'Choose at least one channel');
}

function settingsOf(
  kind: RuleKind,
  rule: RuleInput,
  common: CommonSettings,
): RuleSettings[RuleKind] & CommonSettings {
  const { minUnpaid = [], limits = [], minMoney = [] } = rule;
  if (kind === 'new_issue') return { ...common, minUnpaid };
  if (kind === 'unpaid_over') return { ...common, limits };
  if (kind === 'leads_due')
    return { ...common, hours: rule.hours ?? 24, minCount: rule.minCount ?? null, minMoney };
  if (kind === 'no_conversions') return { ...common, zone: rule.zone };
  return { ...common, pauses: rule.pauses ?? false };
}
