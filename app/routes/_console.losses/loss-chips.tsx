import { FilterChip } from '#app/ui/filter-chip.tsx';
import { FilterForm, FilterMenu } from '#app/ui/filter-menu.tsx';
import { Select } from '#app/ui/select.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { hrefWith, keepFor } from '../_console.leads/filters.ts';
import type { LossesUrl } from './filters.ts';
import { type LossBar, monthName } from './loss-bars.ts';

/** The filters of the losses as chips; all of it is in the address, so that a pasted link shows the same. */
export function LossChips({
  url,
  query,
  campaignName,
  currencies,
  campaigns,
}: {
  url: LossesUrl;
  query: URLSearchParams;
  campaignName: string | null;
  currencies: readonly string[];
  /** Campaigns to choose from, where they are known; else an id is typed. */
  campaigns: readonly LossBar[];
}) {
  const drop = (name: string) => hrefWith(query, { [name]: null });
  const known = campaigns.filter(({ key }) => key !== '');
  const editors = {
    campaign: (
      <FilterForm keep={keepFor(query, 'campaign')}>
        {known.length > 0 ? (
          <Select name="campaign" aria-label="Campaign" defaultValue={url.campaign ?? known[0]?.key}>
            {known.map(({ key, label }) => (
              <option key={key} value={key}>
                {label}
              </option>
            ))}
          </Select>
        ) : (
          <TextInput
            name="campaign"
            mono
            defaultValue={url.campaign ?? ''}
            aria-label="Campaign id at the network"
            placeholder="Campaign id at the network"
          />
        )}
      </FilterForm>
    ),
    month: (
      <FilterForm keep={keepFor(query, 'month')}>
        <TextInput name="month" type="month" defaultValue={url.month ?? ''} aria-label="Month" />
      </FilterForm>
    ),
    currency: (
      <FilterForm keep={keepFor(query, 'currency')}>
        <Select name="currency" aria-label="Currency" defaultValue={url.currency ?? currencies[0]}>
          {currencies.map((currency) => (
            <option key={currency}>{currency}</option>
          ))}
        </Select>
      </FilterForm>
    ),
  };
  return (
    <>
      {url.month !== null && (
        <FilterChip
          field="Month"
          operator="is"
          value={monthName(url.month)}
          removeTo={drop('month')}
          editor={editors.month}
        />
      )}
      {url.campaign !== null && (
        <FilterChip
          field="Campaign"
          operator="is"
          value={campaignName ?? url.campaign}
          removeTo={drop('campaign')}
          editor={editors.campaign}
        />
      )}
      {url.currency !== null && (
        <FilterChip
          field="Currency"
          operator="is"
          value={url.currency}
          removeTo={drop('currency')}
          editor={editors.currency}
        />
      )}
      <FilterMenu
        fields={[
          { key: 'month', label: 'Month', editor: editors.month },
          { key: 'campaign', label: 'Campaign', editor: editors.campaign },
          ...(currencies.length > 1
            ? [{ key: 'currency', label: 'Currency', editor: editors.currency }]
            : []),
        ]}
      />
    </>
  );
}
