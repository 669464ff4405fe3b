import { z } from 'zod';
import { NOTE_MAX } from '#app/modules/triage/issue-schema.ts';
import { ISSUE_STATES } from '#app/modules/triage/schema.ts';

/** What a person can do to issues from the console, as the fields of POST /issues/act say it. Client-safe. */

const id = z.string().min(1).max(64);
/** Ids with commas between, or the list's own query behind "?": then everything that matches it. */
const ids = z.union([
  z
    .string()
    .startsWith('?')
    .max(2_000, 'These filters are too long: drop some values')
    .transform((query) => ({ query: query.slice(1) })),
  z
    .string()
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(id).min(1, 'Choose at least one issue').max(5_000, 'At most 5,000 issues at once'))
    .transform((list) => ({ ids: list })),
]);
const note = (most: number) =>
  z
    .string({ error: 'Write something' })
    .trim()
    .min(1, 'Write something')
    .max(most, `At most ${most} characters`);

export const PAUSE_NOTE_MAX = 500;

export const actSchema = z.discriminatedUnion(
  'intent',
  [
    z.object({ intent: z.literal('acknowledge'), ids }),
    z.object({ intent: z.literal('resolve'), ids }),
    /** `only`: those still in that state, for an undo. */
    z.object({ intent: z.literal('reopen'), ids, only: z.enum(ISSUE_STATES).optional() }),
    z.object({
      intent: z.literal('ignore'),
      ids,
      until: z.iso.datetime({ error: 'until must be an ISO time' }).optional(),
      above: z.coerce
        .number({ error: 'Enter a number' })
        .int('Enter a whole number')
        .min(1, 'At least 1 an hour')
        .max(1_000_000, 'At most 1,000,000 an hour')
        .optional(),
    }),
    z.object({
      intent: z.literal('assign'),
      ids,
      /** A user's id; '' takes the issue from whoever has it. */
      assignee: z.string().max(64),
    }),
    z.object({ intent: z.literal('note'), id, body: note(NOTE_MAX) }),
    z.object({ intent: z.literal('release'), id }),
    z.object({ intent: z.literal('cancel'), job: id }),
    z.object({ intent: z.literal('probe'), breaker: id }),
    z.object({ intent: z.literal('resume'), breaker: id }),
    z.object({
      intent: z.literal('pause'),
      account: id,
      /** The network's campaign id; '' pauses the whole account. */
      campaign: z.string().max(255).optional(),
      note: note(PAUSE_NOTE_MAX),
    }),
  ],
  { error: 'Leadline does not know what to do with this: reload the page.' },
);

export type Act = z.output<typeof actSchema>;
