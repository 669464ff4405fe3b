import { parseWithZod } from '@conform-to/zod/v4';
import { type AppLoadContext, data, redirect } from '@remix-run/node';
import { CHANNEL_FORMS, type ChannelInput } from '#app/modules/alerts/form-schema.ts';
import { saveChannel } from '#app/modules/alerts/index.server.ts';
import type { ChannelKind } from '#app/modules/alerts/schema.ts';
import { requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { refused } from '../_console.settings/refused.server.ts';

/** A signing secret that was just made, shown this once. */
export interface MadeSecret {
  id: string;
  name: string;
  secret: string;
}

const SECRETS = ['url', 'secret'];

/**
 * Saves the form of a channel, as a new one or as the one with `id`, and goes back to the list; stays where a secret was
 * made, for it is in this answer and nowhere else.
 */
export async function saveChannelForm(
  request: Request,
  context: AppLoadContext,
  kind: ChannelKind,
  id?: string,
) {
  const { actor } = await requireUser(request, context);
  const submission = parseWithZod(await request.formData(), { schema: CHANNEL_FORMS[kind] });
  if (submission.status !== 'success')
    return data({ reply: submission.reply({ hideFields: ['secret'] }) }, { status: 422 });
  const channel: ChannelInput = submission.value;
  try {
    requireSameOrigin(request, context.config.publicUrl);
    const saved = await saveChannel(context.ctx, {
      ...(id === undefined ? {} : { id }),
      kind,
      channel,
      actor,
    });
    if (saved.secret === null) return redirect(`/settings/alerts?saved=${saved.id}`);
    const made: MadeSecret = { id: saved.id, name: channel.name, secret: saved.secret };
    return data({ reply: submission.reply({ hideFields: SECRETS }), made });
  } catch (error) {
    return refused(submission, error, ['name', 'addresses', 'url', 'secret'], ['secret']);
  }
}
