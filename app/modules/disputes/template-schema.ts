import { z } from 'zod';
import { minorToDecimal } from '#app/platform/money.ts';
import { reasonSchema } from './schema.ts';

/** Reason templates: their words, shapes and rendering, shared by pages and the server. Pure; client-safe. */

/** For which refunds a template is; `any`: for all of them, and for leads without one. */
export const TEMPLATE_KINDS = ['any', 'refund', 'chargeback', 'fraud'] as const;
export type TemplateKind = (typeof TEMPLATE_KINDS)[number];

/** What can stand in braces in a reason, and what it becomes. */
export const VARIABLES = {
  refundId: 'id of the refund, chargeback or fraud report',
  externalId: 'id of the order',
  paymentId: 'id of the payment',
  amount: 'what was given back: 49.00',
  currency: 'currency of that amount: USD',
  date: 'day on which it was processed (UTC): 2026-05-12',
  kind: 'refund, chargeback or fraud report',
  provider: 'where it was processed: Stripe, Shopify, Paddle',
  leadId: "the network's id of the lead",
  payout: 'what the affiliate would get: 10.00 USD',
} as const;
export type VariableName = keyof typeof VARIABLES;

const NAMES = Object.keys(VARIABLES) as VariableName[];
const BRACES = /\{([^{}]*)\}/g;

/** Names in braces that are no variables, in the order in which they stand in the text. */
export function unknownVariables(text: string): string[] {
  const named = [...text.matchAll(BRACES)].map((match) => match[1] ?? '');
  return [...new Set(named.filter((name) => !NAMES.includes(name as VariableName)))];
}

/** A reason with variables: 1–2000 characters, with known variables only. */
export const reasonTextSchema = reasonSchema.shape.reason.superRefine((text, issues) => {
  const unknown = unknownVariables(text);
  if (unknown.length === 0) return;
  const known = NAMES.map((name) => `{${name}}`).join(', ');
  issues.addIssue({
    code: 'custom',
    message: `${unknown.map((name) => `{${name}}`).join(', ')} cannot be filled in. Known are ${known}`,
  });
});

export const templateSchema = z.strictObject({
  name: z
    .string({ error: 'Give the template a name' })
    .trim()
    .min(1, 'Give the template a name')
    .max(80, 'The name is longer than 80 characters')
    .refine(
      (name) => name.isWellFormed() && !name.includes('\0'),
      'The name contains a character that cannot be kept',
    ),
  kind: z.enum(TEMPLATE_KINDS, { error: `kind must be one of ${TEMPLATE_KINDS.join(', ')}` }),
  text: reasonTextSchema,
});
export type TemplateInput = z.infer<typeof templateSchema>;

/** A template as pages and the API show it. */
export interface TemplateItem extends TemplateInput {
  id: string;
  /** Name of who changed it last. */
  updatedBy: string;
  createdAt: string;
  updatedAt: string;
}

/** What a reason is written from: a lead, and the refund for which it is disputed. Times are ISO. */
export interface ReasonFacts {
  /** The network's id. */
  leadId: string;
  externalId: string;
  payoutCents: number | null;
  /** Of the payout. */
  currency: string | null;
  refund: {
    refundId: string;
    kind: string;
    amountCents: number | null;
    /** Of the refund, else of its order: never that of the payout. */
    currency: string | null;
    paymentId: string | null;
    source: string;
    occurredAt: string;
  } | null;
}

export interface RenderedReason {
  reason: string;
  /** Variables of the text that this lead or refund has no value for; the reason says "not known" there. */
  missing: VariableName[];
  /** Why it cannot be sent as it is, or null. */
  error: string | null;
}

const PROVIDERS: Record<string, string> = { stripe: 'Stripe', shopify: 'Shopify', paddle: 'Paddle' };
const KIND_WORDS: Record<string, string> = {
  refund: 'refund',
  chargeback: 'chargeback',
  fraud: 'fraud report',
};
const ID_WORDS: Record<string, string> = {
  refund: 'refund id',
  chargeback: 'chargeback id',
  fraud: 'report id',
};

const NO_VALUE = 'not known';

function valuesOf(facts: ReasonFacts): Record<VariableName, string | null> {
  const { refund, payoutCents, currency } = facts;
  const refundCurrency = refund?.currency ?? null;
  return {
    refundId: refund?.refundId ?? null,
    externalId: facts.externalId,
    paymentId: refund?.paymentId ?? null,
    amount:
      refund === null || refund.amountCents === null || refundCurrency === null
        ? null
        : minorToDecimal(refund.amountCents, refundCurrency),
    currency: refundCurrency,
    date: refund?.occurredAt.slice(0, 10) ?? null,
    kind: refund === null ? null : (KIND_WORDS[refund.kind] ?? refund.kind),
    provider: refund === null ? null : (PROVIDERS[refund.source] ?? null),
    leadId: facts.leadId,
    payout:
      payoutCents === null || currency === null
        ? null
        : `${minorToDecimal(payoutCents, currency)} ${currency}`,
  };
}

/** Whether `text` names the id: not as a part of a longer one (re_1 is not in "re_12"). */
function names(text: string, id: string): boolean {
  const part = /[\p{L}\p{N}_-]/u;
  for (let at = text.indexOf(id); at >= 0; at = text.indexOf(id, at + 1)) {
    const [before, after] = [text[at - 1] ?? '', text[at + id.length] ?? ''];
    if (!part.test(before) && !part.test(after)) return true;
  }
  return false;
}

/**
 * The reason of one dispute: variables filled in word for word, in one pass, so that braces in a value stay what they
 * are. The refund's id is always in it (RG-36): where the text lacks it, it is added behind. Never cut: what comes out
 * longer than 2000 characters is an error.
 */
export function renderReason(text: string, facts: ReasonFacts): RenderedReason {
  const values = valuesOf(facts);
  const missing = new Set<VariableName>();
  const filled = text.replace(BRACES, (whole, name: string) => {
    if (!NAMES.includes(name as VariableName)) return whole;
    const value = values[name as VariableName];
    if (value === null) missing.add(name as VariableName);
    return value ?? NO_VALUE;
  });
  const { refund } = facts;
  const reason =
    refund && !names(filled, refund.refundId)
      ? `${filled} (${ID_WORDS[refund.kind] ?? 'refund id'} ${refund.refundId})`
      : filled;
  return { reason, missing: [...missing], error: faultOf(reason, text, missing) };
}

function faultOf(reason: string, text: string, missing: ReadonlySet<VariableName>): string | null {
  const unknown = unknownVariables(text);
  if (unknown.length > 0) return `{${unknown[0]}} cannot be filled in`;
  if (missing.has('refundId'))
    return 'The reason names {refundId}, but no refund or chargeback of this order is known';
  const checked = reasonSchema.safeParse({ reason });
  if (checked.success) return null;
  return reason.length > 2000
    ? `The reason would be ${reason.length} characters long; the network takes 2000`
    : (checked.error.issues[0]?.message ?? 'The reason is wrong');
}
