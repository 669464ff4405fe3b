import { Undo2 } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { reasonSchema } from '#app/modules/disputes/schema.ts';
import type { LeadItem } from '#app/modules/leads/lead-schema.ts';
import { formatMoney } from '#app/platform/money.ts';
import { Button } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { Countdown } from '#app/ui/countdown.tsx';
import { Dialog } from '#app/ui/dialog.tsx';
import { KeyFigures } from '#app/ui/facts.tsx';
import { Icon } from '#app/ui/icon.tsx';
import { Money } from '#app/ui/money.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Time } from '#app/ui/time.tsx';
import { evidenceWords, sourceWords } from './lead-words.ts';
import { post } from './post.ts';
import { ReasonField } from './reason-field.tsx';

/** A lead with the reason that its refund suggests. */
export type DisputeSubject = Pick<
  LeadItem,
  | 'id'
  | 'externalId'
  | 'connector'
  | 'payoutCents'
  | 'expectedCents'
  | 'currency'
  | 'revenueCents'
  | 'revenueCurrency'
  | 'disputeBy'
  | 'affiliateId'
  | 'refund'
  | 'holdAssumed'
> & {
  reason: string;
};

/** What came of it: it leaves so much later, or another person must approve it first. */
export interface SentDispute {
  leavesInMs: number;
  approvalId: string | null;
}

/** Money, deadline, evidence and reason, before a payout is taken back. ⌘⏎ sends; it leaves ten seconds later. */
export function DisputeDialog({
  lead,
  onClose,
  onSent,
}: {
  lead: DisputeSubject;
  onClose: () => void;
  onSent: (lead: DisputeSubject, sent: SentDispute) => void;
}) {
  const form = useId();
  const [state, setState] = useState<{ sending: boolean; error: string | null; field: string[] }>({
    sending: false,
    error: null,
    field: [],
  });
  const payout = lead.payoutCents ?? lead.expectedCents;
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (state.sending) return;
    const reason = String(new FormData(event.currentTarget).get('reason') ?? '').replaceAll('\r\n', '\n');
    const checked = reasonSchema.safeParse({ reason });
    if (!checked.success)
      return setState({
        sending: false,
        error: null,
        field: checked.error.issues.map((issue) => `${issue.message}.`),
      });
    setState({ sending: true, error: null, field: [] });
    const answer = await post<SentDispute>(`/leads/${encodeURIComponent(lead.id)}/act`, {
      intent: 'dispute',
      reason,
    });
    if ('error' in answer) setState({ sending: false, error: answer.error.message, field: [] });
    else onSent(lead, answer);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={
        <>
          Dispute <span className="mono text-14">{lead.externalId}</span>
        </>
      }
      description={`${lead.connector} takes the payout back from escrow; the affiliate is not paid for it.`}
      note="Leaves 10 s after you press; undo until then."
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" form={form} variant="primary" kbd="⌘⏎" working={state.sending && 'Sending'}>
            {payout !== null && lead.currency ? `Dispute ${formatMoney(payout, lead.currency)}` : 'Dispute'}
          </Button>
        </>
      }
    >
      <KeyFigures
        items={[
          { term: 'At stake', value: <Money minor={payout} currency={lead.currency ?? 'USD'} /> },
          {
            term: 'Released in',
            value: lead.disputeBy ? <Countdown deadline={lead.disputeBy} pastWord="Released" /> : 'no hold',
          },
          { term: 'Affiliate', value: <Affiliate id={lead.affiliateId} /> },
        ]}
      />
      <Evidence lead={lead} />
      {state.error !== null && (
        <div role="alert">
          <Callout meaning="lost" title="Not disputed.">
            {state.error}
          </Callout>
        </div>
      )}
      <form id={form} onSubmit={submit}>
        <ReasonField form={form} lead={lead} errors={state.field} />
      </form>
    </Dialog>
  );
}

/** The beginning of a long id; the whole of it on hover. */
function Affiliate({ id }: { id: string | null }) {
  if (id === null) return <span className="c3">unknown</span>;
  return (
    <span className="mono text-12" title={id}>
      {id.length > 16 ? `${id.slice(0, 13)}…` : id}
    </span>
  );
}

function Evidence({ lead }: { lead: DisputeSubject }) {
  const { refund } = lead;
  return (
    <div className="field">
      <span className="lab">Evidence</span>
      {refund ? (
        <div className="evidence">
          <span className="c3">
            <Icon icon={Undo2} />
          </span>
          <span className="grow">
            <span className="med">
              {evidenceWords(refund, lead.revenueCents, lead.revenueCurrency ?? lead.currency)}
            </span>
            <br />
            <span className="c3 text-12">
              {sourceWords(refund.source)} <span className="mono">{refund.refundId}</span> ·{' '}
              <Time at={refund.occurredAt} />
            </span>
          </span>
          <TextLink to={`/refunds?open=${encodeURIComponent(refund.id)}`}>View</TextLink>
        </div>
      ) : (
        <p className="help">
          No refund is known for this order: say in the reason why the payout must not be paid, with the id of
          the case.
        </p>
      )}
    </div>
  );
}
