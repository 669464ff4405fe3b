import { Link } from '@remix-run/react';
import clsx from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Column, DataTableProps, SortDirection } from './data-table-types.ts';
import { Icon } from './icon.tsx';
import type { Selection } from './use-selection.ts';

/** The sticky head: select all on this page, and columns that sort by a link. */
export function TableHead<Row>({
  columns,
  selection,
  sortHref,
  pageIds,
  isSorted,
}: Pick<DataTableProps<Row>, 'selection' | 'sortHref'> & {
  columns: Column<Row>[];
  pageIds: string[];
  isSorted: (id: string) => SortDirection | false;
}) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {selection && (
          <th scope="col" className="pick">
            <SelectPage selection={selection} pageIds={pageIds} />
          </th>
        )}
        {columns.map((column) => {
          const dir = isSorted(column.id);
          return (
            <th
              key={column.id}
              scope="col"
              className={clsx(
                column.align === 'right' && 'r',
                column.wide && 'wide',
                column.kind === 'actions' && 'acts-cell',
              )}
              aria-sort={dir === 'asc' ? 'ascending' : dir === 'desc' ? 'descending' : undefined}
            >
              {column.sortable && sortHref ? (
                <SortLink column={column} dir={dir} sortHref={sortHref} />
              ) : (
                <span className={column.headerHidden ? 'sr' : undefined}>{column.header}</span>
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

function SortLink<Row>({
  column,
  dir,
  sortHref,
}: {
  column: Column<Row>;
  dir: SortDirection | false;
  sortHref: (id: string, dir: SortDirection) => string;
}) {
  const first = column.sortFirst ?? 'asc';
  const next = dir === false ? first : dir === 'asc' ? 'desc' : 'asc';
  const shown = dir === false ? first : dir;
  return (
    <Link to={sortHref(column.id, next)} preventScrollReset replace>
      {column.header}
      <Icon
        icon={shown === 'asc' ? ArrowUp : ArrowDown}
        size={12}
        className={dir === false ? 'idle' : undefined}
      />
    </Link>
  );
}

function SelectPage({ selection, pageIds }: { selection: Selection; pageIds: string[] }) {
  const box = useRef<HTMLInputElement>(null);
  const picked = pageIds.filter((id) => selection.has(id)).length;
  const all = pageIds.length > 0 && picked === pageIds.length;
  useEffect(() => {
    if (box.current) box.current.indeterminate = picked > 0 && !all;
  }, [picked, all]);
  return (
    <label className="cbl">
      <input
        ref={box}
        type="checkbox"
        className="cb"
        aria-label="Select all rows on this page"
        checked={all}
        onChange={() => selection.togglePage(pageIds)}
      />
    </label>
  );
}
