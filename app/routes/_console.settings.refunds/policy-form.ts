import { z } from 'zod';
import {
  DEEDS,
  type RefundRules,
  RULE_KINDS,
  refundRulesSchema,
} from '#app/modules/disputes/refund-policy-schema.ts';
import { decimalToMinor, minorToDecimal } from '#app/platform/money.ts';

/** The form of refund rules: its fields as text, and the rules they mean. Client-safe. */

export const FROM_CHOICES = ['all', 'percent', 'money'] as const;

const deed = z.enum(DEEDS, { error: 'Choose what happens' });

/** Field names as in the form; faults carry them. */
export const policyFormSchema = z
  .object({
    full: deed,
    partial: deed,
    chargeback: deed,
    fraud: deed,
    from: z.enum(FROM_CHOICES, { error: 'Choose which partial refunds are meant' }),
    percent: z.string().trim().optional(),
    amount: z.string().trim().optional(),
    currency: z.string().trim().toUpperCase().optional(),
    graceHours: z.string().trim().optional(),
  })
  .transform((form, ctx): RefundRules => {
    const fault = (path: string, message: string) => {
      ctx.addIssue({ code: 'custom', path: [path], message });
      return z.NEVER;
    };
    const uses = RULE_KINDS.some((kind) => form[kind] === 'after_grace');
    // a grace time that no rule uses is kept where it can be read, and does not stop anybody
    const given = whole(form.graceHours);
    const grace = given !== null && given >= 1 && given <= 720 ? given : uses ? null : 48;
    if (grace === null) return fault('graceHours', 'Write whole hours from 1 to 720, e.g. 48');
    // what is never disputed needs no threshold: one that cannot be read stops nobody
    const read = thresholdOf(form);
    const partialFrom = read === undefined && form.partial === 'never' ? null : read;
    if (partialFrom === undefined)
      return form.from !== 'money'
        ? fault('percent', 'Write a number from 1 to 100, e.g. 30')
        : /^[A-Z]{3}$/.test(form.currency ?? '')
          ? fault('amount', 'Write an amount above zero, e.g. 20.00')
          : fault('currency', 'Write three letters, e.g. USD');
    const rules = {
      full: { do: form.full },
      partial: { do: form.partial },
      chargeback: { do: form.chargeback },
      fraud: { do: form.fraud },
      partialFrom,
      graceHours: grace,
    };
    const parsed = refundRulesSchema.safeParse(rules);
    if (parsed.success) return parsed.data;
    return fault('full', parsed.error.issues[0]?.message ?? 'These rules cannot be kept');
  });
export type PolicyFields = z.input<typeof policyFormSchema>;

const whole = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,4}$/.test(text) ? Number(text) : null;

/** Undefined where it cannot be read. */
function thresholdOf(form: {
  from: (typeof FROM_CHOICES)[number];
  percent?: string | undefined;
  amount?: string | undefined;
  currency?: string | undefined;
}): RefundRules['partialFrom'] | undefined {
  if (form.from === 'all') return null;
  if (form.from === 'percent') {
    const text = form.percent ?? '';
    const percent = /^\d{1,3}([.,]\d{1,2})?$/.test(text) ? Number(text.replace(',', '.')) : 0;
    return percent >= 1 && percent <= 100 ? { percent } : undefined;
  }
  const currency = form.currency ?? '';
  if (!/^[A-Z]{3}$/.test(currency)) return undefined;
  const minor = decimalToMinor((form.amount ?? '').replace(',', '.'), currency);
  return minor !== null && minor > 0 ? { minor, currency } : undefined;
}

/** The fields that say these rules. `currency`: what a threshold in money begins with. */
export function fieldsOf(rules: RefundRules, currency = 'USD'): Required<PolicyFields> {
  const { partialFrom: from } = rules;
  const money = from !== null && 'minor' in from ? from : null;
  return {
    full: rules.full.do,
    partial: rules.partial.do,
    chargeback: rules.chargeback.do,
    fraud: rules.fraud.do,
    from: from === null ? 'all' : 'percent' in from ? 'percent' : 'money',
    percent: from !== null && 'percent' in from ? String(from.percent) : '30',
    amount: money ? minorToDecimal(money.minor, money.currency) : '',
    currency: money?.currency ?? currency,
    graceHours: String(rules.graceHours),
  };
}

/** Names of the fields, as faults name them. */
export const POLICY_FIELDS = [...RULE_KINDS, 'from', 'percent', 'amount', 'currency', 'graceHours'] as const;
