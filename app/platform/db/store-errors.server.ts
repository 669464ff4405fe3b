import { messageOf } from '../errors.ts';

/** Everything an error and its causes say, as one text: Prisma wraps a driver's error several layers deep. */
function wholeText(error: unknown, depth = 0): string {
  if (depth > 6 || error === null || typeof error !== 'object') return String(error ?? '');
  const e = error as { message?: unknown; code?: unknown; meta?: unknown; cause?: unknown };
  const meta = e.meta && typeof e.meta === 'object' ? JSON.stringify(e.meta) : '';
  return `${String(e.code ?? '')} ${String(e.message ?? '')} ${meta} ${wholeText(e.cause, depth + 1)}`;
}

/** True where a row itself (constraint, type, size) or our own SQL is at fault, and the store is well. */
function isRowFault(error: unknown): boolean {
  const text = wholeText(error);
  return /SQLITE_(ERROR|CONSTRAINT|MISMATCH|TOOBIG|RANGE)|(Code: `|"originalCode":")(22|23|42)[0-9A-Z]{3}[`"]|UniqueConstraint|NullConstraint|ForeignKeyConstraint|LengthMismatch|\bP20(00|02|03|11|12|20)\b/.test(
    text,
  );
}

/** True where the store cannot take a write now: gone, full, read-only, locked, or too slow. */
export const isStoreFault = (error: unknown): boolean => isPrismaError(error) && !isRowFault(error);

const isPrismaError = (error: unknown): boolean =>
  error instanceof Error &&
  /Prisma|DriverAdapter|Sqlite|ECONN|Connection terminated|timeout/i.test(
    `${error.name} ${error.constructor.name} ${error.message}`,
  );

/** What is wrong with the store, in words for an operator. */
export function describeStoreFault(error: unknown): string {
  const text = wholeText(error);
  if (/SQLITE_FULL|disk is full|53100|ENOSPC/.test(text)) return 'the disk is full';
  if (/SQLITE_READONLY|readonly|read-only/.test(text)) return 'the store is read-only';
  if (/SQLITE_BUSY|locked/.test(text)) return 'the store is locked by another process';
  if (
    /ECONNREFUSED|ECONNRESET|Connection terminated|P1001|P1017|57P0|not reachable|DatabaseNotReachable/i.test(
      text,
    )
  )
    return 'the store cannot be reached';
  if (/P2024|P2028|timeout|timed out/i.test(text)) return 'the store did not answer in time';
  return `the store failed: ${messageOf(error).slice(0, 200)}`;
}
