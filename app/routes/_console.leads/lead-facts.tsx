import type { LeadDetail } from '#app/modules/leads/index.server.ts';
import { CopyButton } from '#app/ui/copy-button.tsx';
import { Countdown } from '#app/ui/countdown.tsx';
import type { Fact } from '#app/ui/facts.tsx';
import { Money } from '#app/ui/money.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';

/** When the hold began, how long it is, and when it ends. */
export function holdFacts(lead: LeadDetail): Fact[] {
  const days = lead.holdingPeriodDays === 1 ? '1 day' : `${lead.holdingPeriodDays} days`;
  const frozen = lead.holdAssumed
    ? `${days}, assumed: the campaign has not told its own yet`
    : `${days}, frozen when the lead was opened`;
  return [
    { term: 'Held since', value: <Time at={lead.heldSince} as="full" />, wrap: true },
    {
      term: 'Why then',
      value: 'Start of the first attempt that could have created the lead: the worst case.',
      wrap: true,
    },
    { term: 'Holding period', value: frozen, wrap: true },
    {
      term: 'Dispute by',
      value: lead.disputeBy ? (
        <Time at={lead.disputeBy} as="full" />
      ) : (
        'No dispute is possible: the money was released at once.'
      ),
      wrap: true,
    },
    ...(lead.holdState === 'pending_release' && lead.disputeBy
      ? [{ term: 'Left', value: <Countdown deadline={lead.disputeBy} pastWord="Ended" /> }]
      : []),
    ...(lead.disputedAt
      ? [{ term: 'Disputed', value: <Time at={lead.disputedAt} as="full" />, wrap: true }]
      : []),
    ...(lead.disputeReason ? [{ term: 'Reason given', value: lead.disputeReason, wrap: true }] : []),
  ];
}

/** What is paid, and what was to be expected. */
export function moneyFacts(lead: LeadDetail): Fact[] {
  const currency = lead.currency ?? 'USD';
  return [
    { term: 'Payout', value: <Money minor={lead.payoutCents} currency={currency} /> },
    {
      term: 'Expected',
      value: <Money minor={lead.expectedCents} currency={currency} />,
      proven: lead.expectedCents !== null && lead.expectedCents === lead.payoutCents,
    },
    { term: 'Order', value: <Money minor={lead.revenueCents} currency={lead.revenueCurrency ?? currency} /> },
  ];
}

/** The ids under which the lead is known, here and at the network. */
export function idFacts(lead: LeadDetail): Fact[] {
  const id = (value: string, label: string) => (
    <span className="row gap-1">
      <span className="trunc">{value}</span>
      <CopyButton text={value} label={`Copy ${label}`} />
    </span>
  );
  return [
    { term: `${lead.connector} lead`, value: id(lead.networkLeadId, 'the network’s lead id'), mono: true },
    { term: 'Network says', value: lead.status ?? 'unknown' },
    {
      term: 'Order',
      value: (
        <TextLink to={`/conversions/${encodeURIComponent(lead.conversionId)}`}>{lead.externalId}</TextLink>
      ),
      mono: true,
    },
    {
      term: 'Postback',
      value: <TextLink to={`/postbacks/${encodeURIComponent(lead.postbackId)}`}>{lead.postbackId}</TextLink>,
      mono: true,
    },
    {
      term: 'Tracking code',
      value: lead.trackingCode === null ? 'unknown' : id(lead.trackingCode, 'the tracking code'),
      mono: true,
    },
    {
      term: 'Affiliate',
      value: lead.affiliateId === null ? 'unknown' : id(lead.affiliateId, 'the affiliate id'),
      mono: true,
    },
    {
      term: 'Campaign',
      value: lead.campaignUrl ? (
        <TextLink to={lead.campaignUrl} external>
          {lead.campaignName ?? lead.campaignId}
        </TextLink>
      ) : (
        (lead.campaignName ?? lead.campaignId ?? 'unknown')
      ),
    },
    { term: 'Account', value: lead.network },
  ];
}
