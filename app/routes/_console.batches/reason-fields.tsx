import { reasonTextSchema, type TEMPLATE_KINDS } from '#app/modules/disputes/template-schema.ts';
import { Field } from '#app/ui/field.tsx';
import { Select } from '#app/ui/select.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import type { BatchAsk } from './ask.ts';
import type { Written } from './use-preview.ts';

type Template = BatchAsk['templates'][number];

const KIND_LABELS: Record<(typeof TEMPLATE_KINDS)[number], string> = {
  any: '',
  refund: ' (refunds)',
  chargeback: ' (chargebacks)',
  fraud: ' (fraud reports)',
};

/** Why a text cannot be a reason, or null. */
export function faultOf(text: string): string | null {
  const checked = reasonTextSchema.safeParse(text);
  return checked.success ? null : `${checked.error.issues[0]?.message ?? 'This cannot be sent'}.`;
}

/** A template, and its text, which may be changed for this batch. */
export function ReasonFields({
  form,
  templates,
  reason,
  fault,
  onChange,
}: {
  form: string;
  templates: readonly Template[];
  reason: Written;
  fault: string | null;
  onChange: (written: Written) => void;
}) {
  const template = templates.find(({ id }) => id === reason.templateId);
  const help = reason.changed
    ? `Changed for this batch${template ? `: the template ${template.name} stays as it is` : ''}.`
    : 'What stands in braces is filled in for each lead; the refund’s id is always in it.';
  return (
    <>
      {templates.length > 0 && (
        <Field id={`${form}-template`} label="Reason template">
          <Select
            id={`${form}-template`}
            value={reason.templateId ?? ''}
            onChange={(event) => {
              const chosen = templates.find(({ id }) => id === event.target.value);
              onChange({
                templateId: chosen?.id ?? null,
                text: chosen?.text ?? reason.text,
                changed: false,
              });
            }}
          >
            {templates.map(({ id, name, kind }) => (
              <option key={id} value={id}>
                {name + KIND_LABELS[kind]}
              </option>
            ))}
            <option value="">Own text</option>
          </Select>
        </Field>
      )}
      <TextArea
        key={reason.templateId ?? ''}
        id={`${form}-text`}
        name="text"
        label="Reason"
        rows={3}
        max={2000}
        initial={reason.text}
        help={help}
        errors={fault === null ? [] : [fault]}
        onChange={(event) => {
          const text = event.target.value;
          onChange({ templateId: reason.templateId, text, changed: text !== template?.text });
        }}
      />
    </>
  );
}
