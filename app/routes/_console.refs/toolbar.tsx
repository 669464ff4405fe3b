import { useNavigate } from '@remix-run/react';
import { Calendar } from 'lucide-react';
import { RANGE_OPTIONS, rangeLabel } from '#app/platform/time-range.ts';
import { ChipMenu } from '#app/ui/chip-menu.tsx';
import { ColumnsMenu } from '#app/ui/columns-menu.tsx';
import { ExportLink } from '#app/ui/export-link.tsx';
import { FilterChip } from '#app/ui/filter-chip.tsx';
import { FilterMenu } from '#app/ui/filter-menu.tsx';
import { MenuRadio } from '#app/ui/menu.tsx';
import { SearchChip } from '#app/ui/search-chip.tsx';
import { useZone } from '#app/ui/time-context.tsx';
import { Toolbar } from '#app/ui/toolbar.tsx';
import { refColumns } from './columns.tsx';
import { editorOf } from './filter-editors.tsx';
import { betweenWords, fieldsOf } from './filter-fields.ts';
import { hrefWith, pairsOf, type RefFilters, refsHref } from './filters.ts';

/** The export and the choice of columns: in the head, as on Postbacks. */
export function RefsTools({ filters }: { filters: RefFilters }) {
  const navigate = useNavigate();
  return (
    <>
      <ExportLink table="refs" query={new URLSearchParams(pairsOf(filters, 'hide')).toString()} />
      <ColumnsMenu
        columns={refColumns(filters)}
        hidden={filters.hide}
        onChange={(hide) =>
          navigate(hrefWith(filters, { hide: [...hide].sort() }), { preventScrollReset: true, replace: true })
        }
      />
    </>
  );
}

/** Filters of the page: a whole code in the search, the rest as chips; the time range at the right. */
export function RefsToolbar({ filters, networks }: { filters: RefFilters; networks: readonly string[] }) {
  const navigate = useNavigate();
  const zone = useZone();
  const go = (change: Partial<RefFilters>) =>
    navigate(hrefWith(filters, change), { preventScrollReset: true });
  const fields = fieldsOf(filters);
  const range = (value: string): RefFilters['range'] =>
    RANGE_OPTIONS.find((option) => option.value === value)?.value ?? '';
  const end = (
    <ChipMenu label="Time range" icon={Calendar} value={rangeLabel(filters.range || null)}>
      <MenuRadio
        value={filters.range || 'any'}
        options={[{ value: 'any', label: rangeLabel(null) }, ...RANGE_OPTIONS]}
        onChange={(value) => go({ range: range(value), from: '', to: '' })}
      />
    </ChipMenu>
  );
  return (
    <Toolbar end={end}>
      <SearchChip
        name="ref"
        value={filters.ref}
        placeholder="Whole tracking code"
        keep={pairsOf(filters, 'ref')}
      />
      {fields
        .filter((field) => field.value !== null)
        .map((field) => (
          <FilterChip
            key={field.key}
            field={field.label}
            operator={field.operator}
            value={field.key === 'time' ? betweenWords(filters, zone) : (field.value ?? '')}
            removeTo={refsHref(pairsOf(filters, ...field.names))}
            editor={editorOf(field, filters, networks)}
          />
        ))}
      <FilterMenu
        fields={fields
          .filter((field) => field.value === null)
          .map((field) => ({
            key: field.key,
            label: field.menuLabel,
            editor: editorOf(field, filters, networks),
          }))}
      />
    </Toolbar>
  );
}
