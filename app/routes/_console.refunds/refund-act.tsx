import type { RefundItem } from '#app/modules/disputes/inbox-schema.ts';
import type { Choice } from '#app/modules/disputes/schema.ts';
import { Button } from '#app/ui/button.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { DISPOSITION_LOOKS } from './disposition.ts';

export interface RefundActions {
  /** Why this person may not decide, or null. */
  denied: string | null;
  /** True while a decision about this refund is being sent. */
  isBusy(refund: RefundItem): boolean;
  decide(refund: RefundItem, choice: Choice): void;
  link(refund: RefundItem): void;
}

/** The id under which people know the order. */
export const orderOf = (refund: RefundItem): string | null =>
  refund.order?.externalId ?? refund.externalId ?? null;

/** What can be done about a refund, or its state where nothing can. */
export function RefundAct({
  refund,
  actions,
  primary = false,
}: {
  refund: RefundItem;
  actions: RefundActions;
  primary?: boolean;
}) {
  const { denied, isBusy, decide, link } = actions;
  const name = orderOf(refund) ?? refund.refundId;
  const common = { small: !primary, 'aria-disabled': denied !== null, title: denied ?? undefined } as const;
  if (isBusy(refund)) return <Button small working="Sending" />;
  if (refund.disposition === 'unmatched') {
    return (
      <Button {...common} aria-label={`Find the order of ${refund.refundId}`} onClick={() => link(refund)}>
        Find order…
      </Button>
    );
  }
  if (refund.disposition === 'awaiting_lead' && refund.order?.postbackId) {
    return <TextLink to={`/postbacks/${encodeURIComponent(refund.order.postbackId)}`}>Postback</TextLink>;
  }
  if (refund.choices.length === 0) {
    const look = DISPOSITION_LOOKS[refund.disposition] ?? {
      meaning: 'neutral' as const,
      label: refund.disposition,
    };
    return refund.disposition === 'too_late' ? (
      <TextLink to="/losses">Loss</TextLink>
    ) : (
      // the column beside it says the rest
      <StatusBadge
        {...look}
        label={!primary && refund.disposition === 'canceled_before_send' ? 'Canceled' : look.label}
        inTable
      />
    );
  }
  const [first] = refund.choices;
  const approvalId = refund.lead?.approvalId ?? null;
  return (
    <span className={approvalId === null ? 'row gap-1 justify-end' : 'row gap-2 justify-end'}>
      <Button
        {...common}
        variant="quiet"
        aria-label={`Let the refund of ${name} pass`}
        onClick={() => decide(refund, 'let_pass')}
      >
        Let pass
      </Button>
      {approvalId === null ? (
        <Button
          {...common}
          variant={primary && denied === null ? 'primary' : 'default'}
          aria-label={first === 'done' ? `Mark the refund of ${name} done` : `Dispute ${name}`}
          onClick={() => decide(refund, first ?? 'let_pass')}
        >
          {first === 'done' ? 'Mark done' : 'Dispute'}
        </Button>
      ) : (
        // it was asked for already: another person goes on with it there
        <TextLink to={`/approvals?open=${encodeURIComponent(approvalId)}`}>Approval</TextLink>
      )}
    </span>
  );
}
