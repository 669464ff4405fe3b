import { columnList, type RowOf, type RowSpec } from '#app/platform/db/dialect.server.ts';
import type { Store } from '#app/platform/db/store.server.ts';

/** Writes rows in one statement, as the product writes many of a kind. */
export async function insertRows<S extends RowSpec>(
  store: Store,
  table: string,
  spec: S,
  rows: readonly RowOf<S>[],
): Promise<void> {
  const { dialect } = store;
  if (rows.length > 0)
    await store.execute(
      `INSERT INTO "${table}" (${columnList(spec)}) SELECT ${columnList(spec, 'r.')} FROM ${dialect.eachRow(spec, 1, 'r')} WHERE true`,
      dialect.encode(spec, rows),
    );
}
