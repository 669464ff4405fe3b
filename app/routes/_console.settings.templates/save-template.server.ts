import { parseWithZod } from '@conform-to/zod/v4';
import { type AppLoadContext, data, redirect } from '@remix-run/node';
import { saveTemplate } from '#app/modules/disputes/index.server.ts';
import { templateSchema } from '#app/modules/disputes/template-schema.ts';
import { requireCan, requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { refused } from '../_console.settings/refused.server.ts';
import { oneLineEnds } from './template-form.tsx';

/** Saves the form of a template, as a new one or as the one with `id`, and goes back to the list. */
export async function saveTemplateForm(
  request: Request,
  context: AppLoadContext,
  form: FormData,
  id?: string,
) {
  const { actor } = await requireUser(request, context);
  const submission = parseWithZod(oneLineEnds(form), { schema: templateSchema });
  if (submission.status !== 'success') return data({ reply: submission.reply() }, { status: 422 });
  try {
    requireSameOrigin(request, context.config.publicUrl);
    requireCan(actor, 'manage_settings');
    const saved = await saveTemplate(context.ctx, { id, template: submission.value, actor });
    return redirect(`/settings/templates?saved=${encodeURIComponent(saved.id)}`);
  } catch (error) {
    return refused(submission, error, ['name', 'kind', 'text']);
  }
}
