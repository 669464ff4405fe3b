import type { Column } from './data-table-types.ts';

const WIDTHS = [70, 54, 82, 62, 74, 58, 78, 66];

/** Rows that are still being read: the shape of the table without its words. */
export function SkeletonRows<Row>({ columns, selectable }: { columns: Column<Row>[]; selectable: boolean }) {
  return (
    <tbody aria-hidden="true">
      {WIDTHS.map((width, row) => (
        <tr key={width}>
          {selectable && <td className="pick" />}
          {columns.map((column, i) => (
            <td key={column.id} className={column.wide ? 'wide' : undefined}>
              <span
                className="skel"
                style={{
                  width: `${WIDTHS[(row + i * 3) % WIDTHS.length]}%`,
                  marginLeft: column.align === 'right' ? 'auto' : undefined,
                }}
              />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}
