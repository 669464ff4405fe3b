import type { RefundDetail } from '#app/modules/disputes/index.server.ts';
import { LINKABLE } from '#app/modules/disputes/schema.ts';
import { Button } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { Countdown } from '#app/ui/countdown.tsx';
import { Drawer, Section } from '#app/ui/drawer.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { Money } from '#app/ui/money.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';
import { Audit } from '../_console.leads/lead-detail.tsx';
import { whatHappened } from '../_console.leads/lead-words.ts';
import { Urgent } from './columns.tsx';
import { DISPOSITION_LOOKS } from './disposition.ts';
import { reversalWords } from './match-words.ts';
import { RefundAct, type RefundActions } from './refund-act.tsx';
import { RefundCopies } from './refund-copies.tsx';
import { orderFacts, refundFacts } from './refund-facts.tsx';

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
          {refund.disposition === 'in_grace' && refund.graceUntil !== null && (
            <Countdown
              deadline={refund.graceUntil}
              prefix="disputed by itself in"
              pastWord="Grace ended"
              past="neutral"
            />
          )}
          <Urgent refund={refund} />
          <span className="c3">{whatHappened(refund, refund.order?.revenueCents ?? null)}</span>
        </>
      }
    >
      <Callout meaning={look.meaning} title="What happens to it." link={<RulesLink refund={refund} />}>
        {refund.explanation}
      </Callout>
      <Reversal refund={refund} />
      {refund.matchDoubt !== null && refund.matchDoubt !== refund.explanation && (
        <Callout meaning="needs" title="Not certain that it is this order.">
          {refund.matchDoubt}
        </Callout>
      )}
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
      <Section
        title="Order and lead"
        end={
          LINKABLE.includes(refund.disposition) && (
            <Button
              small
              aria-disabled={actions.denied !== null}
              title={actions.denied ?? undefined}
              onClick={() => actions.link(refund)}
            >
              {refund.disposition === 'unmatched' ? 'Find order…' : 'Choose lead…'}
            </Button>
          )
        }
      >
        <Facts items={orderFacts(refund)} />
      </Section>
      <RefundCopies copies={refund.copies} />
      <Audit items={refund.audit} />
    </Drawer>
  );
}

/** The rules that decide about it, where they can be read and changed. */
function RulesLink({ refund: { rulesOf } }: { refund: RefundDetail }) {
  if (!rulesOf) return <TextLink to="/settings/refunds">Refund rules</TextLink>;
  const { accountId, networkCampaignId } = rulesOf;
  const to = `/settings/refunds/${encodeURIComponent(accountId)}/campaigns`;
  return networkCampaignId === null ? (
    <TextLink to="/settings/refunds">Refund rules</TextLink>
  ) : (
    <TextLink to={`${to}/${encodeURIComponent(networkCampaignId)}`}>Rules of the campaign</TextLink>
  );
}

/** A chargeback won back or a refund that failed: nothing disputed, or too late for that. */
function Reversal({ refund: { reversal, reversedAt, disposition } }: { refund: RefundDetail }) {
  if (reversal === null) return null;
  const { title, rest, late } = reversalWords({ reversal, disposition });
  return (
    <Callout meaning={late ? 'needs' : 'good'} title={`${title}.`}>
      On <Time at={reversedAt} as="day" />, {rest}
    </Callout>
  );
}
