import { useState } from 'react';
import type { NumberRange } from '#app/modules/outbox/postback-schema.ts';
import { decimalToMinor, minorToDecimal } from '#app/platform/money.ts';
import { Field } from '#app/ui/field.tsx';
import { FilterEditor, OperatorSelect } from '#app/ui/filter-editor.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import type { EditorProps } from './part-editor.tsx';

type Op = 'gte' | 'lte' | 'between' | 'eq';
const OPS: readonly { value: Op; label: string }[] = [
  { value: 'gte', label: 'at least' },
  { value: 'lte', label: 'at most' },
  { value: 'between', label: 'between' },
  { value: 'eq', label: 'exactly' },
];

const opOf = ({ gte, lte }: NumberRange): Op =>
  gte === undefined
    ? lte === undefined
      ? 'gte'
      : 'lte'
    : lte === undefined
      ? 'gte'
      : gte === lte
        ? 'eq'
        : 'between';

/** The range that operator and fields say, or what is wrong. */
function rangeOf(
  op: Op,
  form: FormData,
  read: (text: string) => number | null,
  example: string,
): NumberRange | string {
  const number = (name: string) => read(String(form.get(name) ?? '').trim());
  const [low, high] = [number('low'), number('high')];
  const wrong = `Give a number such as ${example}.`;
  if (op === 'between') {
    if (low === null || high === null) return wrong;
    return low <= high ? { gte: low, lte: high } : 'The first number must not be larger than the second.';
  }
  if (low === null) return wrong;
  return { ...(op === 'lte' ? {} : { gte: low }), ...(op === 'gte' ? {} : { lte: low }) };
}

function RangeFields({
  name,
  op,
  onOp,
  range,
  write,
  decimal,
}: {
  name: string;
  op: Op;
  onOp: (op: Op) => void;
  range: NumberRange;
  write: (n: number) => string;
  decimal: boolean;
}) {
  const low = range.gte ?? range.lte;
  const field = (id: 'low' | 'high', label: string, value: number | undefined) => (
    <Field id={`filter-${name}-${id}`} label={label}>
      <TextInput
        id={`filter-${name}-${id}`}
        name={id}
        inputMode={decimal ? 'decimal' : 'numeric'}
        autoComplete="off"
        defaultValue={value === undefined ? '' : write(value)}
      />
    </Field>
  );
  return (
    <>
      <OperatorSelect field={name} value={op} onChange={onOp} options={OPS} />
      {field('low', op === 'between' ? `${name} from` : name, low)}
      {op === 'between' && field('high', 'to', range.lte)}
    </>
  );
}

/** How often it was tried. */
export function AttemptsEditor({ state, apply }: EditorProps) {
  const range = state.filter.attempts ?? {};
  const [op, setOp] = useState(opOf(range));
  const read = (text: string) => (/^\d{1,6}$/.test(text) ? Number(text) : null);
  return (
    <FilterEditor
      onApply={(form) => {
        const attempts = rangeOf(op, form, read, '3');
        if (typeof attempts === 'string') return attempts;
        apply({ attempts });
        return null;
      }}
    >
      <RangeFields name="Attempts" op={op} onOp={setOp} range={range} write={String} decimal={false} />
    </FilterEditor>
  );
}

/** Revenue as people write it, in the units of the currency. */
export function AmountEditor({ state, apply }: EditorProps) {
  const amount = state.filter.amount ?? {};
  const [op, setOp] = useState(opOf(amount));
  const places = amount.currency ?? 'USD';
  return (
    <FilterEditor
      onApply={(form) => {
        const currency = String(form.get('currency') ?? '')
          .trim()
          .toUpperCase();
        if (currency !== '' && !/^[A-Z]{3}$/.test(currency))
          return 'A currency is a code of three letters, e.g. USD.';
        const range = rangeOf(op, form, (text) => decimalToMinor(text, currency || 'USD'), '49.00');
        if (typeof range === 'string') return range;
        apply({ amount: { ...range, ...(currency === '' ? {} : { currency }) } });
        return null;
      }}
    >
      <RangeFields
        name="Revenue"
        op={op}
        onOp={setOp}
        range={amount}
        write={(minor) => minorToDecimal(minor, places)}
        decimal
      />
      <Field id="filter-currency" label="Currency" end="any where empty">
        <TextInput id="filter-currency" name="currency" maxLength={3} defaultValue={amount.currency ?? ''} />
      </Field>
    </FilterEditor>
  );
}
