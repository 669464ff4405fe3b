import type { PostbackDetail } from '#app/modules/outbox/detail-schema.ts';
import { Countdown } from '#app/ui/countdown.tsx';
import { Section } from '#app/ui/drawer.tsx';
import { type Fact, Facts } from '#app/ui/facts.tsx';
import { Money } from '#app/ui/money.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';

const HOLD: Record<string, string> = {
  pending_release: 'Held',
  released: 'Released: can no longer be disputed',
  disputed: 'Disputed: the affiliate is not paid',
  none: 'No holding period: paid at once, cannot be disputed',
};

/** What the network made of it. */
export function LeadSection({ postback }: { postback: PostbackDetail }) {
  const { lead } = postback;
  if (!lead) return null;
  const items: Fact[] = [
    { term: 'Lead', value: <TextLink to={`/leads/${lead.id}`}>{lead.networkLeadId}</TextLink>, mono: true },
    { term: 'Payout', value: <Money minor={lead.payoutCents} currency={lead.currency ?? 'USD'} /> },
    { term: 'Network says', value: lead.status ?? 'unknown' },
    {
      term: 'Hold',
      value: `${HOLD[lead.holdState] ?? lead.holdState}${lead.holdState === 'pending_release' ? ` for ${lead.holdingPeriodDays} days${lead.holdAssumed ? ' (assumed: the campaign is not known yet)' : ''}` : ''}`,
      wrap: true,
    },
    ...(lead.holdState === 'pending_release' && lead.disputeBy
      ? [{ term: 'Dispute by', value: <Countdown deadline={lead.disputeBy} /> }]
      : []),
    ...(lead.affiliateId ? [{ term: 'Affiliate', value: lead.affiliateId, mono: true }] : []),
    ...lead.flags.map((flag): Fact => ({ term: 'Look at', value: flag.message, wrap: true })),
    ...postback.refunds.map(
      (refund): Fact => ({
        term: refund.kind === 'refund' ? 'Refund' : refund.kind,
        value: <TextLink to={`/refunds?open=${refund.id}`}>{refund.refundId}</TextLink>,
        mono: true,
      }),
    ),
  ];
  return (
    <Section title="Lead">
      <Facts items={items} />
    </Section>
  );
}

/** What was reported, with the way to the whole story. */
export function ConversionSection({ postback }: { postback: PostbackDetail }) {
  const { conversion } = postback;
  if (!conversion) return null;
  const items: Fact[] = [
    { term: 'Order', value: conversion.externalId, mono: true },
    { term: 'Event', value: conversion.eventType },
    {
      term: 'Revenue',
      value: <Money minor={conversion.revenueCents} currency={conversion.currency ?? 'USD'} />,
    },
    { term: 'Happened', value: <Time at={conversion.occurredAt} as="full" /> },
    { term: 'Reported', value: <Time at={conversion.createdAt} as="full" /> },
    ...(conversion.recordType
      ? [
          {
            term: 'Record',
            value: `${conversion.recordType.replaceAll('_', ' ')} ${conversion.recordId}`,
            mono: true,
          },
        ]
      : []),
    { term: 'Postback', value: postback.id, mono: true },
  ];
  return (
    <Section
      title="Conversion"
      end={<TextLink to={`/conversions/${conversion.id}`}>Its whole story</TextLink>}
    >
      <Facts items={items} />
    </Section>
  );
}

const DEEDS: Record<string, string> = {
  message_retried: 'retried it',
  message_resent: 'sent it again',
  step_skipped: 'skipped a step',
};

/** Who did what to it. */
export function AuditSection({ postback }: { postback: PostbackDetail }) {
  if (postback.audit.length === 0) return null;
  return (
    <Section title="Who did what">
      <Facts
        items={postback.audit.map((entry) => ({
          term: <Time at={entry.createdAt} />,
          value: `${entry.actorName}${entry.actorType === 'api_key' ? ' (API key)' : ''} ${DEEDS[entry.action] ?? entry.action.replaceAll('_', ' ')}`,
          wrap: true,
        }))}
      />
    </Section>
  );
}
