import { Link } from '@remix-run/react';
import { type MouseEvent, type ReactNode, useState } from 'react';
import { TableFoot } from './data-table-foot.tsx';
import type { DataTableProps } from './data-table-types.ts';
import { KeysDialog } from './keys-dialog.tsx';
import { ListRow, type ListRowProps } from './list-row.tsx';
import { useTableRows } from './use-table-rows.ts';

export type RowListItem = ListRowProps & { id: string; to: string };

type RowListProps = Pick<DataTableProps<RowListItem>, 'onOpen' | 'openId' | 'rowKeys' | 'footer'> & {
  /** Names the list: "Issues". */
  label: string;
  items: RowListItem[];
  /** What stands there instead of rows. */
  empty: ReactNode;
  /** Below the last row. */
  children?: ReactNode;
};

/** A list of two-line rows with the keys, the drawer and the foot of a `DataTable`. */
export function RowList({ label, items, empty, children, onOpen, openId, rowKeys, footer }: RowListProps) {
  const [keysOpen, setKeysOpen] = useState(false);
  const rowHref = (item: RowListItem) => item.to;
  const view = useTableRows({ rows: items, rowId: (item) => item.id, rowHref, onOpen, openId, rowKeys }, () =>
    setKeysOpen(true),
  );
  const press = (event: MouseEvent, item: RowListItem) => {
    if (!onOpen || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    view.open(item);
  };
  return (
    <>
      <div className="tww">
        <div className="tw">
          {items.length === 0 && <div className="tw-state">{empty}</div>}
          <ul aria-label={label}>
            {items.map((item) => (
              <li key={item.id}>
                <Link
                  ref={(element) => view.register(item.id, element)}
                  className="listrow"
                  to={item.to}
                  data-row
                  tabIndex={view.activeId === item.id ? 0 : -1}
                  aria-current={openId === item.id ? 'true' : undefined}
                  onFocus={() => view.setActive(item.id)}
                  onClick={(event) => press(event, item)}
                >
                  <ListRow {...item} />
                </Link>
              </li>
            ))}
          </ul>
          {children}
        </div>
      </div>
      <TableFoot {...{ footer, onOpen, rowHref, rowKeys }} onKeys={() => setKeysOpen(true)} />
      <KeysDialog open={keysOpen} onOpenChange={setKeysOpen} rowKeys={rowKeys} opens selects={false} />
    </>
  );
}
