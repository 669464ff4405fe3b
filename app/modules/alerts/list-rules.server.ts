import type { Ctx } from '#app/platform/context.server.ts';
import { nowOf } from '#app/platform/context.server.ts';
import type { AlertDeps } from './deps.ts';
import { amountsText } from './form-schema.ts';
import { ruleOf } from './rows.server.ts';
import { findRule } from './save-rule.server.ts';
import type { RuleKind } from './schema.ts';
import { SILENCE_WEEKS_MIN } from './silence.ts';
import type { RuleFormValues, RuleView } from './view-schema.ts';
import { createPass, type Pass, type Rule } from './watch.ts';
import { silenceOf } from './watch-silence.server.ts';
import { countOf, moneyWords, spanWords } from './words.ts';

type Read = Pick<Ctx, 'store' | 'clock' | 'log'>;
const WEEK_MS = 7 * 86_400_000;

/** All rules by name: who is told about what, and when it last told. */
export async function listRules(ctx: Read, deps: AlertDeps): Promise<RuleView[]> {
  const { prisma } = ctx.store;
  const rules = (await prisma.alertRule.findMany({ orderBy: { name: 'asc' } })).map(ruleOf);
  const channels = await prisma.alertChannel.findMany({ select: { id: true, name: true, enabled: true } });
  const pass = createPass(ctx, deps, nowOf(ctx));
  const views: RuleView[] = [];
  for (const rule of rules) {
    const last = await prisma.alertState.findFirst({
      where: { ruleId: rule.id },
      orderBy: { since: 'desc' },
    });
    views.push({
      id: rule.id,
      name: rule.name,
      kind: rule.kind,
      enabled: rule.enabled,
      urgent: rule.settings.urgent,
      when: whenOf(rule),
      channels: channels.filter(({ id }) => rule.channelIds.includes(id)),
      quietHours: rule.quietHours,
      active: await prisma.alertState.count({ where: { ruleId: rule.id, active: true } }),
      lastToldAt: last?.since.toISOString() ?? null,
      silentBecause:
        rule.kind === 'no_conversions' && rule.enabled ? await lackOf(pass, rule.settings.zone) : null,
    });
  }
  return views;
}

/** Why silence cannot be judged yet, or null. */
async function lackOf(pass: Pass, zone: string): Promise<string | null> {
  const { firstAt } = await silenceOf(pass, zone);
  const needs = `It needs ${countOf(SILENCE_WEEKS_MIN, 'week')} of conversions to know what is usual`;
  if (firstAt === null) return `${needs}; there is none yet.`;
  const span = pass.now.getTime() - new Date(firstAt).getTime();
  // the stretch of silence itself must lie in the first of those weeks, too: up to a day
  return span >= SILENCE_WEEKS_MIN * WEEK_MS ? null : `${needs}; there are ${spanWords(span)}.`;
}

/** The settings of a rule in words. */
export function whenOf(rule: Rule): string {
  if (rule.kind === 'new_issue') {
    const { minUnpaid } = rule.settings;
    return minUnpaid.length === 0 ? 'at once' : `once it holds up ${moneyWords(minUnpaid, 0)}`;
  }
  if (rule.kind === 'unpaid_over') return `over ${moneyWords(rule.settings.limits, 0)}`;
  if (rule.kind === 'leads_due') {
    const { hours, minCount, minMoney } = rule.settings;
    const least = [
      ...(minCount === null ? [] : [countOf(minCount, 'lead')]),
      ...(minMoney.length === 0 ? [] : [moneyWords(minMoney, 0)]),
    ];
    return `${least.length === 0 ? '1 lead' : least.join(' or ')} within ${hours} h`;
  }
  if (rule.kind === 'no_conversions') return `for longer than usual, by the clock of ${rule.settings.zone}`;
  return rule.settings.pauses ? 'refusals and pauses by hand' : 'refusals';
}

/** A rule as its form shows it. Throws NOT_FOUND. */
export async function getRule(
  ctx: Pick<Ctx, 'store'>,
  id: string,
): Promise<{ id: string; kind: RuleKind; values: RuleFormValues }> {
  const rule = ruleOf(await findRule(ctx.store, id));
  const { quietHours } = rule;
  const values: RuleFormValues = {
    name: rule.name,
    channelIds: rule.channelIds,
    urgent: rule.settings.urgent,
    quietHours,
    zone: quietHours?.zone ?? null,
    minUnpaid: '',
    limits: '',
    hours: '24',
    minCount: '',
    minMoney: '',
    pauses: false,
  };
  if (rule.kind === 'new_issue') values.minUnpaid = amountsText(rule.settings.minUnpaid);
  if (rule.kind === 'unpaid_over') values.limits = amountsText(rule.settings.limits);
  if (rule.kind === 'leads_due') {
    values.hours = String(rule.settings.hours);
    values.minCount = rule.settings.minCount === null ? '' : String(rule.settings.minCount);
    values.minMoney = amountsText(rule.settings.minMoney);
  }
  if (rule.kind === 'no_conversions') values.zone = rule.settings.zone;
  if (rule.kind === 'breaker') values.pauses = rule.settings.pauses;
  return { id: rule.id, kind: rule.kind, values };
}
