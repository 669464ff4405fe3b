import { expect, test } from 'vitest';
import { type FilterQuery, filterOfQuery, readFilter, timed, writeFilter } from './filter-schema.ts';

const read = (query: string) => readFilter(new URLSearchParams(query));
const filterOf = (query: string) => {
  const { filter, problems } = read(query);
  expect(problems).toEqual([]);
  return filter;
};

test.each<[string, FilterQuery]>([
  ['status=failed,exhausted', { status: ['failed', 'exhausted'] }],
  ['status=failed&status=parked', { status: ['failed', 'parked'] }],
  ['status=not:delivered,test', { not: { status: ['delivered', 'test'] } }],
  ['cause=NOT_FOUND', { cause: ['NOT_FOUND'] }],
  ['cause=not:TIMEOUT&httpStatus=not:404', { not: { cause: ['TIMEOUT'], httpStatus: [404] } }],
  ['cause=begins:AUTH', { causeBegins: 'AUTH' }],
  ['httpStatus=4xx,500', { httpStatus: ['4xx', 500] }],
  ['network=not:regatta', { not: { network: ['regatta'] } }],
  ['campaign=a,b&campaign=c', { campaign: ['a,b', 'c'] }],
  ['campaign=unknown', { campaignKnown: false }],
  ['campaign=not:unknown', { campaignKnown: true }],
  ['campaign=is:unknown', { campaign: ['unknown'] }],
  ['affiliate=aff_1', { affiliate: ['aff_1'] }],
  ['code=begins:aB3', { codeBegins: 'aB3' }],
  ['code=is:begins:aB3', { code: ['begins:aB3'] }],
  ['externalId=order_1,2', { externalId: ['order_1,2'] }],
  ['amount=gte:5000&amount=lte:10000&currency=USD', { amount: { gte: 5000, lte: 10_000, currency: 'USD' } }],
  ['attempts=3', { attempts: { gte: 3, lte: 3 } }],
  ['attempts=gte:3', { attempts: { gte: 3 } }],
  ['issue=iss_1,iss_2&job=job_1', { issue: ['iss_1', 'iss_2'], job: 'job_1' }],
  ['ids=pbk_1,pbk_2', { ids: ['pbk_1', 'pbk_2'] }],
  ['acknowledged=no', { acknowledged: false }],
  ['text=no+such+code&q=order_%20x', { text: 'no such code', q: 'order_ x' }],
  ['range=24h', { range: '24h' }],
  ['from=2026-05-12T16:00:00%2B02:00', { from: '2026-05-12T14:00:00.000Z' }],
])('%s', (query, filter) => {
  expect(filterOf(query)).toEqual(filter);
  expect(filterOf(new URLSearchParams(writeFilter(filter)).toString())).toEqual(filter);
});

test('any value comes back as it was, also one that looks like an operator', () => {
  const odd = [
    'a,b',
    'not:x',
    'is:x',
    'begins:x',
    'gte:1',
    'unknown',
    ' ',
    'ü%&=+',
    'is:not:a,b',
    'a\nb',
    'not:a\nb',
  ];
  const lists = ['cause', 'network', 'campaign', 'affiliate', 'code', 'externalId', 'issue', 'ids'] as const;
  const filters: FilterQuery[] = [
    ...lists.flatMap((name) => [{ [name]: odd }, ...odd.map((value) => ({ [name]: [value] }))]),
    ...(['cause', 'network', 'campaign'] as const).flatMap((name) => [
      { not: { [name]: odd } },
      ...odd.map((value) => ({ not: { [name]: [value] } })),
    ]),
    ...(['causeBegins', 'codeBegins', 'externalIdBegins', 'text', 'q', 'job'] as const).flatMap((name) =>
      odd.map((value) => ({ [name]: value })),
    ),
  ];
  for (const filter of filters)
    expect(filterOf(new URLSearchParams(writeFilter(filter)).toString())).toEqual(filter);
});

test('what means nothing is left out, and told', () => {
  expect(
    read('status=lost,failed&httpStatus=99&attempts=many&currency=usd&acknowledged=1&range=ever&from=today'),
  ).toEqual({
    filter: { status: ['failed'] },
    problems: [
      expect.objectContaining({ path: 'status.0' }),
      expect.objectContaining({ path: 'httpStatus.0' }),
      expect.objectContaining({ path: 'attempts.0' }),
      expect.objectContaining({ path: 'currency' }),
      expect.objectContaining({ path: 'acknowledged' }),
      expect.objectContaining({ path: 'range' }),
      expect.objectContaining({ path: 'from' }),
    ],
  });
  expect(read('status=failed&status=not:test').problems).toEqual([
    { path: 'status', message: expect.stringContaining('mixes') },
  ]);
  expect(read('code=%00').problems).toEqual([{ path: 'code', message: expect.any(String) }]);
  expect(read(`code=${'x'.repeat(256)}`).problems).toHaveLength(1);
  expect(read('status=&q=&text=').filter).toEqual({});
});

test('a range that moves becomes a start; a later one of the filter wins', () => {
  const now = Date.UTC(2026, 4, 12, 12);
  expect(filterOfQuery(new URLSearchParams('range=24h&status=failed'), now, 'UTC')).toEqual({
    status: ['failed'],
    from: '2026-05-11T12:00:00.000Z',
  });
  expect(timed({ range: '7d', from: '2026-05-12T00:00:00.000Z' }, now, 'UTC').from).toBe(
    '2026-05-12T00:00:00.000Z',
  );
});
