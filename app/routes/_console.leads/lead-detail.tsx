import { ArrowUpRight } from 'lucide-react';
import type { LeadDetail } from '#app/modules/leads/index.server.ts';
import type { AttemptItem } from '#app/modules/outbox/postback-detail.ts';
import { formatMoney } from '#app/platform/money.ts';
import { Callout } from '#app/ui/callout.tsx';
import { CopyButton } from '#app/ui/copy-button.tsx';
import { Countdown } from '#app/ui/countdown.tsx';
import { Section } from '#app/ui/drawer.tsx';
import { type Fact, Facts } from '#app/ui/facts.tsx';
import { HttpPanes } from '#app/ui/http-panes.tsx';
import type { Meaning } from '#app/ui/meaning.ts';
import { Money } from '#app/ui/money.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';
import { DISPOSITION_LOOKS } from '../_console.refunds/disposition.ts';
import { actionWords, evidenceWords, sourceWords } from './lead-words.ts';

/** A dispute that was queued for the lead, with its attempts. */
export interface DisputeMessage {
  id: string;
  status: string;
  createdAt: string;
  cancelReason: string | null;
  attempts: AttemptItem[];
  explanation: { title: string; meaning: string; whatToDo: string } | null;
}

export type LeadDetailView = LeadDetail & { reason: string; messages: DisputeMessage[] };

/** Everything about one lead, below its head: in the drawer and on its page. */
export function LeadSections({ lead }: { lead: LeadDetailView }) {
  return (
    <>
      {lead.refusal !== null && !lead.dispute && lead.holdState !== 'disputed' && (
        <Callout meaning={lead.loss ? 'lost' : 'neutral'} title={lead.loss ? 'Lost.' : 'Cannot be disputed.'}>
          {lead.loss ? lead.loss.explanation : lead.refusal} {lead.loss && <TextLink to="/losses">All losses</TextLink>}
        </Callout>
      )}
      {lead.flags.map((flag) => (
        <Callout key={flag.code} meaning="needs" title={flag.code === 'PAYOUT_DIFFERS' ? 'The payout differs.' : 'The tracking code differs.'}>
          {flagWords(lead, flag)}
        </Callout>
      ))}
      <Section title="Hold">
        <Facts items={holdFacts(lead)} />
      </Section>
      <Section title="Money">
        <Facts items={moneyFacts(lead)} />
      </Section>
      <Section title="Refunds" meta={lead.refundCount > 0 ? lead.refundCount : undefined}>
        {lead.refunds.length === 0 && <p className="c3">No refund, chargeback or fraud report is known for this order.</p>}
        {lead.refunds.map((refund) => (
          <Refund key={refund.id} lead={lead} refund={refund} />
        ))}
      </Section>
      {lead.messages.map((message, i) => (
        <Dispute key={message.id} message={message} number={lead.messages.length - i} />
      ))}
      <Section title="Ids">
        <Facts items={idFacts(lead)} />
      </Section>
      <Audit items={lead.audit} />
    </>
  );
}

function flagWords(lead: LeadDetailView, flag: LeadDetailView['flags'][number]): string {
  const { payoutCents, expectedCents, currency } = lead;
  if (flag.code !== 'PAYOUT_DIFFERS' || payoutCents === null || expectedCents === null || currency === null) return flag.message;
  return `${lead.connector} pays ${formatMoney(payoutCents, currency)}; by the campaign's terms ${formatMoney(expectedCents, currency)} were expected.`;
}

function holdFacts(lead: LeadDetailView): Fact[] {
  const days = lead.holdingPeriodDays === 1 ? '1 day' : `${lead.holdingPeriodDays} days`;
  const frozen = lead.holdAssumed ? `${days}, assumed: the campaign has not told its own yet` : `${days}, frozen when the lead was opened`;
  return [
    { term: 'Held since', value: <Time at={lead.heldSince} as="full" />, wrap: true },
    { term: 'Why then', value: 'Start of the first attempt that could have created the lead: the worst case.', wrap: true },
    { term: 'Holding period', value: frozen, wrap: true },
    { term: 'Dispute by', value: lead.disputeBy ? <Time at={lead.disputeBy} as="full" /> : 'No dispute is possible: the money was released at once.', wrap: true },
    ...(lead.holdState === 'pending_release' && lead.disputeBy ? [{ term: 'Left', value: <Countdown deadline={lead.disputeBy} pastWord="Ended" /> }] : []),
    ...(lead.disputedAt ? [{ term: 'Disputed', value: <Time at={lead.disputedAt} as="full" />, wrap: true }] : []),
    ...(lead.disputeReason ? [{ term: 'Reason given', value: lead.disputeReason, wrap: true }] : []),
  ];
}

function moneyFacts(lead: LeadDetailView): Fact[] {
  const currency = lead.currency ?? 'USD';
  return [
    { term: 'Payout', value: <Money minor={lead.payoutCents} currency={currency} /> },
    { term: 'Expected', value: <Money minor={lead.expectedCents} currency={currency} />, proven: lead.expectedCents !== null && lead.expectedCents === lead.payoutCents },
    { term: 'Order', value: <Money minor={lead.revenueCents} currency={currency} /> },
  ];
}

