import { expect, test } from 'vitest';
import { allConnectors, connectorById } from '../registry.server.ts';
import { regatta } from './index.ts';

test('RG-01 RG-02 RG-07 parameters and cookies of a landing page', () => {
  expect(regatta.captureParameters).toEqual([
    { kind: 'ref', query: 'rgta_ref', cookie: 'rgta_ref', maxLength: 64 },
    { kind: 'promo', query: 'promo', cookie: 'rgta_promo', maxLength: 255 },
  ]);
});

test('RG-10 RG-12 RG-30 RG-33 RG-36 numbers of the guide', () => {
  expect(regatta.limits).toEqual({ ref: 64, externalId: 255, metadataBytes: 10_240 });
  expect(regatta.retryScheduleSeconds).toEqual([1, 5, 30, 300, 3600]);
  expect(regatta.defaultHoldingPeriodDays).toBe(30);
  expect(regatta.dispute?.reasonLimits).toEqual({ min: 1, max: 2000 });
});

test('the registry finds a connector by id', () => {
  expect(connectorById('regatta')).toBe(regatta);
  expect(allConnectors()).toContain(regatta);
});

test.each(['nowhere', '', 'constructor'])(
  'the registry refuses the unknown id %j and names the known ones',
  (id) => {
    expect(() => connectorById(id)).toThrow(/There is no connector .* are: .*regatta/);
  },
);
