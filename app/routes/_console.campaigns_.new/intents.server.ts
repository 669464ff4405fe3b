import type { ActionFunctionArgs } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import {
  activateCampaign,
  importCampaign,
  setLandingUrl,
  startOnboarding,
  syncCampaign,
} from '#app/modules/campaigns/index.server.ts';
import { importCampaignSchema } from '#app/modules/campaigns/schema.ts';
import { fireTestPostback } from '#app/modules/onboarding/index.server.ts';
import { stepHref } from '#app/modules/onboarding/policy.ts';
import { requireCan, requireSameOrigin, requireUser } from '#app/modules/operators/index.server.ts';
import type { Actor } from '#app/platform/context.server.ts';
import { AppError } from '#app/platform/errors.ts';

interface Asked {
  context: ActionFunctionArgs['context'];
  form: FormData;
  actor: Actor;
  /** The campaign that the address names. */
  id: string;
}
/** What a step's action came to; `fired` is the externalId of a test postback. */
export interface IntentResult {
  intent: string;
  fired?: string;
  error: { code: string; message: string } | null;
}

const text = (form: FormData, name: string): string => String(form.get(name) ?? '');

const INTENTS: Record<string, (asked: Asked) => Promise<Response | { fired?: string }>> = {
  async import({ context, form, actor }) {
    const parsed = importCampaignSchema.safeParse({
      networkCampaignId: text(form, 'networkCampaignId').trim(),
      network: text(form, 'network'),
    });
    if (!parsed.success)
      throw new AppError('VALIDATION_ERROR', parsed.error.issues.map((issue) => issue.message).join(' '));
    const { id } = await importCampaign(context.ctx, context.wiring.campaigns, { ...parsed.data, actor });
    return redirect(stepHref(id, 1));
  },
  async choose({ context, form, actor }) {
    const id = text(form, 'id');
    await startOnboarding(context.ctx, { id, actor });
    return redirect(stepHref(id, 1));
  },
  async again({ context, actor, id }) {
    await startOnboarding(context.ctx, { id, actor, again: true });
    return redirect(stepHref(id, 2));
  },
  async sync({ context, id }) {
    await syncCampaign(context.ctx, context.wiring.campaigns, { id });
    return {};
  },
  async landing({ context, form, actor, id }) {
    await setLandingUrl(context.ctx, { id, landingUrl: text(form, 'landingUrl').trim(), actor });
    return {};
  },
  async fire({ context, actor, id }) {
    const { externalId } = await fireTestPostback(
      context.ctx,
      { ...context.wiring.campaigns, intake: context.intake },
      { campaignId: id, actor },
    );
    return { fired: externalId };
  },
  async activate({ context, actor, id }) {
    await activateCampaign(context.ctx, context.wiring.campaigns, { id, actor });
    return redirect(`/campaigns/${encodeURIComponent(id)}`);
  },
};

/** Runs the intent of a form of the wizard. A refusal is an answer with its words, never a blank page. */
export async function runIntent({ request, context }: ActionFunctionArgs) {
  const { actor } = await requireUser(request, context);
  const form = await request.formData();
  const intent = text(form, 'intent');
  try {
    requireSameOrigin(request, context.config.publicUrl);
    requireCan(actor, 'manage_campaigns');
    const run = INTENTS[intent];
    if (!run)
      throw new AppError(
        'VALIDATION_ERROR',
        'The wizard knows no such action. Reload the page and try again.',
      );
    const id = new URL(request.url).searchParams.get('campaign') ?? '';
    const result = await run({ context, form, actor, id });
    if (result instanceof Response) return result;
    return data<IntentResult>({ intent, ...result, error: null });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return data<IntentResult>(
      { intent, error: { code: error.code, message: error.message } },
      { status: error.status },
    );
  }
}
