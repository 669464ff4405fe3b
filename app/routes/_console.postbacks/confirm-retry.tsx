import { RotateCw } from 'lucide-react';
import { Button } from '#app/ui/button.tsx';
import { Dialog } from '#app/ui/dialog.tsx';
import type { Actable } from './use-postback-actions.tsx';

export interface Question {
  item: Actable;
  intent: 'retry' | 'resend';
}

/** Asks where a retry alone will not help, and before sending again what the network already has. */
export function ConfirmRetry({
  question,
  onClose,
  onConfirm,
}: {
  question: Question | null;
  onClose: () => void;
  onConfirm: (question: Question) => void;
}) {
  if (!question) return null;
  const { item, intent } = question;
  const resend = intent === 'resend';
  const confirm = () => {
    onConfirm(question);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="narrow"
      title={resend ? `Send ${item.externalId} again?` : `Retry ${item.externalId}?`}
      description={
        resend
          ? item.reason === null
            ? 'The network already has this conversion.'
            : 'By its answer the network has this conversion, but the lead’s data did not come with it.'
          : `It failed: ${item.reason ?? 'the network refused it'}.`
      }
      note="The same externalId: it cannot be paid twice."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" icon={RotateCw} kbd="⌘⏎" onClick={confirm}>
            {resend ? 'Send again' : 'Retry anyway'}
          </Button>
        </>
      }
    >
      {resend ? (
        <p>
          Expect a duplicate answer: the network recognises the externalId and opens no second lead. Useful to
          obtain the lead's data again.{' '}
          {item.reason !== null &&
            'Where something in between had answered in its place, the lead is opened only now.'}
        </p>
      ) : (
        <p>
          Unless its cause is put right first, it will be refused again.{' '}
          <span className="c2">{item.whatToDo}</span>
        </p>
      )}
    </Dialog>
  );
}
