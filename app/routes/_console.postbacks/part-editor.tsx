import { useNavigate } from '@remix-run/react';
import { useState } from 'react';
import type { FilterQuery } from '#app/modules/outbox/filter-schema.ts';
import { POSTBACK_STATUSES } from '#app/modules/outbox/schema.ts';
import { Radio } from '#app/ui/checkbox.tsx';
import { Field } from '#app/ui/field.tsx';
import { FilterEditor, LinesField, linesOf, OperatorSelect } from '#app/ui/filter-editor.tsx';
import { FilterOptions } from '#app/ui/filter-menu.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { type FilterName, type ListState, listHref, withPart } from './filters.ts';
import { AmountEditor, AttemptsEditor } from './number-editors.tsx';
import { PART_LABELS } from './part-words.ts';
import { STATUS_LABELS } from './status.tsx';

export interface EditorProps {
  state: ListState;
  /** Sets the part and shows the list with it. */
  apply: (part: FilterQuery) => void;
}

/** The form that sets one part of the filter, with its operators. */
export function PartEditor({
  name,
  state,
  networks,
}: {
  name: FilterName;
  state: ListState;
  networks: readonly string[];
}) {
  const navigate = useNavigate();
  const apply = (part: FilterQuery) =>
    navigate(listHref(state, { filter: withPart(state.filter, name, part), open: null }), {
      preventScrollReset: true,
    });
  switch (name) {
    case 'status':
      return (
        <ChoiceEditor
          name="status"
          options={POSTBACK_STATUSES.map((value) => ({ value, label: STATUS_LABELS[value] }))}
          {...{ state, apply }}
        />
      );
    case 'network':
      return (
        <ChoiceEditor
          name="network"
          options={networks.map((value) => ({ value, label: value }))}
          {...{ state, apply }}
        />
      );
    case 'amount':
      return <AmountEditor {...{ state, apply }} />;
    case 'attempts':
      return <AttemptsEditor {...{ state, apply }} />;
    case 'acknowledged':
      return <AcknowledgedEditor {...{ state, apply }} />;
    case 'text':
      return <WordsEditor {...{ state, apply }} />;
    case 'cause':
    case 'httpStatus':
    case 'campaign':
    case 'affiliate':
    case 'code':
    case 'externalId':
      return <TextEditor name={name} {...{ state, apply }} />;
    default:
      return null;
  }
}

/** Some of a few values. */
function ChoiceEditor({
  name,
  options,
  state,
  apply,
}: EditorProps & { name: 'status' | 'network'; options: { value: string; label: string }[] }) {
  const { filter } = state;
  const [op, setOp] = useState<'is' | 'not'>(filter.not?.[name]?.length ? 'not' : 'is');
  const chosen = filter[name]?.length ? filter[name] : (filter.not?.[name] ?? []);
  return (
    <FilterEditor
      onApply={(form) => {
        const values = form.getAll(name).map(String);
        if (values.length === 0) return 'Tick at least one.';
        apply(op === 'not' ? { not: { [name]: values } } : { [name]: values });
        return null;
      }}
    >
      <OperatorSelect
        field={PART_LABELS[name]}
        value={op}
        onChange={setOp}
        options={[
          { value: 'is', label: 'is any of' },
          { value: 'not', label: 'is not' },
        ]}
      />
      <FilterOptions name={name} options={options} chosen={chosen} />
    </FilterEditor>
  );
}

type TextName = 'cause' | 'httpStatus' | 'campaign' | 'affiliate' | 'code' | 'externalId';
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
function TextEditor({ name, state, apply }: EditorProps & { name: TextName }) {
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

function AcknowledgedEditor({ state, apply }: EditorProps) {
  const option = (value: 'yes' | 'no', label: string) => (
    <Radio
      name="acknowledged"
      value={value}
      label={label}
      defaultChecked={(state.filter.acknowledged ?? true) === (value === 'yes')}
    />
  );
  return (
    <FilterEditor
      onApply={(form) => {
        apply({ acknowledged: form.get('acknowledged') === 'yes' });
        return null;
      }}
    >
      <div className="opts">
        {option('yes', 'Somebody took it out of the queue')}
        {option('no', 'Nobody has yet')}
      </div>
    </FilterEditor>
  );
}

function WordsEditor({ state, apply }: EditorProps) {
  return (
    <FilterEditor
      onApply={(form) => {
        const text = String(form.get('text') ?? '').trim();
        if (text === '') return 'Give the words to look for.';
        apply({ text });
        return null;
      }}
    >
      <Field
        id="filter-text"
        label="Words in what was sent or answered"
        help="In this order; the last may be a beginning. The newest thousand matches are looked at."
      >
        <TextInput id="filter-text" name="text" defaultValue={state.filter.text ?? ''} maxLength={255} />
      </Field>
    </FilterEditor>
  );
}
