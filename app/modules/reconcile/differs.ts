import { formatMoney } from '#app/platform/money.ts';
import type { Told } from './read-row.ts';
import type { Reason } from './schema.ts';

/** Integer minor units and their currency. */
export type Money = { minor: number; currency: string };

/** Whether the file's amount is another than ours; a slip of 100 is named. */
export function differs(
  told: Pick<Told, 'amount' | 'currency'>,
  our: Money | null,
  ourWords: string,
): { reason: Reason; words: string } | null {
  if (told.amount === null || told.currency === null || our === null) return null;
  const both = `The file says ${formatMoney(told.amount, told.currency)}, ${ourWords} ${formatMoney(our.minor, our.currency)}.`;
  if (told.currency !== our.currency) return { reason: 'other_currency', words: both };
  if (told.amount === our.minor) return null;
  return { reason: 'amount_differs', words: `${both}${slipWords(told.amount, our.minor)}` };
}

/** The cents mistake, both ways. */
function slipWords(file: number, our: number): string {
  if (file === 0 || our === 0) return '';
  if (our === file * 100)
    return ' Exactly 100 times as much: cents were multiplied once more, or the file is in minor units.';
  if (our * 100 === file)
    return ' Exactly a hundredth: it was sent in major units where cents are meant, or the unit of the file is wrong.';
  return '';
}
