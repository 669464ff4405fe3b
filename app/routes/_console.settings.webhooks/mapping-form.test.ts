import { expect, test } from 'vitest';
import { MAPPINGS } from '#app/modules/webhooks/mapping-schema.ts';
import { SOURCES } from '#app/modules/webhooks/schema.ts';
import { ID_PLACES, REF_PLACES, readMapping, writeMapping } from './mapping-form.ts';

test.each(SOURCES)('RG-39 the default mapping of %s survives the editor', (source) => {
  const stored = MAPPINGS[source].parse({});
  expect(writeMapping(source, readMapping(stored))).toEqual(stored);
});

test.each(SOURCES)(
  'RG-39 every place that the editor offers for %s is one its schema takes, and comes back',
  (source) => {
    const base = readMapping(MAPPINGS[source].parse({}));
    const place = (kind: string) => ({ kind, key: 'rgta.ref-1', type: 'customer' });
    for (const { kind } of ID_PLACES[source]) {
      const written = writeMapping(source, { ...base, externalId: place(kind) });
      expect(MAPPINGS[source].parse(written)).toEqual(written);
      expect(readMapping(written).externalId.kind).toBe(kind);
    }
    for (const { kind } of REF_PLACES[source]) {
      const written = writeMapping(source, { ...base, ref: [place(kind)], campaignId: 'cmp_1' });
      expect(MAPPINGS[source].parse(written)).toEqual(written);
      expect(readMapping(written).ref[0]?.kind).toBe(kind);
    }
  },
);
