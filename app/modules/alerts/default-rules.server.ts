import { requireCan } from '#app/modules/operators/index.server.ts';
import type { Actor, Ctx } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';
import type { RuleInput } from './form-schema.ts';
import { writeRule } from './save-rule.server.ts';
import { KIND_WORDS, RULE_KINDS, type RuleKind } from './schema.ts';

/** Rules that fit most: one a kind without a sum to choose. What stops money at once is urgent, the rest can wait for the morning. */
const DEFAULTS: Partial<Record<RuleKind, Partial<RuleInput>>> = {
  new_issue: {},
  leads_due: { hours: 24, minCount: 1, urgent: true },
  no_conversions: { urgent: true },
  breaker: { urgent: true },
};
const QUIET = { quiet: true, quietFrom: '22:00', quietTo: '07:00' } as const;

/**
 * Adds the sensible rules that are still missing, telling every channel that is on; in the zone of whoever asks. Answers
 * how many were added. Throws FORBIDDEN, CONFLICT where there is no channel yet.
 */
export async function addDefaultRules(
  ctx: Ctx,
  input: { zone: string; actor: Actor },
): Promise<{ added: number }> {
  requireCan(input.actor, 'manage_settings');
  const { zone, actor } = input;
  const added = await ctx.store.transaction(async (tx) => {
    const channels = await tx.prisma.alertChannel.findMany({
      where: { enabled: true },
      select: { id: true },
    });
    if (channels.length === 0)
      throw new AppError('CONFLICT', 'There is no channel to tell yet. Add one first, then the rules.');
    const there = await tx.prisma.alertRule.findMany({ select: { kind: true, name: true } });
    let count = 0;
    for (const kind of missingKinds(there.map((rule) => rule.kind))) {
      const name = KIND_WORDS[kind].label;
      if (there.some((rule) => rule.name === name)) continue;
      const own = { urgent: false, quiet: false, ...DEFAULTS[kind] };
      const rule = {
        ...own,
        ...(own.urgent ? {} : QUIET),
        name,
        channelIds: channels.map(({ id }) => id),
        zone,
      };
      await writeRule(tx, ctx, { kind, rule, actor });
      count++;
    }
    return count;
  });
  ctx.live.publish('alerts');
  return { added };
}

/** Kinds with a sensible default that no rule covers yet. */
export const missingKinds = (there: readonly string[]): RuleKind[] =>
  RULE_KINDS.filter((kind) => DEFAULTS[kind] !== undefined && !there.includes(kind));