function idFacts(lead: LeadDetailView): Fact[] {
  const id = (value: string, label: string) => (
    <span className="row gap-1">
      <span className="trunc">{value}</span>
      <CopyButton text={value} label={`Copy ${label}`} />
    </span>
  );
  return [
    { term: `${lead.connector} lead`, value: id(lead.networkLeadId, 'the network’s lead id'), mono: true },
    { term: 'Network says', value: lead.status ?? 'unknown' },
    { term: 'Order', value: <TextLink to={`/conversions/${encodeURIComponent(lead.conversionId)}`}>{lead.externalId}</TextLink>, mono: true },
    { term: 'Postback', value: <TextLink to={`/postbacks/${encodeURIComponent(lead.postbackId)}`}>{lead.postbackId}</TextLink>, mono: true },
    { term: 'Tracking code', value: lead.trackingCode === null ? 'unknown' : id(lead.trackingCode, 'the tracking code'), mono: true },
    { term: 'Affiliate', value: lead.affiliateId === null ? 'unknown' : id(lead.affiliateId, 'the affiliate id'), mono: true },
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

function Refund({ lead, refund }: { lead: LeadDetailView; refund: LeadDetailView['refunds'][number] }) {
  return (
    <div className="evidence mb-2">
      <span className="grow">
        <span className="med">{evidenceWords(refund, lead.revenueCents, lead.currency)}</span>{' '}
        <StatusBadge {...(DISPOSITION_LOOKS[refund.disposition] ?? { meaning: 'neutral', label: refund.disposition })} inTable />
        <br />
        <span className="c3 text-12">
          {sourceWords(refund.source)} <span className="mono">{refund.refundId}</span> · <Time at={refund.occurredAt} />
        </span>
        <br />
        <span className="c2 text-12">{refund.explanation}</span>
      </span>
      <TextLink to={`/refunds?open=${encodeURIComponent(refund.id)}`} endIcon={ArrowUpRight}>
        View
      </TextLink>
    </div>
  );
}

const STATUS_WORDS: Record<string, { meaning: Meaning; label: string }> = {
  queued: { meaning: 'waiting', label: 'Waits to leave' },
  sending: { meaning: 'waiting', label: 'Being sent' },
  retrying: { meaning: 'waiting', label: 'Retrying' },
  delivered: { meaning: 'good', label: 'Accepted' },
  duplicate: { meaning: 'good', label: 'Accepted before' },
  failed: { meaning: 'needs', label: 'Refused' },
  exhausted: { meaning: 'needs', label: 'Not delivered' },
  parked: { meaning: 'needs', label: 'Parked' },
  canceled: { meaning: 'neutral', label: 'Taken back' },
};

function Dispute({ message, number }: { message: DisputeMessage; number: number }) {
  const look = STATUS_WORDS[message.status] ?? { meaning: 'neutral' as const, label: message.status };
  return (
    <Section title={number > 1 ? `Dispute ${number}` : 'Dispute'} meta={<Time at={message.createdAt} />} end={<StatusBadge {...look} />}>
      {message.cancelReason !== null && <p className="c2">{message.cancelReason}. Nothing was sent.</p>}
      {message.explanation && (
        <Callout meaning={look.meaning} title={message.explanation.title}>
          {message.explanation.meaning} {message.explanation.whatToDo}
        </Callout>
      )}
      {message.attempts.map((attempt) => (
        <details key={attempt.id} open={attempt === message.attempts.at(-1)} className="mt-2">
          <summary className="c2">
            Attempt {attempt.number} · <Time at={attempt.startedAt} as="clock" /> · {attempt.responseStatus ?? attempt.errorCode ?? attempt.outcome}
          </summary>
          <AttemptPanes attempt={attempt} />
        </details>
      ))}
    </Section>
  );
}

function AttemptPanes({ attempt }: { attempt: AttemptItem }) {
  const meaning: Meaning = attempt.outcome === 'accepted' || attempt.outcome === 'duplicate' ? 'good' : attempt.outcome === 'rejected' ? 'needs' : 'waiting';
  return (
    <HttpPanes
      request={{
        method: attempt.requestMethod ?? 'POST',
        url: attempt.requestUrl ?? 'not sent',
        headers: Object.entries(attempt.requestHeaders),
        body: attempt.requestBody ?? '',
      }}
      response={
        attempt.responseStatus === null
          ? { kind: 'none', title: attempt.errorCode ?? 'No answer', detail: attempt.errorMessage, meaning, durationMs: attempt.durationMs }
          : {
              kind: 'answer',
              status: attempt.responseStatus,
              meaning,
              headers: Object.entries(attempt.responseHeaders),
              body: attempt.responseBody ?? '',
              durationMs: attempt.durationMs,
              bytes: attempt.responseBytes,
            }
      }
    />
  );
}

/** Who did what, newest first. */
export function Audit({ items }: { items: LeadDetail['audit'] }) {
  if (items.length === 0) return null;
  return (
    <Section title="What people did">
      <ul className="notes">
        {items.map((item) => (
          <li key={item.id}>
            <b>{item.actorName}</b> {actionWords(item.action)} <Time at={item.createdAt} className="c3" />
          </li>
        ))}
      </ul>
    </Section>
  );
}
