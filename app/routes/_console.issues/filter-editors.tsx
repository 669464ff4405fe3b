import { useNavigate } from '@remix-run/react';
import { useState } from 'react';
import { type IssueOperator, splitOperators, withOperator } from '#app/modules/triage/issue-filter-schema.ts';
import { Field } from '#app/ui/field.tsx';
import { FilterEditor, LinesField, linesOf, OperatorSelect } from '#app/ui/filter-editor.tsx';
import { FilterOptions } from '#app/ui/filter-menu.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { hrefWith } from './filters.ts';

const LABELS: Record<IssueOperator, string> = { is: 'is', not: 'is not', begins: 'begins with' };

/** The values of an address's list with the operator they share; the first one's where they differ. */
export function readList(values: readonly string[]): { operator: IssueOperator; values: string[] } {
  const split = splitOperators(values);
  const operator = (['is', 'not', 'begins'] as const).find((one) => split[one].length > 0) ?? 'is';
  return { operator, values: split[operator] };
}

/** "is any of", "is not", "begins with": between a chip's field and its value. */
export const operatorWords = (values: readonly string[]): string => {
  const read = readList(values);
  return read.operator === 'is' && read.values.length > 1 ? 'is any of' : LABELS[read.operator];
};

/** Sets one list of the address: an operator, and values that are ticked, or typed one a line. */
export function ListEditor({
  name,
  label,
  operators,
  query,
  options,
  help,
  accepts,
}: {
  name: 'network' | 'code' | 'campaign' | 'httpStatus';
  label: string;
  operators: readonly IssueOperator[];
  query: URLSearchParams;
  /** Values to tick; without them they are typed. */
  options?: readonly { value: string; label: string }[];
  help?: string;
  /** What a typed value must be like; `help` says so. */
  accepts?: RegExp;
}) {
  const navigate = useNavigate();
  const now = readList(query.getAll(name));
  const [operator, setOperator] = useState(now.operator);
  const ticked = options !== undefined && options.length > 0;
  return (
    <FilterEditor
      onApply={(form) => {
        const values = ticked ? form.getAll(name).map(String) : linesOf(form);
        if (values.length === 0) return ticked ? 'Tick at least one.' : 'Write at least one.';
        const wrong = values.find((value) => accepts && !accepts.test(value));
        if (wrong !== undefined) return `${wrong} is none: write ${help ?? 'another'}.`;
        navigate(hrefWith(query, { [name]: values.map((value) => withOperator(operator, value)) }), {
          preventScrollReset: true,
        });
        return null;
      }}
    >
      <OperatorSelect
        field={label}
        value={operator}
        options={operators.map((value) => ({ value, label: LABELS[value] }))}
        onChange={setOperator}
      />
      {ticked ? (
        <FilterOptions name={name} options={options} chosen={now.values} />
      ) : (
        <LinesField
          id={`filter-${name}`}
          label={label}
          values={now.values}
          {...(help === undefined ? {} : { help })}
        />
      )}
    </FilterEditor>
  );
}

/** How often it must have been seen. */
export function SeenEditor({ query, value }: { query: URLSearchParams; value: number | null }) {
  const navigate = useNavigate();
  return (
    <FilterEditor
      onApply={(form) => {
        const given = String(form.get('seenMin') ?? '').trim();
        if (!/^[1-9]\d{0,8}$/.test(given)) return 'Write a whole number from 1, e.g. 100.';
        navigate(hrefWith(query, { seenMin: given }), { preventScrollReset: true });
        return null;
      }}
    >
      <Field id="filter-seen" label="Seen at least so often">
        <TextInput id="filter-seen" name="seenMin" inputMode="numeric" defaultValue={value ?? ''} />
      </Field>
    </FilterEditor>
  );
}
