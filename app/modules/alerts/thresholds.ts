import type { Amount } from './schema.ts';

/** Once told, a sum over its limit counts as over until it is back under four fifths of it: no alert flickers. */
const BACK_UNDER = 0.8;

/** The sums that reach a limit of their currency; one that was over before, only once it is back well under. */
export function isOver(limit: Amount, minor: number, wasOver: boolean): boolean {
  return wasOver ? minor > limit.minor * BACK_UNDER : minor > limit.minor;
}

/** Whether any of the sums reaches the limit of its currency. Without limits every sum does, none at all too. */
export const reachesAny = (sums: readonly Amount[], limits: readonly Amount[]): boolean =>
  limits.length === 0 ||
  limits.some((limit) => sums.some((sum) => sum.currency === limit.currency && sum.minor >= limit.minor));

/** Whether so many leads, or so much money, are due that it is told. With neither given, one lead is enough. */
export function isDue(
  due: { count: number; sums: readonly Amount[] },
  limits: { minCount: number | null; minMoney: readonly Amount[] },
): boolean {
  if (due.count === 0) return false;
  if (limits.minCount === null && limits.minMoney.length === 0) return true;
  if (limits.minCount !== null && due.count >= limits.minCount) return true;
  return limits.minMoney.length > 0 && reachesAny(due.sums, limits.minMoney);
}
