import { currencyDecimals, decimalToMinor } from '#app/platform/money.ts';

/** An amount as a file writes it. */
export interface AmountRules {
  unit: 'major' | 'minor';
  decimal: '.' | ',';
}

/** What stands before or after a number: "$", "EUR ", "Rs.", " kr". */
const BEFORE = /^(?:\p{L}+\.|[\p{Sc}\p{L}\s])+/u;
const AFTER = /[\p{Sc}\p{L}\s]+$/u;
const SIGN = /^[-+\u2212]/;

/**
 * Minor units of an amount: "1,234.50", "(12.00)", "-4,90 €", "4900". Answers a text where it cannot be read, which
 * says why. What is finer than its currency allows is refused, never rounded.
 */
export function readAmount(text: string, rules: AmountRules, currency: string): number | { why: string } {
  const shown = `"${text.slice(0, 40)}"`;
  const bracketed = /^\((.*)\)$/.exec(text.trim());
  let rest = (bracketed?.[1] ?? text).trim();
  let negative = bracketed !== null;
  let signs = negative ? 1 : 0;
  // a sign stands before the currency, after it, or (in older books) behind the number
  for (const strip of [SIGN, BEFORE, SIGN, AFTER, /-$/]) {
    const found = strip.exec(rest)?.[0];
    if (found === undefined) continue;
    rest = strip === SIGN ? rest.slice(1).trimStart() : rest.replace(strip, '');
    if (SIGN.test(found)) signs += 1;
    negative ||= found === '-' || found === '\u2212';
  }
  const two =
    rules.unit === 'minor'
      ? thousandOrNot(rest, rules, 0)
      : thousandOrNot(rest, rules, currencyDecimals(currency));
  if (two !== null)
    return {
      why: `The amount ${shown} could be ${two}: write it without separators, or check the decimal sign.`,
    };
  const plain = signs > 1 ? null : withoutGroups(rest, rules.decimal);
  if (plain === null) return { why: `The amount ${shown} is no number${hint(text, rules)}.` };
  const minor = rules.unit === 'minor' ? wholeOf(plain) : decimalToMinor(plain, currency);
  if (minor === null)
    return {
      why:
        rules.unit === 'minor'
          ? `The amount ${shown} is no whole number of minor units.`
          : `The amount ${shown} does not fit ${currency}, which has ${currencyDecimals(currency)} decimals.`,
    };
  return negative && minor !== 0 ? -minor : minor;
}

/**
 * "1.000" with a point as decimal sign: one, or a thousand of a file that writes the other way? Where the currency has
 * no three decimals and nothing else in the number tells, the answer is both readings; else null.
 */
function thousandOrNot(text: string, { decimal }: AmountRules, places: number): string | null {
  const match = /^([1-9]\d{0,2})([.,])(\d)(\d)0$/.exec(text.replaceAll(/\s/g, ''));
  if (places >= 3 || match?.[2] !== decimal) return null;
  const [, whole = '', , tenth = '', hundredth = ''] = match;
  const fraction = `${tenth}${hundredth}`.replace(/0+$/, '');
  // finer than the currency anyway: that is said
  if (fraction.length > places) return null;
  return `${whole},${tenth}${hundredth}0 or ${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

function wholeOf(plain: string): number | null {
  const match = /^(\d{1,15})(?:\.0+)?$/.exec(plain);
  return match ? Number(match[1]) : null;
}

/** The number with a point as decimal sign and without what groups its thousands; null where it is no number. */
function withoutGroups(text: string, decimal: '.' | ','): string | null {
  const group = decimal === '.' ? ',' : '.';
  const spaceless = text.replaceAll(/[\s\u00a0\u202f'\u2019]/g, '');
  const match =
    decimal === '.' ? /^([\d,]*)(?:\.(\d*))?$/.exec(spaceless) : /^([\d.]*)(?:,(\d*))?$/.exec(spaceless);
  if (!match) return null;
  const [, whole = '', fraction = ''] = match;
  const groups = whole.split(group);
  if (groups.length > 1 && !isGrouped(groups)) return null;
  const digits = groups.join('');
  if (digits === '' && fraction === '') return null;
  return `${digits === '' ? '0' : digits}${fraction === '' ? '' : `.${fraction}`}`;
}

/** By thousands, or as in India: the last three digits, then by two. */
function isGrouped([first = '', ...others]: readonly string[]): boolean {
  const last = others.pop() ?? '';
  if (!/^\d{3}$/.test(last) || !/^\d{1,3}$/.test(first)) return false;
  return (
    others.every((one) => one.length === 3) || (first.length < 3 && others.every((one) => one.length === 2))
  );
}

function hint(text: string, { decimal }: AmountRules): string {
  return text.includes(decimal === '.' ? ',' : '.')
    ? ` with "${decimal}" as its decimal sign; check that choice`
    : '';
}
