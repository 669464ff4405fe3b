import { useState } from 'react';
import type { FilterQuery } from '#app/modules/outbox/filter-schema.ts';
import { FilterEditor, LinesField, linesOf, OperatorSelect } from '#app/ui/filter-editor.tsx';
import type { EditorProps } from './part-editor.tsx';
import { PART_LABELS } from './part-words.ts';

/** Parts of the filter that are set as lines of text. */
export type TextName = 'cause' | 'httpStatus' | 'campaign' | 'affiliate' | 'code' | 'externalId';
type TextOp = 'is' | 'not' | 'begins' | 'unknown' | 'known';

const OPERATORS: Record<TextOp, string> = {
  is: 'is',
  not: 'is not',
  begins: 'begins with',
  unknown: 'is not known',
  known: 'is known',
};
const TEXTS: Record<TextName, { label: string; help: string; ops: readonly TextOp[] }> = {
  cause: {
    label: 'Code of the last answer',
    help: 'NOT_FOUND, TIMEOUT, CAMPAIGN_BUDGET_EXHAUSTED… One a line (⇧⏎).',
    ops: ['is', 'not', 'begins'],
  },
  httpStatus: {
    label: 'HTTP status of the last answer',
    help: '404, 429, 5xx… One a line (⇧⏎).',
    ops: ['is', 'not'],
  },
  campaign: {
    label: "The network's campaign id",
    help: 'As it stands in the address of the campaign at the network. One a line (⇧⏎).',
    ops: ['is', 'not', 'unknown', 'known'],
  },
  affiliate: { label: "The network's id of the affiliate", help: 'One a line (⇧⏎).', ops: ['is'] },
  code: {
    label: 'Tracking code',
    help: 'Case counts, and so does white space. One a line (⇧⏎).',
    ops: ['is', 'begins'],
  },
  externalId: { label: 'Order (externalId)', help: 'Case counts. One a line (⇧⏎).', ops: ['is', 'begins'] },
};
const BEGINS = { cause: 'causeBegins', code: 'codeBegins', externalId: 'externalIdBegins' } as const;
const begins = (name: TextName) => (name in BEGINS ? BEGINS[name as keyof typeof BEGINS] : null);
const negatable = (name: TextName): name is 'cause' | 'httpStatus' | 'campaign' =>
  name === 'cause' || name === 'httpStatus' || name === 'campaign';

function chosenOf(filter: FilterQuery, name: TextName): { op: TextOp; values: string[] } {
  const start = begins(name);
  const not = negatable(name) ? filter.not?.[name] : undefined;
  if (name === 'campaign' && filter.campaignKnown !== undefined)
    return { op: filter.campaignKnown ? 'known' : 'unknown', values: [] };
  if (start && filter[start]) return { op: 'begins', values: [filter[start]] };
  if (not?.length) return { op: 'not', values: not.map(String) };
  return { op: 'is', values: (filter[name] ?? []).map(String) };
}

/** Opaque values with their operator. */
export function TextEditor({ name, state, apply }: EditorProps & { name: TextName }) {
  const chosen = chosenOf(state.filter, name);
  const [op, setOp] = useState(chosen.op);
  const { label, help, ops } = TEXTS[name];
  const onApply = (form: FormData): string | null => {
    if (op === 'unknown' || op === 'known') {
      apply({ campaignKnown: op === 'known' });
      return null;
    }
    const lines = linesOf(form);
    const start = begins(name);
    if (lines.length === 0) return 'Give at least one value.';
    if (name === 'httpStatus' && !lines.every((line) => /^[1-5](\d\d|xx)$/.test(line)))
      return 'An HTTP status is a number such as 404, or a hundred of them such as 5xx.';
    if (op === 'begins' && start) apply({ [start]: lines[0] });
    else {
      const values =
        name === 'httpStatus' ? lines.map((line) => (/^\d+$/.test(line) ? Number(line) : line)) : lines;
      apply(op === 'not' ? { not: { [name]: values } } : { [name]: values });
    }
    return null;
  };
  return (
    <FilterEditor onApply={onApply}>
      {ops.length > 1 && (
        <OperatorSelect
          field={PART_LABELS[name]}
          value={op}
          onChange={setOp}
          options={ops.map((value) => ({ value, label: OPERATORS[value] }))}
        />
      )}
      {op !== 'unknown' && op !== 'known' && (
        <LinesField id={`filter-${name}`} label={label} help={help} values={chosen.values} />
      )}
    </FilterEditor>
  );
}
