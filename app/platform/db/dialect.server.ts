import { EACH_ROW } from './statements.server.ts';

/**
 * Where the two stores differ in raw SQL. Hot paths write many rows by one statement whose only parameter is a JSON
 * text; here is how each store turns that text into rows, and how it writes a time.
 */
export type ColumnType = 'text' | 'int' | 'bigint' | 'float' | 'bool' | 'time';
export type RowSpec = Readonly<Record<string, ColumnType>>;
export type RowOf<S extends RowSpec> = { [K in keyof S]: Value<S[K]> | null };
type Value<T extends ColumnType> = T extends 'text'
  ? string
  : T extends 'time'
    ? Date
    : T extends 'bool'
      ? boolean
      : T extends 'bigint'
        ? number
        : number;

export interface Dialect {
  name: 'sqlite' | 'postgres';
  /** Placeholder of parameter n, counted from 1. Parameters stand in the text in order, each once (SQLite has only "?"). */
  p(n: number): string;
  /** A time as a parameter: `CAST`-free on both stores. */
  time(at: Date | number): number | Date;
  /** `FROM` source, named `alias`, with one row for each element of the JSON text in parameter n. */
  rows(spec: RowSpec, n: number, alias: string): string;
  /**
   * The same for a statement that writes: on SQLite it is run once for each row, so it must be right row by row (no
   * aggregate, no order, no other parameter).
   */
  eachRow(spec: RowSpec, n: number, alias: string): string;
  /** The JSON text for `rows` and `eachRow`. */
  encode<S extends RowSpec>(spec: S, rows: readonly RowOf<S>[]): string;
  /** Condition that `column` is one of the strings in the JSON list of parameter n. */
  inList(column: string, n: number): string;
}

const PG_TYPE: Record<ColumnType, string> = {
  text: 'text',
  int: 'integer',
  bigint: 'bigint',
  float: 'double precision',
  bool: 'boolean',
  time: 'timestamp(3)',
};

export const sqlite: Dialect = {
  name: 'sqlite',
  p: () => '?',
  time: (at) => (typeof at === 'number' ? at : at.getTime()),
  rows(spec, _n, alias) {
    const columns = Object.keys(spec).map((name, i) => `value ->> ${i} AS "${name}"`);
    return `(SELECT ${columns.join(', ')} FROM json_each(?)) AS ${alias}`;
  },
  eachRow(spec, _n, alias) {
    const columns = Object.keys(spec).map((name) => `? AS "${name}"`);
    return `${EACH_ROW} (SELECT ${columns.join(', ')}) AS ${alias}`;
  },
  encode(spec, rows) {
    const names = Object.keys(spec);
    return JSON.stringify(
      rows.map((row) => {
        const values: (string | number | null)[] = [];
        for (const name of names) values.push(plain(row[name]));
        return values;
      }),
    );
  },
  inList: (column) => `${column} IN (SELECT value FROM json_each(?))`,
};

export const postgres: Dialect = {
  name: 'postgres',
  p: (n) => `$${n}`,
  time: (at) => new Date(at),
  rows(spec, n, alias) {
    const columns = Object.entries(spec).map(([name, type]) => `"${name}" ${PG_TYPE[type]}`);
    return `jsonb_to_recordset($${n}::jsonb) AS ${alias}(${columns.join(', ')})`;
  },
  eachRow: (spec, n, alias) => postgres.rows(spec, n, alias),
  // as they are: times become ISO texts, and what the statement does not name it does not read
  encode: (_spec, rows) => JSON.stringify(rows),
  inList: (column, n) => `${column} = ANY(SELECT jsonb_array_elements_text($${n}::jsonb))`,
};

/** SQLite's form of a value: times as milliseconds, booleans as 0 and 1. */
function plain(value: Date | string | number | boolean | null | undefined): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'object') return value.getTime();
  return typeof value === 'boolean' ? Number(value) : value;
}

/** `"a", "b"` for the columns of a spec. */
export const columnList = (spec: RowSpec, prefix = ''): string =>
  Object.keys(spec)
    .map((name) => `${prefix}"${name}"`)
    .join(', ');
