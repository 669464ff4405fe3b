import { type FormEvent, useId, useState } from 'react';
import type { ApprovalItem } from '#app/modules/disputes/approval-schema.ts';
import { formatMoney } from '#app/platform/money.ts';
import { Button } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { Countdown } from '#app/ui/countdown.tsx';
import { Dialog } from '#app/ui/dialog.tsx';
import { KeyFigures } from '#app/ui/facts.tsx';
import { Money } from '#app/ui/money.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { post } from '../_console.leads/post.ts';

/** Approves or rejects a dispute: the money, the deadline, who asked, the reason as it will be sent, and a note. */
export function DecideDialog({
  approval,
  intent,
  onClose,
  onDone,
}: {
  approval: ApprovalItem;
  intent: 'approve' | 'reject';
  onClose: () => void;
  onDone: () => void;
}) {
  const form = useId();
  const [sending, setSending] = useState(false);
  const [fault, setFault] = useState<{ note: string[]; other: string | null }>({ note: [], other: null });
  const { payoutCents, currency, lead } = approval;
  const approves = intent === 'approve';
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (sending) return;
    const note = String(new FormData(event.currentTarget).get('note') ?? '').replaceAll('\r\n', '\n');
    if (!approves && note.trim() === '')
      return setFault({ note: ['Say why: who asked for it reads it.'], other: null });
    setSending(true);
    const answer = await post(`/approvals/${encodeURIComponent(approval.id)}/act`, { intent, note });
    setSending(false);
    if (!('error' in answer)) return onDone();
    const { details, message } = answer.error;
    const own = details.filter(({ path }) => path === 'note').map((one) => `${one.message}.`);
    setFault({ note: own, other: own.length === 0 ? message : null });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={
        <>
          {approves ? 'Approve' : 'Reject'} the dispute of{' '}
          <span className="mono text-14">{lead.externalId}</span>
        </>
      }
      description={
        approves
          ? 'It leaves at once. A network takes no dispute back.'
          : 'Nothing is sent. The refund waits for a decision again.'
      }
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" form={form} variant="primary" kbd="⌘⏎" working={sending && 'Sending'}>
            {!approves
              ? 'Reject'
              : payoutCents !== null && currency
                ? `Approve ${formatMoney(payoutCents, currency)}`
                : 'Approve'}
          </Button>
        </>
      }
    >
      <KeyFigures
        items={[
          { term: 'At stake', value: <Money minor={payoutCents} currency={currency ?? 'USD'} /> },
          {
            term: 'Released in',
            value: lead.disputeBy ? <Countdown deadline={lead.disputeBy} pastWord="Released" /> : 'no hold',
          },
          { term: 'Asked by', value: approval.requestedByName },
        ]}
      />
      <div className="field">
        <span className="lab">Reason</span>
        <div className="evidence">
          <span className="grow whitespace-pre-wrap break-words">{approval.reason}</span>
        </div>
      </div>
      {fault.other !== null && (
        <div role="alert">
          <Callout meaning="lost" title={approves ? 'Not approved.' : 'Not rejected.'}>
            {fault.other}
          </Callout>
        </div>
      )}
      <form id={form} onSubmit={submit} noValidate>
        <TextArea
          id={`${form}-note`}
          name="note"
          label={approves ? 'Note, optional' : 'Note'}
          max={1000}
          rows={2}
          errors={fault.note}
          help="Kept here with the decision; the network does not see it."
          autoFocus
        />
      </form>
    </Dialog>
  );
}
