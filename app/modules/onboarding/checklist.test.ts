import { expect, test } from 'vitest';
import { type ChecklistFacts, checklistOf } from './checklist.ts';

const nothing: ChecklistFacts = {
  network: 'Regatta',
  paths: [],
  cookie: null,
  record: null,
  shopTests: [],
  consoleTest: false,
  testRecognised: false,
  confirmed: false,
  confirmedBy: null,
  promo: false,
};
const states = (facts: Partial<ChecklistFacts>) =>
  Object.fromEntries(checklistOf({ ...nothing, ...facts }).map((item) => [item.key, item.state]));

test('RG-45 with nothing seen, only what Leadline itself does is proven', () => {
  expect(states({})).toEqual({
    capture: 'not_proven',
    cookie: 'not_proven',
    record: 'not_proven',
    once: 'not_proven',
    key: 'proven',
    fields: 'not_proven',
    'external-id': 'unseen',
    errors: 'proven',
    'non-blocking': 'unseen',
    verified: 'not_proven',
    promo: 'unseen',
  });
});

test('RG-45 a test from the console proves the fields but not the checkout', () => {
  const seen = states({ consoleTest: true, testRecognised: true, confirmed: true, confirmedBy: 'console' });
  expect(seen).toMatchObject({ fields: 'proven', once: 'not_proven', verified: 'not_proven' });
});

test('RG-01 one page is not every entry route', () => {
  expect(states({ paths: ['/'] }).capture).toBe('not_proven');
  expect(states({ paths: ['/', '/products/soap'] }).capture).toBe('proven');
});

test('RG-45 a purchase in the shop proves the path', () => {
  const seen = states({
    cookie: 'set',
    record: { type: 'order', recordId: 'FS-1' },
    shopTests: [{ externalId: 'FS-1', recordId: 'FS-1' }],
    testRecognised: true,
    confirmed: true,
    confirmedBy: 'shop',
    promo: true,
  });
  expect(seen).toMatchObject({
    cookie: 'proven',
    record: 'proven',
    once: 'proven',
    'external-id': 'proven',
    verified: 'proven',
    promo: 'proven',
  });
});

test('RG-46 a confirmation that the network tells of but nobody here saw is neither proven nor denied', () => {
  expect(states({ confirmed: true }).verified).toBe('unseen');
});

test('RG-02 the length of a cookie that the site set itself cannot be seen', () => {
  expect(states({ cookie: 'equal' }).cookie).toBe('unseen');
  expect(states({ cookie: 'other' }).cookie).toBe('not_proven');
});
