import {
  getFormProps,
  getInputProps,
  getSelectProps,
  type SubmissionResult,
  useForm,
} from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { Form, useNavigation } from '@remix-run/react';
import type { ReactNode } from 'react';
import { TEMPLATE_KINDS, type TemplateInput, templateSchema } from '#app/modules/disputes/template-schema.ts';
import { Button, ButtonLink } from '#app/ui/button.tsx';
import { ErrorSummary, summaryOf } from '#app/ui/error-summary.tsx';
import { Field, fieldOf } from '#app/ui/field.tsx';
import { Panel } from '#app/ui/panel.tsx';
import { Select } from '#app/ui/select.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import type { Samples } from './read-samples.server.ts';
import { TemplatePreview, VariableList } from './template-preview.tsx';
import { KIND_LABELS } from './template-words.ts';

/** The form of a reason template, and beside it the reason that it makes of a real refund. */
export function TemplateForm({
  title,
  initial,
  reply,
  samples,
  submit,
  children,
}: {
  title: string;
  initial: TemplateInput;
  reply: SubmissionResult | undefined;
  samples: Samples;
  submit: string;
  /** Beside the form: another way to end. */
  children?: ReactNode;
}) {
  const nav = useNavigation();
  const [form, fields] = useForm<TemplateInput>({
    id: 'template',
    lastResult: nav.state === 'idle' ? (reply as SubmissionResult<string[]>) : null,
    defaultValue: initial,
    onValidate: ({ formData }) => parseWithZod(oneLineEnds(formData), { schema: templateSchema }),
    shouldValidate: 'onBlur',
    shouldRevalidate: 'onInput',
  });
  const { key: _name, ...name } = getInputProps(fields.name, { type: 'text' });
  const { key: _kind, ...kind } = getSelectProps(fields.kind);
  const written = { ...initial, ...form.value };
  const chosen = TEMPLATE_KINDS.find((known) => known === written.kind) ?? 'any';
  return (
    <div className="two-up lead-left">
      <Panel title={title}>
        <Form method="post" {...getFormProps(form)} className="form">
          <ErrorSummary
            errors={summaryOf(form, [
              { label: 'Name', field: fields.name },
              { label: 'For', field: fields.kind },
              { label: 'Reason', field: fields.text },
            ])}
          />
          <Field {...fieldOf(fields.name)} label="Name">
            <TextInput {...name} autoComplete="off" placeholder="Refunded within 30 days" />
          </Field>
          <Field
            {...fieldOf(fields.kind)}
            label="For"
            help="In a batch, refunds of another kind are left out."
          >
            <Select {...kind}>
              {TEMPLATE_KINDS.map((value) => (
                <option key={value} value={value}>
                  {KIND_LABELS[value]}
                </option>
              ))}
            </Select>
          </Field>
          <TextArea
            {...fieldOf(fields.text)}
            name={fields.text.name}
            label="Reason"
            rows={5}
            max={2000}
            initial={fields.text.initialValue ?? ''}
            help="Kept by the network as its audit record, 1 to 2,000 characters once filled in."
          />
          <div className="form-acts">
            <Button type="submit" variant="primary" working={nav.formMethod === 'POST' && 'Saving'}>
              {submit}
            </Button>
            <ButtonLink to="/settings/templates" variant="quiet">
              Cancel
            </ButtonLink>
          </div>
        </Form>
        {children}
      </Panel>
      <div className="flex flex-col gap-4">
        <TemplatePreview text={written.text ?? ''} kind={chosen} samples={samples} />
        <VariableList />
      </div>
    </div>
  );
}

/** A form sends line ends of its own kind: the reason is sent as it was typed. */
export function oneLineEnds(form: FormData): FormData {
  const out = new FormData();
  for (const [name, value] of form)
    out.append(name, typeof value === 'string' ? value.replaceAll('\r\n', '\n') : value);
  return out;
}
