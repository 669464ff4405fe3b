import { Columns3 } from 'lucide-react';
import { Button } from './button.tsx';
import type { Column } from './data-table-types.ts';
import { Menu, MenuCheckbox, MenuHead } from './menu.tsx';

/** Chooses the columns of a table; the primary one stays. The page keeps `hidden` in the URL. */
export function ColumnsMenu<Row>({
  columns,
  hidden,
  onChange,
}: {
  columns: readonly Column<Row>[];
  hidden: readonly string[];
  onChange: (hidden: string[]) => void;
}) {
  const toggle = (id: string, shown: boolean) =>
    onChange(shown ? hidden.filter((other) => other !== id) : [...hidden, id]);
  return (
    <Menu trigger={<Button small icon={Columns3} className="hide-s" aria-label="Columns" />}>
      <MenuHead>Columns</MenuHead>
      {columns
        .filter((column) => !column.primary && !column.headerHidden)
        .map((column) => (
          <MenuCheckbox
            key={column.id}
            checked={!hidden.includes(column.id)}
            onChange={(shown) => toggle(column.id, shown)}
          >
            {column.header}
          </MenuCheckbox>
        ))}
    </Menu>
  );
}
