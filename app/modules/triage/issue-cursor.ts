import { AppError } from '#app/platform/errors.ts';
import { ISSUE_ORDERS, type IssueOrder } from './issue-schema.ts';

/** Where a page of issues begins: beyond the row with these keys, after it or before it. */
export interface IssueCursor {
  side: 'after' | 'before';
  order: IssueOrder;
  /** What the row is ordered by, largest first, its id last. */
  keys: readonly (number | string)[];
}

export const writeCursor = ({ side, order, keys }: IssueCursor): string =>
  Buffer.from(JSON.stringify([side, order, ...keys])).toString('base64url');

/** Reads a cursor; one that was made up or belongs to another order is refused. */
export function readCursor(text: string, order: IssueOrder): IssueCursor {
  const parts = parsed(text);
  const [side, madeFor, ...keys] = parts;
  const right =
    (side === 'after' || side === 'before') &&
    ISSUE_ORDERS.some((known) => known === madeFor) &&
    keys.length === KEYS[order] &&
    keys.every((key, i) => (i === keys.length - 1 ? typeof key === 'string' : typeof key === 'number'));
  if (right && madeFor === order) return { side, order, keys: keys as (number | string)[] };
  const message = 'cursor does not belong to this list: take it from an answer with the same order';
  throw new AppError('VALIDATION_ERROR', message, { details: [{ path: 'cursor', message }] });
}

/** How many keys a row of each order has. */
const KEYS: Record<IssueOrder, number> = { money: 3, count: 3, newest: 1, last_seen: 2 };

function parsed(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

/** Orders keys: the larger stands first. */
export function compareKeys(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] as number | string, b[i] as number | string];
    if (x !== y) return x > y ? -1 : 1;
  }
  return 0;
}
