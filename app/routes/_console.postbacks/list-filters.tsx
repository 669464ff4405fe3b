import { useNavigate } from '@remix-run/react';
import { FilterChip } from '#app/ui/filter-chip.tsx';
import { FilterMenu } from '#app/ui/filter-menu.tsx';
import { TimeMenu } from '#app/ui/filter-time.tsx';
import { SearchChip } from '#app/ui/search-chip.tsx';
import { useZone } from '#app/ui/time-context.tsx';
import { Toolbar } from '#app/ui/toolbar.tsx';
import {
  type FilterName,
  isSet,
  keptBy,
  type ListState,
  listHref,
  setParts,
  without,
  withPart,
} from './filters.ts';
import { PartEditor } from './part-editor.tsx';
import { type KnownNames, PART_LABELS, partWords } from './part-words.ts';

/** What "+ Filter" offers, in the order of the columns. Issues, jobs and picked rows come by links. */
const OFFERED: readonly FilterName[] = [
  'status',
  'cause',
  'httpStatus',
  'externalId',
  'code',
  'campaign',
  'network',
  'affiliate',
  'amount',
  'attempts',
  'acknowledged',
  'text',
];

/** The chips above the list: what it is narrowed to, and how to narrow it further. */
export function ListFilters({
  state,
  networks,
  names,
}: {
  state: ListState;
  networks: readonly string[];
  names: KnownNames;
}) {
  const zone = useZone();
  const navigate = useNavigate();
  const { filter } = state;
  const editor = (name: FilterName) => <PartEditor name={name} state={state} networks={networks} />;
  return (
    <Toolbar
      end={
        <span className="hide-s">
          <TimeMenu
            value={filter}
            onChange={(time) =>
              navigate(listHref(state, { filter: withPart(filter, 'range', time), open: null }), {
                preventScrollReset: true,
              })
            }
          />
        </span>
      }
    >
      <SearchChip value={filter.q ?? ''} placeholder="Order, tracking code or id" keep={keptBy(state, 'q')} />
      {setParts(filter)
        .filter((name) => name !== 'q' && name !== 'range')
        .map((name) => (
          <FilterChip
            key={name}
            field={PART_LABELS[name]}
            {...partWords(filter, name, zone, names)}
            removeTo={listHref(state, { filter: without(filter, name), open: null })}
            {...(OFFERED.includes(name) ? { editor: editor(name) } : {})}
          />
        ))}
      <FilterMenu
        fields={OFFERED.filter((name) => !isSet(filter, name)).map((name) => ({
          key: name,
          label: PART_LABELS[name],
          editor: editor(name),
        }))}
      />
    </Toolbar>
  );
}
