import type { Ctx } from '#app/platform/context.server.ts';
import { numberOrNull } from '#app/platform/db/numbers.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { safetyOf } from './deadline-safety.server.ts';
import type { RefundItem } from './inbox-schema.ts';
import { decideBy, type Safety } from './policy-rules.ts';
import { choicesFor, type Disposition, plainRefundId } from './schema.ts';

type Read = Pick<Ctx, 'store'>;
type RefundRow = NonNullable<Awaited<ReturnType<Conn['prisma']['refund']['findUnique']>>>;

export interface RefundPage {
  items: RefundItem[];
  nextAfter: string | null;
  prevBefore: string | null;
}

/** Rows by what one of their columns says. */
const byColumn = <Row, Key>(rows: readonly Row[], key: (row: Row) => Key): Map<Key, Row> =>
  new Map(rows.map((row) => [key(row), row]));

/** Refunds by id, in the order given, with their order, lead, dispute and loss. */
export async function readRefunds({ store }: Read, ids: readonly string[]): Promise<RefundItem[]> {
  if (ids.length === 0) return [];
  const { prisma } = store;
  const rows = await prisma.refund.findMany({ where: { id: { in: [...ids] } } });
  const some = (values: (string | null)[]): string[] => [
    ...new Set(values.filter((value) => value !== null)),
  ];
  const [conversions, leads, messages, losses] = await Promise.all([
    prisma.conversion.findMany({
      where: { id: { in: some(rows.map((row) => row.conversionId)) } },
      select: { id: true, externalId: true, revenueCents: true, currency: true, postbackId: true },
    }),
    prisma.lead.findMany({ where: { id: { in: some(rows.map((row) => row.leadId)) } } }),
    prisma.outboxMessage.findMany({
      where: { id: { in: some(rows.map((row) => row.disputeMessageId)) } },
      omit: { payload: true },
    }),
    prisma.loss.findMany({ where: { leadId: { in: some(rows.map((row) => row.leadId)) } } }),
  ]);
  const postbacks = await prisma.outboxMessage.findMany({
    where: { id: { in: some(conversions.map((row) => row.postbackId)) } },
    select: { id: true, status: true },
  });
  const safety = new Map<string, Safety>();
  for (const accountId of new Set(leads.map((lead) => lead.accountId)))
    safety.set(accountId, await safetyOf(store, accountId));
  const byId = byColumn(rows, (row) => row.id);
  const orderOf = byColumn(conversions, (row) => row.id);
  const leadOf = byColumn(leads, (row) => row.id);
  const disputeOf = byColumn(messages, (row) => row.id);
  const lossOf = byColumn(losses, (row) => row.leadId);
  const postbackOf = byColumn(postbacks, (row) => row.id);
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    const order = orderOf.get(row.conversionId ?? '');
    const lead = leadOf.get(row.leadId ?? '');
    const dispute = disputeOf.get(row.disputeMessageId ?? '');
    const loss = lossOf.get(row.leadId ?? '');
    return [
      {
        ...plain(row),
        order: order
          ? {
              externalId: order.externalId,
              revenueCents: numberOrNull(order.revenueCents),
              currency: order.currency,
              postbackId: order.postbackId,
              postbackStatus: postbackOf.get(order.postbackId ?? '')?.status ?? null,
            }
          : null,
        lead: lead
          ? {
              networkLeadId: lead.networkLeadId,
              payoutCents: numberOrNull(lead.payoutCents ?? lead.expectedCents),
              currency: lead.currency,
              holdState: lead.holdState,
              disputeBy: lead.disputeBy?.toISOString() ?? null,
              decideBy: decideByOf(lead, safety.get(lead.accountId)),
              affiliateId: lead.affiliateId,
              approvalId: lead.approvalId,
            }
          : null,
        dispute: dispute
          ? {
              messageId: dispute.id,
              status: dispute.status,
              attempts: dispute.attempts,
              dueAt: dispute.dueAt.toISOString(),
              errorMessage: dispute.errorMessage,
            }
          : null,
        loss: loss
          ? { payoutCents: numberOrNull(loss.payoutCents), currency: loss.currency, cause: loss.cause }
          : null,
      },
    ];
  });
}

const decideByOf = (lead: { disputeBy: Date | null }, safety: Safety | undefined): string | null =>
  lead.disputeBy && safety ? decideBy(lead.disputeBy, safety).toISOString() : null;

const plain = (row: RefundRow) => ({
  id: row.id,
  refundId: plainRefundId(row),
  externalId: row.externalId,
  paymentId: row.paymentId,
  kind: row.kind,
  amountCents: numberOrNull(row.amountCents),
  full: row.full,
  note: row.note,
  source: row.source,
  disposition: row.disposition as Disposition,
  explanation: row.explanation,
  occurredAt: row.occurredAt.toISOString(),
  createdAt: row.createdAt.toISOString(),
  currency: row.currency,
  matchedBy: row.matchedBy,
  matchDoubt: row.matchDoubt,
  graceUntil: row.graceUntil?.toISOString() ?? null,
  reversal: row.reversal,
  reversedAt: row.reversedAt?.toISOString() ?? null,
  copyOf: row.copyOf,
  choices: choicesFor(row.disposition),
  conversionId: row.conversionId,
  leadId: row.leadId,
});
