import type { ApprovalItem } from '#app/modules/disputes/approval-schema.ts';
import { Callout } from '#app/ui/callout.tsx';
import { Drawer, Section } from '#app/ui/drawer.tsx';
import { type Fact, Facts } from '#app/ui/facts.tsx';
import { Money } from '#app/ui/money.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';
import { APPROVAL_LOOKS } from './approval-words.ts';
import { ApprovalAct, type ApprovalActions, Within } from './columns.tsx';

/** One dispute that waits, or waited, for another person. */
export function ApprovalDrawer({
  approval,
  actions,
  position,
  onClose,
  onPrev,
  onNext,
}: {
  approval: ApprovalItem;
  actions: ApprovalActions;
  position: string;
  onClose: () => void;
  onPrev: (() => void) | null;
  onNext: (() => void) | null;
}) {
  const { lead, state, denied, own } = approval;
  const pending = state === 'pending';
  return (
    <Drawer
      label={`Approval of the dispute of ${lead.externalId}`}
      noun="approval"
      onClose={onClose}
      onPrev={onPrev}
      onNext={onNext}
      position={position}
      title={<span className="mono">{lead.externalId}</span>}
      amount={<Money minor={approval.payoutCents} currency={approval.currency ?? 'USD'} />}
      {...(pending && (denied === null || own)
        ? { action: <ApprovalAct approval={approval} actions={actions} primary /> }
        : {})}
      meta={
        <>
          <StatusBadge {...APPROVAL_LOOKS[state]} />
          {pending && <Within approval={approval} />}
        </>
      }
    >
      {pending && denied !== null && (
        <Callout title={own ? 'You asked for it.' : 'Not for you to decide.'}>
          {own ? 'Another person must decide.' : denied}
        </Callout>
      )}
      {!pending && approval.note !== null && (
        <Callout meaning={APPROVAL_LOOKS[state].meaning} title={`${APPROVAL_LOOKS[state].label}.`}>
          {approval.note}
        </Callout>
      )}
      <Section title="Reason">
        <p className="whitespace-pre-wrap break-words">{approval.reason}</p>
      </Section>
      <Section title="Request">
        <Facts items={requestFacts(approval)} />
      </Section>
      <Section title="Lead">
        <Facts items={leadFacts(approval)} />
      </Section>
    </Drawer>
  );
}

function requestFacts(approval: ApprovalItem): Fact[] {
  const { refund, batchId } = approval;
  return [
    { term: 'Asked by', value: approval.requestedByName },
    { term: 'Asked', value: <Time at={approval.createdAt} as="full" />, wrap: true },
    ...(approval.decidedAt === null
      ? []
      : [
          { term: 'Decided by', value: approval.decidedByName ?? 'Leadline' },
          { term: 'Decided', value: <Time at={approval.decidedAt} as="full" />, wrap: true },
        ]),
    ...(refund === null
      ? []
      : [
          {
            term: 'Refund',
            value: (
              <TextLink to={`/refunds?open=${encodeURIComponent(refund.id)}`}>{refund.refundId}</TextLink>
            ),
            mono: true,
          },
        ]),
    ...(batchId === null
      ? []
      : [
          {
            term: 'Batch',
            value: <TextLink to={`/batches/${encodeURIComponent(batchId)}`}>See its rows</TextLink>,
          },
        ]),
  ];
}

function leadFacts({ lead, leadId }: ApprovalItem): Fact[] {
  return [
    {
      term: 'Lead',
      value: <TextLink to={`/leads/${encodeURIComponent(leadId)}`}>{lead.externalId}</TextLink>,
      mono: true,
    },
    {
      term: 'Dispute by',
      value: lead.disputeBy ? <Time at={lead.disputeBy} as="full" /> : 'no hold',
      wrap: true,
    },
    ...(lead.decideBy === null
      ? []
      : [{ term: 'Urgent from', value: <Time at={lead.decideBy} as="full" />, wrap: true }]),
    { term: 'Affiliate', value: lead.affiliateId ?? 'unknown', mono: lead.affiliateId !== null },
    { term: 'Campaign', value: lead.campaignId ?? 'unknown', mono: lead.campaignId !== null },
    { term: 'Account', value: lead.network },
  ];
}
