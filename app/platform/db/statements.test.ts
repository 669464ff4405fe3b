import Database from 'better-sqlite3';
import { beforeEach, expect, test } from 'vitest';
import { sqlite } from './dialect.server.ts';
import { keepPrepared } from './statements.server.ts';

const THING = { id: 'text', at: 'time', on: 'bool' } as const;
const INSERT = `INSERT INTO thing SELECT r."id", r."at", r."on" FROM ${sqlite.eachRow(THING, 1, 'r')} WHERE true`;
const thing = (id: string | null) => ({ id, at: new Date(5), on: true });

/** Statements as the adapter uses them. */
type Adapter = {
  prepare(sql: string): {
    bind(args: unknown[]): { reader: boolean; run(): { changes: number }; raw(): { all(): unknown[][] } };
  };
};

let db: Database.Database;
let adapter: Adapter;
beforeEach(() => {
  db = new Database(':memory:');
  db.exec('CREATE TABLE thing (id TEXT PRIMARY KEY NOT NULL, at DATETIME, "on" BOOLEAN)');
  keepPrepared(db);
  adapter = db as unknown as Adapter;
});
const run = (sql: string, ...args: unknown[]) => adapter.prepare(sql).bind(args).run();
const all = (sql: string, ...args: unknown[]) => adapter.prepare(sql).bind(args).raw().all();
const ids = () => all('SELECT id FROM thing ORDER BY id').flat();

test('a statement is used again with other parameters', () => {
  run('INSERT INTO thing (id) VALUES (?)', 'a');
  run('INSERT INTO thing (id) VALUES (?)', 'b');
  expect(all('SELECT id FROM thing WHERE id = ?', 'a')).toEqual([['a']]);
  expect(all('SELECT id FROM thing WHERE id = ?', 'b')).toEqual([['b']]);
});

test('two uses of one statement keep their own parameters', () => {
  const [first, second] = ['a', 'b'].map((id) =>
    adapter.prepare('INSERT INTO thing (id) VALUES (?)').bind([id]),
  );
  second?.run();
  first?.run();
  expect(ids()).toEqual(['a', 'b']);
});

test('each row of the list is written, and the changes are counted', () => {
  expect(run(INSERT, sqlite.encode(THING, [thing('a'), thing('b')])).changes).toBe(2);
  expect(all('SELECT * FROM thing ORDER BY id')).toEqual([
    ['a', 5, 1],
    ['b', 5, 1],
  ]);
});

test('what each row answers comes back in one list; a row held back answers nothing', () => {
  run(INSERT, sqlite.encode(THING, [thing('b')]));
  const answers = all(
    `${INSERT} ON CONFLICT DO NOTHING RETURNING "id"`,
    sqlite.encode(THING, [thing('a'), thing('b'), thing('c')]),
  );
  expect(answers).toEqual([['a'], ['c']]);
});

test('all rows or none, where no transaction is open', () => {
  expect(() => run(INSERT, sqlite.encode(THING, [thing('a'), thing(null)]))).toThrow(/NOT NULL/);
  expect(ids()).toEqual([]);
});

test('inside a transaction the rows are part of it', () => {
  db.exec('BEGIN');
  run(INSERT, sqlite.encode(THING, [thing('a'), thing('b')]));
  db.exec('ROLLBACK');
  expect(ids()).toEqual([]);
});
