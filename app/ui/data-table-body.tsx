import clsx from 'clsx';
import type { KeyboardEvent, MouseEvent } from 'react';
import { GroupContent } from './data-table-group.tsx';
import { sectionsOf } from './data-table-sections.ts';
import type { Column, DataTableProps } from './data-table-types.ts';
import { FilterCell } from './filter-cell.tsx';
import type { RowView } from './use-table-rows.ts';

type BodyProps<Row> = Omit<DataTableProps<Row>, 'columns'> & {
  columns: Column<Row>[];
  view: RowView<Row>;
  isSelected: (id: string) => boolean;
};

const OWN =
  'a, button, input, select, textarea, label, summary, [role="button"], [role="menuitem"], [data-interactive]';
const KINDS = {
  text: '',
  mono: 'mono',
  num: 'num',
  muted: 'c2',
  'muted-mono': 'mono c2',
  'muted-num': 'num c3',
  actions: 'acts-cell',
};

/** Rows in their groups, one <tbody> each. */
export function TableBody<Row>(props: BodyProps<Row>) {
  const { rows, columns, selection, groupBy, groupLine, rowId } = props;
  // beside an open drawer the wide columns are hidden: a line that spanned them would bring them back, empty
  const aside = props.openId == null ? 0 : columns.filter((column) => column.wide).length;
  const span = columns.length - aside + (selection ? 1 : 0);
  const rest = aside > 0 && <td className="wide" colSpan={aside} />;
  return (
    <>
      {sectionsOf(rows, groupBy).map((section) => {
        const line = section.key !== null && groupLine ? groupLine(section.key, section.rows) : null;
        return (
          <tbody key={section.start}>
            {line && (
              <tr className="group">
                <th scope="rowgroup" colSpan={span}>
                  <GroupContent line={line} />
                </th>
                {rest}
              </tr>
            )}
            {section.rows.map((row, i) => (
              <BodyRow key={rowId(row)} {...props} row={row} number={(props.from ?? 1) + section.start + i} />
            ))}
            {line?.more && (
              <tr className="more">
                <td colSpan={span}>{line.more}</td>
                {rest}
              </tr>
            )}
          </tbody>
        );
      })}
    </>
  );
}

function BodyRow<Row>({ row, number, ...props }: BodyProps<Row> & { row: Row; number: number }) {
  const { rowId, openId, selection, view, columns, isSelected } = props;
  const id = rowId(row);
  const selected = isSelected(id);
  const press = (event: MouseEvent<HTMLTableRowElement>) => onRowClick(event, props, row);
  const onKeyDown = (event: KeyboardEvent<HTMLTableRowElement>) => {
    if (event.key !== ' ' || event.target !== event.currentTarget || !selection) return;
    event.preventDefault();
    selection.toggle(id, view.ids);
  };
  return (
    <tr
      ref={(element) => view.register(id, element)}
      className={clsx(openId === id && 'open', view.opens && 'opens')}
      data-row
      tabIndex={view.activeId === id ? 0 : -1}
      aria-rowindex={number + 1}
      aria-selected={selection ? selected : undefined}
      aria-current={openId === id ? true : undefined}
      onFocus={(event) => event.target === event.currentTarget && view.setActive(id)}
      onClick={press}
      onAuxClick={press}
      onKeyDown={onKeyDown}
    >
      {selection && (
        <td className="pick">
          <label className="cbl">
            <input
              type="checkbox"
              className="cb"
              tabIndex={-1}
              aria-label={`Select row ${number}`}
              checked={selected}
              onChange={(event) => {
                const native = event.nativeEvent;
                if (native instanceof window.MouseEvent && native.shiftKey) selection.extend(id, view.ids);
                else selection.toggle(id, view.ids);
              }}
            />
          </label>
        </td>
      )}
      {columns.map((column) => (
        <td
          key={column.id}
          title={column.title?.(row)}
          className={clsx(
            KINDS[column.kind ?? 'text'],
            column.align === 'right' && 'r',
            column.wide && 'wide',
          )}
        >
          <FilterCell filters={column.filters?.(row) ?? []}>
            <CellContent column={column} row={row} href={column.primary ? props.rowHref?.(row) : undefined} />
          </FilterCell>
        </td>
      ))}
    </tr>
  );
}

function CellContent<Row>({
  column,
  row,
  href,
}: {
  column: Column<Row>;
  row: Row;
  href: string | undefined;
}) {
  if (href !== undefined) {
    return (
      <a className="rowlink" data-row-link href={href} tabIndex={-1}>
        {column.cell(row)}
      </a>
    );
  }
  return column.kind === 'actions' ? <span className="acts">{column.cell(row)}</span> : column.cell(row);
}

function onRowClick<Row>(event: MouseEvent<HTMLTableRowElement>, props: BodyProps<Row>, row: Row) {
  if (event.defaultPrevented || !(event.target instanceof Element) || event.button > 1) return;
  const own = event.target.closest(OWN);
  const onLink = own?.hasAttribute('data-row-link') ?? false;
  if (own && !onLink && event.currentTarget.contains(own)) return;
  if (event.metaKey || event.ctrlKey || event.button === 1) {
    if (!onLink && props.rowHref) window.open(props.rowHref(row), '_blank', 'noopener');
    return;
  }
  if (!onLink && window.getSelection()?.toString()) return;
  event.preventDefault();
  props.view.open(row);
}
