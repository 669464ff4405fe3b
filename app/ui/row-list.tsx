import { Link } from '@remix-run/react';
import clsx from 'clsx';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useState } from 'react';
import { TableFoot } from './data-table-foot.tsx';
import type { DataTableProps } from './data-table-types.ts';
import { KeysDialog } from './keys-dialog.tsx';
import { ListRow, type ListRowProps } from './list-row.tsx';
import { NewRows } from './new-rows.tsx';
import type { Selection } from './use-selection.ts';
import { type RowView, useTableRows } from './use-table-rows.ts';

export type RowListItem = ListRowProps & {
  id: string;
  to: string;
  /** Names the row's tick box: "Campaign budget used up, Spring Starter". */
  name?: string;
};

/** What a list shares with a `DataTable`. */
export type RowListShared =
  | 'onOpen'
  | 'openId'
  | 'rowKeys'
  | 'footer'
  | 'selection'
  | 'selectionBar'
  | 'newRows'
  | 'status'
  | 'error';

type RowListProps = Pick<DataTableProps<RowListItem>, RowListShared> & {
  /** Names the list: "Issues". */
  label: string;
  items: RowListItem[];
  /** What stands there instead of rows. */
  empty: ReactNode;
  /** Below the last row. */
  children?: ReactNode;
};

/** A list of two-line rows with the keys, the selection, the drawer and the foot of a `DataTable`. */
export function RowList({ label, items, empty, children, ...props }: RowListProps) {
  const { onOpen, openId, rowKeys, footer, selection, status = 'ready' } = props;
  const [keysOpen, setKeysOpen] = useState(false);
  const rowHref = (item: RowListItem) => item.to;
  const view = useTableRows(
    { rows: items, rowId: (item) => item.id, rowHref, onOpen, openId, rowKeys, selection },
    () => setKeysOpen(true),
  );
  return (
    <>
      <div className="tww">
        {status === 'loading' && <span className="tw-bar" />}
        <div className="tw">
          {items.length === 0 && (
            <div className="tw-state">{status === 'error' && props.error ? props.error : empty}</div>
          )}
          <ul aria-label={label} aria-busy={status === 'loading' || undefined}>
            {items.map((item) => (
              <Row
                key={item.id}
                {...{ item, view, selection }}
                open={openId === item.id}
                {...(onOpen ? { onOpen: () => view.open(item) } : {})}
              />
            ))}
          </ul>
          {children}
        </div>
        {props.newRows && <NewRows {...props.newRows} />}
        {props.selectionBar}
      </div>
      <TableFoot
        {...{ footer, onOpen, rowHref, rowKeys, selection }}
        rows={items}
        onKeys={() => setKeysOpen(true)}
      />
      <KeysDialog
        open={keysOpen}
        onOpenChange={setKeysOpen}
        rowKeys={rowKeys}
        opens
        selects={selection !== undefined}
      />
    </>
  );
}

type RowProps = {
  item: RowListItem;
  view: RowView<RowListItem>;
  selection: Selection | undefined;
  open: boolean;
  onOpen?: () => void;
};

function Row({ item, view, selection, open, onOpen }: RowProps) {
  const selected = selection?.has(item.id) ?? false;
  const press = (event: MouseEvent) => {
    if (!onOpen || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onOpen();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== ' ' || !selection) return;
    event.preventDefault();
    selection.toggle(item.id, view.ids);
  };
  return (
    <li className={clsx(selection && 'pickable', selected && 'picked')}>
      {selection && <Pick {...{ item, view, selection, selected }} />}
      <Link
        ref={(element) => view.register(item.id, element)}
        className="listrow"
        to={item.to}
        data-row
        tabIndex={view.activeId === item.id ? 0 : -1}
        aria-current={open ? 'true' : undefined}
        onFocus={() => view.setActive(item.id)}
        onClick={press}
        onKeyDown={onKeyDown}
      >
        {selected && <span className="sr">Selected: </span>}
        <ListRow {...item} />
      </Link>
    </li>
  );
}

type PickProps = { item: RowListItem; view: RowView<RowListItem>; selection: Selection; selected: boolean };

function Pick({ item, view, selection, selected }: PickProps) {
  return (
    <label className="cbl">
      <input
        type="checkbox"
        className="cb"
        tabIndex={-1}
        aria-label={`Select ${item.name ?? 'row'}`}
        checked={selected}
        onChange={(event) => {
          const native = event.nativeEvent;
          if (native instanceof window.MouseEvent && native.shiftKey) selection.extend(item.id, view.ids);
          else selection.toggle(item.id, view.ids);
        }}
      />
    </label>
  );
}
