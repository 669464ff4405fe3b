import { expect, test } from 'vitest';
import { SOURCES } from '#app/modules/webhooks/schema.ts';
import { sourceOf } from '#app/modules/webhooks/sources/index.ts';
import { eventsOf, PROVIDERS } from './provider-words.ts';

/** Names of the same events in older API versions: taken, but not to be switched on as well. */
const OLDER = ['charge.refund.updated'];

test.each(SOURCES)('RG-39 the events to switch on at %s are exactly those that mean something', (source) => {
  const taken = sourceOf(source).eventTypes.filter((type) => !OLDER.includes(type));
  expect(eventsOf(source).toSorted()).toEqual(taken.toSorted());
  expect(PROVIDERS[source].label).toBe(sourceOf(source).label);
});
