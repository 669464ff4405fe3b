import { useState } from 'react';
import type { IssueItem, IssueOrder } from '#app/modules/triage/issue-schema.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import type { DataTableProps } from '#app/ui/data-table-types.ts';
import { type CellFilter, RowFilters } from '#app/ui/filter-cell.tsx';
import { RowList, type RowListShared } from '#app/ui/row-list.tsx';
import { issueFilters } from './cell-filters.ts';
import { issueColumns, ORDER_COLUMNS } from './columns.tsx';
import { hrefWith, type IssuesUrl } from './filters.ts';
import { issueRow } from './issue-row.tsx';

type IssueRowsProps = Pick<DataTableProps<{ id: string }>, Exclude<RowListShared, 'error'> | 'empty'> & {
  url: IssuesUrl;
  query: URLSearchParams;
  issues: IssueItem[];
  /** All that match, when known. */
  total: number | null;
};

/** The issues of the page: two lines each, or a table whose columns are chosen. Keys, selection and foot are the same. */
export function IssueRows({ url, query, issues, total, ...props }: IssueRowsProps) {
  const [narrowing, setNarrowing] = useState<CellFilter[] | null>(null);
  if (url.layout === 'table')
    return (
      <DataTable
        label="Issues"
        columns={issueColumns(query)}
        rows={issues}
        rowId={(issue) => issue.id}
        rowHref={(issue) => `/issues/${encodeURIComponent(issue.id)}`}
        hiddenColumns={url.hidden}
        sort={{ id: columnOf(url.order), dir: 'desc' }}
        sortHref={(id) => hrefWith(query, { order: orderOf(id) })}
        total={total}
        {...props}
      />
    );
  const narrow = {
    key: 'f',
    label: 'narrow the list to what the row has',
    run: ([row]: { id: string }[]) => {
      const issue = issues.find(({ id }) => id === row?.id);
      if (issue) setNarrowing(issueFilters(query, issue));
    },
  };
  return (
    <>
      <RowList
        label="Issues"
        items={issues.map(issueRow)}
        {...props}
        rowKeys={[...(props.rowKeys ?? []), narrow]}
      />
      {narrowing && <RowFilters filters={narrowing} onClose={() => setNarrowing(null)} />}
    </>
  );
}

const columnOf = (order: IssueOrder): string =>
  Object.keys(ORDER_COLUMNS).find((id) => ORDER_COLUMNS[id] === order) ?? 'unpaid';

/** The order as the address writes it; the usual one is not written. */
function orderOf(column: string): IssueOrder | null {
  const order = ORDER_COLUMNS[column];
  return order === undefined || order === 'money' ? null : order;
}
