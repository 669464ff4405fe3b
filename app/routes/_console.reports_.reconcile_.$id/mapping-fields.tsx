import type { ReactNode } from 'react';
import { Field } from '#app/ui/field.tsx';
import { Select } from '#app/ui/select.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { columnNames } from './mapping-form.ts';

export type Faults = readonly { path: string; message: string }[];

const errorsOf = (faults: Faults, name: string): string[] =>
  faults.filter(({ path }) => path === name).map(({ message }) => message);

interface Common {
  name: string;
  /** Where a name comes more than once. */
  id?: string;
  label: ReactNode;
  faults: Faults;
  help?: ReactNode;
}

/** A choice of words. */
export function Choice({
  name,
  id = `map-${name}`,
  label,
  faults,
  help,
  value,
  options,
}: Common & { value: string; options: readonly (readonly [value: string, label: string])[] }) {
  return (
    <Field id={id} label={label} help={help} errors={errorsOf(faults, name)}>
      <Select id={id} name={name} defaultValue={value}>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </Select>
    </Field>
  );
}

/** A column of the file, with what its first rows hold. */
export function ColumnChoice({
  value,
  header,
  samples,
  needed = false,
  ...common
}: Common & {
  value: number | null;
  header: readonly string[];
  samples: readonly string[];
  needed?: boolean;
}) {
  const sample = value === null ? undefined : samples[value];
  const options = columnNames(header).map((name, at) => [String(at), name] as const);
  return (
    <Choice
      {...common}
      help={common.help ?? (sample ? `e.g. ${sample}` : undefined)}
      value={value === null ? '' : String(value)}
      options={needed ? options : [['', 'None'], ...options]}
    />
  );
}

/** A short text. */
export function ShortText({
  name,
  label,
  faults,
  help,
  value,
  placeholder,
}: Common & { value: string; placeholder?: string }) {
  return (
    <Field id={`map-${name}`} label={label} help={help} errors={errorsOf(faults, name)}>
      <TextInput id={`map-${name}`} name={name} defaultValue={value} placeholder={placeholder} />
    </Field>
  );
}
