import { useNavigate } from '@remix-run/react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { instantOfField, localField } from '#app/platform/time-range.ts';
import { Button } from '#app/ui/button.tsx';
import { Radio } from '#app/ui/checkbox.tsx';
import { describedBy, Field } from '#app/ui/field.tsx';
import { FilterForm, FilterOptions } from '#app/ui/filter-menu.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { useZone } from '#app/ui/time-context.tsx';
import { CHOICES, keysOf, type NetworkName, type RefField, TEXTS, type TextName } from './filter-fields.ts';
import { hrefWith, pairsOf, type RefFilters } from './filters.ts';

/** The form that sets a filter. */
export function editorOf(field: RefField, filters: RefFilters, networks: readonly string[]): ReactNode {
  const { key } = field;
  if (key === 'time') return <BetweenEditor filters={filters} />;
  const keep = pairsOf(filters, ...field.names);
  if (key === 'network' || key === 'networkNot')
    return <NetworkEditor name={key} chosen={filters[key]} networks={networks} keep={keep} />;
  if (key === 'outcome' || key === 'source')
    return (
      <FilterForm keep={keep}>
        <div className="opts">
          {CHOICES[key].options.map((option) => (
            <Radio
              key={option.value}
              name={key}
              value={option.value}
              label={option.label}
              defaultChecked={filters[key] === option.value}
            />
          ))}
        </div>
      </FilterForm>
    );
  const name = keysOf(TEXTS).find((known) => known === key);
  return (
    name && (
      <FilterForm keep={keep}>
        <TextEditor name={name} value={filters[name]} />
      </FilterForm>
    )
  );
}

function TextEditor({ name, value }: { name: TextName; value: string }) {
  const { label, operator, max, help } = TEXTS[name];
  return (
    <Field id={`refs-${name}`} label={`${label} ${operator}`} help={help}>
      <TextInput
        id={`refs-${name}`}
        name={name}
        mono
        maxLength={max}
        defaultValue={value}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={describedBy(`refs-${name}`, { help })}
      />
    </Field>
  );
}

function NetworkEditor({
  name,
  chosen,
  networks,
  keep,
}: {
  name: NetworkName;
  chosen: readonly string[];
  networks: readonly string[];
  keep: [string, string][];
}) {
  const prefix = name === 'network' ? '' : 'not:';
  return (
    <FilterForm keep={keep}>
      <FilterOptions
        name="network"
        options={networks.map((value) => ({ value: prefix + value, label: value }))}
        chosen={chosen.map((value) => prefix + value)}
      />
    </FilterForm>
  );
}

/** Two moments in the reader's zone; one may stay empty. */
function BetweenEditor({ filters }: { filters: RefFilters }) {
  const zone = useZone();
  const navigate = useNavigate();
  const [fault, setFault] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const read = (name: string) => {
      const text = String(form.get(name) ?? '');
      return text === '' ? '' : instantOfField(text.slice(0, 16), zone);
    };
    const [from, to] = [read('from'), read('to')];
    if (from === null || to === null) setFault('Give day and time, e.g. 12 May 2026, 14:00.');
    else if (from !== '' && to !== '' && from >= to) setFault('The first moment must be before the second.');
    else navigate(hrefWith(filters, { from, to, range: '' }), { preventScrollReset: true });
    // the popover closes on submit: it stays while there is something to put right
    if (from === null || to === null || (from !== '' && to !== '' && from >= to)) event.stopPropagation();
  };
  const errors = fault === null ? undefined : [fault];
  const field = (name: 'from' | 'to', label: string) => (
    <Field id={`refs-${name}`} label={label} {...(name === 'to' && errors ? { errors } : {})}>
      <TextInput
        id={`refs-${name}`}
        name={name}
        type="datetime-local"
        defaultValue={filters[name] === '' ? '' : localField(filters[name], zone)}
        aria-describedby={name === 'to' ? describedBy('refs-to', { errors }) : undefined}
      />
    </Field>
  );
  return (
    <form className="filter-pop" onSubmit={submit} noValidate>
      {field('from', `From (${zone})`)}
      {field('to', `Before (${zone})`)}
      <div className="acts">
        <Button type="submit" small>
          Apply
        </Button>
      </div>
    </form>
  );
}
