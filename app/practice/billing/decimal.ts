/** Currencies without minor units, and those with three (ISO 4217, as the providers count them). */
const NONE = new Set([
  'BIF',
  'CLP',
  'DJF',
  'GNF',
  'JPY',
  'KMF',
  'KRW',
  'MGA',
  'PYG',
  'RWF',
  'UGX',
  'VND',
  'VUV',
  'XAF',
  'XOF',
  'XPF',
]);
const THREE = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

/** Minor units as a decimal text in the currency: 4900 USD is "49.00", 4900 JPY is "4900". */
export function decimalOf(minor: number, currency: string): string {
  const places = NONE.has(currency) ? 0 : THREE.has(currency) ? 3 : 2;
  if (places === 0) return String(minor);
  const digits = String(minor).padStart(places + 1, '0');
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
