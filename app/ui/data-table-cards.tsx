import clsx from 'clsx';
import { Fragment, type MouseEvent, type ReactNode } from 'react';
import { GroupContent } from './data-table-group.tsx';
import { sectionsOf } from './data-table-sections.ts';
import type { Column, DataTableProps } from './data-table-types.ts';
import type { RowView } from './use-table-rows.ts';

type CardsProps<Row> = Omit<DataTableProps<Row>, 'columns'> & { columns: Column<Row>[]; view: RowView<Row> };

/** The same rows as two-line cards; shown below 768 px instead of the table. */
export function TableCards<Row>(props: CardsProps<Row>) {
  const { rows, groupBy, groupLine, rowId, label } = props;
  return (
    <ul className="cards" aria-label={label}>
      {sectionsOf(rows, groupBy).map((section) => {
        const line = section.key !== null && groupLine ? groupLine(section.key, section.rows) : null;
        return (
          <Fragment key={section.start}>
            {line && (
              <li className="group">
                <GroupContent line={line} />
              </li>
            )}
            {section.rows.map((row) => (
              <Card key={rowId(row)} {...props} row={row} />
            ))}
            {line?.more && <li>{line.more}</li>}
          </Fragment>
        );
      })}
    </ul>
  );
}

function Card<Row>({ row, columns, rowId, rowHref, openId, view }: CardsProps<Row> & { row: Row }) {
  const id = rowId(row);
  const primary = columns.find((column) => column.primary);
  const title = <span className={clsx(primary?.kind?.includes('mono') && 'mono')}>{primary?.cell(row)}</span>;
  const slot = (place: Column<Row>['card']) =>
    columns
      .filter((column) => column.card === place)
      .map((column) => ({ column, content: column.cell(row) }));
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    view.open(row);
  };
  return (
    <li className={openId === id ? 'open' : undefined}>
      <div className="ca">
        <span className="a1">
          {view.opens ? (
            <a className="rowlink" href={rowHref?.(row) ?? '#'} onClick={open}>
              {title}
            </a>
          ) : (
            title
          )}
        </span>
        <span className="a2 num med">
          {slot('end').map(({ column, content }) => wrap(column.id, content))}
        </span>
      </div>
      <div className="cm">
        <span className="b1">
          {slot('meta').map(({ column, content }, i) => (
            <Fragment key={column.id}>
              {i > 0 && ' · '}
              <span className={clsx(column.kind?.includes('mono') && 'mono')}>{content}</span>
            </Fragment>
          ))}
        </span>
        <span className="b2">{slot('metaEnd').map(({ column, content }) => wrap(column.id, content))}</span>
      </div>
    </li>
  );
}

const wrap = (key: string, content: ReactNode) => <Fragment key={key}>{content}</Fragment>;
