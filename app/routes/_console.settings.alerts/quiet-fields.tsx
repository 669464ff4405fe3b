import { type FieldMetadata, getInputProps, getSelectProps } from '@conform-to/react';
import { useState } from 'react';
import type { RuleKind } from '#app/modules/alerts/schema.ts';
import type { RuleFormValues } from '#app/modules/alerts/view-schema.ts';
import { Checkbox } from '#app/ui/checkbox.tsx';
import { Field, fieldOf } from '#app/ui/field.tsx';
import { Select } from '#app/ui/select.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import type { RuleFields } from './rule-fields.tsx';

type Fields = Record<
  'urgent' | 'quiet' | 'quietFrom' | 'quietTo' | 'zone',
  FieldMetadata<string, RuleFields>
>;

/** When nobody wants to be told, unless it is urgent; and the zone whose clock counts. */
export function QuietFields({
  kind,
  fields,
  formId,
  initial,
  zones,
}: {
  kind: RuleKind;
  fields: Fields;
  formId: string;
  initial: Pick<RuleFormValues, 'urgent' | 'quietHours'>;
  zones: readonly string[];
}) {
  const [quiet, setQuiet] = useState(initial.quietHours !== null);
  const { key: _from, ...from } = getInputProps(fields.quietFrom, { type: 'time' });
  const { key: _to, ...to } = getInputProps(fields.quietTo, { type: 'time' });
  return (
    <>
      <fieldset className="field">
        <legend className="med mb-2">When</legend>
        <div className="grid gap-2">
          <Checkbox
            name={fields.urgent.name}
            form={formId}
            defaultChecked={initial.urgent}
            label="Urgent"
            note="Told at once, in quiet hours too."
          />
          <Checkbox
            name={fields.quiet.name}
            form={formId}
            checked={quiet}
            onChange={(event) => setQuiet(event.target.checked)}
            label="Quiet hours"
            note="What comes then is held back, and told in one digest when they end."
          />
        </div>
      </fieldset>
      {/* kept in the form while hidden, so that a rule keeps its hours */}
      <div className="two" hidden={!quiet}>
        <Field {...fieldOf(fields.quietFrom)} label="Begins">
          <TextInput {...from} />
        </Field>
        <Field {...fieldOf(fields.quietTo)} label="Ends">
          <TextInput {...to} />
        </Field>
      </div>
      <div hidden={!quiet && kind !== 'no_conversions'}>
        <ZoneField field={fields.zone} kind={kind} zones={zones} />
      </div>
    </>
  );
}

function ZoneField({
  field,
  kind,
  zones,
}: {
  field: FieldMetadata<string, RuleFields>;
  kind: RuleKind;
  zones: readonly string[];
}) {
  const help =
    kind === 'no_conversions'
      ? 'Its hours and weekdays are compared with those of the last eight weeks.'
      : 'Whose clock counts, also when it is put forward or back.';
  const { key: _key, ...select } = getSelectProps(field, { ariaDescribedBy: field.descriptionId });
  return (
    <Field {...fieldOf(field)} label="Time zone" help={help}>
      <Select {...select}>
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll('_', ' ')}
          </option>
        ))}
      </Select>
    </Field>
  );
}
