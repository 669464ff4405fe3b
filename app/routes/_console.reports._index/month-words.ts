import type { PayoutCalendar } from '#app/modules/reports/payout-schema.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** "November 2026" of "2026-11". */
export const monthWords = (key: string): string =>
  `${MONTHS[Number(key.slice(5, 7)) - 1] ?? '?'} ${key.slice(0, 4)}`;

/** The number of a day in its month: 5 of "2026-11-05". */
export const dayOf = (key: string): number => Number(key.slice(8, 10));

/** "Thu 5 Nov" of the day "2026-11-05", in a month with so many blanks before its first. */
export function dayWords(key: string, blanks: number): string {
  const weekday = WEEKDAYS[(blanks + dayOf(key) - 1) % 7] ?? '';
  return `${weekday.slice(0, 3)} ${dayOf(key)} ${(MONTHS[Number(key.slice(5, 7)) - 1] ?? '').slice(0, 3)}`;
}

export { WEEKDAYS };

/** The days of a month in weeks from Monday on; null before the first and after the last. */
export function weeksOf<Day>(days: readonly Day[], blanks: number): (Day | null)[][] {
  const cells: (Day | null)[] = [...Array.from({ length: blanks }, () => null), ...days];
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, i) => cells.slice(i * 7, i * 7 + 7));
}

/** The currencies of a month, those of most leads first: one order for all its days. */
export function currenciesOf({ total }: Pick<PayoutCalendar, 'total'>): string[] {
  const counts = new Map<string, number>();
  for (const { currency, count } of [...total.held.sums, ...total.released.sums])
    counts.set(currency, (counts.get(currency) ?? 0) + count);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([currency]) => currency);
}
