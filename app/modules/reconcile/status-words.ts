import type { Source, StatusMeaning } from './schema.ts';

const PAID =
  /^(paid|partially[ _]paid|succeeded|success|successful|complete|completed|captured|settled|active|available|fulfilled|ok|yes|true|charge|payment|sale|order|approved|verified|payable|released|confirmed|accepted|delivered|pending_release|payout|lead)$/;
const REFUNDED =
  /^((partial(ly)?[ _-]?)?refund(ed|s)?|refund[ _]partial|partial[ _]refund|charge[ _-]?back|charged[ _]back|disputed?|reversed|reversal|returned|fraud|lost)$/;
const UNPAID =
  /^(unpaid|open|draft|pending|processing|requires_.*|failed|failure|declined|canceled|cancelled|void|voided|expired|incomplete|authorized|uncaptured|rejected|no|false|test|abandoned|past_due|overdue)$/;

/** What a network means with the same words: it takes back what it rejected, and pending counts already. */
const AT_NETWORK: Readonly<Record<string, StatusMeaning>> = {
  pending: 'paid',
  open: 'paid',
  processing: 'paid',
  rejected: 'refunded',
  declined: 'refunded',
  canceled: 'refunded',
  cancelled: 'refunded',
  void: 'refunded',
};

/** What a status word says by itself; null where it is not known and a person has to say. */
export function senseOf(word: string, source: Source): StatusMeaning | null {
  const plain = word.trim().toLowerCase();
  const there = source === 'network' && Object.hasOwn(AT_NETWORK, plain) ? AT_NETWORK[plain] : undefined;
  if (there) return there;
  if (plain === '') return 'paid';
  if (REFUNDED.test(plain)) return 'refunded';
  if (PAID.test(plain)) return 'paid';
  return UNPAID.test(plain) ? 'unpaid' : null;
}
