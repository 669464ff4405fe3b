import { useNavigate } from '@remix-run/react';
import { ArrowDown } from 'lucide-react';
import { ISSUE_ORDERS, type IssueOrder } from '#app/modules/triage/issue-schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { ChipMenu } from '#app/ui/chip-menu.tsx';
import { ColumnsMenu } from '#app/ui/columns-menu.tsx';
import { ExportLink } from '#app/ui/export-link.tsx';
import { FilterChip } from '#app/ui/filter-chip.tsx';
import { FilterMenu } from '#app/ui/filter-menu.tsx';
import { TimeMenu } from '#app/ui/filter-time.tsx';
import { MenuRadio } from '#app/ui/menu.tsx';
import { SearchChip } from '#app/ui/search-chip.tsx';
import { Segmented } from '#app/ui/segmented.tsx';
import { Toolbar } from '#app/ui/toolbar.tsx';
import { issueColumns } from './columns.tsx';
import { type Choices, editorsOf } from './editors.tsx';
import { operatorWords, readList } from './filter-editors.tsx';
import { exportQuery, hiddenHref, hrefWith, type IssuesUrl, keepFor } from './filters.ts';

const ORDERS: Record<IssueOrder, string> = {
  money: 'Unpaid money',
  count: 'Most postbacks',
  newest: 'Newest',
  last_seen: 'Last seen',
};

/** How the issues are shown, and which columns: in the head, as on the other lists. */
export function IssueTools({ url, query }: { url: IssuesUrl; query: URLSearchParams }) {
  const navigate = useNavigate();
  return (
    <>
      {url.layout === 'table' && (
        <ColumnsMenu
          columns={issueColumns(query)}
          hidden={url.hidden}
          onChange={(hidden) =>
            navigate(hiddenHref(query, hidden), { preventScrollReset: true, replace: true })
          }
        />
      )}
      <ExportLink table="issues" query={exportQuery(query)} />
      <Segmented
        label="Layout"
        small
        className="hide-s"
        value={url.layout}
        options={[
          { value: 'list', label: 'List', to: hrefWith(query, { layout: null }) },
          { value: 'table', label: 'Table', to: hrefWith(query, { layout: 'table' }) },
        ]}
      />
    </>
  );
}

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
      {url.httpStatus.length > 0 && (
        <FilterChip
          field="HTTP status"
          operator={operatorWords(url.httpStatus)}
          value={readList(url.httpStatus).values.join(', ')}
          removeTo={drop('httpStatus')}
          editor={editors.httpStatus}
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
          { key: 'httpStatus', label: 'HTTP status', editor: editors.httpStatus },
          { key: 'seen', label: 'Times seen', editor: editors.seen },
          { key: 'assignee', label: 'Assignee', editor: editors.assignee },
        ]}
      />
    </Toolbar>
  );
}
