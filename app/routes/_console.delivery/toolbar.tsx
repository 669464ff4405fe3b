import { useNavigate } from '@remix-run/react';
import { Calendar } from 'lucide-react';
import { ChipMenu } from '#app/ui/chip-menu.tsx';
import { FilterChip } from '#app/ui/filter-chip.tsx';
import { FilterForm, FilterMenu, FilterOptions } from '#app/ui/filter-menu.tsx';
import { MenuRadio } from '#app/ui/menu.tsx';
import { useNow, useZone } from '#app/ui/time-context.tsx';
import { Toolbar } from '#app/ui/toolbar.tsx';
import { spanWords } from './bar-words.ts';
import { type DeliveryState, hrefWith, pairsOf, RANGE_OPTIONS, rangeLabel } from './filters.ts';

export interface Choices {
  networks: { value: string; label: string }[];
  campaigns: { value: string; label: string }[];
}

/** Network, campaign, a zoom that can be dropped, and the time range. */
export function DeliveryToolbar({ state, choices }: { state: DeliveryState; choices: Choices }) {
  const navigate = useNavigate();
  const zone = useZone();
  const now = useNow(null);
  const fields = [
    { key: 'network' as const, label: 'Network', options: choices.networks },
    { key: 'campaign' as const, label: 'Campaign', options: choices.campaigns },
  ].map(({ key, label, options }) => ({
    key,
    label,
    words: state[key]
      .map((value) => options.find((option) => option.value === value)?.label ?? value)
      .join(', '),
    editor: (
      <FilterForm keep={pairsOf(state, key)} action="/delivery">
        <FilterOptions name={key} options={options} chosen={state[key]} />
      </FilterForm>
    ),
  }));
  return (
    <Toolbar
      end={
        <ChipMenu label="Time range" icon={Calendar} value={rangeLabel(state.range)}>
          <MenuRadio
            value={state.range}
            options={RANGE_OPTIONS}
            onChange={(value) => {
              const range = RANGE_OPTIONS.find((option) => option.value === value)?.value ?? '24h';
              navigate(hrefWith(state, { range, between: null }), { preventScrollReset: true });
            }}
          />
        </ChipMenu>
      }
    >
      {state.between && (
        <FilterChip
          field="Time"
          operator="is"
          value={spanWords(state.between, now, zone)}
          removeTo={hrefWith(state, { between: null })}
        />
      )}
      {fields
        .filter(({ key }) => state[key].length > 0)
        .map(({ key, label, words, editor }) => (
          <FilterChip
            key={key}
            field={label}
            operator="is any of"
            value={words}
            removeTo={hrefWith(state, { [key]: [] })}
            editor={editor}
          />
        ))}
      <FilterMenu fields={fields.filter(({ key }) => state[key].length === 0)} />
    </Toolbar>
  );
}
