import { getFormProps, getInputProps, type SubmissionResult, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { Form, useNavigation } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import { CHANNEL_FORMS } from '#app/modules/alerts/form-schema.ts';
import type { ChannelKind } from '#app/modules/alerts/schema.ts';
import { Button, ButtonLink } from '#app/ui/button.tsx';
import { ErrorSummary, summaryOf } from '#app/ui/error-summary.tsx';
import { Field, fieldOf } from '#app/ui/field.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { TextInput } from '#app/ui/text-input.tsx';

interface Fields {
  name: string;
  addresses: string;
  url: string;
  secret: string;
}

type Props = {
  kind: ChannelKind;
  reply: SubmissionResult | undefined;
  initial: { name: string; addresses: string };
  /** What is stored already, of a channel that is changed. */
  stored: { url: string; secret: string | null } | null;
  submit: string;
};

/** The form of a channel. An address or secret left empty keeps the stored one. */
export function ChannelForm({ kind, reply, initial, stored, submit }: Props) {
  const nav = useNavigation();
  const [form, fields] = useForm<Fields, unknown>({
    id: `channel-${kind}`,
    lastResult: nav.state === 'idle' ? (reply as SubmissionResult<string[]>) : null,
    defaultValue: initial,
    onValidate: ({ formData }) =>
      parseWithZod(formData, { schema: CHANNEL_FORMS[kind] as unknown as z.ZodType<unknown, Fields> }),
    shouldValidate: 'onBlur',
    shouldRevalidate: 'onInput',
  });
  const { key: _name, ...name } = getInputProps(fields.name, { type: 'text' });
  const shown = kind === 'email' ? [] : kind === 'slack' ? [fields.url] : [fields.url, fields.secret];
  return (
    <Form method="post" {...getFormProps(form)} className="form">
      <ErrorSummary
        errors={summaryOf(form, [
          { label: 'Name', field: fields.name },
          ...(kind === 'email' ? [{ label: 'Addresses', field: fields.addresses }] : []),
          ...shown.map((field) => ({ label: field === fields.url ? 'Address' : 'Secret', field })),
        ])}
      />
      <Field {...fieldOf(fields.name)} label="Name">
        <TextInput {...name} required maxLength={60} placeholder={PLACEHOLDERS[kind]} autoComplete="off" />
      </Field>
      {kind === 'email' && (
        <TextArea
          {...fieldOf(fields.addresses)}
          name={fields.addresses.name}
          label="Addresses"
          help="One or more, separated by commas or lines. All of them get the same mail."
          rows={2}
          initial={fields.addresses.initialValue ?? ''}
          required
        />
      )}
      {kind !== 'email' && (
        <Web
          field={fields.url}
          label="Address it posts to"
          stored={stored?.url ?? null}
          placeholder={URLS[kind]}
        >
          {kind === 'slack'
            ? 'In Slack: Apps, Incoming Webhooks, choose the channel, copy the address. Whoever has it can post there, so it is kept sealed.'
            : 'It gets a POST with JSON and must answer 2xx. Redirects are not followed; private addresses need ALLOW_PRIVATE_DESTINATIONS.'}
        </Web>
      )}
      {kind === 'webhook' && (
        <Web
          field={fields.secret}
          label="Signing secret"
          stored={stored?.secret ?? null}
          placeholder=""
          optional
        >
          The header Leadline-Signature is t=seconds,v1=HMAC-SHA256 of “t.body” with it, in hex. Left empty,
          Leadline makes one and shows it once.
        </Web>
      )}
      <div className="form-acts">
        <Button type="submit" variant="primary" working={nav.formMethod === 'POST' && 'Saving'}>
          {submit}
        </Button>
        <ButtonLink to="/settings/alerts" variant="quiet">
          Cancel
        </ButtonLink>
      </div>
    </Form>
  );
}

const PLACEHOLDERS: Record<ChannelKind, string> = {
  email: 'Ops by mail',
  slack: '#leadline',
  webhook: 'Pager',
};
const URLS = {
  slack: 'https://hooks.slack.com/services/…',
  webhook: 'https://hooks.example.com/leadline',
} as const;

/** A value that is kept sealed: only a hint of the stored one is shown. */
function Web({
  field,
  label,
  stored,
  placeholder,
  optional = false,
  children,
}: {
  field: Parameters<typeof fieldOf>[0] & Parameters<typeof getInputProps>[0];
  label: string;
  stored: string | null;
  placeholder: string;
  optional?: boolean;
  children: ReactNode;
}) {
  const { key: _key, ...input } = getInputProps(field, {
    type: 'text',
    ariaDescribedBy: field.descriptionId,
  });
  return (
    <Field
      {...fieldOf(field)}
      label={label}
      end={stored === null ? (optional ? 'optional' : undefined) : 'leave empty to keep it'}
      help={
        <span>
          {stored !== null && <>Stored: {stored}. </>}
          {children}
        </span>
      }
    >
      <TextInput
        {...input}
        mono
        required={stored === null && !optional}
        placeholder={stored === null ? placeholder : ''}
        autoComplete="off"
        spellCheck={false}
      />
    </Field>
  );
}
