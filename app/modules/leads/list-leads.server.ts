import type { Connector } from '#app/connectors/types.ts';
import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import { parameters } from '#app/platform/db/parameters.server.ts';
import type { LeadFilter, LeadItem, LeadOrder, LeadRefund } from './lead-schema.ts';
import {
  conditionsOf,
  orderOf,
  readCursor,
  resolveLeads,
  walk,
  writeCursor,
} from './list-leads-sql.server.ts';
import { disputeRefusal } from './policy.ts';
import type { HoldState, LeadFlag } from './schema.ts';

/** Finds the connector of an account; given by the composition root. */
export type ConnectorFor = (accountId: string) => Promise<Connector>;

export interface ListLeadsInput {
  filter: LeadFilter;
  /** 1–200. */
  limit: number;
  /** Cursors of `LeadPage`; one that cannot be read begins at the start. */
  after?: string | undefined;
  before?: string | undefined;
}

export interface LeadPage {
  items: LeadItem[];
  order: LeadOrder;
  nextAfter: string | null;
  prevBefore: string | null;
}

type LeadRow = NonNullable<Awaited<ReturnType<Ctx['store']['prisma']['lead']['findUnique']>>>;
type RefundRow = NonNullable<Awaited<ReturnType<Ctx['store']['prisma']['refund']['findUnique']>>>;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** One page of leads with their refund and dispute. Walks one index; the cost does not grow with the table. */
export async function listLeads(
  ctx: Pick<Ctx, 'store' | 'clock'>,
  connectorFor: ConnectorFor,
  input: ListLeadsInput,
): Promise<LeadPage> {
  const limit = Math.min(Math.max(Math.trunc(input.limit), 1), 200);
  const { dialect } = ctx.store;
  const filter = await resolveLeads(ctx, input.filter);
  const order = orderOf(input.filter);
  const back = input.before !== undefined;
  const cursor = readCursor(input.before ?? input.after ?? '');
  const params = parameters(dialect);
  const conditions = conditionsOf(dialect, filter, params);
  const step = walk(dialect, order, cursor, back, params);
  const where = [...conditions, ...step.conditions].join(' AND ') || '1 = 1';
  const found = await ctx.store.query<{ id: string; disputeBy: Date | null }>(
    `SELECT "id", "disputeBy" FROM "Lead" WHERE ${where} ORDER BY ${step.orderBy} LIMIT ${limit + 1}`,
    ...params.args,
  );
  const more = found.length > limit;
  const page = found.slice(0, limit);
  if (back) page.reverse();
  const [first, last] = [page.at(0), page.at(-1)];
  return {
    items: await readLeads(
      ctx,
      connectorFor,
      page.map((row) => row.id),
    ),
    order,
    nextAfter: last && (back || more) ? writeCursor(last) : null,
    prevBefore: first && (back ? more : cursor !== null) ? writeCursor(first) : null,
  };
}

