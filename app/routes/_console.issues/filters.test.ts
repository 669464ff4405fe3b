import { describe, expect, test } from 'vitest';
import {
  filterOf,
  hrefWith,
  isNarrowed,
  keepFor,
  parseIssuesUrl,
  tabHref,
  withoutFilters,
} from './filters.ts';

const read = (search: string) => parseIssuesUrl(new URLSearchParams(search));

describe('the address of Issues', () => {
  test('without anything it asks for open issues by unpaid money', () => {
    const url = read('');
    expect(url).toMatchObject({ state: 'open', order: 'money', open: null });
    expect(filterOf(url)).toEqual({ state: ['open'] });
    expect(isNarrowed(url)).toBe(false);
  });

  test('a pasted address restores state, filters, order and the open issue', () => {
    const url = read(
      'state=ignored&network=eu&code=NOT_FOUND&campaign=c1&campaign=c2&assignee=none&q=key&order=count&open=iss_1',
    );
    expect(filterOf(url)).toEqual({
      state: ['ignored'],
      network: ['eu'],
      code: ['NOT_FOUND'],
      campaign: ['c1', 'c2'],
      assignee: 'none',
      q: 'key',
    });
    expect(url).toMatchObject({ order: 'count', open: 'iss_1' });
    expect(isNarrowed(url)).toBe(true);
  });

  test('what makes no sense counts as absent', () => {
    expect(read('state=gone&order=color&q=&network=%00')).toEqual(read(''));
  });

  test('another filter begins at the start; another issue leaves the job of the one before', () => {
    const query = new URLSearchParams('code=NOT_FOUND&cursor=x&open=iss_1&job=job_1');
    expect(hrefWith(query, { network: ['a', 'b'] })).toBe('?code=NOT_FOUND&network=a&network=b');
    expect(hrefWith(query, { open: 'iss_2' })).toBe('?code=NOT_FOUND&cursor=x&open=iss_2');
    expect(hrefWith(query, { job: 'job_2' })).toBe('?code=NOT_FOUND&cursor=x&open=iss_1&job=job_2');
    expect(tabHref(query, 'resolved')).toBe('?code=NOT_FOUND&state=resolved');
    expect(withoutFilters(query)).toBe('?');
    expect(keepFor(query, 'q')).toEqual([['code', 'NOT_FOUND']]);
  });
});
