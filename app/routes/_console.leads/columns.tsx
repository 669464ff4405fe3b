import type { LeadItem } from '#app/modules/leads/lead-schema.ts';
import { Countdown } from '#app/ui/countdown.tsx';
import type { Column } from '#app/ui/data-table-types.ts';
import { Money } from '#app/ui/money.tsx';
import { Time } from '#app/ui/time.tsx';
import { DisputeButton, isUnderWay, LeadStatus } from './dispute-state.tsx';
import type { LeadView } from './lead-view.ts';
import { whatHappened } from './lead-words.ts';

interface Actions {
  denied: string | null;
  onDispute(lead: LeadView): void;
  onRefused(why: string): void;
}

function Deadline({ lead }: { lead: LeadItem }) {
  if (lead.disputeBy === null) return <span className="c3">no hold</span>;
  if (lead.holdState === 'disputed') return <span className="c3">disputed</span>;
  if (lead.holdState === 'released') return <span className="c3">released</span>;
  return <Countdown deadline={lead.disputeBy} pastWord="Ended" />;
}

function What({ lead }: { lead: LeadItem }) {
  if (!lead.refund) return <span className="c3">no refund</span>;
  return (
    <>
      {whatHappened(lead.refund, lead.revenueCents)}{' '}
      <span className="mono c3 ml-1.5 hide-s wide">{lead.refund.refundId}</span>
      {lead.refundCount > 1 && <span className="c3 ml-1.5">+{lead.refundCount - 1}</span>}
    </>
  );
}

/** The columns of the page; `actions` are stable functions of it. */
export const leadColumns = (actions: Actions): Column<LeadView>[] => [
  {
    id: 'within',
    header: 'Dispute within',
    width: 132,
    primary: true,
    cell: (lead) => <Deadline lead={lead} />,
  },
  {
    id: 'by',
    header: 'By',
    width: 92,
    kind: 'muted-num',
    wide: true,
    cell: (lead) => (lead.disputeBy ? <Time at={lead.disputeBy} /> : <span className="c3">none</span>),
  },
  {
    id: 'order',
    header: 'Order',
    width: 132,
    kind: 'mono',
    card: 'meta',
    cell: (lead) => lead.externalId,
    title: (lead) => lead.externalId,
  },
  {
    id: 'what',
    header: 'What happened',
    card: 'meta',
    cell: (lead) => <What lead={lead} />,
    title: (lead) => lead.refund?.explanation,
  },
  {
    id: 'affiliate',
    header: 'Affiliate',
    width: 112,
    kind: 'muted-mono',
    wide: true,
    cell: (lead) => lead.affiliateId ?? 'unknown',
    title: (lead) => lead.affiliateId ?? undefined,
  },
  {
    id: 'campaign',
    header: 'Campaign',
    width: 140,
    kind: 'muted',
    wide: true,
    cell: (lead) => lead.campaignName ?? lead.campaignId ?? 'unknown',
    title: (lead) => lead.campaignId ?? undefined,
  },
  {
    id: 'stake',
    header: 'At stake',
    width: 96,
    align: 'right',
    kind: 'num',
    card: 'end',
    cell: (lead) => (
      <Money
        minor={lead.payoutCents ?? lead.expectedCents}
        currency={lead.currency ?? 'USD'}
        className="num med"
      />
    ),
  },
  {
    id: 'act',
    header: 'Dispute',
    headerHidden: true,
    width: 288,
    align: 'right',
    kind: 'actions',
    wide: true,
    card: 'metaEnd',
    cell: (lead) =>
      isUnderWay(lead) ? (
        <LeadStatus lead={lead} inTable />
      ) : (
        <DisputeButton
          lead={lead}
          denied={actions.denied}
          onDispute={() => actions.onDispute(lead)}
          onRefused={actions.onRefused}
        />
      ),
  },
];
