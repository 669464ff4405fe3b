import { getFormProps, getInputProps, type SubmissionResult, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { Form, useNavigation } from '@remix-run/react';
import type { z } from 'zod';
import type { SkewItem } from '#app/modules/disputes/index.server.ts';
import { marginSchema } from '#app/modules/disputes/refund-policy-schema.ts';
import { Button } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { ErrorSummary, summaryOf } from '#app/ui/error-summary.tsx';
import { Facts } from '#app/ui/facts.tsx';
import { Field, fieldOf } from '#app/ui/field.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { ClockLine } from './clock-line.tsx';
import { isSaving } from './policy-editor.tsx';

/** How far automatic disputes of an account keep clear of deadlines, and how right its network's clock is. */
export function MarginForm({
  reply,
  hours,
  skew,
}: {
  reply: SubmissionResult | undefined;
  hours: number;
  skew: SkewItem | null;
}) {
  const nav = useNavigation();
  const [form, fields] = useForm<z.output<typeof marginSchema>>({
    id: 'margin',
    lastResult: nav.state === 'idle' ? (reply as SubmissionResult<string[]>) : null,
    defaultValue: { hours },
    onValidate: ({ formData }) => parseWithZod(withoutIntent(formData), { schema: marginSchema }),
    shouldValidate: 'onBlur',
    shouldRevalidate: 'onInput',
  });
  const { key: _key, ...input } = getInputProps(fields.hours, {
    type: 'text',
    ariaDescribedBy: fields.hours.descriptionId,
  });
  return (
    <Panel title="Before deadlines">
      {skew?.warning && (
        <div className="mb-4">
          <Callout meaning="needs" title="Clocks differ.">
            {skew.warning}
          </Callout>
        </div>
      )}
      <Form method="post" {...getFormProps(form)} className="form">
        <input type="hidden" name="intent" value="margin" />
        <ErrorSummary errors={summaryOf(form, [{ label: 'Margin', field: fields.hours }])} />
        <Field
          {...fieldOf(fields.hours)}
          label="Margin"
          help="From 0 to 720 hours. A grace time ends so long before the deadline at the latest, by the clock that is ahead. Refunds that wait for a person are marked urgent from then on."
        >
          <TextInput {...input} inputMode="numeric" autoComplete="off" suffix="hours" />
        </Field>
        <Facts items={[{ term: 'Network’s clock', value: <ClockLine skew={skew} />, wrap: true }]} />
        <div className="form-acts">
          <Button type="submit" working={isSaving(nav, 'margin') && 'Saving'}>
            Save margin
          </Button>
        </div>
      </Form>
    </Panel>
  );
}

/** The fields of the margin alone: its schema takes no others. */
export function withoutIntent(form: FormData): FormData {
  const own = new FormData();
  for (const [name, value] of form) if (name !== 'intent') own.append(name, value);
  return own;
}
