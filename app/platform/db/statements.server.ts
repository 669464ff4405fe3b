import type Database from 'better-sqlite3';

/**
 * Marks a SQLite statement that runs once for each row of its one parameter, a JSON list of lists (see
 * `Dialect.eachRow`). Four times cheaper than to take the list apart in SQL, where every column costs a look at the
 * JSON text anew.
 */
export const EACH_ROW = '/* each row */';

/** Statements kept prepared. Hot paths use a few dozen; the rest come from lists of varying length. */
const KEPT = 500;

/** What the adapter uses of a statement it has prepared. */
interface Bound {
  reader: boolean;
  run(): { changes: number };
  columns(): Database.ColumnDefinition[];
  raw(): { all(): unknown[] };
}

/**
 * Makes a connection keep its statements prepared, where the adapter would have each one parsed and planned at
 * every use, and teaches it `EACH_ROW`. The adapter binds a statement for good, so it is given a stand-in that
 * carries the parameters beside the statement.
 */
export function keepPrepared(db: Database.Database): void {
  const prepare = db.prepare.bind(db);
  const kept = new Map<string, (args: unknown[]) => Bound>();
  const make = (sql: string): ((args: unknown[]) => Bound) => {
    const statement = prepare<unknown[], unknown>(sql);
    if (statement.reader) statement.raw(true);
    return sql.includes(EACH_ROW) ? eachRow(db, statement) : whole(statement);
  };
  const replaced = (sql: string): { bind(args: unknown[]): Bound } => {
    let bind = kept.get(sql);
    if (!bind) {
      bind = make(sql);
      const oldest = kept.size >= KEPT ? kept.keys().next().value : undefined;
      if (oldest !== undefined) kept.delete(oldest);
    } else {
      kept.delete(sql);
    }
    // the last one used stands last
    kept.set(sql, bind);
    return { bind };
  };
  db.prepare = replaced as unknown as typeof db.prepare;
}

function whole(statement: Database.Statement<unknown[], unknown>): (args: unknown[]) => Bound {
  const { reader } = statement;
  let named: Database.ColumnDefinition[] | undefined;
  // asked for at every use, and the same each time: the schema changes at the start alone
  const columns = () => {
    named ??= statement.columns();
    return named;
  };
  return (args) => ({
    reader,
    run: () => statement.run(...args),
    columns,
    raw: () => ({ all: () => statement.all(...args) }),
  });
}

/**
 * Outside a transaction all rows or none, as with any one statement. Inside one there is no savepoint for each (it
 * would copy every page that changes): whoever catches an error there must roll the transaction back.
 */
function eachRow(
  db: Database.Database,
  statement: Database.Statement<unknown[], unknown>,
): (args: unknown[]) => Bound {
  const { reader } = statement;
  const change = together(db, (rows) => {
    let changes = 0;
    for (const row of rows) changes += statement.run(...row).changes;
    return changes;
  });
  const read = together(db, (rows) => {
    const found: unknown[] = [];
    for (const row of rows) for (const answer of statement.all(...row)) found.push(answer);
    return found;
  });
  return ([json]) => {
    const rows = JSON.parse(json as string) as unknown[][];
    return {
      reader,
      run: () => ({ changes: change(rows) }),
      columns: () => statement.columns(),
      raw: () => ({ all: () => read(rows) }),
    };
  };
}

function together<T>(
  db: Database.Database,
  work: (rows: readonly unknown[][]) => T,
): (rows: readonly unknown[][]) => T {
  const alone = db.transaction(work);
  return (rows) => (db.inTransaction ? work(rows) : alone(rows));
}
