import { ExportLink } from '#app/ui/export-link.tsx';
import { FilterChip } from '#app/ui/filter-chip.tsx';
import { FilterForm, FilterMenu, FilterOptions } from '#app/ui/filter-menu.tsx';
import { SearchChip } from '#app/ui/search-chip.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { Toolbar } from '#app/ui/toolbar.tsx';
import { hrefWith, keepFor } from '../_console.leads/filters.ts';
import { sourceWords } from '../_console.leads/lead-words.ts';
import { DISPOSITION_LOOKS } from './disposition.ts';
import type { RefundsUrl } from './filters.ts';

const KINDS = [
  { value: 'refund', label: 'Refund' },
  { value: 'chargeback', label: 'Chargeback' },
  { value: 'fraud', label: 'Fraud report' },
];
const SOURCES = ['api', 'console', 'stripe', 'shopify', 'paddle'].map((value) => ({
  value,
  label: sourceWords(value),
}));
const labelOf = (options: readonly { value: string; label: string }[], value: string): string =>
  options.find((option) => option.value === value)?.label ?? value;

/** The line of filters of the inbox; all of it is in the address. */
export function RefundFilters({ url, query }: { url: RefundsUrl; query: URLSearchParams }) {
  const editor = (name: 'kind' | 'source', options: readonly { value: string; label: string }[]) => (
    <FilterForm keep={keepFor(query, name)}>
      <FilterOptions name={name} options={options} chosen={url[name]} />
    </FilterForm>
  );
  const kinds = editor('kind', KINDS);
  const sources = editor('source', SOURCES);
  return (
    <Toolbar
      end={
        <>
          <ExportLink table="refunds" query={query.toString()} />
          <TextLink to="/losses">Losses</TextLink>
        </>
      }
    >
      <SearchChip value={url.q ?? ''} placeholder="Refund, order or payment" keep={keepFor(query, 'q')} />
      {url.only !== null && url.view === 'open' && (
        <FilterChip
          field="Disposition"
          operator="is"
          value={String(DISPOSITION_LOOKS[url.only]?.label ?? url.only)}
          removeTo={hrefWith(query, { only: null })}
        />
      )}
      {url.kind.length > 0 && (
        <FilterChip
          field="Kind"
          operator="is any of"
          value={url.kind.map((kind) => labelOf(KINDS, kind)).join(', ')}
          removeTo={hrefWith(query, { kind: null })}
          editor={kinds}
        />
      )}
      {url.source.length > 0 && (
        <FilterChip
          field="From"
          operator="is any of"
          value={url.source.map(sourceWords).join(', ')}
          removeTo={hrefWith(query, { source: null })}
          editor={sources}
        />
      )}
      <FilterMenu
        fields={[
          { key: 'kind', label: 'Kind', editor: kinds },
          { key: 'source', label: 'From', editor: sources },
        ]}
      />
    </Toolbar>
  );
}
