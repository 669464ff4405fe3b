import {
  getFormProps,
  getInputProps,
  getSelectProps,
  type SubmissionResult,
  useForm,
} from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { Form, useNavigation } from '@remix-run/react';
import type { z } from 'zod';
import { PASSWORD_MIN, ROLES } from '#app/modules/operators/schema.ts';
import { PasswordInput } from '#app/routes/login/password-input.tsx';
import { Button } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { ErrorSummary, summaryOf } from '#app/ui/error-summary.tsx';
import { Field, fieldOf } from '#app/ui/field.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { Select } from '#app/ui/select.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { addPersonSchema, ROLE_WORDS } from './forms.ts';

/** Adds somebody who can sign in. */
export function AddPerson({
  reply,
  added,
}: {
  reply: SubmissionResult | undefined;
  added: string | undefined;
}) {
  const nav = useNavigation();
  const [form, fields] = useForm<z.input<typeof addPersonSchema>>({
    id: 'add-person',
    lastResult: nav.state === 'idle' ? reply : null,
    defaultValue: { role: 'viewer' },
    onValidate: ({ formData }) => parseWithZod(formData, { schema: addPersonSchema }),
    shouldValidate: 'onBlur',
    shouldRevalidate: 'onInput',
  });
  const { key: _n, ...name } = getInputProps(fields.name, { type: 'text' });
  const { key: _e, ...email } = getInputProps(fields.email, { type: 'email' });
  const { key: _r, ...role } = getSelectProps(fields.role);
  const { key: _p, ...password } = getInputProps(fields.password, {
    type: 'password',
    ariaDescribedBy: fields.password.descriptionId,
  });
  return (
    <Panel title="Add a person">
      {added !== undefined && (
        <div role="status" className="mb-4">
          <Callout meaning="good" title={`${added} can sign in now.`}>
            Tell them the address of this Leadline and their password.
          </Callout>
        </div>
      )}
      <Form method="post" {...getFormProps(form)} className="form">
        <ErrorSummary
          errors={summaryOf(form, [
            { label: 'Email', field: fields.email },
            { label: 'Name', field: fields.name },
            { label: 'Role', field: fields.role },
            { label: 'Password', field: fields.password },
          ])}
          title="Nobody was added"
        />
        <Field {...fieldOf(fields.email)} label="Email">
          <TextInput {...email} required autoComplete="off" autoCapitalize="none" spellCheck={false} />
        </Field>
        <Field {...fieldOf(fields.name)} label="Name" end="optional">
          <TextInput {...name} maxLength={100} autoComplete="off" />
        </Field>
        <Field {...fieldOf(fields.role)} label="Role">
          <Select {...role}>
            {[...ROLES].reverse().map((value) => (
              <option key={value} value={value}>
                {value}: {ROLE_WORDS[value].toLowerCase()}
              </option>
            ))}
          </Select>
        </Field>
        <Field
          {...fieldOf(fields.password)}
          label="First password"
          help={`At least ${PASSWORD_MIN} characters.`}
        >
          <PasswordInput {...password} required minLength={PASSWORD_MIN} autoComplete="new-password" />
        </Field>
        <div className="form-acts">
          <Button type="submit" variant="primary" working={nav.formMethod === 'POST' && 'Adding'}>
            Add
          </Button>
        </div>
      </Form>
    </Panel>
  );
}
