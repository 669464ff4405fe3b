import { getFormProps, getInputProps, type SubmissionResult, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { Form, useNavigation } from '@remix-run/react';
import { PasswordInput } from '#app/routes/login/password-input.tsx';
import { Button, ButtonLink } from '#app/ui/button.tsx';
import { ErrorSummary, summaryOf } from '#app/ui/error-summary.tsx';
import { Field, fieldOf } from '#app/ui/field.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { type AccountForm, accountFormSchema, type CredentialView } from './account-form.ts';

type Props = {
  reply: SubmissionResult | undefined;
  initial: { name: string; baseUrl: string; retryScheduleSeconds: string };
  credentials: readonly CredentialView[];
  /** The ladder that counts where none is given here. */
  defaultSchedule: string;
  /** Name, address and credentials follow the environment: only the ladder is changed here. */
  fixed?: boolean;
  submit: string;
};

/** The form of an account. A credential left empty keeps its stored value. */
export function AccountFields({
  reply,
  initial,
  credentials,
  defaultSchedule,
  fixed = false,
  submit,
}: Props) {
  const nav = useNavigation();
  const schema = accountFormSchema(credentials.map(({ name }) => name));
  const [form, fields] = useForm<AccountForm>({
    lastResult: nav.state === 'idle' ? reply : null,
    defaultValue: initial,
    onValidate: ({ formData }) => parseWithZod(formData, { schema }),
    shouldValidate: 'onBlur',
    shouldRevalidate: 'onInput',
  });
  const secrets = fields.credentials.getFieldset() as Record<string, typeof fields.name>;
  const shown = credentials.flatMap((view) => {
    const field = secrets[view.name];
    return field ? [{ view, field }] : [];
  });
  const { key: _name, ...name } = getInputProps(fields.name, {
    type: 'text',
    ariaDescribedBy: fields.name.descriptionId,
  });
  const { key: _base, ...baseUrl } = getInputProps(fields.baseUrl, { type: 'url' });
  const { key: _ladder, ...ladder } = getInputProps(fields.retryScheduleSeconds, {
    type: 'text',
    ariaDescribedBy: fields.retryScheduleSeconds.descriptionId,
  });
  return (
    <Form method="post" {...getFormProps(form)} className="form">
      <ErrorSummary
        errors={summaryOf(form, [
          { label: 'Name', field: fields.name },
          { label: 'Address', field: fields.baseUrl },
          ...shown.map(({ view, field }) => ({ label: view.label, field })),
          { label: 'Retries', field: fields.retryScheduleSeconds },
        ])}
      />
      <Field
        {...fieldOf(fields.name)}
        label="Name"
        help="Your backend names the account by it, as “network”. Lower-case letters, digits and dashes."
      >
        <TextInput {...name} mono required readOnly={fixed} autoComplete="off" spellCheck={false} />
      </Field>
      <Field {...fieldOf(fields.baseUrl)} label="Address of the network’s API">
        <TextInput {...baseUrl} mono required readOnly={fixed} autoComplete="off" spellCheck={false} />
      </Field>
      {!fixed &&
        shown.map(({ view, field }) => {
          const { key: _key, ...input } = getInputProps(field, {
            type: 'password',
            ariaDescribedBy: field.descriptionId,
          });
          return (
            <Field
              key={view.name}
              {...fieldOf(field)}
              label={view.label}
              end={view.hint === null ? undefined : 'leave empty to keep it'}
              help={view.hint === null ? view.help : `Stored: ${view.hint}. ${view.help}`}
            >
              <PasswordInput
                {...input}
                autoComplete="off"
                placeholder={view.hint === null ? view.placeholder : ''}
              />
            </Field>
          );
        })}
      <Field
        {...fieldOf(fields.retryScheduleSeconds)}
        label="Retry after, in seconds"
        end="optional"
        help={`Up to five waits after a transient failure, separated by commas. Left empty: ${defaultSchedule}.`}
      >
        <TextInput {...ladder} mono placeholder={defaultSchedule} autoComplete="off" inputMode="numeric" />
      </Field>
      <div className="form-acts">
        <Button type="submit" variant="primary" working={nav.formMethod === 'POST' && 'Saving'}>
          {submit}
        </Button>
        <ButtonLink to="/settings/accounts" variant="quiet">
          Cancel
        </ButtonLink>
      </div>
      <p className="c3 text-12">
        Saving does not call the network: it has no call that only tests a key. The first postback, or
        importing a campaign, shows whether it is taken.
      </p>
    </Form>
  );
}
