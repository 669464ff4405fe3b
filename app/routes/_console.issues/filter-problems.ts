import { HTTP_STATUS, splitOperators } from '#app/modules/triage/issue-filter-schema.ts';
import { ISSUE_STATES } from '#app/modules/triage/schema.ts';
import { isRange, RANGE_OPTIONS } from '#app/platform/time-range.ts';

const MAX = 255;
const SEEN_MAX = 1_000_000_000;

const isStatus = (value: string): boolean =>
  Object.values(splitOperators([value]))
    .flat()
    .every((one) => HTTP_STATUS.test(one));
const isState = (value: string): boolean => ISSUE_STATES.some((state) => state === value);
const isCount = (value: string): boolean =>
  Number.isSafeInteger(Number(value)) && Number(value) >= 1 && Number(value) <= SEEN_MAX;
const isMoment = (value: string): boolean => !Number.isNaN(Date.parse(value));

/** What a filter's value must be, and its words where it is not. The same as `parseIssuesUrl` reads. */
const RULES: readonly [name: string, reads: (value: string) => boolean, words: string][] = [
  ['state', isState, `state is one of ${ISSUE_STATES.join(', ')}`],
  [
    'httpStatus',
    isStatus,
    'httpStatus is 100 to 599, or none where no answer came; not: before it leaves it out',
  ],
  ['range', isRange, `range is one of ${RANGE_OPTIONS.map(({ value }) => value).join(', ')}`],
  ['from', isMoment, 'from must be an ISO time, e.g. 2026-05-12T14:22:09Z'],
  ['to', isMoment, 'to must be an ISO time, e.g. 2026-05-12T14:22:09Z'],
  ['seenMin', isCount, 'seenMin is a whole number from 1, e.g. 20'],
];
const TEXTS = ['network', 'code', 'campaign', 'assignee', 'q'] as const;

/** What of the address's filters means nothing and is left out, or cut short, in words. */
export function problemsOf(query: URLSearchParams): string[] {
  const given = (name: string): string[] => query.getAll(name).filter((value) => value !== '');
  const wrong = RULES.filter(([name, reads]) => given(name).some((value) => !reads(value)));
  const texts = TEXTS.flatMap((name) => [
    ...(given(name).some((value) => value.includes('\0')) ? [`${name} holds a NUL`] : []),
    ...(given(name).some((value) => value.length > MAX) ? [`${name} is longer than ${MAX} characters`] : []),
  ]);
  return [...wrong.map(([, , words]) => words), ...texts];
}
