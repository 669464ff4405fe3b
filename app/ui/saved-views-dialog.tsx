import { type FormEvent, useId, useState } from 'react';
import { Button } from './button.tsx';
import { Checkbox } from './checkbox.tsx';
import { Dialog } from './dialog.tsx';
import { describedBy, Field } from './field.tsx';
import type { ViewAnswer } from './saved-views-api.ts';
import { TextInput } from './text-input.tsx';

/** Asks for the name of a view, and for a new one whether everybody sees it. Stays open with the reason when refused. */
export function ViewDialog({
  title,
  name,
  taken,
  askShared,
  onSubmit,
  onClose,
}: {
  title: string;
  name: string;
  /** Names that are in use. */
  taken: readonly string[];
  askShared: boolean;
  onSubmit: (name: string, shared: boolean) => Promise<ViewAnswer>;
  onClose: () => void;
}) {
  const id = useId();
  const [fault, setFault] = useState<string | null>(null);
  const [working, setWorking] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // a portal's events reach the page's own forms through React
    event.stopPropagation();
    if (working) return;
    const form = new FormData(event.currentTarget);
    const wanted = String(form.get('name') ?? '').trim();
    if (wanted === '') return setFault('Give the view a name.');
    if (wanted !== name && taken.includes(wanted))
      return setFault(`There is already a view called "${wanted}" here. Choose another name.`);
    setWorking(true);
    const answer = await onSubmit(wanted, form.get('shared') === 'on');
    setWorking(false);
    if (answer.error) setFault(answer.error.message);
    else onClose();
  };
  const errors = fault === null ? undefined : [fault];
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      size="narrow"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={`${id}-form`} variant="primary" kbd="⌘⏎" working={working && 'Saving'}>
            Save
          </Button>
        </>
      }
    >
      <form id={`${id}-form`} className="form" onSubmit={(event) => void submit(event)} noValidate>
        <Field id={`${id}-name`} label="Name" errors={errors}>
          <TextInput
            id={`${id}-name`}
            name="name"
            defaultValue={name}
            maxLength={60}
            autoComplete="off"
            aria-invalid={fault !== null || undefined}
            aria-describedby={describedBy(`${id}-name`, { errors })}
          />
        </Field>
        {askShared && (
          <Checkbox name="shared" label="Share with everybody" note="They see it as a tab of this page." />
        )}
      </form>
    </Dialog>
  );
}
