import type { ActionFunctionArgs } from '@remix-run/node';
import { listTemplates, previewBatch } from '#app/modules/disputes/index.server.ts';
import { requireCan, requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import { type BatchAsk, DEFAULT_TEXT, givenOf } from '../_console.batches/ask.ts';
import { selectionOf } from '../_console.batches/request.server.ts';
import { answered } from '../_console.leads/answer.server.ts';

/**
 * POST /batches/preview: what a batch would do, as JSON. Without `text` and `templateId` a reason is chosen to begin
 * with: the first template, else a plain text; `chosen` tells which.
 */
export async function action({ request, context }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  return answered(async () => {
    requireSameOrigin(request, context.config.publicUrl);
    requireCan(actor, 'dispute_lead');
    const form = new URLSearchParams(await request.text());
    const { ctx } = context;
    const templates = await listTemplates(ctx);
    const [first] = [...templates].sort((a, b) => Number(b.kind === 'any') - Number(a.kind === 'any'));
    const given = givenOf(form);
    const asked =
      given.text === undefined && given.templateId === undefined
        ? first
          ? { templateId: first.id }
          : { text: DEFAULT_TEXT }
        : given;
    const preview = await previewBatch(ctx, context.wiring.disputes, {
      selection: selectionOf(form, ctx.clock.now()),
      ...asked,
    });
    const chosen = {
      templateId: asked.templateId ?? null,
      text: asked.text ?? templates.find(({ id }) => id === asked.templateId)?.text ?? '',
    };
    return {
      preview,
      templates: templates.map(({ id, name, kind, text }) => ({ id, name, kind, text })),
      chosen,
    } satisfies BatchAsk;
  });
}
