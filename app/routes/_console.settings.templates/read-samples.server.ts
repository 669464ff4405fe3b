import { listRefunds, readReasonFacts, readSampleFacts } from '#app/modules/disputes/index.server.ts';
import type { ReasonFacts, TemplateKind } from '#app/modules/disputes/template-schema.ts';
import { TEMPLATE_KINDS } from '#app/modules/disputes/template-schema.ts';
import type { Ctx } from '#app/platform/context.server.ts';

/** Real refunds on which a template is shown: the newest of each kind, or the one that was asked for. */
export interface Samples {
  byKind: Record<TemplateKind, ReasonFacts | null>;
  /** The id that was looked up, and what it found. */
  asked: { q: string; facts: ReasonFacts | null } | null;
}

/** `q` is the id of a refund, its order, payment or lead; null: the newest of each kind. */
export async function readSamples(ctx: Ctx, q: string | null): Promise<Samples> {
  const found = await Promise.all(
    TEMPLATE_KINDS.map(async (kind) => [kind, await readSampleFacts(ctx, kind)] as const),
  );
  return {
    byKind: Object.fromEntries(found) as Samples['byKind'],
    asked: q === null ? null : { q, facts: await lookUp(ctx, q) },
  };
}

async function lookUp(ctx: Ctx, q: string): Promise<ReasonFacts | null> {
  const { items } = await listRefunds(ctx, { filter: { q }, limit: 5 });
  const withLead = items.find((refund) => refund.leadId !== null);
  return withLead ? readReasonFacts(ctx, { refundId: withLead.id }) : null;
}

/** What the address asks to be shown on. */
export const sampleAsked = (request: Request): string | null =>
  new URL(request.url).searchParams.get('on')?.replaceAll('\0', '').slice(0, 255).toWellFormed() || null;
