/** How a refund found its order, and what its reversal means, in words. Pure. */

const KEYS: Record<string, string> = {
  order: 'order id',
  transaction: 'transaction id',
  session: 'checkout session',
  payment_intent: 'payment intent',
  charge: 'charge',
  invoice: 'invoice',
  subscription: 'subscription',
  payment: 'payment id',
};

/** What an id is called: "payment intent". */
export const keyWords = (kind: string): string => KEYS[kind] ?? kind.replaceAll('_', ' ');

/** "By its payment intent", "By hand". */
export function matchedWords(matchedBy: string): string {
  return matchedBy === 'hand' ? 'By hand' : `By its ${keyWords(matchedBy)}`;
}

/** What came back, short: "won back", "did not go through". */
export const reversalShort = (reversal: string): string =>
  reversal === 'won' ? 'won back' : 'did not go through';

/** Whether a reversal changed anything, with a heading; the date goes between `title` and `rest`. */
export function reversalWords({ reversal, disposition }: { reversal: string; disposition: string }): {
  title: string;
  rest: string;
  late: boolean;
} {
  const title = reversal === 'won' ? 'Won back' : 'The refund did not go through';
  if (disposition === 'disputed' || disposition === 'disputing')
    return {
      title,
      rest: 'after the dispute had left: not reversible. A network takes no dispute back.',
      late: true,
    };
  if (disposition === 'canceled_before_send')
    return {
      title,
      rest: 'after its postback had been canceled: the conversion was never reported.',
      late: true,
    };
  return { title, rest: 'before a dispute left: nothing is disputed.', late: false };
}
