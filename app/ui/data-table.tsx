import {
  columnVisibilityFeature,
  createColumnHelper,
  type RowData,
  rowSelectionFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import clsx from 'clsx';
import { type CSSProperties, useMemo, useState } from 'react';
import { TableBody } from './data-table-body.tsx';
import { TableCards } from './data-table-cards.tsx';
import { TableFoot } from './data-table-foot.tsx';
import { TableHead } from './data-table-head.tsx';
import { SkeletonRows } from './data-table-skeleton.tsx';
import type { Column, DataTableProps, RowKey } from './data-table-types.ts';
import { type CellFilter, CellMenu, RowFilters } from './filter-cell.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { NewRows } from './new-rows.tsx';
import { PICK_WIDTH, tableWidth } from './table-width.ts';
import { useTableRows } from './use-table-rows.ts';

const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature, rowSortingFeature });

/**
 * The one data table. Everything it shows (sort, filters, page, open row) is the page's, which keeps it in the
 * URL. j/k move, Enter opens, x selects, / searches, ? lists keys, Esc clears; `rowKeys` adds what acts.
 */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowId, sort, selection, hiddenColumns, status = 'ready' } = props;
  const [keysOpen, setKeysOpen] = useState(false);
  const defs = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>();
    return helper.columns(
      columns.map((column) =>
        helper.display({ id: column.id, header: column.header, cell: (c) => column.cell(c.row.original) }),
      ),
    );
  }, [columns]);
  const table = useTable({
    features,
    columns: defs,
    data: rows,
    getRowId: rowId,
    manualSorting: true,
    state: {
      sorting: sort ? [{ id: sort.id, desc: sort.dir === 'desc' }] : [],
      columnVisibility: Object.fromEntries((hiddenColumns ?? []).map((id) => [id, false])),
      rowSelection: Object.fromEntries(
        rows.filter((r) => selection?.has(rowId(r))).map((r) => [rowId(r), true]),
      ),
    },
  });
  const shown = new Set(table.getVisibleLeafColumns().map((column) => column.id));
  const visible = columns.filter((column) => shown.has(column.id));
  const [narrowing, setNarrowing] = useState<CellFilter[] | null>(null);
  const rowKeys = withFilterKey(props, visible, setNarrowing);
  const view = useTableRows({ ...props, rowKeys }, () => setKeysOpen(true));
  const hasRows = rows.length > 0 && status !== 'error';
  const skeleton = status === 'loading' && !hasRows;
  const least = tableWidth(visible, selection !== undefined, props.minWidth);
  const minWidth = { '--dt-min': `${least}px` } as CSSProperties;
  return (
    <>
      <div className="tww">
        {status === 'loading' && <span className="tw-bar" />}
        <div className={clsx('tw', status === 'loading' && hasRows && 'busy')} style={minWidth}>
          {(hasRows || skeleton) && (
            <table
              className="dt"
              aria-label={label}
              aria-busy={status === 'loading'}
              aria-rowcount={props.total == null ? -1 : props.total + 1}
            >
              <colgroup>
                {selection && <col style={{ width: PICK_WIDTH }} />}
                {visible.map((c) => (
                  <col key={c.id} className={c.wide ? 'wide' : undefined} style={{ width: c.width }} />
                ))}
              </colgroup>
              <TableHead {...props} columns={visible} pageIds={view.ids} isSorted={sortedBy(table)} />
              {skeleton ? (
                <SkeletonRows columns={visible} selectable={selection !== undefined} />
              ) : (
                <CellMenu>
                  <TableBody {...props} columns={visible} view={view} isSelected={selectedIn(table)} />
                </CellMenu>
              )}
            </table>
          )}
          {hasRows && <TableCards {...props} columns={visible} view={view} />}
          {!hasRows && !skeleton && (
            <div className="tw-state">{status === 'error' ? props.error : props.empty}</div>
          )}
        </div>
        {props.newRows && <NewRows {...props.newRows} />}
        {props.selectionBar}
      </div>
      {narrowing && <RowFilters filters={narrowing} onClose={() => setNarrowing(null)} />}
      <TableFoot {...props} onKeys={() => setKeysOpen(true)} />
      <KeysDialog
        open={keysOpen}
        onOpenChange={setKeysOpen}
        rowKeys={rowKeys}
        opens={view.opens}
        selects={selection !== undefined}
      />
    </>
  );
}

/** The page's keys, and F where columns can narrow the list. */
function withFilterKey<Row>(
  { rowKeys = [] }: Pick<DataTableProps<Row>, 'rowKeys'>,
  columns: Column<Row>[],
  onNarrow: (filters: CellFilter[]) => void,
): RowKey<Row>[] {
  if (!columns.some((column) => column.filters)) return rowKeys;
  const run = ([row]: Row[]) => {
    const filters = row === undefined ? [] : columns.flatMap((column) => column.filters?.(row) ?? []);
    if (filters.length > 0) onNarrow(filters);
  };
  return [...rowKeys, { key: 'f', label: 'narrow the list to what the row has', run }];
}

type Sorted = { getColumn: (id: string) => { getIsSorted: () => 'asc' | 'desc' | false } | undefined };
const sortedBy = (table: Sorted) => (id: string) => table.getColumn(id)?.getIsSorted() ?? false;

type Selected = { getRow: (id: string) => { getIsSelected: () => boolean } };
const selectedIn = (table: Selected) => (id: string) => table.getRow(id).getIsSelected();
