import { expect, test } from 'vitest';
import { readPreferences } from './preferences.ts';

test('reads the choices from a cookie header', () => {
  expect(readPreferences('rail=narrow; theme=dark; tz=Europe%2FBerlin; keys=off; other=1')).toEqual({
    narrow: true,
    theme: 'dark',
    zone: 'Europe/Berlin',
    keys: false,
  });
});

test('falls back where nothing or nonsense is written', () => {
  const none = { narrow: false, theme: 'system', zone: null, keys: true };
  expect(readPreferences(null)).toEqual(none);
  expect(readPreferences('theme=pink; tz=%E0%A4%A')).toEqual(none);
});
