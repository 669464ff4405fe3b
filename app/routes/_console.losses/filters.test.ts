import { expect, test } from 'vitest';
import { choiceOf, isNarrowed, parseLossesUrl } from './filters.ts';

const read = (text: string) => parseLossesUrl(new URLSearchParams(text));

test('RG-38 the address narrows by cause, month, campaign and currency; what cannot be read is left out', () => {
  expect(choiceOf(read('cause=zero_day_hold&month=2026-11&campaign=cmp_a&currency=USD'))).toEqual({
    cause: 'zero_day_hold',
    month: '2026-11',
    campaign: 'cmp_a',
    currency: 'USD',
  });
  expect(choiceOf(read('cause=nonsense&month=2026-13&campaign=&currency='))).toEqual({});
  expect(choiceOf(read('campaign=a%00b'))).toEqual({});
});

test('a cause is a tab, not a filter to drop', () => {
  expect(isNarrowed(read('cause=zero_day_hold&by=campaign'))).toBe(false);
  expect(isNarrowed(read('campaign=cmp_a'))).toBe(true);
  expect(read('by=campaign').by).toBe('campaign');
});
