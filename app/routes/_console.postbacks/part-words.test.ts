import { expect, test } from 'vitest';
import { type FilterQuery, readFilter, writeFilter } from '#app/modules/outbox/filter-schema.ts';
import type { PostbackItem } from '#app/modules/outbox/postback-schema.ts';
import { cellFilters } from './cell-filters.ts';
import { columnChoice, hiddenColumns, postbackColumns } from './columns.tsx';
import { readState, setParts } from './filters.ts';
import { partWords } from './part-words.ts';

const NAMES = { issues: { iss_1: 'The code is not known' }, job: 'Retry 3' };
const said = (filter: FilterQuery): string[] =>
  setParts(filter).map((name) => {
    const { operator, value } = partWords(filter, name, 'Europe/Berlin', NAMES);
    return `${name} ${operator} ${value}`;
  });

test('every part of a filter is said with its operator', () => {
  const filter: FilterQuery = {
    status: ['failed', 'parked', 'exhausted'],
    causeBegins: 'AUTH',
    not: { network: ['regatta'], httpStatus: [404, '5xx'] },
    campaignKnown: false,
    affiliate: ['aff_1'],
    codeBegins: 'aB3',
    externalId: ['order_1'],
    issue: ['iss_1'],
    amount: { gte: 5000, lte: 10_000, currency: 'USD' },
    attempts: { gte: 3 },
    job: 'job_1',
    acknowledged: false,
    text: 'no such code',
    from: '2026-05-12T12:00:00.000Z',
  };
  expect(said(filter)).toEqual([
    'status is Failed, Parked +1',
    'cause begins with AUTH',
    'httpStatus is not 404, 5xx',
    'network is not regatta',
    'campaign is not known',
    'affiliate is aff_1',
    'code begins with aB3',
    'externalId is order_1',
    'issue is The code is not known',
    'amount between $50.00 and $100.00',
    'attempts at least 3',
    'job is Retry 3',
    'acknowledged is no',
    'text contains no such code',
    'range is since 12 May 2026 14:00 CEST',
  ]);
  expect(said({ attempts: { lte: 2 }, amount: { gte: 100, lte: 100 }, range: '7d' })).toEqual([
    'amount is 1.00',
    'attempts at most 2',
    'range is Last 7 days',
  ]);
});

const ITEM: PostbackItem = {
  id: 'pbk_1',
  kind: 'postback',
  status: 'failed',
  dueAt: '2026-05-12T12:00:00.000Z',
  attempts: 2,
  step: 0,
  httpStatus: 404,
  errorCode: 'NOT_FOUND',
  errorMessage: null,
  reason: null,
  retry: null,
  whatToDo: null,
  payoutCents: null,
  revenueCents: 4900,
  revenueCurrency: 'EUR',
  currency: 'USD',
  expectedCents: null,
  expectedCurrency: null,
  externalId: 'not:order,1',
  ref: ' aB3',
  eventType: 'PURCHASE',
  network: 'regatta',
  connector: 'Regatta',
  networkCampaignId: null,
  campaignName: null,
  affiliateId: 'aff_1',
  leadId: null,
  conversionId: null,
  cancelReason: null,
  issueId: null,
  breakerId: null,
  heldReason: null,
  acknowledgedAt: null,
  createdAt: '2026-05-12T12:00:00.000Z',
  settledAt: null,
};

test('a cell narrows the list to its own value and leaves the other filters', () => {
  const state = readState(new URLSearchParams('network=second&status=parked&after=pbk_9&open=pbk_1'));
  const filters = postbackColumns(null, false, (column, item) => cellFilters(state, column, item)).flatMap(
    (column) => column.filters?.(ITEM) ?? [],
  );
  const query = (href: string) => readFilter(new URL(href, 'http://x').searchParams);
  const got = filters.map((filter) => [
    filter.field,
    query(filter.isTo),
    filter.notTo ? query(filter.notTo) : null,
  ]);
  const base: FilterQuery = { network: ['second'], status: ['parked'] };
  const plain = (filter: FilterQuery) => ({ filter, problems: [] });
  expect(got).toEqual([
    [
      'Status',
      plain({ ...base, status: ['failed'] }),
      plain({ network: ['second'], not: { status: ['failed'] } }),
    ],
    ['Cause', plain({ ...base, cause: ['NOT_FOUND'] }), plain({ ...base, not: { cause: ['NOT_FOUND'] } })],
    ['HTTP status', plain({ ...base, httpStatus: [404] }), plain({ ...base, not: { httpStatus: [404] } })],
    ['Order', plain({ ...base, externalId: ['not:order,1'] }), null],
    ['Tracking code', plain({ ...base, code: [' aB3'] }), null],
    ['Campaign', plain({ ...base, campaignKnown: false }), plain({ ...base, campaignKnown: true })],
    ['Affiliate', plain({ ...base, affiliate: ['aff_1'] }), null],
    [
      'Network',
      plain({ ...base, network: ['regatta'] }),
      plain({ status: ['parked'], not: { network: ['regatta'] } }),
    ],
    ['Attempts', plain({ ...base, attempts: { gte: 2, lte: 2 } }), null],
    ['Revenue', plain({ ...base, amount: { gte: 4900, lte: 4900, currency: 'EUR' } }), null],
  ]);
  for (const filter of filters) expect(filter.isTo).not.toMatch(/after=|open=/);
  expect(new URLSearchParams(writeFilter({ code: [' aB3'] })).get('code')).toBe(' aB3');
});

test('the choice of columns is kept in the address and comes back', () => {
  for (const hidden of [[], ['ref', 'attempts'], ['affiliate', 'attempts', 'revenue']])
    expect(hiddenColumns(columnChoice(hidden)).sort()).toEqual([...hidden].sort());
  expect(columnChoice(['affiliate', 'attempts', 'revenue'])).toEqual({ hide: [], show: [] });
});
