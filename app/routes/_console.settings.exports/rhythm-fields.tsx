import { type FieldMetadata, getSelectProps } from '@conform-to/react';
import { useState } from 'react';
import { WEEKDAYS } from '#app/modules/scheduled/words-schema.ts';
import { Field, fieldOf } from '#app/ui/field.tsx';
import { Select } from '#app/ui/select.tsx';
import type { ScheduleFields } from './schedule-form.tsx';

type Fields = Record<
  'every' | 'weekday' | 'monthday' | 'hour' | 'zone',
  FieldMetadata<string, ScheduleFields, string[]>
>;

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const DAYS = Array.from({ length: 31 }, (_, day) => day + 1);

/** When it goes out, and by whose clock. */
export function RhythmFields({
  fields,
  initialEvery,
  zones,
}: {
  fields: Fields;
  initialEvery: string;
  zones: readonly string[];
}) {
  const [every, setEvery] = useState(initialEvery);
  const select = (field: Fields[keyof Fields], described = false) => {
    const { key: _key, ...props } = getSelectProps(
      field,
      described ? { ariaDescribedBy: field.descriptionId } : {},
    );
    return props;
  };
  const { defaultValue: _every, ...everyProps } = select(fields.every);
  return (
    <>
      <div className="two">
        <Field {...fieldOf(fields.every)} label="Every">
          <Select {...everyProps} value={every} onChange={(event) => setEvery(event.currentTarget.value)}>
            <option value="week">week</option>
            <option value="month">month</option>
          </Select>
        </Field>
        {/* both stay in the form, so that a change there and back keeps the day */}
        <div hidden={every !== 'week'}>
          <Field {...fieldOf(fields.weekday)} label="Day of the week">
            <Select {...select(fields.weekday)}>
              {WEEKDAYS.map((name, i) => (
                <option key={name} value={i + 1}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        <div hidden={every !== 'month'}>
          <Field
            {...fieldOf(fields.monthday)}
            label="Day of the month"
            help="A month without that day has it on its last."
          >
            <Select {...select(fields.monthday, true)}>
              {DAYS.map((day) => (
                <option key={day} value={day}>
                  {day === 31 ? '31 (the last day)' : day}
                </option>
              ))}
            </Select>
          </Field>
        </div>
      </div>
      <div className="two">
        <Field {...fieldOf(fields.hour)} label="Hour">
          <Select {...select(fields.hour)}>
            {HOURS.map((hour) => (
              <option key={hour} value={hour}>
                {`${String(hour).padStart(2, '0')}:00`}
              </option>
            ))}
          </Select>
        </Field>
        <Field
          {...fieldOf(fields.zone)}
          label="Time zone"
          help="Whose clock counts, also for the times in the file."
        >
          <Select {...select(fields.zone, true)}>
            {zones.map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll('_', ' ')}
              </option>
            ))}
          </Select>
        </Field>
      </div>
    </>
  );
}
