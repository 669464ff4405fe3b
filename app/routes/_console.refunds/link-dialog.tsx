import { useFetcher } from '@remix-run/react';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { RefundItem } from '#app/modules/disputes/inbox-schema.ts';
import { Button } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { Dialog } from '#app/ui/dialog.tsx';
import { Field } from '#app/ui/field.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { post } from '../_console.leads/post.ts';
import type { loader } from '../_console.refunds_.$id.leads/route.ts';
import { LeadChoice } from './lead-choice.tsx';

type Props = {
  refund: RefundItem;
  onClose: () => void;
  onLinked: (disposition: string) => void;
};

/** Ties a refund to an order by an id of it, or to one lead of those that are found. */
export function LinkDialog({ refund, onClose, onLinked }: Props) {
  const form = useId();
  const input = useRef<HTMLInputElement>(null);
  const [leadId, setLeadId] = useState<string | null>(null);
  const [state, setState] = useState<{ sending: boolean; errors: string[] }>({ sending: false, errors: [] });
  const { look, finding, found } = useLeads(refund.id);
  const search = () => {
    setLeadId(null);
    setState({ sending: false, errors: [] });
    look(input.current?.value ?? '');
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (state.sending) return;
    const order = input.current?.value ?? '';
    if (leadId === null && order === '')
      return setState({ sending: false, errors: ['Choose a lead, or give an id of the order.'] });
    setState({ sending: true, errors: [] });
    const answer = await post<{ disposition: string }>(`/refunds/${encodeURIComponent(refund.id)}/act`, {
      intent: 'link',
      ...(leadId === null ? { order } : { leadId }),
    });
    if ('error' in answer) setState({ sending: false, errors: [answer.error.message] });
    else onLinked(answer.disposition);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={
        <>
          {refund.disposition === 'unmatched' ? 'Find the order of' : 'Choose the lead of'}{' '}
          <span className="mono text-14">{refund.refundId}</span>
        </>
      }
      description={introOf(refund)}
      note="The refund policy then applies at once."
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" form={form} variant="primary" kbd="⌘⏎" working={state.sending && 'Tying'}>
            {leadId === null ? 'Tie to order' : 'Tie to this lead'}
          </Button>
        </>
      }
    >
      {refund.matchDoubt !== null && (
        <Callout meaning="needs" title="Not certain.">
          {refund.matchDoubt}
        </Callout>
      )}
      <form id={form} onSubmit={submit} noValidate>
        <Field
          id={`${form}-order`}
          label="Order or payment id"
          errors={state.errors}
          help="As it was reported: externalId, payment intent, charge or session. “Look up” finds leads by lead, refund or tracking code, too. Case counts."
        >
          <span className="flex gap-2">
            <TextInput
              id={`${form}-order`}
              ref={input}
              name="order"
              mono
              autoFocus
              maxLength={255}
              autoComplete="off"
              spellCheck={false}
              aria-invalid={state.errors.length > 0}
              aria-describedby={`${form}-order-description`}
              onChange={() => setLeadId(null)}
            />
            <Button onClick={search} working={finding && 'Looking'}>
              Look up
            </Button>
          </span>
        </Field>
        <div aria-live="polite">
          {found && <LeadChoice found={found} chosen={leadId} onChoose={setLeadId} />}
        </div>
      </form>
    </Dialog>
  );
}

/** Leads to choose from: at first those that the refund's own ids lead to. */
function useLeads(refundId: string) {
  const { load, state, data } = useFetcher<typeof loader>();
  const url = `/refunds/${encodeURIComponent(refundId)}/leads`;
  useEffect(() => load(url), [load, url]);
  return {
    look: (q: string) => load(q === '' ? url : `${url}?${new URLSearchParams({ q })}`),
    finding: state !== 'idle' && data !== undefined,
    found: data,
  };
}

function introOf(refund: RefundItem): string {
  if (refund.disposition !== 'unmatched')
    return `It was tied to ${refund.order?.externalId ?? 'an order'}. Nothing was done about it yet, so it can be tied to another.`;
  return `No order carries ${refund.externalId ?? refund.paymentId ?? 'its id'}. If it is known under another id, tie the refund to it here.`;
}
