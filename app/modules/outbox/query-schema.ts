import { z } from 'zod';
import { AppError } from '#app/platform/errors.ts';
import { pageLimit } from '#app/platform/page-query.ts';
import { exactText } from '#app/platform/text-rules.ts';
import { FILTER_PARAMETERS, type FilterParameter, readFilter, timed } from './filter-schema.ts';
import type { PostbackFilter } from './postback-schema.ts';
import { POSTBACK_STATUSES } from './schema.ts';

const IS_NOT = 'Any of these, or `not:` and what it is not.';
const BEGINS = 'Any of these word for word, or `begins:` and how it begins.';
const NUMBER = 'Exactly, or `gte:` / `lte:` and a whole number; both together for what lies between.';

/** What each parameter of a filter takes; the OpenAPI document tells it. Grammar: filter-schema.ts. */
const DESCRIPTIONS: Record<FilterParameter, string> = {
  status: `${IS_NOT} ${POSTBACK_STATUSES.join(', ')}. Commas stand between several.`,
  cause: `Code of the last answer. Any of these, \`not:\` or \`begins:\`. Commas stand between several.`,
  httpStatus: `Status of the last answer, or a hundred of them such as 5xx. ${IS_NOT}`,
  network: `Account names. ${IS_NOT}`,
  campaign: `The network's campaign id. ${IS_NOT} \`unknown\`: not known.`,
  affiliate: "The network's id of an affiliate; any of these.",
  code: `Tracking code, exact case. ${BEGINS}`,
  externalId: BEGINS,
  issue: 'Ids of causes.',
  ids: 'Ids of postbacks: these and no others.',
  amount: `Revenue in minor units. ${NUMBER}`,
  attempts: `Attempts begun. ${NUMBER}`,
  currency: 'Currency of the revenue, e.g. USD.',
  job: 'Id of a bulk job: its rows.',
  acknowledged: '`yes` or `no`: whether a person took it out of the queue.',
  text: 'Words in what was sent or answered; the newest thousand matches are looked at.',
  q: 'An order, a tracking code (whole or its beginning, exact case), an id of a postback or lead.',
  range: 'A range that moves with the clock: today (UTC), 24h, 7d, 30d, 90d.',
  from: 'Created at or after, ISO time with its zone.',
  to: 'Created before, ISO time with its zone.',
};

const MOST_VALUES = 1000;

/** One value or several, as texts. Numbers and booleans of a JSON body count as their texts. */
const valuesOf = (name: FilterParameter) => {
  const one = z.union([z.string(), z.number(), z.boolean().transform((on) => (on ? 'yes' : 'no'))], {
    error: `${name} must be a text, a number, or a list of them`,
  });
  return z
    .union([z.array(one).max(MOST_VALUES, `${name} has more than ${MOST_VALUES} values`), one], {
      error: `${name} must be a text, a number, or a list of them`,
    })
    .transform((value) => (Array.isArray(value) ? value : [value]).map(String))
    .optional()
    .describe(DESCRIPTIONS[name]);
};

const fields = Object.fromEntries(FILTER_PARAMETERS.map((name) => [name, valuesOf(name)])) as Record<
  FilterParameter,
  ReturnType<typeof valuesOf>
>;

/** A filter in the body of a call: the same fields as GET /api/v1/postbacks. `filterOfFields` makes it a filter. */
export const filterFieldsSchema = z.strictObject(fields);

/** Query of GET /api/v1/postbacks (CONTRACT.md). Client-safe. */
export const postbackQuerySchema = filterFieldsSchema.extend({
  limit: pageLimit(),
  cursor: exactText('cursor', 255).optional(),
});

/** The filter of checked fields; throws VALIDATION_ERROR that names every value at fault. `now` in ms. */
export function filterOfFields(values: z.output<typeof filterFieldsSchema>, now: number): PostbackFilter {
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  const { filter, problems } = readFilter(given as Record<string, readonly string[]>);
  if (problems.length === 0) return timed(filter, now, 'UTC');
  const message = problems.map((problem) => problem.message).join('; ');
  throw new AppError('VALIDATION_ERROR', message.slice(0, 500), { details: problems });
}

/** A query string as an object for a schema: all values of each name, the last one of `singles`. Empty ones count as absent. */
export function queryFields(
  query: URLSearchParams,
  singles: readonly string[] = ['limit', 'cursor'],
): Record<string, string | string[]> {
  const out: Record<string, string | string[]> = {};
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name).filter((value) => value !== '');
    if (values.length > 0) out[name] = singles.includes(name) ? (values.at(-1) as string) : values;
  }
  return out;
}

/** A query string as an object for a schema: lists where `lists` says so, else the last value. Empty values count as absent. */
export function queryObject(
  query: URLSearchParams,
  lists: readonly string[],
): Record<string, string | string[]> {
  const out: Record<string, string | string[]> = {};
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name).filter((value) => value !== '');
    if (values.length === 0) continue;
    // a campaign's id could hold a comma; only our own words are split
    out[name] = lists.includes(name)
      ? name === 'campaign'
        ? values
        : values.flatMap((value) => value.split(',').filter(Boolean))
      : (values.at(-1) as string);
  }
  return out;
}
