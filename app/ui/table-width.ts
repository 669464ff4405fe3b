import type { Column } from './data-table-types.ts';

/** Pixels of the column of checkboxes. */
export const PICK_WIDTH = 44;
/** What a column without a width of its own keeps at least where it does not say. */
const LEAST = 140;

/**
 * The pixels under which a table scrolls sideways instead of squeezing the columns that share what is left, which
 * would come to nothing beside the fixed ones. `floor` is what the page asks for besides.
 */
export function tableWidth<Row>(
  columns: readonly Pick<Column<Row>, 'width' | 'least'>[],
  selectable: boolean,
  floor = 0,
): number {
  const needed = columns.reduce(
    (sum, { width, least }) => sum + (width ?? least ?? LEAST),
    selectable ? PICK_WIDTH : 0,
  );
  return Math.max(needed, floor);
}
