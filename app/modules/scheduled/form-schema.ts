import { z } from 'zod';
import { isZone } from '#app/platform/time-format.ts';
import { EVERY, LIST_NAMES } from './schema.ts';

const QUERY_MAX = 2_000;
const number = (min: number, max: number, words: string) =>
  z.coerce.number({ error: words }).int(words).min(min, words).max(max, words);

/** The form of a scheduled export. Client-safe: the page and the verb check the same. */
export const scheduleSchema = z
  .object({
    name: z
      .string({ error: 'Give it a name' })
      .trim()
      .min(1, 'Give it a name')
      .max(60, 'At most 60 characters')
      .refine((name) => name.isWellFormed() && !/\p{Cc}/u.test(name), 'The name must be one line of text'),
    list: z.enum(LIST_NAMES, { error: 'Choose a list' }),
    /** Id of a saved view; left out: the filters in `query`. */
    viewId: z.string().max(64).optional(),
    query: z
      .string()
      .max(QUERY_MAX, `These filters are longer than ${QUERY_MAX} characters: drop some values`)
      .refine((query) => query.isWellFormed() && !query.includes('\0'), 'These are no filters')
      .default(''),
    channelId: z.string({ error: 'Choose who gets it' }).min(1, 'Choose who gets it'),
    every: z.enum(EVERY, { error: 'Choose week or month' }),
    weekday: number(1, 7, 'Choose a day of the week').default(1),
    monthday: number(1, 31, 'A day of the month, from 1 to 31').default(1),
    hour: number(0, 23, 'An hour, from 0 to 23'),
    zone: z.string({ error: 'Choose a time zone' }).refine(isZone, 'This is no time zone that is known here'),
  })
  .transform(({ weekday, monthday, ...rest }) => ({
    ...rest,
    day: rest.every === 'week' ? weekday : monthday,
  }));
export type ScheduleInput = z.output<typeof scheduleSchema>;
