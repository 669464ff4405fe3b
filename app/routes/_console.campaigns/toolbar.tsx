import { Radio } from '#app/ui/checkbox.tsx';
import { ExportLink } from '#app/ui/export-link.tsx';
import { FilterChip } from '#app/ui/filter-chip.tsx';
import { FilterForm, FilterMenu } from '#app/ui/filter-menu.tsx';
import { SearchChip } from '#app/ui/search-chip.tsx';
import { Toolbar } from '#app/ui/toolbar.tsx';
import { type CampaignFilters, listHref, pairsOf } from './filters.ts';

type Choice = { value: string; label: string };
const STATUSES: Choice[] = [
  { value: 'ACTIVE', label: 'Active' },
  { value: 'DRAFT', label: 'Draft' },
  { value: 'PAUSED', label: 'Paused' },
];
const CONFIRMED: Choice[] = [
  { value: 'yes', label: 'Confirmed' },
  { value: 'no', label: 'Not confirmed' },
];

/** Filters of the list: status, tracking, account, and a search. */
export function CampaignToolbar({
  filters,
  networks,
}: {
  filters: CampaignFilters;
  networks: readonly string[];
}) {
  const fields = [
    { name: 'status' as const, label: 'Status', choices: STATUSES },
    { name: 'confirmed' as const, label: 'Tracking', choices: CONFIRMED },
    {
      name: 'network' as const,
      label: 'Account',
      choices: networks.map((value) => ({ value, label: value })),
    },
  ];
  const editor = (field: (typeof fields)[number]) => (
    <FilterForm keep={pairsOf(filters, field.name)}>
      <div className="opts">
        {field.choices.map((choice) => (
          <Radio
            key={choice.value}
            name={field.name}
            value={choice.value}
            label={choice.label}
            defaultChecked={filters[field.name] === choice.value}
          />
        ))}
      </div>
    </FilterForm>
  );
  const chosen = fields.filter((field) => filters[field.name] !== '');
  return (
    <Toolbar
      end={
        <ExportLink
          table="campaigns"
          query={new URLSearchParams(pairsOf(filters)).toString()}
          schedulable={false}
        />
      }
    >
      <SearchChip value={filters.q} placeholder="Name or id" keep={pairsOf(filters, 'q')} />
      {chosen.map((field) => (
        <FilterChip
          key={field.name}
          field={field.label}
          operator="is"
          value={
            field.choices.find((choice) => choice.value === filters[field.name])?.label ?? filters[field.name]
          }
          removeTo={listHref(pairsOf(filters, field.name))}
          editor={editor(field)}
        />
      ))}
      <FilterMenu
        fields={fields
          .filter((field) => filters[field.name] === '')
          .map((field) => ({ key: field.name, label: field.label, editor: editor(field) }))}
      />
    </Toolbar>
  );
}
