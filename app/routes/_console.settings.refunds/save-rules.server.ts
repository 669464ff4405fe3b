import { parseWithZod } from '@conform-to/zod/v4';
import { type AppLoadContext, data, redirect } from '@remix-run/node';
import { saveMargin, savePolicy } from '#app/modules/disputes/index.server.ts';
import { marginSchema } from '#app/modules/disputes/refund-policy-schema.ts';
import { requireCan, requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { refused } from '../_console.settings/refused.server.ts';
import { withoutIntent } from './margin-form.tsx';
import { POLICY_FIELDS, policyFormSchema } from './policy-form.ts';

interface Target {
  accountId: string;
  /** '' for the account itself. */
  networkCampaignId: string;
  /** Where to go when it is saved. */
  back: string;
}

/** `intent` rules saves the form's rules, remove takes a campaign's own away, margin saves the account's hours. */
export async function saveFromForm(request: Request, context: AppLoadContext, target: Target) {
  const { actor } = await requireUser(request, context);
  const form = await request.formData();
  const { accountId, networkCampaignId, back } = target;
  const allowed = () => {
    requireSameOrigin(request, context.config.publicUrl);
    requireCan(actor, 'manage_settings');
  };
  if (form.get('intent') === 'margin') {
    const submission = parseWithZod(withoutIntent(form), { schema: marginSchema });
    if (submission.status !== 'success')
      return data({ of: 'margin' as const, reply: submission.reply() }, { status: 422 });
    try {
      allowed();
      await saveMargin(context.ctx, { accountId, hours: submission.value.hours, actor });
    } catch (error) {
      const { data: answer, init } = refused(submission, error, ['hours']);
      return data({ of: 'margin' as const, ...answer }, init ?? {});
    }
    return redirect(`${back}&what=margin`);
  }
  const submission = parseWithZod(form, { schema: policyFormSchema });
  const remove = form.get('intent') === 'remove';
  if (!remove && submission.status !== 'success')
    return data({ of: 'rules' as const, reply: submission.reply() }, { status: 422 });
  try {
    allowed();
    const rules = remove ? null : submission.status === 'success' ? submission.value : undefined;
    await savePolicy(context.ctx, { accountId, networkCampaignId, rules, actor });
  } catch (error) {
    const { data: answer, init } = refused(submission, error, POLICY_FIELDS);
    return data({ of: 'rules' as const, ...answer }, init ?? {});
  }
  return redirect(back);
}
