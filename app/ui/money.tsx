import { formatMoney } from '../platform/money.ts';

/** A sum with its currency; `minor` null reads "unknown", never 0 or a dash. */
export function Money({
  minor,
  currency,
  headline = false,
  className = 'num',
}: {
  /** Integer minor units, or null when it is not known. */
  minor: number | null;
  currency: string;
  /** Drops decimals from 100,000 major units on. */
  headline?: boolean;
  className?: string;
}) {
  if (minor === null) return <span className="c3">unknown</span>;
  return <span className={className}>{formatMoney(minor, currency, { headline })}</span>;
}
