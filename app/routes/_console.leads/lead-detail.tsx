import { ArrowUpRight } from 'lucide-react';
import type { ApprovalItem } from '#app/modules/disputes/approval-schema.ts';
import type { DisputeState } from '#app/modules/disputes/dispute-state-schema.ts';
import type { LeadDetail } from '#app/modules/leads/index.server.ts';
import { formatMoney } from '#app/platform/money.ts';
import { Callout } from '#app/ui/callout.tsx';
import { Countdown } from '#app/ui/countdown.tsx';
import { Section } from '#app/ui/drawer.tsx';
import { Facts } from '#app/ui/facts.tsx';
import type { Meaning } from '#app/ui/meaning.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';
import { DISPOSITION_LOOKS } from '../_console.refunds/disposition.ts';
import { ApprovalCallout } from './approval-callout.tsx';
import { DisputeEvidence, type DisputeMessage } from './dispute-evidence.tsx';
import { holdFacts, idFacts, moneyFacts } from './lead-facts.tsx';
import type { LeadView } from './lead-view.ts';
import { actionWords, evidenceWords, sourceWords } from './lead-words.ts';

export type LeadDetailView = LeadDetail &
  Pick<LeadView, 'reason' | 'state'> & {
    messages: DisputeMessage[];
    /** A dispute of it that waits for another person. */
    approval: ApprovalItem | null;
  };

/** Everything about one lead, below its head: in the drawer and on its page. */
export function LeadSections({ lead }: { lead: LeadDetailView }) {
  return (
    <>
      {lead.state && <StateCallout state={lead.state} />}
      {lead.approval && <ApprovalCallout approval={lead.approval} />}
      {lead.refusal !== null && !lead.approval && !lead.dispute && lead.holdState !== 'disputed' && (
        <Callout meaning={lead.loss ? 'lost' : 'neutral'} title={lead.loss ? 'Lost.' : 'Cannot be disputed.'}>
          {lead.loss ? lead.loss.explanation : lead.refusal}{' '}
          {lead.loss && <TextLink to="/losses">All losses</TextLink>}
        </Callout>
      )}
      {lead.flags.map((flag) => (
        <Callout
          key={flag.code}
          meaning="needs"
          title={flag.code === 'PAYOUT_DIFFERS' ? 'The payout differs.' : 'The tracking code differs.'}
        >
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
        {lead.refunds.length === 0 && (
          <p className="c3">No refund, chargeback or fraud report is known for this order.</p>
        )}
        {lead.refunds.map((refund) => (
          <Refund key={refund.id} lead={lead} refund={refund} />
        ))}
      </Section>
      {lead.messages.map((message, i) => (
        <DisputeEvidence key={message.id} message={message} number={lead.messages.length - i} />
      ))}
      <Section title="Ids">
        <Facts items={idFacts(lead)} />
      </Section>
      <Audit items={lead.audit} />
    </>
  );
}

/** States of a dispute that its own section does not explain. */
const SAID: Partial<Record<DisputeState['state'], { meaning: Meaning; title: string }>> = {
  ambiguous: { meaning: 'waiting', title: 'Whether the dispute arrived is not known.' },
  parked: { meaning: 'waiting', title: 'The dispute is held back.' },
  stopped: { meaning: 'needs', title: 'The dispute was not delivered.' },
};

function StateCallout({ state: { state, words, nextTryAt } }: { state: DisputeState }) {
  const said = SAID[state];
  if (!said) return null;
  return (
    <Callout meaning={said.meaning} title={said.title}>
      {words}{' '}
      {nextTryAt !== null && (
        <Countdown deadline={nextTryAt} prefix="Again in" pastWord="Trying again" past="neutral" />
      )}
    </Callout>
  );
}

function flagWords(lead: LeadDetailView, flag: LeadDetailView['flags'][number]): string {
  const { payoutCents, expectedCents, currency } = lead;
  if (flag.code !== 'PAYOUT_DIFFERS' || payoutCents === null || expectedCents === null || currency === null)
    return flag.message;
  return `${lead.connector} pays ${formatMoney(payoutCents, currency)}; by the campaign's terms ${formatMoney(expectedCents, currency)} were expected.`;
}

function Refund({ lead, refund }: { lead: LeadDetailView; refund: LeadDetailView['refunds'][number] }) {
  return (
    <div className="evidence mb-2">
      <span className="grow">
        <span className="med mr-2">
          {evidenceWords(refund, lead.revenueCents, lead.revenueCurrency ?? lead.currency)}
        </span>{' '}
        <StatusBadge
          {...(DISPOSITION_LOOKS[refund.disposition] ?? { meaning: 'neutral', label: refund.disposition })}
          inTable
        />
        <br />
        <span className="c3 text-12">
          {sourceWords(refund.source)} <span className="mono">{refund.refundId}</span> ·{' '}
          <Time at={refund.occurredAt} />
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
