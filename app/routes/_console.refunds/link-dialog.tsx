import { type FormEvent, useId, useState } from 'react';
import type { RefundItem } from '#app/modules/disputes/inbox-schema.ts';
import { Button } from '#app/ui/button.tsx';
import { Dialog } from '#app/ui/dialog.tsx';
import { Field } from '#app/ui/field.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { post } from '../_console.leads/post.ts';

/** Ties a refund that found no order to one, by the order's id or a payment's. */
export function LinkDialog({
  refund,
  onClose,
  onLinked,
}: {
  refund: RefundItem;
  onClose: () => void;
  onLinked: (disposition: string) => void;
}) {
  const form = useId();
  const [state, setState] = useState<{ sending: boolean; errors: string[] }>({ sending: false, errors: [] });
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (state.sending) return;
    const order = String(new FormData(event.currentTarget).get('order') ?? '');
    setState({ sending: true, errors: [] });
    const answer = await post<{ disposition: string }>(`/refunds/${encodeURIComponent(refund.id)}/act`, {
      intent: 'link',
      order,
    });
    if ('error' in answer) setState({ sending: false, errors: [answer.error.message] });
    else onLinked(answer.disposition);
  };
  const sought = refund.externalId ?? refund.paymentId;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="narrow"
      title={
        <>
          Find the order of <span className="mono text-14">{refund.refundId}</span>
        </>
      }
      description={`No order carries ${sought ?? 'its id'}. If it is known under another id, tie the refund to it here.`}
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" form={form} variant="primary" kbd="⌘⏎" working={state.sending && 'Looking'}>
            Tie to order
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit}>
        <Field
          id={`${form}-order`}
          label="Order or payment id"
          errors={state.errors}
          help="As it was reported: externalId, payment intent, charge or session. Case counts. The refund policy then applies at once."
        >
          <TextInput
            id={`${form}-order`}
            name="order"
            mono
            autoFocus
            required
            maxLength={255}
            autoComplete="off"
            spellCheck={false}
            aria-describedby={`${form}-order-description`}
          />
        </Field>
      </form>
    </Dialog>
  );
}
