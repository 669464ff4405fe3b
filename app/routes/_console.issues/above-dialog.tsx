import { type FormEvent, useId, useState } from 'react';
import { Button } from '#app/ui/button.tsx';
import { Dialog } from '#app/ui/dialog.tsx';
import { Field } from '#app/ui/field.tsx';
import { TextInput } from '#app/ui/text-input.tsx';

/** Asks from which rate on an ignored issue opens again. */
export function AboveDialog({
  subject,
  onClose,
  onConfirm,
}: {
  subject: string;
  onClose: () => void;
  onConfirm: (above: number) => void;
}) {
  const form = useId();
  const [errors, setErrors] = useState<string[]>([]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const above = Number(new FormData(event.currentTarget).get('above'));
    if (Number.isInteger(above) && above >= 1 && above <= 1_000_000) onConfirm(above);
    else setErrors(['Enter a whole number from 1 to 1,000,000.']);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="narrow"
      title={`Ignore: ${subject}`}
      description="Until it happens more often than now and then."
      note="It opens again by itself."
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" form={form} variant="primary" kbd="⌘⏎">
            Ignore
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit}>
        <Field id={`${form}-above`} label="Open it again above" errors={errors} help="Counted by the hour.">
          <TextInput
            id={`${form}-above`}
            name="above"
            inputMode="numeric"
            defaultValue="10"
            suffix="an hour"
            autoFocus
          />
        </Field>
      </form>
    </Dialog>
  );
}
