import type { LoaderFunctionArgs } from '@remix-run/node';
import { listTemplates, readReasonFacts } from '#app/modules/disputes/index.server.ts';
import { type ReasonFacts, renderReason, type TemplateKind } from '#app/modules/disputes/template-schema.ts';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { answered } from '../_console.leads/answer.server.ts';

/** A template written for one lead. */
export interface WrittenReason {
  id: string;
  name: string;
  reason: string;
  /** Why it cannot be sent for this lead, or null. */
  error: string | null;
}

/** GET /leads/:id/reasons: the templates that fit the lead's refund, written for it, as JSON. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireUser(request, context);
  return answered(async (): Promise<{ reasons: WrittenReason[] }> => {
    const [templates, facts] = await Promise.all([
      listTemplates(context.ctx),
      readReasonFacts(context.ctx, { leadId: params.id ?? '' }),
    ]);
    if (!facts) return { reasons: [] };
    const reasons = templates
      .filter(({ kind }) => fits(kind, facts))
      .map(({ id, name, text }) => {
        const { reason, error } = renderReason(text, facts);
        return { id, name, reason, error };
      });
    return { reasons };
  });
}

const fits = (kind: TemplateKind, { refund }: ReasonFacts): boolean =>
  kind === 'any' || kind === refund?.kind;
