import { formatMoney } from '#app/platform/money.ts';
import type { Known } from './judge.ts';
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

/**
 * Whether the file names another amount given back than Leadline was told of. A row of its own is one refund of maybe
 * several, so there only less is a difference. Null where either does not say, or they agree.
 */
export function refundDiffers(
  told: Pick<Told, 'refunded' | 'saysRefunded' | 'refundLine' | 'currency'>,
  { refunds, revenue, currency }: Pick<Known, 'refunds' | 'revenue' | 'currency'>,
): { words: string; our: Money } | null {
  // a report of fraud moves no money by itself
  const moved = refunds.filter(({ kind }) => kind !== 'fraud');
  if (!told.saysRefunded || told.currency === null || currency === null || moved.length === 0) return null;
  let minor = 0;
  for (const refund of moved) {
    const amount = refund.amount ?? revenue;
    if (amount === null || (refund.currency ?? currency) !== told.currency) return null;
    minor += amount;
  }
  if (told.refundLine ? told.refunded <= minor : told.refunded === minor) return null;
  const file = told.refunded === 0 ? 'nothing was' : `${formatMoney(told.refunded, told.currency)} were`;
  const words = `The file says that ${file} given back; Leadline was told of ${formatMoney(minor, told.currency)}.${slipWords(told.refunded, minor)}`;
  return { words, our: { minor, currency: told.currency } };
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
