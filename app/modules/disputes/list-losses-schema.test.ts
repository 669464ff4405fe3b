import { expect, test } from 'vitest';
import { cellsOf, type LossCell, totalOf, totalsBy } from './list-losses-schema.ts';

const cell = (over: Partial<LossCell>): LossCell => ({
  month: '2026-11',
  cause: 'missed_deadline',
  currency: 'USD',
  campaign: 'cmp_a',
  count: 1,
  minor: 1000,
  ...over,
});
const CELLS = [
  cell({}),
  cell({ campaign: 'cmp_b', count: 2, minor: 500 }),
  cell({ month: '2026-10', cause: 'zero_day_hold', currency: 'JPY', minor: 90_000 }),
  cell({ month: null, currency: null, campaign: null, minor: 0 }),
];

test('RG-38 a choice narrows by what it names; the facet itself stays open', () => {
  expect(cellsOf(CELLS, {})).toEqual(CELLS);
  expect(cellsOf(CELLS, { month: '2026-11', campaign: 'cmp_b' })).toEqual([CELLS[1]]);
  expect(cellsOf(CELLS, { month: '2026-11', campaign: 'cmp_b' }, 'campaign')).toEqual(CELLS.slice(0, 2));
});

test('RG-38 currencies are never added, and an unknown payout is counted, not summed', () => {
  expect(totalOf(CELLS)).toEqual({
    count: 5,
    sums: [
      { currency: 'JPY', minor: 90_000 },
      { currency: 'USD', minor: 1500 },
    ],
  });
  expect(totalOf([])).toEqual({ count: 0, sums: [] });
});

test('RG-38 by campaign, those without one under null', () => {
  const by = new Map(totalsBy(CELLS, 'campaign').map(({ key, total }) => [key, total.count]));
  expect(by).toEqual(
    new Map([
      ['cmp_a', 2],
      ['cmp_b', 2],
      [null, 1],
    ]),
  );
});
