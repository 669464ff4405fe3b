import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#app/ui/button.tsx';
import { Field } from '#app/ui/field.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import type { Fault, SumLine } from '../_console.settings.refunds/four-eyes-form.ts';

/** The id of a line's field, for the summary of faults. */
export const fieldId = (line: number, field: Fault['field']): string => `${field}-${line}`;

/** A currency and its sum a line, one of them empty for the next. */
export function SumLines({ lines, faults }: { lines: readonly SumLine[]; faults: readonly Fault[] }) {
  const [count, setCount] = useState(lines.length + 1);
  const shown = Array.from(
    { length: Math.max(count, lines.length) },
    (_, i) => lines[i] ?? { currency: '', amount: '' },
  );
  return (
    <fieldset className="form">
      <legend className="sr">Sums by currency</legend>
      {shown.map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the form
        <div key={i} className="two">
          <SumField i={i} field="currency" label="Currency" value={line.currency} faults={faults} />
          <SumField i={i} field="amount" label="Above" value={line.amount} faults={faults} />
        </div>
      ))}
      <div>
        <Button small icon={Plus} onClick={() => setCount(shown.length + 1)}>
          Add a currency
        </Button>
      </div>
    </fieldset>
  );
}

function SumField({
  i,
  field,
  label,
  value,
  faults,
}: {
  i: number;
  field: Fault['field'];
  label: string;
  value: string;
  faults: readonly Fault[];
}) {
  const id = fieldId(i, field);
  const errors = faults
    .filter((fault) => fault.line === i && fault.field === field)
    .map((fault) => `${fault.message}.`);
  const money = field === 'amount';
  return (
    <Field id={id} label={label} errors={errors}>
      <TextInput
        id={id}
        name={field}
        defaultValue={value}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={errors.length > 0}
        aria-describedby={errors.length > 0 ? `${id}-error` : undefined}
        {...(money ? { inputMode: 'decimal', placeholder: '100.00' } : { maxLength: 3, placeholder: 'USD' })}
      />
    </Field>
  );
}
