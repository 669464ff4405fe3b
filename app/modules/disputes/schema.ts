import { z } from 'zod';

/** Words of refunds and disputes that the console and the API share with the server. Client-safe. */
export const DISPOSITIONS = [
  'disputed',
  'disputing',
  'awaiting_lead',
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
  if (disposition === 'needs_review') return ['dispute', 'let_pass'];
  if (disposition === 'manual') return ['done', 'let_pass'];
  return disposition === 'unmatched' || disposition === 'awaiting_lead' ? ['let_pass'] : [];
}

export const REFUND_KINDS = ['refund', 'chargeback', 'fraud'] as const;

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
