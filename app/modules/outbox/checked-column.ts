import type { Dialect } from '#app/platform/db/dialect.server.ts';

/**
 * A column that is only checked, not walked: SQLite, which has no statistics here, would else choose the index of the
 * account, which holds nearly all rows, over that of the code, which holds a few.
 */
export const checkedColumn = (dialect: Dialect, column: string): string =>
  dialect.name === 'sqlite' ? `+${column}` : column;
