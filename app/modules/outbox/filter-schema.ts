import { isRange, rangeStart, type TimeRange } from '#app/platform/time-range.ts';
import { readTold, type Told, writeTold } from './filter-grammar.ts';
import {
  FIELD_RULES,
  type FilterProblem,
  LIST_FIELDS,
  RANGE_FIELDS,
  readRange,
  writeRange,
} from './filter-rules.ts';
import type { PostbackFilter } from './postback-schema.ts';

/**
 * The filter of the Postbacks list as a query string: one grammar for the page, the API and bulk jobs. Pure and
 * client-safe; what `writeFilter` writes, `readFilter` reads back as the same filter.
 *
 * `status=failed,exhausted` · `status=not:delivered` · `cause=begins:AUTH` · `httpStatus=5xx` · `campaign=unknown` ·
 * `amount=gte:5000` · `attempts=gte:3` · `code=begins:aB3` · `acknowledged=no` · `from`/`to` ISO or `range=24h`.
 */
export interface FilterQuery extends PostbackFilter {
  /** A time range that moves with the clock; `timed` makes it a `from`. */
  range?: TimeRange | undefined;
}

export type { FilterProblem } from './filter-rules.ts';

/** Names of all parameters, in the order they are written. */
export const FILTER_PARAMETERS = [
  ...LIST_FIELDS,
  ...RANGE_FIELDS,
  'currency',
  'job',
  'acknowledged',
  'text',
  'q',
  'range',
  'from',
  'to',
] as const;
export type FilterParameter = (typeof FILTER_PARAMETERS)[number];

type Values = (name: string) => readonly string[];

/** Reads a filter. What means nothing is left out and told as a problem: a page goes on, the API refuses. */
export function readFilter(query: URLSearchParams | Readonly<Record<string, readonly string[]>>): {
  filter: FilterQuery;
  problems: FilterProblem[];
} {
  const given: Values =
    query instanceof URLSearchParams ? (name) => query.getAll(name) : (name) => query[name] ?? [];
  const problems: FilterProblem[] = [];
  const values: Values = (name) => {
    const filled = given(name).filter((value) => value !== '');
    const fine = filled.filter((value) => value.isWellFormed() && !value.includes('\0'));
    if (fine.length < filled.length)
      problems.push({ path: name, message: `${name} contains a character that no value holds` });
    return fine;
  };
  const filter: FilterQuery = {};
  for (const name of LIST_FIELDS) {
    const { splits, operators } = FIELD_RULES[name];
    const told = merged(
      name,
      values(name).map((value) => readTold(value, splits, operators)),
      problems,
    );
    if (told) Object.assign(filter, withNot(filter, FIELD_RULES[name].read(told, name, problems)));
  }
  for (const name of RANGE_FIELDS) {
    const range = readRange(name, values(name), problems);
    if (range) filter[name] = range;
  }
  readCurrency(filter, values('currency').at(-1), problems);
  readSingles(filter, values, problems);
  return { filter, problems };
}

/** All values of a parameter as one; they must agree on the operator. */
function merged(name: string, all: readonly Told[], problems: FilterProblem[]): Told | null {
  const filled = all.map((one) => ({ ...one, values: one.values.filter((value) => value !== '') }));
  const first = filled.find((one) => one.values.length > 0);
  if (!first) return null;
  if (filled.some((one) => one.operator !== first.operator))
    problems.push({ path: name, message: `${name} mixes operators: give one of is, not or begins` });
  const values = filled.filter((one) => one.operator === first.operator).flatMap((one) => one.values);
  return { operator: first.operator, values: [...new Set(values)], literal: first.literal ?? false };
}

const withNot = (filter: PostbackFilter, read: PostbackFilter): PostbackFilter =>
  read.not ? { ...read, not: { ...filter.not, ...read.not } } : read;

function readCurrency(filter: FilterQuery, currency: string | undefined, problems: FilterProblem[]): void {
  if (currency === undefined) return;
  if (!/^[A-Z]{3}$/.test(currency))
    problems.push({ path: 'currency', message: 'currency is a code of three capitals, e.g. USD' });
  else filter.amount = { ...filter.amount, currency };
}

function readSingles(filter: FilterQuery, values: Values, problems: FilterProblem[]): void {
  const wrong = (path: string, message: string) => problems.push({ path, message });
  const last = (name: 'job' | 'text' | 'q'): void => {
    const value = values(name).at(-1);
    if (value === undefined) return;
    if (value.length > 255) wrong(name, `${name} is longer than 255 characters`);
    filter[name] = value.slice(0, 255).toWellFormed();
  };
  for (const name of ['job', 'text', 'q'] as const) last(name);
  const acknowledged = values('acknowledged').at(-1);
  if (acknowledged === 'yes' || acknowledged === 'no') filter.acknowledged = acknowledged === 'yes';
  else if (acknowledged !== undefined) wrong('acknowledged', 'acknowledged is yes or no');
  const range = values('range').at(-1);
  if (isRange(range)) filter.range = range;
  else if (range !== undefined) wrong('range', 'range is one of today, 24h, 7d, 30d, 90d');
  for (const name of ['from', 'to'] as const) {
    const value = values(name).at(-1);
    if (value === undefined) continue;
    const at = ISO.test(value) ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(at)) wrong(name, `${name} must be an ISO time with its zone, e.g. 2026-05-12T14:22:09Z`);
    else filter[name] = new Date(at).toISOString();
  }
}

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** Writes a filter as parameters, those of one name beside each other. `kind` is not written: the page has its own. */
export function writeFilter(filter: FilterQuery): [FilterParameter, string][] {
  const out: [FilterParameter, string][] = [];
  for (const name of LIST_FIELDS) {
    const { splits, write, reserved } = FIELD_RULES[name];
    const told = write(filter);
    if ('word' in told) out.push([name, told.word]);
    else for (const value of writeTold(told.operator, told.values, splits, reserved)) out.push([name, value]);
  }
  for (const name of RANGE_FIELDS) for (const value of writeRange(filter[name])) out.push([name, value]);
  if (filter.amount?.currency) out.push(['currency', filter.amount.currency]);
  if (filter.job) out.push(['job', filter.job]);
  if (filter.acknowledged !== undefined) out.push(['acknowledged', filter.acknowledged ? 'yes' : 'no']);
  for (const name of ['text', 'q', 'range', 'from', 'to'] as const) {
    const value = filter[name];
    if (value) out.push([name, value]);
  }
  return out;
}

/** A filter with its moving range made a fixed start, as the verbs take it. `now` in ms; days begin in `zone`. */
export function timed({ range, ...filter }: FilterQuery, now: number, zone: string): PostbackFilter {
  if (!range) return filter;
  const start = new Date(rangeStart(range, now, zone)).toISOString();
  return { ...filter, from: filter.from && filter.from > start ? filter.from : start };
}

/** The filter of a query string as the verbs take it; what means nothing is left out. For bulk jobs and exports. */
export const filterOfQuery = (query: URLSearchParams, now: number, zone: string): PostbackFilter =>
  timed(readFilter(query).filter, now, zone);
