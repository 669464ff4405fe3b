import { useNavigate } from '@remix-run/react';
import { Calendar, Columns3 } from 'lucide-react';
import { POSTBACK_STATUSES } from '#app/modules/outbox/schema.ts';
import { Button } from '#app/ui/button.tsx';
import { ChipMenu } from '#app/ui/chip-menu.tsx';
import { Field } from '#app/ui/field.tsx';
import { FilterChip } from '#app/ui/filter-chip.tsx';
import { type FilterField, FilterForm, FilterMenu, FilterOptions } from '#app/ui/filter-menu.tsx';
import { Menu, MenuCheckbox, MenuRadio } from '#app/ui/menu.tsx';
import { SearchChip } from '#app/ui/search-chip.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { Toolbar } from '#app/ui/toolbar.tsx';
import { OPTIONAL_COLUMNS } from './columns.tsx';
import { keptBy, type ListState, listHref } from './filters.ts';
import { STATUS_LABELS } from './status.tsx';
import { isRange, RANGE_OPTIONS, rangeLabel } from './time-range.ts';

type ListField = 'status' | 'cause' | 'answer' | 'network' | 'campaign';

export const FIELD_LABELS: Record<ListField | 'q' | 'range', string> = {
  status: 'Status',
  cause: 'Cause',
  answer: 'Answer',
  network: 'Network',
  campaign: 'Campaign',
  q: 'Search',
  range: 'Time',
};

const FIELDS: readonly ListField[] = ['status', 'cause', 'answer', 'network', 'campaign'];

/** The chips above the list: what it is narrowed to, and how to narrow it further. */
export function ListFilters({ state, networks }: { state: ListState; networks: readonly string[] }) {
  const editor = (field: ListField) => <FieldEditor field={field} state={state} networks={networks} />;
  const active = FIELDS.filter((field) => state[field].length > 0);
  const rest = FIELDS.filter((field) => state[field].length === 0);
  const fields: FilterField[] = rest.map((field) => ({
    key: field,
    label: FIELD_LABELS[field],
    editor: editor(field),
  }));
  return (
    <Toolbar
      end={
        <span className="hide-s">
          <RangeMenu state={state} />
        </span>
      }
    >
      <SearchChip value={state.q} placeholder="Order, tracking code or id" keep={keptBy(state, 'q')} />
      {active.map((field) => (
        <FilterChip
          key={field}
          field={FIELD_LABELS[field]}
          operator="is any of"
          value={valueText(state, field)}
          removeTo={listHref(state, { [field]: [], open: null })}
          editor={editor(field)}
        />
      ))}
      {fields.length > 0 && <FilterMenu fields={fields} />}
    </Toolbar>
  );
}

/** "Retrying, Parked +2". */
function valueText(state: ListState, field: ListField): string {
  const words =
    field === 'status' ? state.status.map((status) => STATUS_LABELS[status]) : state[field].map(String);
  return words.length > 2 ? `${words.slice(0, 2).join(', ')} +${words.length - 2}` : words.join(', ');
}

function FieldEditor({
  field,
  state,
  networks,
}: {
  field: ListField;
  state: ListState;
  networks: readonly string[];
}) {
  const keep = keptBy(state, field);
  if (field === 'status') {
    return (
      <FilterForm keep={keep}>
        <FilterOptions
          name="status"
          options={POSTBACK_STATUSES.map((value) => ({ value, label: STATUS_LABELS[value] }))}
          chosen={state.status}
        />
      </FilterForm>
    );
  }
  if (field === 'network') {
    return (
      <FilterForm keep={keep}>
        <FilterOptions
          name="network"
          options={networks.map((value) => ({ value, label: value }))}
          chosen={state.network}
        />
      </FilterForm>
    );
  }
  return (
    <FilterForm keep={keep}>
      <TextFilter field={field} value={String(state[field][0] ?? '')} />
    </FilterForm>
  );
}

const HELP = {
  cause: { label: 'Code of the last answer', help: 'NOT_FOUND, TIMEOUT, CAMPAIGN_BUDGET_EXHAUSTED…' },
  answer: { label: 'HTTP status of the last answer', help: '404, 429, 500…' },
  campaign: {
    label: "The network's campaign id",
    help: 'As it stands in the address of the campaign at the network.',
  },
} as const;

function TextFilter({ field, value }: { field: keyof typeof HELP; value: string }) {
  const { label, help } = HELP[field];
  return (
    <Field id={`filter-${field}`} label={label} help={help}>
      <TextInput
        id={`filter-${field}`}
        name={field}
        defaultValue={value}
        mono
        required
        {...(field === 'answer' ? { inputMode: 'numeric', pattern: '[1-5][0-9][0-9]' } : {})}
      />
    </Field>
  );
}

function RangeMenu({ state }: { state: ListState }) {
  const navigate = useNavigate();
  const choose = (value: string) =>
    navigate(listHref(state, { range: isRange(value) ? value : null, open: null }), {
      preventScrollReset: true,
    });
  return (
    <ChipMenu label="Time range" value={rangeLabel(state.range)} icon={Calendar}>
      <MenuRadio
        value={state.range ?? 'any'}
        options={[{ value: 'any', label: rangeLabel(null) }, ...RANGE_OPTIONS]}
        onChange={choose}
      />
    </ChipMenu>
  );
}

/** Which of the optional columns are shown; kept in the URL. */
export function ColumnsMenu({ state }: { state: ListState }) {
  const navigate = useNavigate();
  return (
    <Menu label="Columns" trigger={<Button small icon={Columns3} aria-label="Columns" className="hide-s" />}>
      {OPTIONAL_COLUMNS.map(({ id, label }) => (
        <MenuCheckbox
          key={id}
          checked={!state.hide.includes(id)}
          onChange={(shown) =>
            navigate(
              listHref(state, {
                hide: shown ? state.hide.filter((other) => other !== id) : [...state.hide, id],
              }),
              { preventScrollReset: true, replace: true },
            )
          }
        >
          {label}
        </MenuCheckbox>
      ))}
    </Menu>
  );
}
