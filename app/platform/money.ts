/**
 * Money is an integer of minor units with its ISO 4217 currency. Client-safe and pure.
 *
 * The decimals come from a table and not from `Intl`: engines take them from CLDR, which differs from
 * ISO 4217 (and between versions) for HUF, COP, IDR, PKR and others, so the same amount would read 100
 * times too large on one side and break hydration.
 */
const DECIMALS: Record<string, number> = Object.fromEntries([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((c) => [c, 0]),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((c) => [c, 3]),
  ...'CLF UYW'.split(' ').map((c) => [c, 4]),
]);

export type MoneyOptions = {
  /** A headline total: no decimals from 100,000 major units on, rounded half up (README of the look). */
  headline?: boolean;
  /** Writes the currency as its code after the number: "49.00 USD". */
  code?: boolean;
};

/** Decimal places of a currency by ISO 4217: 0 for JPY, 3 for KWD, 2 where nothing else is said. */
export function currencyDecimals(currency: string): number {
  return DECIMALS[currency.toUpperCase()] ?? 2;
}

/**
 * The amount in major units as an exact decimal text, without float drift: (1380, 'USD') → "13.80".
 * Throws RangeError when `minor` is not a safe integer.
 */
export function minorToDecimal(minor: number, currency: string): string {
  if (!Number.isSafeInteger(minor)) {
    throw new RangeError(`Money must be an integer of minor units, got ${minor}.`);
  }
  const places = currencyDecimals(currency);
  const sign = minor < 0 ? '-' : '';
  const digits = String(Math.abs(minor)).padStart(places + 1, '0');
  if (places === 0) return sign + digits;
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/**
 * Minor units of an exact decimal text: ("13.8", 'USD') → 1380.
 * Returns null when it is no plain decimal, or is finer than the currency allows ("0.5" JPY).
 */
export function decimalToMinor(text: string, currency: string): number | null {
  const match = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(text);
  if (!match) return null;
  const [, sign, whole = '0', fraction = ''] = match;
  const places = currencyDecimals(currency);
  const kept = fraction.slice(0, places).padEnd(places, '0');
  if (/[1-9]/.test(fraction.slice(places))) return null;
  const minor = Number(whole + kept);
  if (!Number.isSafeInteger(minor)) return null;
  return sign && minor > 0 ? -minor : minor;
}

/**
 * The amount as people read it: "$13.80", "€18,940.00", "¥1,200". Same text on server and client.
 * A currency that `Intl` does not take is written as its code after the number. A sum beyond what a number holds
 * exactly (2^53 - 1 minor units) is "more than" that: one absurd order must not take down every page that adds it up.
 */
export function formatMoney(minor: number, currency: string, options: MoneyOptions = {}): string {
  if (Number.isInteger(minor) && Math.abs(minor) > Number.MAX_SAFE_INTEGER)
    return minor > 0
      ? `more than ${formatMoney(Number.MAX_SAFE_INTEGER, currency, options)}`
      : `less than ${formatMoney(-Number.MAX_SAFE_INTEGER, currency, options)}`;
  const code = currency.toUpperCase();
  const text = minorToDecimal(minor, code);
  const places = currencyDecimals(code);
  const whole = options.headline && Math.abs(minor) >= 100_000 * 10 ** places ? roundToWhole(text) : text;
  const symbol = options.code ? null : currencySymbol(code);
  const sign = whole.startsWith('-') ? '-' : '';
  const number = groupThousands(whole.replace('-', ''));
  if (symbol === null) return `${sign}${number} ${code}`;
  return `${sign}${symbol}${number}`;
}

/** The sign written before the number ("$", "€", "CA$", "CHF "), or null when there is none. */
function currencySymbol(code: string): string | null {
  const cached = symbols.get(code);
  if (cached !== undefined) return cached;
  symbols.set(code, readSymbol(code));
  return symbols.get(code) ?? null;
}
const symbols = new Map<string, string | null>();

function readSymbol(code: string): string | null {
  if (!/^[A-Z]{3}$/.test(code)) return null;
  const parts = new Intl.NumberFormat('en-US', { style: 'currency', currency: code }).formatToParts(1);
  const symbol = parts.find((part) => part.type === 'currency')?.value ?? code;
  return symbol === code ? `${code} ` : symbol;
}

function groupThousands(decimal: string): string {
  const [whole = '0', fraction] = decimal.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

function roundToWhole(decimal: string): string {
  const [whole = '0', fraction = '0'] = decimal.split('.');
  if (Number(fraction[0] ?? '0') < 5) return whole;
  return whole.startsWith('-') ? String(BigInt(whole) - 1n) : String(BigInt(whole) + 1n);
}
