import { Send } from 'lucide-react';
import { useId, useState } from 'react';
import { formatCount } from '#app/platform/time-format.ts';
import { Button } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { Dialog } from '#app/ui/dialog.tsx';
import { Field } from '#app/ui/field.tsx';
import { Skeleton } from '#app/ui/skeleton.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { post } from '../_console.leads/post.ts';
import { type BatchStarted, fieldsOf, type Picked } from './ask.ts';
import { BatchFigures } from './batch-figures.tsx';
import { FirstReason } from './first-reason.tsx';
import { faultOf, ReasonFields } from './reason-fields.tsx';
import { usePreview, type Written } from './use-preview.ts';

/** "Dispute 12 leads": what it would do, the reason with its variables, and a name. ⌘⏎ sends; it leaves 10 s later. */
export function BatchDialog({
  picked,
  onClose,
  onStarted,
}: {
  picked: Picked;
  onClose: () => void;
  onStarted: (started: BatchStarted) => void;
}) {
  const form = useId();
  const [written, setWritten] = useState<Written | null>(null);
  const fault = written === null ? null : faultOf(written.text);
  const { answer, problem, busy, again } = usePreview(picked, written, fault !== null);
  const { send, sending, refusal } = useSend(onStarted);
  const reason: Written | null = written ?? (answer ? { ...answer.chosen, changed: false } : null);
  const n = answer?.preview.eligible ?? 0;
  const ready =
    answer !== null && fault === null && !busy && problem === null && n > 0 && !answer.preview.tooMany;
  const leads = `${formatCount(n)} ${n === 1 ? 'lead' : 'leads'}`;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="wide"
      title={answer ? `Dispute ${leads}` : 'Dispute what is selected'}
      description="The networks take these payouts back from escrow; the affiliates are not paid for them."
      note="Leaves 10 s after you press; undo the whole batch until then."
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            type="submit"
            form={form}
            icon={Send}
            kbd="⌘⏎"
            disabled={!ready}
            working={sending ? 'Starting' : busy && 'Counting'}
          >
            Dispute {leads}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!ready || !reason || sending) return;
          const name = String(new FormData(event.currentTarget).get('name') ?? '');
          void send({
            ...fieldsOf(picked, reason),
            newestId: answer.preview.newestId,
            name,
          });
        }}
      >
        <div aria-live="polite" aria-busy={busy} className="flex flex-col gap-3">
          {answer ? (
            <BatchFigures preview={answer.preview} of={picked.of} byHand={'ids' in picked} />
          ) : (
            !problem && <Skeleton lines={4} label="Counting what can be disputed" />
          )}
          {problem !== null && (
            <Callout
              meaning="needs"
              title="It could not be counted."
              link={
                <Button small onClick={again}>
                  Count again
                </Button>
              }
            >
              {problem}
            </Callout>
          )}
        </div>
        {answer && reason && (
          <ReasonFields
            form={form}
            templates={answer.templates}
            reason={reason}
            fault={fault}
            onChange={setWritten}
          />
        )}
        {answer?.preview.first && <FirstReason first={answer.preview.first} stale={busy} />}
        <Field id={`${form}-name`} label="Name" end="optional" help="By which the batch is found again.">
          <TextInput id={`${form}-name`} name="name" autoComplete="off" maxLength={200} />
        </Field>
        {refusal !== null && (
          <div role="alert">
            <Callout meaning="lost" title="Not started.">
              {refusal}
            </Callout>
          </div>
        )}
      </form>
    </Dialog>
  );
}

/** Starts the batch, once. */
function useSend(onStarted: (started: BatchStarted) => void) {
  const [sending, setSending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const send = async (fields: Record<string, string>) => {
    setSending(true);
    setRefusal(null);
    const answer = await post<BatchStarted>('/batches/start', fields);
    setSending(false);
    if ('error' in answer) setRefusal(answer.error.message);
    else onStarted(answer);
  };
  return { send, sending, refusal };
}
