import { expect, test } from 'vitest';
import { clientAddress } from './client-address.ts';

test('without trusted proxies the header counts for nothing', () => {
  expect(clientAddress([])('203.0.113.9', '198.51.100.7')).toBe('203.0.113.9');
});

test('behind a trusted proxy it is the last address that is not a proxy; what a visitor wrote before it is ignored', () => {
  const of = clientAddress(['10.0.0.0/8', '::1/128']);
  expect(of('10.0.0.2', '1.2.3.4, 203.0.113.9')).toBe('203.0.113.9');
  expect(of('10.0.0.2', '1.2.3.4, 203.0.113.9, 10.0.0.3')).toBe('203.0.113.9');
  expect(of('::ffff:10.0.0.2', '203.0.113.9')).toBe('203.0.113.9');
  expect(of('::1', '2001:db8::7')).toBe('2001:db8::7');
});

test('a stranger who sends the header himself stays who he is; nonsense ends the walk', () => {
  const of = clientAddress(['10.0.0.0/8']);
  expect(of('203.0.113.9', '10.0.0.1')).toBe('203.0.113.9');
  expect(of('10.0.0.2', 'unknown')).toBe('10.0.0.2');
  expect(of('10.0.0.2', undefined)).toBe('10.0.0.2');
  expect(of(null, '1.2.3.4')).toBeNull();
});
