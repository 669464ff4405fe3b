import type { LoaderFunctionArgs } from '@remix-run/node';
import { getRefund } from '#app/modules/disputes/index.server.ts';
import { listLeads } from '#app/modules/leads/index.server.ts';
import type { LeadItem } from '#app/modules/leads/lead-schema.ts';
import { requireUser } from '#app/modules/operators/index.server.ts';
import { readDepsOf } from '#app/modules/outbox/index.server.ts';
import { AppError } from '#app/platform/errors.ts';

/** Leads offered at once. */
const LIMIT = 12;

/**
 * GET /refunds/:id/leads: leads that a refund may belong to, found by `q` (an order, payment, lead, refund or tracking
 * code id), and without one by every id that the refund came with.
 */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireUser(request, context);
  const refund = await getRefund(context.ctx, params.id ?? '').catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'NOT_FOUND') throw new Response(null, { status: 404 });
    throw error;
  });
  const q = new URL(request.url).searchParams.get('q')?.replaceAll('\0', '').slice(0, 255) ?? '';
  const ids = [
    refund.externalId,
    refund.paymentId,
    ...refund.keys.map(({ key }) => key),
    // what it was tied to so far
    refund.leadId,
  ];
  const sought = q === '' ? [...new Set(ids.filter((id) => id !== null))] : [q];
  const { connectorFor } = readDepsOf(context);
  const pages = await Promise.all(
    sought
      .slice(0, 12)
      .map((id) => listLeads(context.ctx, connectorFor, { filter: { q: id }, limit: LIMIT })),
  );
  const found = new Map(pages.flatMap(({ items }) => items).map((lead) => [lead.id, lead]));
  return { q, leads: [...found.values()].slice(0, LIMIT).map(offered), more: found.size > LIMIT };
}

const offered = (lead: LeadItem) => ({
  id: lead.id,
  externalId: lead.externalId,
  networkLeadId: lead.networkLeadId,
  network: lead.network,
  campaign: lead.campaignName ?? lead.campaignId,
  affiliateId: lead.affiliateId,
  payoutCents: lead.payoutCents ?? lead.expectedCents,
  currency: lead.currency,
  holdState: lead.holdState,
  disputeBy: lead.disputeBy,
  createdAt: lead.createdAt,
});
