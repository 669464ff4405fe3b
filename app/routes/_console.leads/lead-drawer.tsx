import { Maximize2 } from 'lucide-react';
import { ButtonLink } from '#app/ui/button.tsx';
import { Countdown } from '#app/ui/countdown.tsx';
import { DetailHead, Drawer } from '#app/ui/drawer.tsx';
import { Money } from '#app/ui/money.tsx';
import { DisputeButton, isUnderWay, LeadStatus } from './dispute-state.tsx';
import { type LeadDetailView, LeadSections } from './lead-detail.tsx';

interface HeadProps {
  lead: LeadDetailView;
  denied: string | null;
  onDispute: () => void;
  onRefused: (why: string) => void;
}

/** Title, money, action and state: the same in the drawer and on the page. */
function headOf({ lead, denied, onDispute, onRefused }: HeadProps) {
  return {
    title: <span className="mono">{lead.externalId}</span>,
    amount: <Money minor={lead.payoutCents ?? lead.expectedCents} currency={lead.currency ?? 'USD'} />,
    ...(isUnderWay(lead)
      ? {}
      : {
          action: (
            <DisputeButton
              lead={lead}
              denied={denied}
              primary
              kbd="E"
              onDispute={onDispute}
              onRefused={onRefused}
            />
          ),
        }),
    meta: (
      <>
        <LeadStatus lead={lead} />
        {lead.holdState === 'pending_release' && lead.disputeBy !== null && (
          <Countdown deadline={lead.disputeBy} prefix="dispute within" />
        )}
        <span className="c3">{lead.campaignName ?? lead.campaignId ?? 'unknown campaign'}</span>
      </>
    ),
  };
}

export function LeadDrawer({
  onClose,
  position,
  onPrev,
  onNext,
  ...head
}: HeadProps & {
  onClose: () => void;
  position?: string;
  onPrev: (() => void) | null;
  onNext: (() => void) | null;
}) {
  const { lead } = head;
  return (
    <Drawer
      label={`Lead of ${lead.externalId}`}
      noun="lead"
      onClose={onClose}
      onPrev={onPrev}
      onNext={onNext}
      {...(position === undefined ? {} : { position })}
      tools={
        <ButtonLink
          variant="quiet"
          small
          icon={Maximize2}
          to={`/leads/${encodeURIComponent(lead.id)}`}
          aria-label="Open as a page"
        />
      }
      {...headOf(head)}
    >
      <LeadSections lead={lead} />
    </Drawer>
  );
}

export function LeadHead(props: HeadProps) {
  return <DetailHead level={1} {...headOf(props)} />;
}
