import { parseWithZod } from '@conform-to/zod/v4';
import { type AppLoadContext, data, redirect } from '@remix-run/node';
import { saveAccount } from '#app/modules/campaigns/index.server.ts';
import { requireCan, requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { refused } from '../_console.settings/refused.server.ts';
import { accountFields, accountFormSchema } from './account-form.ts';
import type { Connector } from './pick.server.ts';

/** Saves what the form holds, as a new account or as the one with `id`, and goes back to the list. */
export async function saveFromForm(
  request: Request,
  context: AppLoadContext,
  connector: Connector,
  id?: string,
) {
  const { actor } = await requireUser(request, context);
  const names = connector.credentialFields.map((field) => field.name);
  const secrets = names.map((name) => `credentials.${name}`);
  const submission = parseWithZod(await request.formData(), { schema: accountFormSchema(names) });
  if (submission.status !== 'success')
    return data({ reply: submission.reply({ hideFields: secrets }) }, { status: 422 });
  const { name, baseUrl, credentials, retryScheduleSeconds } = submission.value;
  try {
    requireSameOrigin(request, context.config.publicUrl);
    requireCan(actor, 'manage_settings');
    const account = {
      name,
      baseUrl,
      connector: connector.id,
      credentials,
      retryScheduleSeconds: retryScheduleSeconds ?? null,
    };
    const saved = await saveAccount(context.ctx, {
      ...(id === undefined ? {} : { id }),
      account,
      connector,
      origin: 'settings',
      actor,
    });
    return redirect(`/settings/accounts?saved=${saved.id}`);
  } catch (error) {
    return refused(submission, error, accountFields(names), secrets);
  }
}
