import { z } from 'zod';

/** What a campaign does about refunds: words and shapes that pages and the server share. Client-safe. */

export const RULE_KINDS = ['full', 'partial', 'chargeback', 'fraud'] as const;
export type RuleKind = (typeof RULE_KINDS)[number];

/** `never`: the refund is let pass, the affiliate is paid. */
export const DEEDS = ['at_once', 'after_grace', 'ask', 'never'] as const;
export type Deed = (typeof DEEDS)[number];

/** What is done about a partial refund below the threshold: one step milder than the rule. */
export const MILDER: Record<Deed, Deed> = {
  at_once: 'ask',
  after_grace: 'ask',
  ask: 'never',
  never: 'never',
};

const rule = z.strictObject({
  do: z.enum(DEEDS, { error: `do must be one of ${DEEDS.join(', ')}` }),
});

export const refundRulesSchema = z.strictObject({
  full: rule,
  partial: rule,
  chargeback: rule,
  fraud: rule,
  /**
   * From this share or sum on, the rule for partial refunds holds. Below it one step milder: what would be disputed is
   * asked, what would be asked is let pass. Null: it holds for all of them.
   */
  partialFrom: z
    .union([
      z.strictObject({
        percent: z
          .number('percent must be a number')
          .min(1, 'percent is at least 1')
          .max(100, 'percent is at most 100'),
      }),
      z.strictObject({
        minor: z.int('minor must be a whole number of minor units').positive('minor must be more than 0'),
        currency: z.string().regex(/^[A-Z]{3}$/, 'currency must be three capital letters, e.g. USD'),
      }),
    ])
    .nullable(),
  graceHours: z
    .int('graceHours must be a whole number')
    .min(1, 'graceHours is at least 1')
    .max(720, 'graceHours is at most 720'),
});
export type RefundRules = z.infer<typeof refundRulesSchema>;

/** What holds where nothing was saved (RG-42; CONTRACT.md). */
export const DEFAULT_RULES: RefundRules = {
  full: { do: 'at_once' },
  partial: { do: 'ask' },
  chargeback: { do: 'at_once' },
  fraud: { do: 'at_once' },
  partialFrom: null,
  graceHours: 48,
};

/** Hours by which automatic disputes keep clear of a deadline. */
export const marginSchema = z.strictObject({
  hours: z
    .int('The margin is a whole number of hours')
    .min(0, 'The margin cannot be negative')
    .max(720, 'The margin is at most 720 hours'),
});
