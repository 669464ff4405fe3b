import type { RefundDetail } from '#app/modules/disputes/index.server.ts';
import { Callout } from '#app/ui/callout.tsx';
import { Countdown } from '#app/ui/countdown.tsx';
import { Drawer, Section } from '#app/ui/drawer.tsx';
import { type Fact, Facts } from '#app/ui/facts.tsx';
import { Money } from '#app/ui/money.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';
import { Audit } from '../_console.leads/lead-detail.tsx';
import { sourceWords, whatHappened } from '../_console.leads/lead-words.ts';
import { RefundAct, type RefundActions } from './columns.tsx';
import { DISPOSITION_LOOKS } from './disposition.ts';

interface Props {
  refund: RefundDetail;
  actions: RefundActions;
  position?: string;
  onClose: () => void;
  onPrev: (() => void) | null;
  onNext: (() => void) | null;
}

/** One refund beside the inbox: what happens to it and why, its order, its lead, who decided. */
export function RefundDrawer({ refund, actions, onClose, onPrev, onNext, position }: Props) {
  const look = DISPOSITION_LOOKS[refund.disposition] ?? {
    meaning: 'neutral' as const,
    label: refund.disposition,
  };
  const { lead, loss } = refund;
  return (
    <Drawer
      label={`Refund ${refund.refundId}`}
      noun="refund"
      onClose={onClose}
      onPrev={onPrev}
      onNext={onNext}
      {...(position === undefined ? {} : { position })}
      title={<span className="mono">{refund.refundId}</span>}
      {...(lead ? { amount: <Money minor={lead.payoutCents} currency={lead.currency ?? 'USD'} /> } : {})}
      {...(refund.choices.length > 0
        ? { action: <RefundAct refund={refund} actions={actions} primary /> }
        : {})}
      meta={
        <>
          <StatusBadge {...look} />
          {lead?.holdState === 'pending_release' && lead.disputeBy !== null && (
            <Countdown deadline={lead.disputeBy} prefix="dispute within" />
          )}
          <span className="c3">{whatHappened(refund, refund.order?.revenueCents ?? null)}</span>
        </>
      }
    >
      <Callout meaning={look.meaning} title="What happens to it.">
        {refund.explanation}
      </Callout>
      {loss && (
        <Callout
          meaning="lost"
          title="Lost:"
          link={<TextLink to="/losses">How it could have been caught</TextLink>}
        >
          <Money minor={loss.payoutCents} currency={loss.currency ?? 'USD'} /> went to the affiliate.
        </Callout>
      )}
      {refund.conflicts > 0 && (
        <Callout meaning="needs" title="Reported twice with different content.">
          Something else came {refund.conflicts === 1 ? 'once' : `${refund.conflicts} times`} under this
          refund id. The first report counts.
        </Callout>
      )}
      <Section title="Refund">
        <Facts items={refundFacts(refund)} />
      </Section>
      <Section title="Order and lead">
        <Facts items={orderFacts(refund)} />
      </Section>
      <Audit items={refund.audit} />
    </Drawer>
  );
}

function refundFacts(refund: RefundDetail): Fact[] {
  const currency = refund.order?.currency ?? refund.lead?.currency ?? 'USD';
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
  ];
}

function orderFacts(refund: RefundDetail): Fact[] {
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
    ...(lead
      ? [
          {
            term: 'Dispute by',
            value: lead.disputeBy ? <Time at={lead.disputeBy} as="full" /> : 'no dispute is possible',
            wrap: true,
          },
        ]
      : []),
    ...(refund.dispute?.errorMessage
      ? [{ term: 'The network said', value: refund.dispute.errorMessage, wrap: true }]
      : []),
  ];
}
