import { describe, expect, test } from 'vitest';
import { problemsOf } from './filter-problems.ts';
import { parseIssuesUrl } from './filters.ts';

const told = (search: string) => problemsOf(new URLSearchParams(search));

describe('filters that the address of Issues does not say rightly', () => {
  test('nothing is told of an address that can be read, nor of empty fields of its form', () => {
    expect(
      told(
        'state=ignored&network=eu&code=not:NOT_FOUND&httpStatus=404&httpStatus=not:none&range=7d&seenMin=20&assignee=none&q=key&from=2026-05-01T00:00:00Z&order=count&open=iss_1',
      ),
    ).toEqual([]);
    expect(told('q=&state=&range=&seenMin=&from=')).toEqual([]);
  });

  test.each([
    ['state=opne', /^state is one of open/],
    ['httpStatus=4o4', /^httpStatus is 100 to 599/],
    ['httpStatus=404&httpStatus=99', /^httpStatus is 100 to 599/],
    ['range=8d', /^range is one of today/],
    ['from=yesterday', /^from must be an ISO time/],
    ['to=never', /^to must be an ISO time/],
    ['seenMin=0', /^seenMin is a whole number/],
    ['seenMin=2.5', /^seenMin is a whole number/],
    [`q=${'x'.repeat(256)}`, /^q is longer than 255/],
    ['code=a%00b', /^code holds a NUL/],
  ])('%s is said', (search, words) => {
    expect(told(search)).toEqual([expect.stringMatching(words)]);
  });

  test('what is told of is what is left out: each such address reads as without it', () => {
    for (const search of [
      'state=opne',
      'httpStatus=4o4',
      'range=8d',
      'from=x',
      'to=x',
      'seenMin=0',
      'code=%00',
    ])
      expect(parseIssuesUrl(new URLSearchParams(search))).toEqual(parseIssuesUrl(new URLSearchParams()));
  });
});
