import { useNavigate } from '@remix-run/react';
import { ArrowDown } from 'lucide-react';
import { ISSUE_ORDERS, type IssueOrder } from '#app/modules/triage/issue-schema.ts';
import { ChipMenu } from '#app/ui/chip-menu.tsx';
import { Field } from '#app/ui/field.tsx';
import { FilterChip } from '#app/ui/filter-chip.tsx';
import { FilterForm, FilterMenu, FilterOptions } from '#app/ui/filter-menu.tsx';
import { MenuRadio } from '#app/ui/menu.tsx';
import { SearchChip } from '#app/ui/search-chip.tsx';
import { Select } from '#app/ui/select.tsx';
import { TextInput } from '#app/ui/text-input.tsx';
import { Toolbar } from '#app/ui/toolbar.tsx';
import { hrefWith, type IssuesUrl, keepFor, NOBODY } from './filters.ts';

export interface Choices {
  networks: readonly { value: string; label: string }[];
  campaigns: readonly { value: string; label: string }[];
  people: readonly { id: string; name: string }[];
}

const ORDERS: Record<IssueOrder, string> = {
  money: 'Unpaid money',
  count: 'Most postbacks',
  newest: 'Newest',
  last_seen: 'Last seen',
};

/** The line of filters: each chip is in the address, so that a pasted link shows the same. */
export function IssueToolbar({
  url,
  query,
  choices,
}: {
  url: IssuesUrl;
  query: URLSearchParams;
  choices: Choices;
}) {
  const navigate = useNavigate();
  const editors = editorsOf(url, query, choices);
  const drop = (name: string) => hrefWith(query, { [name]: null });
  const names = (values: readonly string[], from: Choices['networks']) =>
    values.map((value) => from.find((choice) => choice.value === value)?.label ?? value).join(', ');
  return (
    <Toolbar
      end={
        <span className="hide-s">
          <ChipMenu label="Order" value={ORDERS[url.order]} icon={ArrowDown}>
            <MenuRadio
              value={url.order}
              options={ISSUE_ORDERS.map((value) => ({ value, label: ORDERS[value] }))}
              onChange={(order) => navigate(hrefWith(query, { order: order === 'money' ? null : order }))}
            />
          </ChipMenu>
        </span>
      }
    >
      <SearchChip value={url.q ?? ''} placeholder="Code, words, campaign" keep={keepFor(query, 'q')} />
      {url.network.length > 0 && (
        <FilterChip
          field="Network"
          operator="is any of"
          value={names(url.network, choices.networks)}
          removeTo={drop('network')}
          editor={editors.network}
        />
      )}
      {url.code.length > 0 && (
        <FilterChip
          field="Code"
          operator="is"
          value={url.code.join(', ')}
          removeTo={drop('code')}
          editor={editors.code}
        />
      )}
      {url.campaign.length > 0 && (
        <FilterChip
          field="Campaign"
          operator="is any of"
          value={names(url.campaign, choices.campaigns)}
          removeTo={drop('campaign')}
          editor={editors.campaign}
        />
      )}
      {url.assignee !== null && (
        <FilterChip
          field="Assignee"
          operator="is"
          value={choices.people.find(({ id }) => id === url.assignee)?.name ?? 'nobody'}
          removeTo={drop('assignee')}
          editor={editors.assignee}
        />
      )}
      <FilterMenu
        fields={[
          { key: 'network', label: 'Network', editor: editors.network },
          { key: 'code', label: 'Code', editor: editors.code },
          { key: 'campaign', label: 'Campaign', editor: editors.campaign },
          { key: 'assignee', label: 'Assignee', editor: editors.assignee },
        ]}
      />
    </Toolbar>
  );
}

function editorsOf(url: IssuesUrl, query: URLSearchParams, { networks, campaigns, people }: Choices) {
  return {
    network: (
      <FilterForm keep={keepFor(query, 'network')}>
        <FilterOptions name="network" options={networks} chosen={url.network} />
      </FilterForm>
    ),
    code: (
      <FilterForm keep={keepFor(query, 'code')}>
        <TextInput
          name="code"
          mono
          defaultValue={url.code.at(-1) ?? ''}
          aria-label="Code, e.g. NOT_FOUND"
          placeholder="NOT_FOUND"
        />
      </FilterForm>
    ),
    campaign: (
      <FilterForm keep={keepFor(query, 'campaign')}>
        {campaigns.length > 0 ? (
          <FilterOptions name="campaign" options={campaigns} chosen={url.campaign} />
        ) : (
          <TextInput name="campaign" mono aria-label="Campaign id at the network" placeholder="Campaign id" />
        )}
      </FilterForm>
    ),
    assignee: (
      <FilterForm keep={keepFor(query, 'assignee')}>
        <Field id="filter-assignee" label="Assigned to">
          <Select id="filter-assignee" name="assignee" defaultValue={url.assignee ?? NOBODY}>
            <option value={NOBODY}>Nobody</option>
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      </FilterForm>
    ),
  };
}
