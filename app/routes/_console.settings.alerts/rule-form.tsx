import {
  type FieldMetadata,
  getFormProps,
  getInputProps,
  type SubmissionResult,
  useForm,
} from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { Form, useNavigation } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import { RULE_FORMS } from '#app/modules/alerts/form-schema.ts';
import { CHANNEL_WORDS, type ChannelKind, type RuleKind } from '#app/modules/alerts/schema.ts';
import type { RuleFormValues } from '#app/modules/alerts/view-schema.ts';
import { Button, ButtonLink } from '#app/ui/button.tsx';
import { Checkbox } from '#app/ui/checkbox.tsx';
import { ErrorSummary, summaryOf } from '#app/ui/error-summary.tsx';
import { Field, fieldOf } from '#app/ui/field.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { QuietFields } from './quiet-fields.tsx';

export interface RuleFields {
  name: string;
  channelIds: string[];
  urgent: string;
  quiet: string;
  quietFrom: string;
  quietTo: string;
  zone: string;
  minUnpaid: string;
  limits: string;
  hours: string;
  minCount: string;
  minMoney: string;
  pauses: string;
}

export interface RuleFormProps {
  kind: RuleKind;
  reply: SubmissionResult | undefined;
  initial: RuleFormValues;
  channels: { id: string; name: string; kind: ChannelKind; hint: string; enabled: boolean }[];
  /** Time zones to choose from, the reader's own first. */
  zones: string[];
  submit: string;
}

/** The form of a rule: its name, what it waits for, who is told, and when not. */
export function RuleForm({ kind, reply, initial, channels, zones, submit }: RuleFormProps) {
  const nav = useNavigation();
  const { quietHours, channelIds, urgent: _urgent, pauses, ...values } = initial;
  const [form, fields] = useForm<RuleFields, unknown>({
    id: `rule-${kind}`,
    lastResult: nav.state === 'idle' ? (reply as SubmissionResult<string[]>) : null,
    defaultValue: {
      ...values,
      zone: initial.zone ?? zones[0],
      quietFrom: quietHours?.from ?? '22:00',
      quietTo: quietHours?.to ?? '07:00',
    },
    onValidate: ({ formData }) =>
      parseWithZod(formData, { schema: RULE_FORMS[kind] as unknown as z.ZodType<unknown, RuleFields> }),
    shouldValidate: 'onBlur',
    shouldRevalidate: 'onInput',
  });
  const own = OWN[kind];
  return (
    <Form method="post" {...getFormProps(form)} className="form">
      <ErrorSummary
        errors={summaryOf(form, [
          { label: 'Name', field: fields.name },
          ...own.map(({ name, label }) => ({ label, field: fields[name] })),
          { label: 'Channels', field: fields.channelIds },
          { label: 'Begins', field: fields.quietFrom },
          { label: 'Ends', field: fields.quietTo },
          { label: 'Time zone', field: fields.zone },
        ])}
      />
      <Text field={fields.name} label="Name" />
      {own.map(({ name, ...field }) => (
        <Text key={name} field={fields[name]} {...field} />
      ))}
      {kind === 'breaker' && (
        <Checkbox
          name={fields.pauses.name}
          form={form.id}
          defaultChecked={pauses}
          label="Pauses by hand, too"
          note="When a person pauses or resumes an account or a campaign."
        />
      )}
      <ChannelChoice field={fields.channelIds} formId={form.id} channels={channels} chosen={channelIds} />
      <QuietFields kind={kind} fields={fields} formId={form.id} initial={initial} zones={zones} />
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

type OwnField = {
  name: 'minUnpaid' | 'limits' | 'hours' | 'minCount' | 'minMoney';
  label: string;
  help: ReactNode;
  optional?: boolean;
  placeholder?: string;
  numeric?: boolean;
};

/** The fields that only rules of a kind have. */
const OWN: Record<RuleKind, OwnField[]> = {
  new_issue: [
    {
      name: 'minUnpaid',
      label: 'Only once it holds up at least',
      help: 'Payouts of its postbacks, one sum a currency. Left empty, every new cause is told at once.',
      optional: true,
      placeholder: '100 USD, 90 EUR',
    },
  ],
  unpaid_over: [
    {
      name: 'limits',
      label: 'When more than this is held up',
      help: 'Payouts of all open causes together, one limit a currency. It is over once it is back under four fifths.',
      placeholder: '500 USD, 450 EUR',
    },
  ],
  leads_due: [
    {
      name: 'hours',
      label: 'Hours before the deadline',
      help: 'From 1 to 72. Refunded leads that nobody has settled and that are released within this time.',
      numeric: true,
      placeholder: '24',
    },
    {
      name: 'minCount',
      label: 'From so many leads on',
      help: 'Left empty with the sum below empty, too: from the first.',
      optional: true,
      numeric: true,
      placeholder: '1',
    },
    {
      name: 'minMoney',
      label: 'Or from so much at stake on',
      help: 'One sum a currency.',
      optional: true,
      placeholder: '100 USD',
    },
  ],
  no_conversions: [],
  breaker: [],
};

function Text({
  field,
  label,
  help,
  optional = false,
  placeholder,
  numeric = false,
}: {
  field: FieldMetadata<string, RuleFields, string[]>;
  label: string;
  help?: ReactNode;
  optional?: boolean;
  placeholder?: string;
  numeric?: boolean;
}) {
  const { key: _key, ...input } = getInputProps(field, {
    type: 'text',
    ...(help === undefined ? {} : { ariaDescribedBy: field.descriptionId }),
  });
  return (
    <Field {...fieldOf(field)} label={label} end={optional ? 'optional' : undefined} help={help}>
      <TextInput
        {...input}
        required={!optional}
        autoComplete="off"
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(numeric ? { inputMode: 'numeric' as const } : {})}
      />
    </Field>
  );
}

function ChannelChoice({
  field,
  formId,
  channels,
  chosen,
}: {
  field: FieldMetadata<string[], RuleFields, string[]>;
  formId: string;
  channels: RuleFormProps['channels'];
  chosen: readonly string[];
}) {
  const errorId = field.errors ? field.errorId : undefined;
  return (
    <fieldset className="field" id={field.id} tabIndex={-1} aria-describedby={errorId}>
      <legend className="med mb-2">Tells</legend>
      {/* a box of their own: direct labels of a field look like its heading */}
      <div className="grid gap-2">
        {channels.map(({ id, name, kind, hint, enabled }) => (
          <Checkbox
            key={id}
            name={field.name}
            value={id}
            form={formId}
            defaultChecked={chosen.includes(id)}
            label={enabled ? name : `${name} (switched off)`}
            note={`${CHANNEL_WORDS[kind].label} · ${hint}`}
          />
        ))}
      </div>
      {errorId && (
        <p className="help err" id={errorId}>
          {field.errors?.join(' ')}
        </p>
      )}
    </fieldset>
  );
}
