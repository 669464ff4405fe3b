import type { FourEyes } from '#app/modules/disputes/approval-schema.ts';
import { decimalToMinor, minorToDecimal } from '#app/platform/money.ts';

/** The form of four eyes: sums as lines of currency and amount, as text. Client-safe. */

export interface SumLine {
  currency: string;
  amount: string;
}

export interface Fault {
  /** Line from 0, and which of its fields. */
  line: number;
  field: 'currency' | 'amount';
  message: string;
}

/** The lines of a rule, by currency. */
export const linesOf = ({ above }: FourEyes): SumLine[] =>
  Object.entries(above)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, minor]) => ({ currency, amount: minorToDecimal(minor, currency) }));

/** The lines as the form sent them; `currency` and `amount` come once for each line. */
export function sentLines(form: FormData): SumLine[] {
  const amounts = form.getAll('amount').map(String);
  return form.getAll('currency').map((currency, i) => ({
    currency: String(currency).trim().toUpperCase(),
    amount: (amounts[i] ?? '').trim(),
  }));
}

/** What is wrong with a line, or the sum in minor units; null for a line left empty. */
function readLine(
  { currency, amount }: SumLine,
  above: Record<string, number>,
): Omit<Fault, 'line'> | number | null {
  if (currency === '' && amount === '') return null;
  if (!/^[A-Z]{3}$/.test(currency)) return { field: 'currency', message: 'Write three letters, e.g. USD' };
  if (Object.hasOwn(above, currency)) return { field: 'currency', message: `${currency} stands here twice` };
  const minor = decimalToMinor(amount, currency);
  return minor === null || minor < 0
    ? { field: 'amount', message: 'Write an amount, e.g. 100.00; 0 means every dispute' }
    : minor;
}

/** The rule that the form means, or what is wrong at which line. Lines left empty count as absent. */
export function readFourEyesForm(form: FormData): { rule: FourEyes } | { faults: Fault[] } {
  const above: Record<string, number> = {};
  const faults: Fault[] = [];
  for (const [line, sent] of sentLines(form).entries()) {
    const read = readLine(sent, above);
    if (typeof read === 'number') above[sent.currency] = read;
    else if (read !== null) faults.push({ line, ...read });
  }
  return faults.length > 0 ? { faults } : { rule: { enabled: form.get('enabled') === 'on', above } };
}
