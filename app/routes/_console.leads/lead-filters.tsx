import type { HoldState } from '#app/modules/leads/schema.ts';
import { ExportLink } from '#app/ui/export-link.tsx';
import { FilterChip } from '#app/ui/filter-chip.tsx';
import { FilterForm, FilterMenu, FilterOptions } from '#app/ui/filter-menu.tsx';
import { timeWords } from '#app/ui/filter-time.tsx';
import { SearchChip } from '#app/ui/search-chip.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { useZone } from '#app/ui/time-context.tsx';
import { Toolbar } from '#app/ui/toolbar.tsx';
import { hrefWith, keepFor, type LeadsUrl } from './filters.ts';

const HOLD_LABELS: Record<HoldState, string> = {
  pending_release: 'Held',
  released: 'Released',
  disputed: 'Disputed',
  none: 'Zero days',
};
const HOLDS = (Object.keys(HOLD_LABELS) as HoldState[]).map((value) => ({
  value,
  label: HOLD_LABELS[value],
}));

/** The line of filters: each chip is in the address, so that a pasted link shows the same. */
export function LeadFilters({
  url,
  query,
  networks,
}: {
  url: LeadsUrl;
  query: URLSearchParams;
  networks: readonly string[];
}) {
  const zone = useZone();
  const drop = (name: string) => hrefWith(query, { [name]: null });
  const ticks = (name: 'holdState' | 'network', options: readonly { value: string; label: string }[]) => (
    <FilterForm keep={keepFor(query, name)}>
      <FilterOptions name={name} options={options} chosen={url[name]} />
    </FilterForm>
  );
  const words = (name: 'campaign' | 'affiliate', label: string, value: string) => (
    <FilterForm keep={keepFor(query, name)}>
      <TextInput name={name} mono defaultValue={value} aria-label={label} placeholder={label} />
    </FilterForm>
  );
  const editors = {
    holdState: ticks('holdState', HOLDS),
    network: ticks(
      'network',
      networks.map((value) => ({ value, label: value })),
    ),
    campaign: words('campaign', 'Campaign id at the network', url.campaign.at(-1) ?? ''),
    affiliate: words('affiliate', 'Affiliate id', url.affiliate ?? ''),
  };
  const fields = [
    ...(url.view === 'all' ? [{ key: 'holdState', label: 'Hold', editor: editors.holdState }] : []),
    { key: 'campaign', label: 'Campaign', editor: editors.campaign },
    { key: 'affiliate', label: 'Affiliate', editor: editors.affiliate },
    ...(networks.length > 1 ? [{ key: 'network', label: 'Network', editor: editors.network }] : []),
  ];
  return (
    <Toolbar
      end={
        <>
          <ExportLink table="leads" query={query.toString()} />
          <TextLink to="/losses">Losses</TextLink>
        </>
      }
    >
      <SearchChip value={url.q ?? ''} placeholder="Order, lead, refund or code" keep={keepFor(query, 'q')} />
      {url.view === 'all' && url.holdState.length > 0 && (
        <FilterChip
          field="Hold"
          operator="is any of"
          value={url.holdState.map((state) => HOLD_LABELS[state]).join(', ')}
          removeTo={drop('holdState')}
          editor={editors.holdState}
        />
      )}
      {url.campaign.length > 0 && (
        <FilterChip
          field="Campaign"
          operator="is"
          value={url.campaign.join(', ')}
          removeTo={drop('campaign')}
          editor={editors.campaign}
        />
      )}
      {url.affiliate !== null && (
        <FilterChip
          field="Affiliate"
          operator="is"
          value={url.affiliate}
          removeTo={drop('affiliate')}
          editor={editors.affiliate}
        />
      )}
      {url.network.length > 0 && (
        <FilterChip
          field="Network"
          operator="is any of"
          value={url.network.join(', ')}
          removeTo={drop('network')}
          editor={editors.network}
        />
      )}
      {(url.releaseFrom !== null || url.releaseTo !== null) && (
        <FilterChip
          field="Releases"
          operator="is"
          value={timeWords({ from: url.releaseFrom ?? undefined, to: url.releaseTo ?? undefined }, zone)}
          removeTo={hrefWith(query, { releaseFrom: null, releaseTo: null })}
        />
      )}
      {url.currency !== null && (
        <FilterChip field="Currency" operator="is" value={url.currency} removeTo={drop('currency')} />
      )}
      <FilterMenu fields={fields} />
    </Toolbar>
  );
}
