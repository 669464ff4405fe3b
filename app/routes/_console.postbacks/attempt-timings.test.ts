import { expect, test } from 'vitest';
import { timingParts } from './attempt-timings.tsx';

const none = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null };

test('the parts that are known stand in their order', () => {
  expect(timingParts(null)).toEqual([]);
  expect(
    timingParts({ dnsMs: 2, connectMs: 11, tlsMs: 24, firstByteMs: 180, reused: false }).map((p) => p.label),
  ).toEqual(['DNS', 'Connect', 'TLS', 'First byte']);
  expect(timingParts({ ...none, firstByteMs: 180, reused: true })).toEqual([
    { label: 'Connection', value: 'kept from before' },
    { label: 'First byte', value: '180 ms' },
  ]);
  expect(timingParts({ ...none, reused: false })).toEqual([]);
});
