import type { FieldMetadata } from '@conform-to/react';
import { CHANNEL_WORDS } from '#app/modules/alerts/schema.ts';
import { Checkbox } from '#app/ui/checkbox.tsx';
import type { RuleFields } from './rule-fields.tsx';
import type { RuleFormProps } from './rule-form.tsx';

/** The channels that a rule tells. */
export function ChannelChoice({
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
