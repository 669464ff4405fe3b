import { z } from 'zod';

/** Words of refunds and disputes that the console and the API share with the server. Client-safe. */
export const DISPOSITIONS = [
  'disputed',
  'disputing',
  'awaiting_lead',
  // disputed by itself once its grace time is over: no person is asked, so it is not needs_review
  'in_grace',
  'canceled_before_send',
  'too_late',
  'needs_review',
  'unmatched',
  'manual',
  'ignored',
] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** What a person can decide about a refund. */
export type Choice = 'dispute' | 'let_pass' | 'done';

/** The decisions that a refund waits for, by its disposition. */
export function choicesFor(disposition: string): readonly Choice[] {
  if (disposition === 'needs_review' || disposition === 'in_grace') return ['dispute', 'let_pass'];
  if (disposition === 'manual') return ['done', 'let_pass'];
  return disposition === 'unmatched' || disposition === 'awaiting_lead' ? ['let_pass'] : [];
}

/** Dispositions in which a person may still say that the refund belongs to another order: nothing was done yet. */
export const LINKABLE: readonly string[] = ['unmatched', 'needs_review', 'in_grace', 'manual'];

export const REFUND_KINDS = ['refund', 'chargeback', 'fraud'] as const;

/** Ids by which a refund finds its conversion, the one that says most first (RG-40). */
export const KEY_KINDS = [
  'order',
  'transaction',
  'session',
  'payment_intent',
  'charge',
  'invoice',
  'subscription',
] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

/** Ids of one single payment, as against those that many payments share. */
export const ONE_PAYMENT: readonly KeyKind[] = [
  'transaction',
  'session',
  'payment_intent',
  'charge',
  'invoice',
];

export interface PaymentKey {
  kind: KeyKind;
  key: string;
}

/** won: the chargeback was won back. failed: the refund did not go through. */
export type Reversal = 'won' | 'failed';

/**
 * The provider's id of a refund. An order that was reported several times has a row for each report; all but the
 * first carry `<refundId>#<conversionId>`, since the column is unique.
 */
export function plainRefundId(refund: { refundId: string; copyOf: string | null }): string {
  return refund.copyOf === null
    ? refund.refundId
    : refund.refundId.slice(0, refund.refundId.lastIndexOf('#'));
}

/** RG-36: 1–2000 characters. */
export const reasonSchema = z.object({
  reason: z
    .string({ error: 'reason is required: 1–2000 characters that name the refund or chargeback' })
    .refine((text) => text.trim().length > 0, 'reason is empty: say why, with the refund or chargeback id')
    .refine((text) => text.length <= 2000, 'reason is longer than 2000 characters')
    .refine(
      (text) => text.isWellFormed() && !text.includes('\0'),
      'reason contains a character that cannot be sent (NUL or half a surrogate pair)',
    ),
});
