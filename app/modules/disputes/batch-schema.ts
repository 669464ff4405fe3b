import { z } from 'zod';
import { leadFilterSchema, refundFilterSchema } from './batch-filter-schema.ts';
import { reasonTextSchema, type VariableName } from './template-schema.ts';

/** Disputes in bulk: words and shapes that pages, the API and the server share. Client-safe. */

/** Rows that one batch can hold. */
export const BATCH_MAX = 50_000;
/** Ids that can be named one by one. */
export const IDS_MAX = 5_000;
/** Rows whose deadline comes sooner than this after the undo time do not wait for it. */
export const AT_ONCE_MS = 60_000;

const ids = (prefix: string, word: string) =>
  z
    .array(z.string().regex(new RegExp(`^${prefix}_\\w{1,40}$`), `${word} ids look like ${prefix}_01J…`))
    .min(1, `Name at least one ${word}`)
    .max(IDS_MAX, `At most ${IDS_MAX} ids at once: select by a filter instead`);

/**
 * What a batch is about: leads or refunds by id, or all that match a list's filter. `newestId`: rows above this id are
 * not in it; a preview tells it.
 */
export const selectionSchema = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('leads'), ids: ids('led', 'lead') }),
  z.strictObject({ of: z.literal('refunds'), ids: ids('rfd', 'refund') }),
  z.strictObject({
    of: z.literal('matching_leads'),
    filter: leadFilterSchema,
    newestId: z.string().max(64).optional(),
  }),
  z.strictObject({
    of: z.literal('matching_refunds'),
    filter: refundFilterSchema,
    newestId: z.string().max(64).optional(),
  }),
]);
export type Selection = z.infer<typeof selectionSchema>;

export const batchSchema = z
  .strictObject({
    selection: selectionSchema,
    templateId: z.string().max(64).optional(),
    /** A text of one's own, with the same variables; or a template that was changed for this batch. */
    text: reasonTextSchema.optional(),
    name: z
      .string()
      .trim()
      .max(200, 'The name is longer than 200 characters')
      .refine((name) => name.isWellFormed() && !name.includes('\0'), 'The name cannot be kept')
      .optional(),
  })
  .refine((body) => body.templateId !== undefined || body.text !== undefined, {
    error: 'Choose a reason template or write a reason',
    path: ['text'],
  });
export type BatchInput = z.infer<typeof batchSchema>;

/** Why a row is left out or was refused. */
export const LEFT_OUT = {
  released: 'Released: the payout can no longer be taken back',
  zero_days: 'Zero days: the payout was released at once',
  no_lead: 'No lead yet',
  no_dispute_call: 'The network takes no disputes by API',
  already_disputed: 'Disputed already, or a dispute is on its way',
  waiting_approval: "Waits for another person's approval already",
  not_to_decide: 'Not a refund to decide',
  doubtful_match: 'It is not certain that it is of this order: decide it by itself',
  same_lead: 'Its lead is in the batch with another refund',
  wrong_kind: 'The template is for another kind of refund',
  no_reason: 'The reason cannot be written: something it names is not known',
  reason_too_long: 'The reason would be longer than the 2,000 characters that a network takes',
  gone: 'No longer there',
  failed: 'Leadline could not do it',
} as const;
export type LeftOutReason = keyof typeof LEFT_OUT;

export const BATCH_STATES = ['collecting', 'running', 'done', 'undone', 'canceled'] as const;
export type BatchState = (typeof BATCH_STATES)[number];

/**
 * waiting: not yet its turn · disputed: its dispute was queued · needs_approval: asked for · refused: not possible any
 * more when its turn came · left_out: not possible from the start · undone, canceled: the batch was stopped before.
 */
export const ROW_STATES = [
  'waiting',
  'disputed',
  'needs_approval',
  'refused',
  'left_out',
  'undone',
  'canceled',
] as const;
export type RowState = (typeof ROW_STATES)[number];

export interface Sum {
  currency: string;
  minor: number;
}

/** What a batch would do. Counts are exact up to `BATCH_MAX` matching rows. */
export interface BatchPreview {
  matched: number;
  eligible: number;
  /** True where more than `BATCH_MAX` match: it cannot be started, narrow the selection. */
  tooMany: boolean;
  /** Payouts of the eligible by currency, the most first, and of how many it is not known. */
  payouts: Sum[];
  payoutsUnknown: number;
  /** Of the eligible: these wait for another person. */
  needApproval: number;
  /** Of the eligible: their deadline is so near that they leave at once, without time to undo. */
  atOnce: number;
  /** Others and why, most frequent first. */
  notAllowed: { reason: LeftOutReason; words: string; count: number }[];
  /** Of the eligible: variables of the reason that have no value ("not known" is sent there). */
  missing: { variable: VariableName; count: number }[];
  /** The reason of the first eligible row, as it will be sent; null where none is eligible. */
  first: { leadId: string; externalId: string; reason: string; missing: VariableName[] } | null;
  /** Bound of the selection: give it back as `newestId`. */
  newestId: string;
  /** The selection in words. */
  selection: string;
}

/** A batch as pages and the API show it. Times are UTC ISO. */
export interface BatchView {
  id: string;
  name: string;
  state: BatchState;
  /** The selection in words. */
  selection: string;
  /** The reason with its variables. */
  text: string;
  templateName: string | null;
  /** Nothing leaves before, but for `atOnce` rows; null while it is collecting. */
  startsAt: string | null;
  atOnce: number;
  /** Rows that were to be disputed, and what became of them so far. */
  eligible: number;
  waiting: number;
  disputed: number;
  needApproval: number;
  refused: number;
  /** Rows left as they were because the batch was undone or canceled. */
  stopped: number;
  leftOut: number;
  createdByName: string;
  createdAt: string;
  finishedAt: string | null;
}

export interface BatchRow {
  /** Id of the lead or refund that was selected. */
  targetId: string;
  leadId: string | null;
  refundId: string | null;
  state: RowState;
  /** Why it was left out or refused, or what came of it, in plain words. */
  outcome: string | null;
  messageId: string | null;
  approvalId: string | null;
  externalId: string | null;
  networkLeadId: string | null;
  payoutCents: number | null;
  currency: string | null;
  disputeBy: string | null;
  /** The lead now: pending_release, released, disputed, none. */
  holdState: string | null;
  /** Status of its dispute now: queued, sending, retrying, delivered, failed… */
  disputeStatus: string | null;
}

export interface BatchPage {
  items: BatchView[];
  nextAfter: string | null;
  prevBefore: string | null;
}
export interface BatchRowPage {
  items: BatchRow[];
  nextAfter: string | null;
  prevBefore: string | null;
}
