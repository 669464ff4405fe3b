import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CellFilter } from './filter-cell.tsx';
import type { Meaning } from './meaning.ts';
import type { Selection } from './use-selection.ts';

export type SortDirection = 'asc' | 'desc';

/** One column of a data table and its place on a phone card. */
export type Column<Row> = {
  id: string;
  header: string;
  /** Keeps the head for screen readers only (action columns). */
  headerHidden?: boolean;
  cell: (row: Row) => ReactNode;
  /** Pixels; columns without one share what is left. */
  width?: number;
  /** Pixels that a column without a width keeps at least; else 140. */
  least?: number;
  align?: 'left' | 'right';
  /** mono: ids and codes · num: money, counts, times · muted: second rank · actions: buttons, may overflow. */
  kind?: 'text' | 'mono' | 'num' | 'muted' | 'muted-mono' | 'muted-num' | 'actions';
  sortable?: boolean;
  /** The direction of the first press; 'desc' suits times and money. */
  sortFirst?: SortDirection;
  /** Holds the row's link and is the first line of its card. Exactly one column, without links inside. */
  primary?: boolean;
  /** Where the cell goes on a card: beside the title, second line left, second line right. */
  card?: 'end' | 'meta' | 'metaEnd';
  /** Hidden while a drawer is open beside the table. */
  wide?: boolean;
  /** What the cell can narrow the list to: a menu under the pointer, and the key F on the row. */
  filters?: (row: Row) => CellFilter[];
  /** The full text of what may be cut off. */
  title?: (row: Row) => string | undefined;
};

/** The line above a group of rows. */
export type GroupLine = {
  label: ReactNode;
  icon?: LucideIcon;
  meaning?: Meaning;
  /** Beside the label: "4 leads, $84.40". */
  note?: ReactNode;
  /** At the right end. */
  sum?: ReactNode;
  strong?: boolean;
  /** A last line of the group: a link that shows the rest. */
  more?: ReactNode;
};

/** A key that acts on the selected rows of this page, or else on the row in view. */
export type RowKey<Row> = { key: string; label: string; run: (rows: Row[]) => void; hint?: boolean };

export type DataTableProps<Row> = {
  /** Names the table: "Postbacks". */
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowId: (row: Row) => string;
  /** The row's own page; ⌘-click and middle click open it in a new tab. */
  rowHref?: (row: Row) => string;
  /** Opens the row beside the table. Without it a row goes to its page. */
  onOpen?: (id: string) => void;
  openId?: string | null;
  hiddenColumns?: readonly string[];
  sort?: { id: string; dir: SortDirection } | null;
  sortHref?: (id: string, dir: SortDirection) => string;
  selection?: Selection;
  /** The floating bar of a selection, a `SelectionBar`. */
  selectionBar?: ReactNode;
  groupBy?: (row: Row) => string;
  groupLine?: (key: string, rows: Row[]) => GroupLine;
  rowKeys?: RowKey<Row>[];
  status?: 'ready' | 'loading' | 'error';
  /** What stands there instead of rows: an `EmptyState` that fits the reason. */
  empty: ReactNode;
  /** Shown with status "error": never confuse a failed read with no results. */
  error?: ReactNode;
  newRows?: { count: number; onShow: () => void } | null;
  footer?: { text: string; prevHref?: string | null; nextHref?: string | null };
  /** All rows behind the filters when known, for assistive technology; null when not counted. */
  total?: number | null;
  /** Number of the first row of this page, from 1. */
  from?: number;
  /** Pixels under which the table scrolls sideways, where that is more than its columns need (`tableWidth`). */
  minWidth?: number;
};
