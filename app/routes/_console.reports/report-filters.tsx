import type { ReactNode } from 'react';
import type { LeadsNarrowing } from '#app/modules/reports/report-filter-schema.ts';
import { FilterChip } from '#app/ui/filter-chip.tsx';
import { FilterForm, FilterMenu, FilterOptions } from '#app/ui/filter-menu.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { Toolbar } from '#app/ui/toolbar.tsx';
import { hrefWith, keepFor } from './filters.ts';

export interface Choice {
  value: string;
  label: string;
}
export interface Choices {
  networks: Choice[];
  campaigns: Choice[];
}

type Name = 'campaign' | 'affiliate' | 'currency' | 'network';

/** The line of filters of a report; `children` stand before them, `end` at the right. */
export function ReportFilters({
  filter,
  query,
  choices,
  end,
  children,
}: {
  filter: LeadsNarrowing;
  query: URLSearchParams;
  choices: Choices;
  end?: ReactNode;
  children?: ReactNode;
}) {
  const options = (name: 'network' | 'campaign', list: readonly Choice[]) => (
    <FilterForm keep={keepFor(query, name)}>
      <FilterOptions name={name} options={list} chosen={filter[name]} />
    </FilterForm>
  );
  const line = (name: 'affiliate' | 'currency', label: string) => (
    <FilterForm keep={keepFor(query, name)}>
      <TextInput name={name} mono defaultValue={filter[name] ?? ''} aria-label={label} placeholder={label} />
    </FilterForm>
  );
  const words = (name: 'network' | 'campaign', list: readonly Choice[]) =>
    filter[name].map((value) => list.find((choice) => choice.value === value)?.label ?? value).join(', ');
  const all: { key: Name; label: string; value: string; operator: string; editor: ReactNode }[] = [
    {
      key: 'campaign',
      label: 'Campaign',
      value: words('campaign', choices.campaigns),
      operator: 'is any of',
      editor: options('campaign', choices.campaigns),
    },
    {
      key: 'affiliate',
      label: 'Affiliate',
      value: filter.affiliate ?? '',
      operator: 'is',
      editor: line('affiliate', 'Affiliate id'),
    },
    {
      key: 'currency',
      label: 'Currency',
      value: filter.currency ?? '',
      operator: 'is',
      editor: line('currency', 'Currency, e.g. USD'),
    },
    {
      key: 'network',
      label: 'Network',
      value: words('network', choices.networks),
      operator: 'is any of',
      editor: options('network', choices.networks),
    },
  ];
  return (
    <Toolbar end={end}>
      {children}
      {all
        .filter(({ value }) => value !== '')
        .map(({ key, label, operator, value, editor }) => (
          <FilterChip
            key={key}
            field={label}
            operator={operator}
            value={value}
            removeTo={hrefWith(query, { [key]: null })}
            editor={editor}
          />
        ))}
      <FilterMenu fields={all.filter(({ value }) => value === '')} />
    </Toolbar>
  );
}
