import { expect, test } from 'vitest';
import { landingUrlFault, withQueryParameter } from './landing.ts';

test('RG-45 puts the test code on the landing page and keeps every other byte', () => {
  expect(withQueryParameter('https://shop.example/', 'rgta_ref', '7xKpQm2N')).toBe(
    'https://shop.example/?rgta_ref=7xKpQm2N',
  );
  expect(withQueryParameter('https://shop.example/a%20b?utm=x+y&k=%2F#part?x', 'rgta_ref', '7xKpQm2N')).toBe(
    'https://shop.example/a%20b?utm=x+y&k=%2F&rgta_ref=7xKpQm2N#part?x',
  );
});

test('RG-45 replaces a code that is there already, even written in escapes', () => {
  expect(withQueryParameter('https://s.example/?rgta_ref=old&a=1&rgta%5Fref=older', 'rgta_ref', 'new')).toBe(
    'https://s.example/?a=1&rgta_ref=new',
  );
});

test('RG-06 a code with reserved characters arrives as the same bytes', () => {
  const url = withQueryParameter('https://s.example/', 'rgta_ref', 'a&b=c +%');
  expect(new URL(url).searchParams.get('rgta_ref')).toBe('a&b=c +%');
});

test.each([
  '',
  'shop.example',
  'javascript:alert(1)',
  'ftp://shop.example/',
  'https://a:b@shop.example/',
  'https://shop.example/ x',
])('RG-45 refuses %j as a landing page', (text) => {
  expect(landingUrlFault(text)).not.toBeNull();
});

test('RG-45 takes http and https landing pages', () => {
  expect(landingUrlFault('http://127.0.0.1:4802/?a=1#b')).toBeNull();
  expect(landingUrlFault('https://shop.example')).toBeNull();
});
