import { useNavigate } from '@remix-run/react';
import { useState } from 'react';
import type { FilterQuery } from '#app/modules/outbox/filter-schema.ts';
import { POSTBACK_STATUSES } from '#app/modules/outbox/schema.ts';
import { Radio } from '#app/ui/checkbox.tsx';
import { Field } from '#app/ui/field.tsx';
import { FilterEditor, OperatorSelect } from '#app/ui/filter-editor.tsx';
import { FilterOptions } from '#app/ui/filter-menu.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { type FilterName, type ListState, listHref, withPart } from './filters.ts';
import { AmountEditor, AttemptsEditor } from './number-editors.tsx';
import { PART_LABELS } from './part-words.ts';
import { STATUS_LABELS } from './status.tsx';
import { TextEditor } from './text-editor.tsx';

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
