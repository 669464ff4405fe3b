import { getFormProps, type SubmissionResult, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { Form, useNavigation } from '@remix-run/react';
import type { z } from 'zod';
import { RULE_FORMS } from '#app/modules/alerts/form-schema.ts';
import type { ChannelKind, RuleKind } from '#app/modules/alerts/schema.ts';
import type { RuleFormValues } from '#app/modules/alerts/view-schema.ts';
import { Button, ButtonLink } from '#app/ui/button.tsx';
import { Checkbox } from '#app/ui/checkbox.tsx';
import { ErrorSummary, summaryOf } from '#app/ui/error-summary.tsx';
import { ChannelChoice } from './channel-choice.tsx';
import { QuietFields } from './quiet-fields.tsx';
import { OWN, type RuleFields, Text } from './rule-fields.tsx';

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
