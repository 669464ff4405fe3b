import type { Difference, UnitHint } from '#app/modules/reports/expected-schema.ts';
import { formatMoney } from '#app/platform/money.ts';
import { formatCount } from '#app/platform/time-format.ts';
import type { Meaning } from '#app/ui/meaning.ts';

/** A kind of difference in a few words, and as a sentence that says what to look at. */
export const DIFFERENCE_WORDS: Record<Difference, { label: string; meaning: Meaning; why: string }> = {
  hundredfold: {
    label: '100 times',
    meaning: 'lost',
    why: 'The network pays 100 times what the campaign’s terms say: somebody takes minor units (cents) for whole ones. Compare the terms with the answer in the lead’s postback, and tell the network before it is released.',
  },
  hundredth: {
    label: 'A hundredth',
    meaning: 'needs',
    why: 'The network pays a hundredth of what the campaign’s terms say: somebody takes whole units for minor ones (cents). Compare the terms with the answer in the lead’s postback, and tell the network.',
  },
  nothing: {
    label: 'Nothing paid',
    meaning: 'needs',
    why: 'The network pays nothing though the terms say otherwise: ask the network.',
  },
  more: {
    label: 'More',
    meaning: 'waiting',
    why: 'Paid more than the terms say: the terms may have changed since they were fetched.',
  },
  less: {
    label: 'Less',
    meaning: 'waiting',
    why: 'Paid less than the terms say: the terms may have changed since they were fetched, or the network counts other revenue.',
  },
};

/** What a sign of a wrong unit says: title, and what to do. */
export function hintWords(hint: UnitHint): { title: string; text: string } {
  const { count, of, currency, example } = hint;
  const money = (minor: number) => formatMoney(minor, currency);
  const where = hint.campaignName ?? hint.campaignId ?? 'an unknown campaign';
  const orders = `${formatCount(count)} of ${formatCount(of)} ${hint.by === 'refund' ? 'refunded' : 'recent'} orders`;
  const proof =
    hint.by === 'refund'
      ? `${example.externalId} was reported with ${money(example.revenueCents)}, and the provider refunded ${money(example.otherCents)}.`
      : `${example.externalId} was reported with ${money(example.revenueCents)}; usual for this campaign is ${money(example.otherCents)}.`;
  if (hint.kind === 'major')
    return {
      title: `${where}: revenue seems to be reported in whole units instead of cents (${orders}).`,
      text: `${proof} Send revenueCents in minor units: 49.00 is 4900. Until then shares of the revenue pay a hundredth, and nothing differs above.`,
    };
  return {
    title: `${where}: revenue seems to be reported 100 times too high (${orders}).`,
    text: `${proof} Somebody multiplies by 100 twice, or the currency has no cents. Until it is put right, shares of the revenue pay 100 times as much: dispute what is still held.`,
  };
}
