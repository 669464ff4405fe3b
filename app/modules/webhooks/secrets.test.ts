import { expect, test } from 'vitest';
import { rotated, secretHint, validSecrets } from './secrets.ts';

const NOW = Date.UTC(2026, 10, 20);
const HOUR = 3_600_000;

test('a rotation leaves two secrets valid, until the old one ends; never three', () => {
  const one = rotated([], 'whsec_one', NOW, HOUR);
  const two = rotated(one, 'whsec_two', NOW, HOUR);
  expect(validSecrets(two, NOW)).toEqual(['whsec_two', 'whsec_one']);
  expect(validSecrets(two, NOW + HOUR - 1)).toHaveLength(2);
  expect(validSecrets(two, NOW + HOUR)).toEqual(['whsec_two']);
  const three = rotated(two, 'whsec_three', NOW + 1, HOUR);
  expect(validSecrets(three, NOW + 1)).toEqual(['whsec_three', 'whsec_two']);
  expect(validSecrets(rotated(three, 'whsec_four', NOW + 2, 0), NOW + 2)).toEqual(['whsec_four']);
});

test('a hint shows the kind of a secret and its end, no more', () => {
  expect(secretHint('whsec_abcdefghijklmnop1234')).toBe('whsec_••••••••1234');
  expect(secretHint('short')).toBe('••••••••');
});