/** Leads by id, in the order given, as lists and pages tell them; unknown ids are left out. */
export async function readLeads(
  ctx: Pick<Ctx, 'store' | 'clock'>,
  connectorFor: ConnectorFor,
  ids: readonly string[],
): Promise<LeadItem[]> {
  if (ids.length === 0) return [];
  const { prisma } = ctx.store;
  const leads = await prisma.lead.findMany({ where: { id: { in: [...ids] } } });
  const campaignIds = [...new Set(leads.map((lead) => lead.networkCampaignId).filter((id) => id !== null))];
  const messageIds = leads.map((lead) => lead.disputeMessageId).filter((id) => id !== null);
  const [refunds, messages, campaigns, accounts, conversions] = await Promise.all([
    prisma.refund.findMany({
      where: { leadId: { in: leads.map((lead) => lead.id) } },
      orderBy: { id: 'desc' },
    }),
    prisma.outboxMessage.findMany({
      where: { id: { in: messageIds } },
      select: { id: true, status: true, attempts: true, dueAt: true, attemptStartedAt: true },
    }),
    prisma.campaign.findMany({
      where: { networkCampaignId: { in: campaignIds } },
      select: { accountId: true, networkCampaignId: true, name: true },
    }),
    prisma.networkAccount.findMany({ select: { id: true, name: true } }),
    prisma.conversion.findMany({
      where: { id: { in: leads.map((lead) => lead.conversionId) } },
      select: { id: true, revenueCents: true, currency: true },
    }),
  ]);
  const connectors = new Map<string, Connector>();
  for (const id of new Set(leads.map((lead) => lead.accountId))) connectors.set(id, await connectorFor(id));
  const byId = new Map(leads.map((lead) => [lead.id, lead]));
  return ids.flatMap((id) => {
    const lead = byId.get(id);
    const connector = lead && connectors.get(lead.accountId);
    if (!lead || !connector) return [];
    const own = refunds.filter((refund) => refund.leadId === id);
    const order = conversions.find((row) => row.id === lead.conversionId);
    const message = messages.find((row) => row.id === lead.disputeMessageId);
    return [
      {
        ...plain(lead),
        network: accounts.find((account) => account.id === lead.accountId)?.name ?? 'unknown',
        connector: connector.label,
        campaignName:
          campaigns.find(
            (row) => row.accountId === lead.accountId && row.networkCampaignId === lead.networkCampaignId,
          )?.name ?? null,
        revenueCents: numberOrNull(order?.revenueCents ?? null),
        revenueCurrency: order?.currency ?? null,
        refund: foremost(own),
        refundCount: own.length,
        dispute: message
          ? {
              messageId: message.id,
              status: message.status,
              attempts: message.attempts,
              dueAt: message.dueAt.toISOString(),
              sentAt: iso(message.attemptStartedAt),
            }
          : null,
        refusal:
          disputeRefusal(lead, nowOf(ctx)) ??
          (connector.capabilities.dispute
            ? null
            : `${connector.label} takes no disputes by API: tell them yourself.`),
      },
    ];
  });
}

const plain = (lead: LeadRow) => ({
  id: lead.id,
  networkLeadId: lead.networkLeadId,
  conversionId: lead.conversionId,
  postbackId: lead.postbackId,
  externalId: lead.externalId,
  trackingCode: lead.trackingCode,
  campaignId: lead.networkCampaignId,
  affiliateId: lead.affiliateId,
  payoutCents: numberOrNull(lead.payoutCents),
  expectedCents: numberOrNull(lead.expectedCents),
  currency: lead.currency,
  flags: lead.flags ? (JSON.parse(lead.flags) as LeadFlag[]) : [],
  status: lead.status,
  holdState: lead.holdState as HoldState,
  holdingPeriodDays: lead.holdingPeriodDays,
  holdAssumed: lead.holdAssumed,
  heldSince: lead.heldSince.toISOString(),
  disputeBy: iso(lead.disputeBy),
  releasedAt: iso(lead.releasedAt),
  disputedAt: iso(lead.disputedAt),
  disputeReason: lead.disputeReason,
  createdAt: lead.createdAt.toISOString(),
});

const WAITING = ['needs_review', 'manual', 'in_grace', 'disputing', 'awaiting_lead'];

/** Of several refunds, one that waits for somebody, else the latest. `rows` are newest first. */
function foremost(rows: readonly RefundRow[]): LeadRefund | null {
  const row = rows.find((refund) => WAITING.includes(refund.disposition)) ?? rows[0];
  return row ? refundOf(row) : null;
}

/** A refund as evidence. */
export const refundOf = (row: RefundRow): LeadRefund => ({
  id: row.id,
  // a row for a further report of the order carries that report's id behind a # (disputes' README)
  refundId: row.copyOf === null ? row.refundId : row.refundId.slice(0, row.refundId.lastIndexOf('#')),
  kind: row.kind,
  amountCents: numberOrNull(row.amountCents),
  full: row.full,
  note: row.note,
  source: row.source,
  disposition: row.disposition,
  explanation: row.explanation,
  occurredAt: row.occurredAt.toISOString(),
  createdAt: row.createdAt.toISOString(),
});
