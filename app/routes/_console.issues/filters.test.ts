import { describe, expect, test } from 'vitest';
import {
  cleanQuery,
  exportQuery,
  filterOf,
  hiddenHref,
  hrefWith,
  isNarrowed,
  keepFor,
  parseIssuesUrl,
  tabHref,
  withoutFilters,
} from './filters.ts';

const NOW = Date.parse('2026-05-12T12:00:00Z');
const read = (search: string) => parseIssuesUrl(new URLSearchParams(search));

describe('the address of Issues', () => {
  test('without anything it asks for open issues by unpaid money', () => {
    const url = read('');
    expect(url).toMatchObject({ state: 'open', order: 'money', open: null });
    expect(filterOf(url, NOW, 'UTC')).toEqual({ state: ['open'] });
    expect(isNarrowed(url)).toBe(false);
  });

  test('a pasted address restores state, filters, order and the open issue', () => {
    const url = read(
      'state=ignored&network=eu&code=NOT_FOUND&campaign=c1&campaign=c2&assignee=none&q=key&order=count&open=iss_1',
    );
    expect(filterOf(url, NOW, 'UTC')).toEqual({
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

  test('operators, a range that moves and how often it was seen', () => {
    const url = read(
      'code=not:TIMEOUT&code=begins:AUTH_&network=not:eu&campaign=is:not:c1&range=24h&seenMin=20',
    );
    expect(filterOf(url, NOW, 'UTC')).toEqual({
      state: ['open'],
      campaign: ['not:c1'],
      not: { network: ['eu'], code: ['TIMEOUT'] },
      codeBegins: ['AUTH_'],
      seenMin: 20,
      seenFrom: '2026-05-11T12:00:00.000Z',
    });
    expect(isNarrowed(url)).toBe(true);
    expect(filterOf(read('from=2026-05-01T00:00:00Z&to=2026-05-02T00:00:00Z&seenMin=0'), NOW, 'UTC')).toEqual(
      {
        state: ['open'],
        seenFrom: '2026-05-01T00:00:00.000Z',
        seenTo: '2026-05-02T00:00:00.000Z',
      },
    );
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

  test('the table, its hidden columns and statuses are in the address; a change of columns keeps the place', () => {
    const query = new URLSearchParams(
      'layout=table&hide=code&hide=nonsense&httpStatus=not:404&httpStatus=99&httpStatus=none&cursor=c1&open=iss_1',
    );
    const url = parseIssuesUrl(query);
    expect(url).toMatchObject({
      layout: 'table',
      hidden: ['code', 'seen', 'first'],
      httpStatus: ['not:404', 'none'],
    });
    expect(filterOf(url, NOW, 'UTC')).toEqual({
      state: ['open'],
      httpStatus: ['none'],
      not: { httpStatus: ['404'] },
    });
    expect(isNarrowed(url)).toBe(true);
    expect(read('layout=table').hidden, 'some are there for who wants them').toEqual(['seen', 'first']);
    expect(hiddenHref(new URLSearchParams(), ['seen', 'first'])).toBe('?');
    for (const hidden of [[], ['code', 'first'], ['assignee', 'seen', 'first']])
      expect(read(hiddenHref(new URLSearchParams(), hidden).slice(1)).hidden).toEqual(hidden);
    const fewer = new URLSearchParams(hrefWith(query, { hide: ['code'] }).slice(1));
    expect([fewer.get('cursor'), fewer.get('open'), fewer.get('hide')]).toEqual(['c1', 'iss_1', 'code']);
    expect(new URLSearchParams(hrefWith(query, { httpStatus: null }).slice(1)).get('cursor')).toBe(null);
    expect(cleanQuery(query)).toContain('layout=table');
    expect(exportQuery(query)).toBe('httpStatus=not%3A404&httpStatus=99&httpStatus=none');
  });
});
