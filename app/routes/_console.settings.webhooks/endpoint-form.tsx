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
import { endpointInput } from '#app/modules/webhooks/endpoint-schema.ts';
import type { SourceId } from '#app/modules/webhooks/schema.ts';
import { PasswordInput } from '#app/routes/login/password-input.tsx';
import { Button, ButtonLink } from '#app/ui/button.tsx';
import { ErrorSummary, summaryOf } from '#app/ui/error-summary.tsx';
import { Field, fieldOf } from '#app/ui/field.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { Select } from '#app/ui/select.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { PROVIDERS } from './provider-words.ts';
import { EndpointAddress, EventsToSwitchOn } from './setup-steps.tsx';

type Props = {
  source: SourceId;
  reply: SubmissionResult | undefined;
  accounts: readonly { id: string; name: string }[];
  initialName: string;
  publicUrl: string;
};

/** The steps to a new endpoint, in the order in which they can be done: its address is known before its secret. */
export function EndpointForm({ source, reply, accounts, initialName, publicUrl }: Props) {
  const nav = useNavigation();
  const words = PROVIDERS[source];
  const [form, fields] = useForm<z.input<typeof endpointInput>>({
    id: 'new-endpoint',
    lastResult: nav.state === 'idle' ? reply : null,
    defaultValue: { name: initialName, accountId: accounts[0]?.id },
    onValidate: ({ formData }) => parseWithZod(formData, { schema: endpointInput }),
    shouldValidate: 'onBlur',
    shouldRevalidate: 'onInput',
  });
  const { key: _name, ...name } = getInputProps(fields.name, {
    type: 'text',
    ariaDescribedBy: fields.name.descriptionId,
  });
  const { key: _account, ...account } = getSelectProps(fields.accountId);
  const { key: _secret, ...secret } = getInputProps(fields.secret, {
    type: 'password',
    ariaDescribedBy: fields.secret.descriptionId,
  });
  const url = `${publicUrl}/webhooks/${source}/${fields.name.value ?? ''}`;
  return (
    <Form method="post" {...getFormProps(form)} className="flex flex-col gap-4">
      <input type="hidden" name="source" value={source} />
      <ErrorSummary
        errors={summaryOf(form, [
          { label: 'Name', field: fields.name },
          { label: 'Account', field: fields.accountId },
          { label: words.secretLabel, field: fields.secret },
        ])}
        title="The endpoint was not added"
      />
      <Panel title="1. Name it">
        <div className="form">
          <Field
            {...fieldOf(fields.name)}
            label="Name"
            help="The end of its address. One endpoint for each account at the provider, e.g. “store-eu”."
          >
            <TextInput {...name} mono required maxLength={40} autoComplete="off" spellCheck={false} />
          </Field>
          <Field {...fieldOf(fields.accountId)} label="Report to the account">
            <Select {...account}>
              {accounts.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        </div>
      </Panel>
      <Panel title={`2. Add this address at ${words.label}`}>
        {fields.name.value ? (
          <EndpointAddress source={source} url={url} />
        ) : (
          <p className="c2">Name it first: the address ends with its name.</p>
        )}
      </Panel>
      <Panel title="3. Switch on these events">
        <EventsToSwitchOn source={source} />
      </Panel>
      <Panel title="4. Paste the secret">
        <div className="form">
          <Field
            {...fieldOf(fields.secret)}
            label={words.secretLabel}
            help={`${words.secret} Leadline keeps it sealed and believes nothing that it did not sign.`}
          >
            <PasswordInput {...secret} required autoComplete="off" placeholder={words.placeholder} />
          </Field>
          <div className="form-acts">
            <Button type="submit" variant="primary" working={nav.formMethod === 'POST' && 'Adding it'}>
              Add the endpoint
            </Button>
            <ButtonLink to="/settings/webhooks" variant="quiet">
              Cancel
            </ButtonLink>
          </div>
        </div>
      </Panel>
    </Form>
  );
}
