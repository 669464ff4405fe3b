import type { SourceId } from '#app/modules/webhooks/schema.ts';
import { ExportLink } from '#app/ui/export-link.tsx';
import { Field } from '#app/ui/field.tsx';
import { FilterChip } from '#app/ui/filter-chip.tsx';
import { FilterForm, FilterMenu } from '#app/ui/filter-menu.tsx';
import { SearchChip } from '#app/ui/search-chip.tsx';
import { Segmented } from '#app/ui/segmented.tsx';
import { Select } from '#app/ui/select.tsx';
import { Toolbar } from '#app/ui/toolbar.tsx';
import { type EventsUrl, eventsHref, keptOf } from '../_console.settings.webhooks/filters.ts';
import { eventsOf } from '../_console.settings.webhooks/provider-words.ts';

const STATES = [
  { value: '', label: 'All' },
  { value: 'handled', label: 'Handled' },
  { value: 'failed', label: 'Failed' },
  { value: 'refused', label: 'Refused' },
  { value: 'ignored', label: 'Ignored' },
] as const;

const MODES = [
  { value: '', label: 'Live and tests' },
  { value: 'live', label: 'Live' },
  { value: 'test', label: 'Tests' },
] as const;

/** Filters of the deliveries: live or tests, what became of them, their type, an id. */
export function EventFilters({
  endpointId,
  source,
  url,
}: {
  endpointId: string;
  source: SourceId;
  url: EventsUrl;
}) {
  const options = STATES.map(({ value, label }) => ({
    value: value as string,
    label,
    to: eventsHref(endpointId, url, { state: value === '' ? null : value }),
  }));
  const modes = MODES.map(({ value, label }) => ({
    value: value as string,
    label,
    to: eventsHref(endpointId, url, { mode: value === '' ? null : value }),
  }));
  const typeEditor = (
    <FilterForm keep={keptOf({ ...url, type: null })}>
      <Field id="event-type" label="Type of event">
        <Select id="event-type" name="type" defaultValue={url.type ?? ''}>
          {eventsOf(source).map((type) => (
            <option key={type} value={type}>
              {type}
            </option>
          ))}
        </Select>
      </Field>
    </FilterForm>
  );
  return (
    <Toolbar
      end={
        <ExportLink
          table="webhook-events"
          query={new URLSearchParams([['endpoint', endpointId], ...keptOf(url)]).toString()}
          schedulable={false}
        />
      }
    >
      <Segmented label="State" value={(url.state ?? '') as string} options={options} small />
      <Segmented label="Live or tests" value={(url.mode ?? '') as string} options={modes} small />
      {url.type === null ? (
        <FilterMenu fields={[{ key: 'type', label: 'Type of event', editor: typeEditor }]} />
      ) : (
        <FilterChip
          field="Type"
          operator="is"
          value={url.type}
          removeTo={eventsHref(endpointId, url, { type: null })}
          editor={typeEditor}
        />
      )}
      <SearchChip
        value={url.q ?? ''}
        placeholder="Id of an event, refund, order…"
        keep={keptOf({ ...url, q: null })}
      />
    </Toolbar>
  );
}
