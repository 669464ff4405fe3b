import { z } from 'zod';
import { currencyDecimals, decimalToMinor, minorToDecimal } from '#app/platform/money.ts';
import { isZone } from '#app/platform/time-format.ts';
import type { Amount, ChannelKind, RuleKind } from './schema.ts';

/** What forms of channels and rules may hold. Client-safe: the page and the verb check the same. */

const name = z
  .string({ error: 'Give it a name' })
  .trim()
  .min(1, 'Give it a name')
  .max(60, 'At most 60 characters');

const ADDRESS = /^[^\s@,;<>"()]{1,64}@[^\s@,;<>"()]+\.[^\s@,;<>"().]{2,}$/;
const ADDRESSES_MAX = 20;

/** "a@x.com, b@y.com" as a list; told which one is wrong. */
const addresses = z
  .string({ error: 'Give at least one address' })
  .max(2_000, 'At most 2,000 characters')
  .transform((text) => [...new Set(text.split(/[\s,;]+/).filter(Boolean))])
  .superRefine((list, ctx) => {
    const wrong = list.find((address) => !ADDRESS.test(address));
    if (list.length === 0) ctx.addIssue('Give at least one address');
    if (list.length > ADDRESSES_MAX) ctx.addIssue(`At most ${ADDRESSES_MAX} addresses`);
    if (wrong !== undefined)
      ctx.addIssue(`“${wrong.slice(0, 80)}” is no email address, e.g. ops@example.com`);
  });

const url = z
  .string({ error: 'Give the address it posts to' })
  .trim()
  .max(2_000, 'At most 2,000 characters')
  .refine(
    (text) => /^https?:\/\/[^\s/]/.test(text) && URL.canParse(text),
    'Must be a whole http(s) address, e.g. https://hooks.example.com/leadline',
  )
  .refine(
    (text) => !URL.canParse(text) || new URL(text).username === '',
    'Leave user and password out of the address',
  );

const secret = z
  .string()
  .min(16, 'At least 16 characters, or leave it empty and Leadline makes one')
  .max(200, 'At most 200 characters')
  .regex(/^[\x21-\x7e]+$/, 'Letters, digits and signs only, without spaces');

export const emailChannelSchema = z.object({ name, addresses });
export const slackChannelSchema = z.object({ name, url: url.optional() });
export const webhookChannelSchema = z.object({ name, url: url.optional(), secret: secret.optional() });

/** The fields of a channel by its kind. An address left out keeps the stored one. */
export const CHANNEL_FORMS = {
  email: emailChannelSchema,
  slack: slackChannelSchema,
  webhook: webhookChannelSchema,
} as const satisfies Record<ChannelKind, z.ZodType>;

export interface ChannelInput {
  name: string;
  addresses?: string[] | undefined;
  url?: string | undefined;
  secret?: string | undefined;
}

/** "500 USD, 450.50 EUR" as amounts in minor units, one a currency. */
export const amounts = z
  .string()
  .max(200, 'At most 200 characters')
  .transform((text, ctx): Amount[] => {
    const found = new Map<string, Amount>();
    for (const part of text.split(/[,;]\s*/).filter((piece) => piece.trim() !== '')) {
      const [, number = '', code = ''] = /^\s*(\d[\d.]*)\s*([a-z]{3})\s*$/i.exec(part) ?? [];
      const currency = code.toUpperCase();
      const minor = number === '' ? null : decimalToMinor(number, currency);
      if (minor === null || minor === 0) {
        ctx.addIssue(faultOf(part.trim(), number, currency));
        return z.NEVER;
      }
      if (found.has(currency)) {
        ctx.addIssue(`${currency} stands there twice`);
        return z.NEVER;
      }
      found.set(currency, { currency, minor });
    }
    return [...found.values()];
  });

function faultOf(part: string, number: string, currency: string): string {
  if (number === '') return `“${part}” needs an amount and its currency, e.g. 500 USD`;
  if (Number(number) === 0) return `“${part}” must be more than nothing`;
  return `“${part}” is finer than ${currency} goes: at most ${currencyDecimals(currency)} decimals`;
}

/** The text that `amounts` reads back: "500 USD, 450.50 EUR". */
export const amountsText = (list: readonly Amount[]): string =>
  list
    .map(({ currency, minor }) => `${minorToDecimal(minor, currency).replace(/\.0+$/, '')} ${currency}`)
    .join(', ');

const clockTime = (what: string) =>
  z.string({ error: `Say ${what}` }).regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time of day, e.g. 22:00');

const zone = z
  .string({ error: 'Choose a time zone' })
  .refine(isZone, 'No such time zone, e.g. Europe/Berlin');

const flag = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on');

const common = {
  name,
  channelIds: z.array(z.string().max(64)).max(20, 'At most 20 channels').default([]),
  urgent: flag,
  quiet: flag,
  quietFrom: clockTime('when it begins').optional(),
  quietTo: clockTime('when it ends').optional(),
  zone,
};

const own = {
  new_issue: { minUnpaid: amounts.optional() },
  unpaid_over: {
    limits: amounts
      .optional()
      .refine((list) => list !== undefined && list.length > 0, 'Say from which sum on, e.g. 500 USD'),
  },
  leads_due: {
    hours: z.coerce
      .number({ error: 'Hours as a number, e.g. 24' })
      .int('Whole hours, e.g. 24')
      .min(1, 'At least 1 hour')
      .max(72, 'At most 72 hours'),
    minCount: z.coerce
      .number({ error: 'Leads as a number, e.g. 1' })
      .int('A whole number, e.g. 1')
      .min(1, 'At least 1')
      .max(1_000, 'At most 1,000')
      .optional(),
    minMoney: amounts.optional(),
  },
  no_conversions: {},
  breaker: { pauses: flag },
} as const;

const complete = <T extends z.ZodRawShape>(shape: T) =>
  z.object({ ...common, ...shape }).superRefine((value, ctx) => {
    const { quiet, quietFrom, quietTo } = value as z.output<z.ZodObject<typeof common>>;
    if (!quiet) return;
    if (quietFrom === undefined)
      ctx.addIssue({ code: 'custom', path: ['quietFrom'], message: 'Say when it begins' });
    if (quietTo === undefined)
      ctx.addIssue({ code: 'custom', path: ['quietTo'], message: 'Say when it ends' });
    if (quietFrom !== undefined && quietFrom === quietTo)
      ctx.addIssue({ code: 'custom', path: ['quietTo'], message: 'Must end at another time than it begins' });
  });

/** The fields of a rule by its kind. */
export const RULE_FORMS = {
  new_issue: complete(own.new_issue),
  unpaid_over: complete(own.unpaid_over),
  leads_due: complete(own.leads_due),
  no_conversions: complete(own.no_conversions),
  breaker: complete(own.breaker),
} as const satisfies Record<RuleKind, z.ZodType>;

/** What the form of any kind comes to. Fields of other kinds are absent. */
export interface RuleInput {
  name: string;
  channelIds: string[];
  urgent: boolean;
  quiet: boolean;
  quietFrom?: string | undefined;
  quietTo?: string | undefined;
  zone: string;
  minUnpaid?: Amount[] | undefined;
  limits?: Amount[] | undefined;
  hours?: number | undefined;
  minCount?: number | undefined;
  minMoney?: Amount[] | undefined;
  pauses?: boolean | undefined;
}
