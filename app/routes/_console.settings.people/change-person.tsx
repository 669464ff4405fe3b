import { getFormProps, getInputProps, type SubmissionResult, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { useFetcher } from '@remix-run/react';
import { useEffect } from 'react';
import type { z } from 'zod';
import { PASSWORD_MIN, ROLES } from '#app/modules/operators/schema.ts';
import { PasswordInput } from '#app/routes/login/password-input.tsx';
import { Button } from '#app/ui/button.tsx';
import { Radio } from '#app/ui/checkbox.tsx';
import { Dialog } from '#app/ui/dialog.tsx';
import { ErrorSummary, summaryOf } from '#app/ui/error-summary.tsx';
import { Field, fieldOf } from '#app/ui/field.tsx';
import { notify } from '#app/ui/toast.tsx';
import { changePersonSchema, ROLE_WORDS } from './forms.ts';
import type { PersonRow } from './people-list.tsx';

type Answer = { reply: SubmissionResult; changed?: string };
type Props = { person: PersonRow; isMe: boolean; onDone: () => void };

/** Role, access and password of one person. */
export function ChangePerson({ person, isMe, onDone }: Props) {
  const fetcher = useFetcher<Answer>();
  const { data, state } = fetcher;
  const [form, fields] = useForm<z.input<typeof changePersonSchema>>({
    id: 'change-person',
    lastResult: state === 'idle' ? data?.reply : null,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: changePersonSchema }),
    shouldRevalidate: 'onInput',
  });
  const { key: _p, ...password } = getInputProps(fields.password, {
    type: 'password',
    ariaDescribedBy: fields.password.descriptionId,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer is the trigger
  useEffect(() => {
    if (state !== 'idle' || data?.changed === undefined) return;
    notify({ meaning: 'good', title: `${person.name} is changed` });
    onDone();
  }, [state, data]);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onDone()}
      title={`Change ${person.name}`}
      description={person.email}
      note={
        isMe ? 'A new password signs you out, too.' : 'Switching off, or a new password, ends their sessions.'
      }
      actions={
        <>
          <Button onClick={onDone}>Cancel</Button>
          <Button type="submit" form={form.id} variant="primary" working={state !== 'idle' && 'Saving'}>
            Save
          </Button>
        </>
      }
    >
      <fetcher.Form method="post" action="/settings/people" {...getFormProps(form)} className="form">
        <input type="hidden" name="intent" value="change" />
        <input type="hidden" name={fields.id.name} value={person.id} />
        <input type="hidden" name={fields.email.name} value={person.email} />
        <ErrorSummary errors={summaryOf(form, [{ label: 'Password', field: fields.password }])} />
        <fieldset className="field">
          <legend className="med">Role</legend>
          {ROLES.map((role) => (
            <Radio
              key={role}
              name={fields.role.name}
              value={role}
              defaultChecked={role === person.role}
              label={role}
              note={ROLE_WORDS[role]}
            />
          ))}
        </fieldset>
        <fieldset className="field">
          <legend className="med">Signing in</legend>
          <Radio name={fields.access.name} value="on" defaultChecked={!person.banned} label="Allowed" />
          <Radio
            name={fields.access.name}
            value="off"
            defaultChecked={person.banned}
            label="Switched off"
            note="What they did stays in the audit log."
          />
        </fieldset>
        <Field
          {...fieldOf(fields.password)}
          label="New password"
          end="leave empty to keep it"
          help={`At least ${PASSWORD_MIN} characters.`}
        >
          <PasswordInput {...password} autoComplete="new-password" />
        </Field>
      </fetcher.Form>
    </Dialog>
  );
}
