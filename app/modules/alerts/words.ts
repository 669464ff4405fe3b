import { formatMoney } from '#app/platform/money.ts';
import { formatCount } from '#app/platform/time-format.ts';
import type { Amount } from './schema.ts';

/** "1 postback", "1,284 postbacks". */
export const countOf = (n: number, one: string, many = `${one}s`): string =>
  `${formatCount(n)} ${n === 1 ? one : many}`;

/** "$412.00 and €90.00", "$412.00, 3 unknown"; "" where there is neither. */
export function moneyWords(money: readonly Amount[], unknown: number): string {
  const sums = money.map(({ minor, currency }) => formatMoney(minor, currency));
  const known = sums.length < 2 ? sums.join('') : `${sums.slice(0, -1).join(', ')} and ${sums.at(-1)}`;
  if (unknown === 0) return known;
  return known === '' ? `unknown for ${formatCount(unknown)}` : `${known}, ${formatCount(unknown)} unknown`;
}

/** A span in words: "12 minutes", "3 hours", "2 days". */
export function spanWords(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return countOf(Math.max(1, minutes), 'minute');
  const hours = Math.floor(minutes / 60);
  if (hours < 48) {
    const rest = minutes % 60;
    return rest === 0 || hours >= 6 ? countOf(hours, 'hour') : `${hours} h ${rest} min`;
  }
  return countOf(Math.floor(hours / 24), 'day');
}

/** The first `max` characters of a text, with "…" where it was cut. */
export const cut = (text: string, max: number): string =>
  text.length <= max ? text : `${text.slice(0, max - 1).trimEnd()}…`.toWellFormed();
