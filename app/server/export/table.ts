import { type CsvValue, wallClock } from '#app/platform/csv.ts';
import { minorToDecimal } from '#app/platform/money.ts';
import type { Runtime } from '../runtime.server.ts';

/** Rows are read in chunks of so many at most; a verb that hands out fewer at a time is asked more often. */
export const CHUNK = 1_000;

/** A chunk of rows and the cursor of the next; null at the end. */
export interface Chunk<Row> {
  rows: readonly Row[];
  next: string | null;
}

/** One column. Times are UTC ISO and are written in the reader's zone, which the header names. */
export type ExportColumn<Row> =
  | { header: string; text: (row: Row) => CsvValue }
  | { header: string; time: (row: Row) => string | null }
  /** A calendar day of the reader's zone: "2026-05-12". */
  | { header: string; day: (row: Row) => string }
  /** Integer minor units, written in major units beside a column of the currency. */
  | { header: string; money: (row: Row) => { minor: number | null; currency: string | null } };

/** A list that can be exported. No column holds a secret, a body, or what says who a customer is. */
export interface ExportTable<Row> {
  columns: readonly ExportColumn<Row>[];
  /** How to read it as the list's own query says, newest or first due first, as the list does. */
  read(
    runtime: Runtime,
    query: URLSearchParams,
    zone: string,
  ): Promise<(cursor: string | null) => Promise<Chunk<Row>>>;
}

/** An export under way: its header, and record after record until null. */
export interface OpenExport {
  header: string[];
  next(): Promise<CsvValue[][] | null>;
}

/** Starts to read a table for one reader. */
export type OpenTable = (runtime: Runtime, query: URLSearchParams, zone: string) => Promise<OpenExport>;

/** Makes a table ready to be opened; what its rows are stays its own business. */
export function exportTable<Row>(table: ExportTable<Row>): OpenTable {
  return async (runtime, query, zone) => {
    const clock = wallClock(zone);
    const chunk = await table.read(runtime, query, zone);
    let cursor: string | null = null;
    let ended = false;
    return {
      header: table.columns.map((column) =>
        'time' in column || 'day' in column ? `${column.header} (${zone})` : column.header,
      ),
      async next() {
        if (ended) return null;
        const { rows, next } = await chunk(cursor);
        // a cursor that does not move would read the same rows for ever
        ended = next === null || next === cursor;
        cursor = next;
        return rows.map((row) => table.columns.map((column) => cellOf(column, row, clock)));
      },
    };
  };
}

function cellOf<Row>(
  column: ExportColumn<Row>,
  row: Row,
  clock: (iso: string | null) => string | null,
): CsvValue {
  if ('time' in column) return clock(column.time(row));
  if ('day' in column) return column.day(row);
  if ('text' in column) return column.text(row);
  const { minor, currency } = column.money(row);
  return minor === null || currency === null ? null : minorToDecimal(minor, currency);
}
