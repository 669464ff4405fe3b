import { useNavigate } from '@remix-run/react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { formatTimeFull } from '#app/platform/time-format.ts';
import { instantOfField, localField } from '#app/platform/time-range.ts';
import { Button } from '#app/ui/button.tsx';
import { Radio } from '#app/ui/checkbox.tsx';
import { describedBy, Field } from '#app/ui/field.tsx';
import { FilterForm, FilterOptions } from '#app/ui/filter-menu.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { useZone } from '#app/ui/time-context.tsx';
import { type FilterName, hrefWith, pairsOf, type RefFilters } from './filters.ts';

/** One filter with its operator. `value` is what the chip says, null where the filter is not set. */
export interface RefField {
  key: string;
  label: string;
  operator: string;
  /** In the menu: "Code begins with". */
  menuLabel: string;
  /** The parameters it stands for. */
  names: FilterName[];
  value: string | null;
}

type TextName = 'prefix' | 'promo' | 'promoPrefix' | 'visitor';
type ChoiceName = 'outcome' | 'source';
type NetworkName = 'network' | 'networkNot';

const TEXTS: Record<TextName, { label: string; operator: string; max: number; help: string }> = {
  prefix: { label: 'Code', operator: 'begins with', max: 64, help: 'Case counts, and so does white space.' },
  promo: { label: 'Promo', operator: 'is', max: 255, help: 'The whole code as it arrived. Case counts.' },
  promoPrefix: { label: 'Promo', operator: 'begins with', max: 255, help: 'Case counts.' },
  visitor: { label: 'Visitor', operator: 'is', max: 255, help: 'The whole id, as your site told it.' },
};
const CHOICES: Record<ChoiceName, { label: string; options: { value: string; label: string }[] }> = {
  outcome: {
    label: 'Outcome',
    options: [
      { value: 'kept', label: 'Kept' },
      { value: 'overwrite_blocked', label: 'Overwrite blocked' },
    ],
  },
  source: {
    label: 'Source',
    options: [
      { value: 'api', label: 'Server' },
      { value: 'browser', label: 'Browser' },
    ],
  },
};
const NETWORKS: Record<NetworkName, string> = { network: 'is any of', networkNot: 'is not' };

const keysOf = <K extends string>(record: Record<K, unknown>) => Object.keys(record) as K[];

/** All filters of the page besides search and moving time range, in the order of the columns. */
export function fieldsOf(filters: RefFilters): RefField[] {
  const text = (name: TextName): RefField => ({
    key: name,
    label: TEXTS[name].label,
    operator: TEXTS[name].operator,
    menuLabel: `${TEXTS[name].label} ${TEXTS[name].operator}`,
    names: [name],
    value: filters[name] || null,
  });
  const choice = (name: ChoiceName): RefField => ({
    key: name,
    label: CHOICES[name].label,
    operator: 'is',
    menuLabel: CHOICES[name].label,
    names: [name],
    value: CHOICES[name].options.find((option) => option.value === filters[name])?.label ?? null,
  });
  const networks = (name: NetworkName): RefField => ({
    key: name,
    label: 'Network',
    operator: NETWORKS[name],
    menuLabel: name === 'network' ? 'Network' : 'Network is not',
    names: [name],
    value: filters[name].join(', ') || null,
  });
  return [
    text('prefix'),
    choice('outcome'),
    text('promo'),
    text('promoPrefix'),
    text('visitor'),
    choice('source'),
    networks('network'),
    networks('networkNot'),
    {
      key: 'time',
      label: 'Arrived',
      operator: filters.from && filters.to ? 'between' : filters.from ? 'since' : 'before',
      menuLabel: 'Arrived between',
      names: ['from', 'to'],
      value: [filters.from, filters.to].filter((at) => at !== '').join(' and ') || null,
    },
  ];
}

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

/** The words of the time chip in the reader's zone. */
export const betweenWords = (filters: RefFilters, zone: string): string =>
  [filters.from, filters.to]
    .filter((at) => at !== '')
    .map((at) => formatTimeFull(at, zone).split(' · ')[0])
    .join(' and ');
