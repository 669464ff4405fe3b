import { Clock } from 'lucide-react';
import { Radio } from '#app/ui/checkbox.tsx';
import { ChipMenu } from '#app/ui/chip-menu.tsx';
import { describedBy, Field } from '#app/ui/field.tsx';
import { FilterChip } from '#app/ui/filter-chip.tsx';
import { FilterForm, FilterMenu } from '#app/ui/filter-menu.tsx';
import { MenuRadio } from '#app/ui/menu.tsx';
import { SearchChip } from '#app/ui/search-chip.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { Toolbar } from '#app/ui/toolbar.tsx';
import { pairsOf, RANGES, type RefFilters, refsHref } from './filters.ts';

const OUTCOMES = [
  { value: 'kept', label: 'Kept' },
  { value: 'overwrite_blocked', label: 'Overwrite blocked' },
];
const SOURCES = [
  { value: 'api', label: 'Server' },
  { value: 'browser', label: 'Browser' },
];

type Name = 'prefix' | 'outcome' | 'source' | 'network';

/** Filters of the page: a whole code in the search, the rest as chips, the time at the right. */
export function RefsToolbar({
  filters,
  networks,
  onRange,
}: {
  filters: RefFilters;
  networks: readonly string[];
  onRange: (range: string) => void;
}) {
  const fields: {
    name: Name;
    label: string;
    operator: string;
    choices: { value: string; label: string }[] | null;
  }[] = [
    { name: 'prefix', label: 'Code', operator: 'begins with', choices: null },
    { name: 'outcome', label: 'Outcome', operator: 'is', choices: OUTCOMES },
    { name: 'source', label: 'Source', operator: 'is', choices: SOURCES },
    {
      name: 'network',
      label: 'Account',
      operator: 'is',
      choices: networks.map((value) => ({ value, label: value })),
    },
  ];
  const editor = ({ name, choices }: (typeof fields)[number]) => (
    <FilterForm keep={pairsOf(filters, name)}>
      {choices === null ? (
        <PrefixField value={filters.prefix} />
      ) : (
        <div className="opts">
          {choices.map((choice) => (
            <Radio
              key={choice.value}
              name={name}
              value={choice.value}
              label={choice.label}
              defaultChecked={filters[name] === choice.value}
            />
          ))}
        </div>
      )}
    </FilterForm>
  );
  const range = (
    <ChipMenu label="Time range" icon={Clock} value={RANGES[filters.range]?.label ?? 'Any time'}>
      <MenuRadio
        value={filters.range}
        options={[
          ...Object.entries(RANGES).map(([value, one]) => ({ value, label: one.label })),
          { value: '', label: 'Any time' },
        ]}
        onChange={onRange}
      />
    </ChipMenu>
  );
  return (
    <Toolbar end={range}>
      <SearchChip
        name="ref"
        value={filters.ref}
        placeholder="Whole tracking code"
        keep={pairsOf(filters, 'ref')}
      />
      {fields
        .filter((field) => filters[field.name] !== '')
        .map((field) => (
          <FilterChip
            key={field.name}
            field={field.label}
            operator={field.operator}
            value={
              field.choices?.find((choice) => choice.value === filters[field.name])?.label ??
              filters[field.name]
            }
            removeTo={refsHref(pairsOf(filters, field.name))}
            editor={editor(field)}
          />
        ))}
      <FilterMenu
        fields={fields
          .filter((field) => filters[field.name] === '')
          .map((field) => ({
            key: field.name,
            label: field.choices === null ? 'Code begins with' : field.label,
            editor: editor(field),
          }))}
      />
    </Toolbar>
  );
}

function PrefixField({ value }: { value: string }) {
  const help = 'Case counts, and so does white space.';
  return (
    <Field id="prefix" label="Code begins with" help={help}>
      <TextInput
        id="prefix"
        name="prefix"
        mono
        maxLength={64}
        defaultValue={value}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={describedBy('prefix', { help })}
      />
    </Field>
  );
}
