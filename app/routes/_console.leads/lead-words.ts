import { formatMoney } from '#app/platform/money.ts';

/** A refund as far as its words need it. Money is minor units. */
export interface RefundWords {
  kind: string;
  amountCents: number | null;
  full: boolean | null;
}

/** What happened: "Full refund", "Partial refund, 20 %", "Chargeback", "Fraud report". */
export function whatHappened({ kind, amountCents, full }: RefundWords, revenueCents: number | null): string {
  if (kind === 'chargeback') return 'Chargeback';
  if (kind === 'fraud') return 'Fraud report';
  if (full === true || (full === null && amountCents === null)) return 'Full refund';
  if (amountCents === null) return 'Partial refund';
  if (revenueCents === null || revenueCents === 0) return full === false ? 'Partial refund' : 'Refund';
  if (full === null && amountCents >= revenueCents) return 'Full refund';
  return `Partial refund, ${Math.min(99, Math.max(1, Math.round((amountCents / revenueCents) * 100)))} %`;
}

/** The same with its sum, for evidence: "Full refund, $49.00". */
export function evidenceWords(
  refund: RefundWords,
  revenueCents: number | null,
  currency: string | null,
): string {
  const what = whatHappened(refund, revenueCents);
  return refund.amountCents === null || currency === null
    ? what
    : `${what}, ${formatMoney(refund.amountCents, currency)}`;
}

const SOURCES: Record<string, string> = {
  api: 'API',
  console: 'By hand',
  stripe: 'Stripe',
  shopify: 'Shopify',
  paddle: 'Paddle',
};

/** Where a refund was heard of. */
export const sourceWords = (source: string): string => SOURCES[source] ?? source;

const ACTIONS: Record<string, string> = {
  lead_disputed: 'disputed it',
  dispute_undone: 'took the dispute back',
  refund_disputed: 'chose to dispute',
  refund_let_pass: 'let it pass',
  refund_settled_by_hand: 'told the network by hand',
  refund_linked: 'tied it to its order',
  refund_reported: 'reported it',
  refund_reversed: 'said it was reversed',
};

/** What somebody did, after their name. */
export const actionWords = (action: string): string => ACTIONS[action] ?? action.replaceAll('_', ' ');

/** Sums of several currencies, largest count first: "$276.20 and €12.00", "$276.20, €12.00 and ¥900". */
export function sumWords(sums: readonly { currency: string; minor: number }[]): string {
  const words = sums.map(({ currency, minor }) => formatMoney(minor, currency));
  const last = words.pop() ?? '';
  return words.length === 0 ? last : `${words.join(', ')} and ${last}`;
}
