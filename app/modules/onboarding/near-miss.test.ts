import { expect, test } from 'vitest';
import { isNearMiss } from './near-miss.ts';

const CODE = '7xKpQm2N';

test.each([
  '7xkpqm2n',
  '7XKPQM2N',
  '7xKpQm2N ',
  ' 7xKpQm2N',
  '7xKpQm2N\n',
  '7xKpQm2N%20',
  '7xKpQm2',
  '7xKpQm2N/',
  '"7xKpQm2N"',
])('RG-29 takes %j for the test code changed on its way', (seen) => {
  expect(isNearMiss(CODE, seen)).toBe(true);
});

test.each([CODE, '', 'k7Qm2XpN', '7xK', 'zzKpQm2N1', '%'])(
  'RG-29 does not take %j for a changed test code',
  (seen) => {
    expect(isNearMiss(CODE, seen)).toBe(false);
  },
);
