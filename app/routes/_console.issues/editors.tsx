import { HTTP_STATUS } from '#app/modules/triage/issue-filter-schema.ts';
import { Field } from '#app/ui/field.tsx';
import { FilterForm } from '#app/ui/filter-menu.tsx';
import { Select } from '#app/ui/select.tsx';
import { ListEditor, SeenEditor } from './filter-editors.tsx';
import { type IssuesUrl, keepFor, NOBODY } from './filters.ts';

/** What the filters offer to choose from. */
export interface Choices {
  networks: readonly { value: string; label: string }[];
  campaigns: readonly { value: string; label: string }[];
  people: readonly { id: string; name: string }[];
}

const IS = ['is', 'not'] as const;
const IS_OR_BEGINS = ['is', 'not', 'begins'] as const;

/** What each filter opens to be set. */
export function editorsOf(url: IssuesUrl, query: URLSearchParams, { networks, campaigns, people }: Choices) {
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
    httpStatus: (
      <ListEditor
        name="httpStatus"
        label="HTTP status"
        operators={IS}
        query={query}
        help="404, 503, or none where no answer came: one a line"
        accepts={HTTP_STATUS}
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
