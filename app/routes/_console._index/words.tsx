import type { ReactNode } from 'react';
import type { Sum } from '#app/modules/reports/schema.ts';
import { formatMoney } from '#app/platform/money.ts';
import { formatCount } from '#app/platform/time-format.ts';

/** "$120.00", "$120.00 and €8.00", "$120.00, €8.00 and 2 more": sums of several currencies are never added. */
export function moneyWords(sums: readonly Sum[], options: { headline?: boolean } = {}): string {
  const texts = sums.map(({ minor, currency }) => formatMoney(minor, currency, options));
  const [first, second, ...rest] = texts;
  if (first === undefined) return '';
  if (second === undefined) return first;
  return rest.length === 0 ? `${first} and ${second}` : `${first}, ${second} and ${rest.length} more`;
}

/** A line of money: the known sum in bold with its word, and how many are of unknown worth. */
export function moneyLine(sums: readonly Sum[], unknown: number, word: string): ReactNode {
  const known = moneyWords(sums, { headline: true });
  if (known === '' && unknown === 0) return null;
  if (known === '') return `payout unknown${unknown > 1 ? ` for ${formatCount(unknown)}` : ''}`;
  return (
    <>
      <b>{known}</b> {word}
      {unknown > 0 && `, ${formatCount(unknown)} unknown`}
    </>
  );
}

/** "97.2 %" of parts in a whole; null where there is no whole. Rounded down: 100 % means all of them. */
export function percent(part: number, whole: number): string | null {
  if (whole === 0) return null;
  const share = Math.floor((part / whole) * 1000) / 10;
  return `${share === 100 ? '100' : share.toFixed(1)} %`;
}
