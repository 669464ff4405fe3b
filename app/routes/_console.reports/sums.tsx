import type { CurrencySum } from '#app/modules/reports/schema.ts';
import { formatMoney } from '#app/platform/money.ts';
import { formatCount } from '#app/platform/time-format.ts';

/**
 * "$120.00 and €80.00, 2 unknown": sums of several currencies side by side, never added. `headline` is for narrow
 * places: no decimals in large sums, and no more than two currencies.
 */
export function moneyWords(
  { sums, unknown }: { sums: readonly Pick<CurrencySum, 'currency' | 'minor'>[]; unknown: number },
  headline = false,
): string {
  const shown = headline ? sums.slice(0, SHOWN) : sums;
  const money = shown.map(({ currency, minor }) => formatMoney(minor, currency, { headline }));
  const more = sums.length - shown.length;
  const words =
    more > 0
      ? `${money.join(', ')} and ${more} more`
      : [money.slice(0, -1).join(', '), money.at(-1)].filter(Boolean).join(' and ');
  if (unknown === 0) return words || 'nothing';
  const rest = `${formatCount(unknown)} unknown`;
  return words === '' ? rest : `${words}, ${rest}`;
}
const SHOWN = 2;

/** "1 lead", "1,284 leads". */
export const leadsWords = (count: number): string =>
  `${formatCount(count)} ${count === 1 ? 'lead' : 'leads'}`;

/** "5.2 %", "0.04 %": a share with two figures where it is small. */
export function shareWords(share: number): string {
  const percent = share * 100;
  const digits = percent !== 0 && percent < 1 ? 2 : 1;
  return `${percent.toFixed(percent === 0 || percent === 100 ? 0 : digits)} %`;
}
