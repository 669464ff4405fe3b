import { parseWithZod } from '@conform-to/zod/v4';
import { type AppLoadContext, data, redirect } from '@remix-run/node';
import { RULE_FORMS, type RuleInput } from '#app/modules/alerts/form-schema.ts';
import { listChannels, saveRule } from '#app/modules/alerts/index.server.ts';
import type { RuleKind } from '#app/modules/alerts/schema.ts';
import { requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { readZone } from '#app/ui/preferences.ts';
import { refused } from '../_console.settings/refused.server.ts';

const FIELDS = [
  'name',
  'channelIds',
  'quietFrom',
  'quietTo',
  'zone',
  'minUnpaid',
  'limits',
  'hours',
  'minCount',
  'minMoney',
];

/** What the form of a rule offers: channels, and time zones with the reader's and the rule's own first. */
export async function ruleChoices(request: Request, context: AppLoadContext, zone: string | null = null) {
  const channels = await listChannels(context.ctx);
  const own = readZone(request.headers.get('cookie'));
  return {
    channels: channels.map(({ id, name, kind, hint, enabled }) => ({ id, name, kind, hint, enabled })),
    zones: [
      ...new Set([...(zone === null ? [] : [zone]), own, 'UTC', ...Intl.supportedValuesOf('timeZone')]),
    ],
  };
}

/** Saves the form of a rule, as a new one or as the one with `id`, and goes back to the list. */
export async function saveRuleForm(request: Request, context: AppLoadContext, kind: RuleKind, id?: string) {
  const { actor } = await requireUser(request, context);
  const submission = parseWithZod(await request.formData(), { schema: RULE_FORMS[kind] });
  if (submission.status !== 'success') return data({ reply: submission.reply() }, { status: 422 });
  const rule: RuleInput = submission.value;
  try {
    requireSameOrigin(request, context.config.publicUrl);
    const saved = await saveRule(context.ctx, { ...(id === undefined ? {} : { id }), kind, rule, actor });
    return redirect(`/settings/alerts?saved=${saved.id}`);
  } catch (error) {
    return refused(submission, error, FIELDS);
  }
}
