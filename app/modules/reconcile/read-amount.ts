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
  if (
    groups.length > 1 &&
    (groups.slice(1).some((one) => one.length !== 3) || !/^\d{1,3}$/.test(groups[0] ?? ''))
  )
    return null;
  const digits = groups.join('');
  if (digits === '' && fraction === '') return null;
  return `${digits === '' ? '0' : digits}${fraction === '' ? '' : `.${fraction}`}`;
}

function hint(text: string, { decimal }: AmountRules): string {
  return text.includes(decimal === '.' ? ',' : '.')
    ? ` with "${decimal}" as its decimal sign; check that choice`
    : '';
}
