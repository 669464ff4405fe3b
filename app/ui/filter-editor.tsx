import { CircleAlert } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, type ReactNode, useState } from 'react';
import { Button } from './button.tsx';
import { Field } from './field.tsx';
import { Icon } from './icon.tsx';
import { Select } from './select.tsx';

/**
 * The form of a filter whose values the page puts into its address itself (operators, local times). `onApply` answers
 * what is wrong, or null: then the popover around it closes.
 */
export function FilterEditor({
  onApply,
  children,
}: {
  onApply: (form: FormData) => string | null;
  children: ReactNode;
}) {
  const [fault, setFault] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wrong = onApply(new FormData(event.currentTarget));
    setFault(wrong);
    // the popover closes on submit: it stays while there is something to put right
    if (wrong !== null) event.stopPropagation();
  };
  return (
    <form className="filter-pop" noValidate onSubmit={submit}>
      {children}
      {fault !== null && (
        <p className="help err" role="alert">
          <Icon icon={CircleAlert} size={13} />
          <span>{fault}</span>
        </p>
      )}
      <div className="acts">
        <Button type="submit" small>
          Apply
        </Button>
      </div>
    </form>
  );
}

export type OperatorOption<Op extends string> = { value: Op; label: string };

/** The operator of a filter: "is", "is not", "begins with". Sent as `op`. */
export function OperatorSelect<Op extends string>({
  field,
  value,
  options,
  onChange,
}: {
  field: string;
  value: Op;
  options: readonly OperatorOption<Op>[];
  onChange: (value: Op) => void;
}) {
  return (
    <Select
      name="op"
      aria-label={`${field}: operator`}
      value={value}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.currentTarget.value);
        if (chosen) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </Select>
  );
}

/** Several opaque values, one a line, kept to the byte. Enter applies, Shift-Enter starts another line. */
export function LinesField({
  id,
  label,
  help,
  values,
}: {
  id: string;
  label: string;
  help?: ReactNode;
  values: readonly string[];
}) {
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.currentTarget.form?.requestSubmit();
  };
  return (
    <Field id={id} label={label} {...(help === undefined ? {} : { help })}>
      <textarea
        id={id}
        name="value"
        className="input mono"
        rows={Math.min(6, Math.max(2, values.length + 1))}
        defaultValue={values.join('\n')}
        onKeyDown={onKeyDown}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        {...(help === undefined ? {} : { 'aria-describedby': `${id}-description` })}
      />
    </Field>
  );
}

/** The lines of a `LinesField`, as they were typed. */
export const linesOf = (form: FormData): string[] =>
  String(form.get('value') ?? '')
    .replaceAll('\r\n', '\n')
    .split('\n')
    .filter((line) => line !== '');
