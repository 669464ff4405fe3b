import { type ReactNode, useId } from 'react';
import { describedBy, Field } from '#app/ui/field.tsx';
import { Select } from '#app/ui/select.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { type Place, type PlaceOption, RECORD_TYPES } from '../_console.settings.webhooks/mapping-form.ts';

/** A place in an event: what it is, and the name or kind of record that it asks for. */
export function PlaceFields({
  label,
  help,
  place,
  options,
  onChange,
  end,
}: {
  label: string;
  help?: string;
  place: Place;
  options: readonly PlaceOption[];
  onChange: (place: Place) => void;
  end?: ReactNode;
}) {
  const id = useId();
  const asks = options.find(({ kind }) => kind === place.kind)?.asks ?? null;
  return (
    <div className="flex flex-wrap items-end gap-2">
      <div className="grow">
        <Field id={id} label={label} {...(help === undefined ? {} : { help })}>
          <span className="flex flex-wrap gap-2">
            <span className="grow basis-40">
              <Select
                id={id}
                value={place.kind}
                aria-describedby={describedBy(id, { help })}
                onChange={(event) => onChange({ ...place, kind: event.currentTarget.value })}
              >
                {options.map((option) => (
                  <option key={option.kind} value={option.kind}>
                    {option.label}
                  </option>
                ))}
              </Select>
            </span>
            {asks === 'key' && (
              <span className="grow basis-32">
                <TextInput
                  mono
                  value={place.key}
                  aria-label={`${label}: name of the field`}
                  placeholder="rgta_ref"
                  maxLength={64}
                  spellCheck={false}
                  autoComplete="off"
                  onChange={(event) => onChange({ ...place, key: event.currentTarget.value })}
                />
              </span>
            )}
            {asks === 'type' && (
              <Select
                value={place.type}
                aria-label={`${label}: kind of record`}
                onChange={(event) => onChange({ ...place, type: event.currentTarget.value })}
              >
                {RECORD_TYPES.map((type) => (
                  <option key={type} value={type}>
                    {type.replace('_', ' ')}
                  </option>
                ))}
              </Select>
            )}
          </span>
        </Field>
      </div>
      {end}
    </div>
  );
}
