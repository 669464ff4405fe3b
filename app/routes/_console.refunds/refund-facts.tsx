import type { RefundDetail } from '#app/modules/disputes/index.server.ts';
import type { Fact } from '#app/ui/facts.tsx';
import { Money } from '#app/ui/money.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';
import { sourceWords } from '../_console.leads/lead-words.ts';
import { keyWords, matchedWords } from './match-words.ts';

/** What is known of the refund itself: where from, how much, when, and the ids it came with. */
export function refundFacts(refund: RefundDetail): Fact[] {
  const currency = refund.currency ?? refund.order?.currency ?? refund.lead?.currency ?? 'USD';
  const keys = refund.keys.filter(({ key }) => key !== refund.paymentId && key !== refund.externalId);
  return [
    { term: 'From', value: sourceWords(refund.source) },
    ...(refund.amountCents === null
      ? []
      : [{ term: 'Given back', value: <Money minor={refund.amountCents} currency={currency} /> }]),
    { term: 'Happened', value: <Time at={refund.occurredAt} as="full" />, wrap: true },
    { term: 'Known here', value: <Time at={refund.createdAt} as="full" />, wrap: true },
    ...(refund.note === null ? [] : [{ term: 'Note', value: refund.note, wrap: true }]),
    ...(refund.paymentId === null
      ? []
      : [{ term: 'Payment', value: refund.paymentId, mono: true, wrap: true }]),
    ...keys.map(({ kind, key }) => ({ term: capital(keyWords(kind)), value: key, mono: true, wrap: true })),
  ];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The order and the lead that it was found to belong to, and by which id. */
export function orderFacts(refund: RefundDetail): Fact[] {
  const { order, lead } = refund;
  if (!order)
    return [{ term: 'Order', value: refund.externalId ?? 'not found', mono: refund.externalId !== null }];
  return [
    {
      term: 'Order',
      value: refund.conversionId ? (
        <TextLink to={`/conversions/${encodeURIComponent(refund.conversionId)}`}>{order.externalId}</TextLink>
      ) : (
        order.externalId
      ),
      mono: true,
    },
    ...(refund.matchedBy === null ? [] : [{ term: 'Found', value: matchedWords(refund.matchedBy) }]),
    { term: 'Order total', value: <Money minor={order.revenueCents} currency={order.currency ?? 'USD'} /> },
    {
      term: 'Postback',
      value: order.postbackId ? (
        <TextLink to={`/postbacks/${encodeURIComponent(order.postbackId)}`}>
          {order.postbackStatus ?? order.postbackId}
        </TextLink>
      ) : (
        'none: the order had no tracking code'
      ),
    },
    {
      term: 'Lead',
      value:
        lead && refund.leadId ? (
          <TextLink to={`/leads/${encodeURIComponent(refund.leadId)}`}>{lead.networkLeadId}</TextLink>
        ) : (
          'none yet'
        ),
      mono: lead !== null,
    },
    ...deadlineFacts(refund),
    ...(refund.dispute?.errorMessage
      ? [{ term: 'The network said', value: refund.dispute.errorMessage, wrap: true }]
      : []),
  ];
}

function deadlineFacts({ lead, graceUntil, disposition }: RefundDetail): Fact[] {
  if (!lead) return [];
  const held = lead.holdState === 'pending_release';
  return [
    {
      term: 'Dispute by',
      value: lead.disputeBy ? <Time at={lead.disputeBy} as="full" /> : 'no dispute is possible',
      wrap: true,
    },
    ...(held && lead.decideBy !== null
      ? [{ term: 'Urgent from', value: <Time at={lead.decideBy} as="full" />, wrap: true }]
      : []),
    ...(disposition === 'in_grace' && graceUntil !== null
      ? [{ term: 'In grace until', value: <Time at={graceUntil} as="full" />, wrap: true }]
      : []),
  ];
}
