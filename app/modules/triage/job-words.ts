import { type FilterParameter, writeFilter } from '#app/modules/outbox/filter-schema.ts';
import type { PostbackFilter } from '#app/modules/outbox/postback-schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import type { Verdict } from './job-rules.ts';
import type { JobKind } from './schema.ts';
import { UNREADABLE_SUCCESS } from './unread-schema.ts';

const FIELDS: Record<FilterParameter, string> = {
  status: 'Status',
  cause: 'Cause',
  httpStatus: 'HTTP status',
  network: 'Network',
  campaign: 'Campaign',
  affiliate: 'Affiliate',
  code: 'Tracking code',
  externalId: 'Order',
  issue: 'Issue',
  ids: 'Rows',
  amount: 'Amount',
  attempts: 'Attempts',
  currency: 'Currency',
  job: 'Bulk job',
  acknowledged: 'Acknowledged',
  text: 'Body has',
  q: 'Search',
  range: 'Time',
  from: 'From',
  to: 'To',
};
/** Several values of one field are named up to this many. */
const NAMED = 4;

const OPERATORS: readonly [string, string][] = [
  ['not:', 'is not '],
  ['begins:', 'begins with '],
  ['gte:', 'at least '],
  ['lte:', 'at most '],
];

/** "not:delivered" as "is not delivered". */
function valueWords(value: string): string {
  const found = OPERATORS.find(([prefix]) => value.startsWith(prefix));
  const text = found ? found[1] + value.slice(found[0].length) : value;
  return text.replace(/(^|\s)is:/, '$1');
}

/** The filter's fields with their values as people read them, in the order of the columns. */
function partsOf(filter: PostbackFilter): { field: FilterParameter; text: string }[] {
  const byField = new Map<FilterParameter, string[]>();
  for (const [field, value] of writeFilter(filter))
    byField.set(field, [...(byField.get(field) ?? []), valueWords(value)]);
  return [...byField].map(([field, values]) => {
    if (field === 'ids')
      return { field, text: `${formatCount(values.length)} ${values.length === 1 ? 'row' : 'rows'} by hand` };
    // ids say nothing to a person
    if (field === 'job') return { field, text: 'an earlier one' };
    if (field === 'issue') return { field, text: values.length === 1 ? 'one' : `any of ${values.length}` };
    const shown = values.slice(0, NAMED).join(', ');
    return { field, text: values.length > NAMED ? `${shown} and ${values.length - NAMED} more` : shown };
  });
}

/** Words for what a filter selects: "Status failed · Cause NOT_FOUND"; "Everything" where it narrows nothing. */
export function selectionWords(filter: PostbackFilter): string {
  const parts = partsOf(filter).map(({ field, text }) =>
    field === 'ids' ? `Selected: ${text}` : `${FIELDS[field]} ${text}`,
  );
  return parts.length === 0 ? 'Everything' : parts.join(' · ');
}

const VERBS: Record<JobKind, string> = { retry: 'Retry', cancel: 'Cancel', acknowledge: 'Acknowledge' };
/** Fields whose value says enough without the field's name, in the order a name is made of. */
const TELLING: readonly FilterParameter[] = ['cause', 'code', 'externalId', 'q', 'text', 'ids', 'status'];

/** A job's name from its filter: "Retry 1,284: NOT_FOUND at regatta". `cause` names the issue's cause where it is known. */
export function jobName(
  kind: JobKind,
  matched: number,
  filter: PostbackFilter,
  cause?: string | null,
): string {
  const head = `${VERBS[kind]} ${formatCount(matched)}`;
  if (cause) return `${head}: ${cause}`.slice(0, 200).toWellFormed();
  const parts = partsOf(filter);
  if (filter.ids) return `${head} ${matched === 1 ? 'row' : 'rows'} chosen by hand`;
  const telling = TELLING.map((field) => parts.find((part) => part.field === field)).find(Boolean);
  const network = parts.find((part) => part.field === 'network');
  const what = telling?.text ?? parts.find((part) => part !== network)?.text;
  const words = [what, network && `at ${network.text}`].filter(Boolean).join(' ');
  return (words ? `${head}: ${words}` : head).slice(0, 200).toWellFormed();
}

/** Of the rows of a job that were answered with a success, `n` came without their data (RG-43). */
export const unreadWords = (n: number): string =>
  n === 1
    ? '1 of them was answered with a success but without its data: it is under an issue of its own.'
    : `${formatCount(n)} of them were answered with a success but without its data: they are under an issue of their own.`;

/** Codes named beside the one that stopped a job. */
const OTHERS_NAMED = 3;

/**
 * Why the answers stopped a job: "9 of the last 16 were refused again: 400 BAD_FIELD; 3 more with 404 NOT_FOUND. The
 * rest was left as it was." `answer` says a code as the network answered it.
 */
export function stopWords(stop: NonNullable<Verdict['stop']>, answer: (code: string) => string): string {
  const named = stop.others.slice(0, OTHERS_NAMED);
  const others = named.map(([code, n]) => `${formatCount(n)} more with ${answer(code)}`);
  const unnamed = stop.others.slice(OTHERS_NAMED).reduce((sum, [, n]) => sum + n, 0);
  if (unnamed > 0) others.push(`${formatCount(unnamed)} more with other codes`);
  const of = formatCount(Math.max(stop.of, stop.refused));
  const answers = [answer(stop.code), ...others].join('; ');
  if (stop.code === UNREADABLE_SUCCESS)
    return `${formatCount(stop.refused)} of the last ${of} were answered with a success but without its data: ${answers}. The rest was left as it was.`;
  return `${formatCount(stop.refused)} of the last ${of} were refused again: ${answers}. The rest was left as it was.`;
}
