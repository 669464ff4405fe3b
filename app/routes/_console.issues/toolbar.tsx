import { useNavigate } from '@remix-run/react';
import { ArrowDown } from 'lucide-react';
import { ISSUE_ORDERS, type IssueOrder } from '#app/modules/triage/issue-schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { ChipMenu } from '#app/ui/chip-menu.tsx';
import { Field } from '#app/ui/field.tsx';
import { FilterChip } from '#app/ui/filter-chip.tsx';
import { FilterForm, FilterMenu } from '#app/ui/filter-menu.tsx';
import { TimeMenu } from '#app/ui/filter-time.tsx';
import { MenuRadio } from '#app/ui/menu.tsx';
import { SearchChip } from '#app/ui/search-chip.tsx';
import { Select } from '#app/ui/select.tsx';
import { Toolbar } from '#app/ui/toolbar.tsx';
import { ListEditor, operatorWords, readList, SeenEditor } from './filter-editors.tsx';
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
    readList(values)
      .values.map((value) => from.find((choice) => choice.value === value)?.label ?? value)
      .join(', ');
  return (
    <Toolbar
      end={
        <span className="hide-s row">
          <TimeMenu
            value={{ range: url.range ?? undefined, from: url.from ?? undefined, to: url.to ?? undefined }}
            onChange={({ range, from, to }) =>
              navigate(hrefWith(query, { range: range ?? null, from: from ?? null, to: to ?? null }), {
                preventScrollReset: true,
              })
            }
          />
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
          operator={operatorWords(url.network)}
          value={names(url.network, choices.networks)}
          removeTo={drop('network')}
          editor={editors.network}
        />
      )}
      {url.code.length > 0 && (
        <FilterChip
          field="Code"
          operator={operatorWords(url.code)}
          value={readList(url.code).values.join(', ')}
          removeTo={drop('code')}
          editor={editors.code}
        />
      )}
      {url.campaign.length > 0 && (
        <FilterChip
          field="Campaign"
          operator={operatorWords(url.campaign)}
          value={names(url.campaign, choices.campaigns)}
          removeTo={drop('campaign')}
          editor={editors.campaign}
        />
      )}
      {url.seenMin !== null && (
        <FilterChip
          field="Seen"
          operator="at least"
          value={`${formatCount(url.seenMin)} times`}
          removeTo={drop('seenMin')}
          editor={editors.seen}
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
          { key: 'seen', label: 'Times seen', editor: editors.seen },
          { key: 'assignee', label: 'Assignee', editor: editors.assignee },
        ]}
      />
    </Toolbar>
  );
}

const IS = ['is', 'not'] as const;
const IS_OR_BEGINS = ['is', 'not', 'begins'] as const;

function editorsOf(url: IssuesUrl, query: URLSearchParams, { networks, campaigns, people }: Choices) {
  return {
    network: <ListEditor name="network" label="Network" operators={IS} query={query} options={networks} />,
    code: (
      <ListEditor
        name="code"
        label="Code"
        operators={IS_OR_BEGINS}
        query={query}
        help="NOT_FOUND, TIMEOUT, AUTH_…: one a line"
      />
    ),
    campaign: (
      <ListEditor
        name="campaign"
        label="Campaign id at the network"
        operators={IS}
        query={query}
        options={campaigns}
      />
    ),
    seen: <SeenEditor query={query} value={url.seenMin} />,
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
