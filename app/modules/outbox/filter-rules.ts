import type { Operator, Told } from './filter-grammar.ts';
import { HTTP_CLASSES, type HttpMatch, type NumberRange, type PostbackFilter } from './postback-schema.ts';
import { type MessageStatus, POSTBACK_STATUSES } from './schema.ts';

/** What is wrong with a filter: the parameter (with the place of the value where there are several), and how. */
export interface FilterProblem {
  path: string;
  message: string;
}

/** Fields that take a list of values, in the order of the columns. */
export const LIST_FIELDS = [
  'status',
  'cause',
  'httpStatus',
  'network',
  'campaign',
  'affiliate',
  'code',
  'externalId',
  'issue',
  'ids',
] as const;
export type ListField = (typeof LIST_FIELDS)[number];
export const RANGE_FIELDS = ['amount', 'attempts'] as const;
export type RangeField = (typeof RANGE_FIELDS)[number];

type Problems = FilterProblem[];
type Written = { operator: Operator; values: readonly string[] } | { word: string };

interface Rule {
  /** Commas stand between values: only where no value of ours or of a network holds one. */
  splits: boolean;
  operators: readonly Operator[];
  reserved?: readonly string[];
  read(told: Told, name: string, problems: Problems): PostbackFilter;
  /** No values where the filter says nothing. */
  write(filter: PostbackFilter): Written;
}

const none: Written = { operator: 'is', values: [] };
const MAX_LENGTH = 255;

/** Keeps what passes; tells of the rest by its place. */
function kept<T>(
  told: Told,
  name: string,
  problems: Problems,
  pass: (value: string) => T | null,
  message: string,
): T[] {
  const out: T[] = [];
  told.values.forEach((value, i) => {
    const passed = value.length > MAX_LENGTH ? null : pass(value);
    if (passed === null) problems.push({ path: `${name}.${i}`, message });
    else out.push(passed);
  });
  return out;
}

const texts = (told: Told, name: string, problems: Problems): string[] =>
  kept(told, name, problems, (value) => value, `${name} is longer than ${MAX_LENGTH} characters`);

type Negated = keyof NonNullable<PostbackFilter['not']>;

/** A field with "is" and "is not". */
function isOrNot<Name extends Negated & ListField>(
  name: Name,
  splits: boolean,
  check: (told: Told, name: string, problems: Problems) => readonly (string | number)[] = texts,
): Rule {
  return {
    splits,
    operators: ['is', 'not'],
    read(told, path, problems) {
      const values = check(told, path, problems);
      if (values.length === 0) return {};
      return told.operator === 'not' ? { not: { [name]: values } } : { [name]: values };
    },
    write(filter) {
      const [is, not] = [filter[name], filter.not?.[name]];
      if (is?.length) return { operator: 'is', values: is.map(String) };
      return not?.length ? { operator: 'not', values: not.map(String) } : none;
    },
  };
}

/** A field with "is" and "begins with", or "is" alone. */
function isOrBegins(
  name: 'cause' | 'code' | 'externalId' | 'affiliate' | 'issue' | 'ids',
  splits: boolean,
  begins?: 'causeBegins' | 'codeBegins' | 'externalIdBegins',
): Rule {
  return {
    splits,
    operators: begins ? ['is', 'begins'] : ['is'],
    read(told, path, problems) {
      const values = texts(told, path, problems);
      if (values.length === 0) return {};
      if (told.operator !== 'begins' || !begins) return { [name]: values };
      return { [begins]: values.at(-1) };
    },
    write(filter) {
      const start = begins && filter[begins];
      if (filter[name]?.length) return { operator: 'is', values: filter[name] };
      return start ? { operator: 'begins', values: [start] } : none;
    },
  };
}

const statuses = (told: Told, name: string, problems: Problems): MessageStatus[] =>
  kept(
    told,
    name,
    problems,
    (value) => POSTBACK_STATUSES.find((status) => status === value) ?? null,
    `status must be one of ${POSTBACK_STATUSES.join(', ')}`,
  );

const answers = (told: Told, name: string, problems: Problems): HttpMatch[] =>
  kept(
    told,
    name,
    problems,
    (value): HttpMatch | null =>
      HTTP_CLASSES.find((word) => word === value) ?? (/^[1-5]\d\d$/.test(value) ? Number(value) : null),
    'httpStatus is 100 to 599, or a hundred of them such as 4xx',
  );

const cause: Rule = {
  ...isOrNot('cause', true),
  operators: ['is', 'not', 'begins'],
  read: (told, path, problems) =>
    told.operator === 'begins'
      ? isOrBegins('cause', true, 'causeBegins').read(told, path, problems)
      : isOrNot('cause', true).read(told, path, problems),
  write(filter) {
    const written = isOrNot('cause', true).write(filter);
    if ('values' in written && written.values.length > 0) return written;
    return isOrBegins('cause', true, 'causeBegins').write(filter);
  },
};

/** `campaign=unknown` and `campaign=not:unknown` stand beside the ids; an id of that name is `is:unknown`. */
const UNKNOWN = 'unknown';
const campaign: Rule = {
  ...isOrNot('campaign', false),
  reserved: [UNKNOWN],
  read(told, path, problems) {
    // the grammar has taken "is:" away from a value that was meant word for word
    if (told.values.length === 1 && told.values[0] === UNKNOWN && !told.literal)
      return { campaignKnown: told.operator === 'not' };
    return isOrNot('campaign', false).read(told, path, problems);
  },
  write(filter) {
    if (filter.campaignKnown !== undefined)
      return { word: filter.campaignKnown ? `not:${UNKNOWN}` : UNKNOWN };
    return isOrNot('campaign', false).write(filter);
  },
};

export const FIELD_RULES: Readonly<Record<ListField, Rule>> = {
  status: isOrNot('status', true, statuses),
  cause,
  httpStatus: isOrNot('httpStatus', true, answers),
  network: isOrNot('network', true),
  campaign,
  affiliate: isOrBegins('affiliate', false),
  code: isOrBegins('code', false, 'codeBegins'),
  externalId: isOrBegins('externalId', false, 'externalIdBegins'),
  issue: isOrBegins('issue', true),
  ids: isOrBegins('ids', true),
};

/** `amount=5000`, `amount=gte:5000`, and with `amount=lte:10000` beside it what lies between. */
export function readRange(
  name: RangeField,
  values: readonly string[],
  problems: Problems,
): NumberRange | null {
  const range: NumberRange = {};
  values.forEach((value, i) => {
    const [, operator, digits] = /^(?:(gte|lte):)?(\d{1,15})$/.exec(value) ?? [];
    if (digits === undefined)
      problems.push({ path: `${name}.${i}`, message: `${name} is a whole number, e.g. 3, gte:3 or lte:3` });
    if (digits === undefined) return;
    if (operator !== 'lte') range.gte = Number(digits);
    if (operator !== 'gte') range.lte = Number(digits);
  });
  return range.gte === undefined && range.lte === undefined ? null : range;
}

/** The values that `readRange` reads back. */
export function writeRange(range: NumberRange | undefined): string[] {
  if (!range) return [];
  const { gte, lte } = range;
  if (gte !== undefined && gte === lte) return [String(gte)];
  return [...(gte === undefined ? [] : [`gte:${gte}`]), ...(lte === undefined ? [] : [`lte:${lte}`])];
}
