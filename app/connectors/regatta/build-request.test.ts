import { describe, expect, test } from 'vitest';
import { ConnectorInputError } from '../shared/input-error.ts';
import type { PostbackInput } from '../types.ts';
import { buildPostback } from './build-request.ts';
import { buildActivate, buildFetch } from './campaigns.ts';
import { buildDispute } from './dispute.ts';
import { CREDENTIAL_FIELDS, EVENT_TYPES } from './metadata.ts';
import { account, input } from './samples.ts';

const bodyFor = (change: Partial<PostbackInput>) => buildPostback({ ...input, ...change }, account).body;

describe('postback', () => {
  test('RG-08 POST /postback with a Bearer key, as in the guide', () => {
    expect(buildPostback(input, account)).toEqual({
      method: 'POST',
      url: 'https://regatta.network/api/v1/postback',
      headers: {
        authorization: `Bearer ${account.credentials.apiKey}`,
        accept: 'application/json',
        'content-type': 'application/json',
      },
      secretHeaders: ['authorization'],
      body: '{"rgta_ref":"abc123xyz","externalId":"order_12345","eventType":"PURCHASE","revenueCents":9900,"metadata":{"plan":"pro"}}',
    });
  });

  test('RG-10 sends the three required fields alone where nothing else is known', () => {
    expect(
      bodyFor({ revenueCents: null, metadata: null, currency: null, customer: null, coupon: null }),
    ).toBe('{"rgta_ref":"abc123xyz","externalId":"order_12345","eventType":"PURCHASE"}');
  });

  test('RG-10 sends nothing the guide does not name: no currency, customer or coupon', () => {
    expect(Object.keys(JSON.parse(bodyFor({}) ?? ''))).toEqual([
      'rgta_ref',
      'externalId',
      'eventType',
      'revenueCents',
      'metadata',
    ]);
  });

  test.each(EVENT_TYPES)('RG-10 event type %s', (eventType) => {
    expect(JSON.parse(bodyFor({ eventType }) ?? '').eventType).toBe(eventType);
  });

  test.each(['purchase', 'SALE', '', 'toString'])('RG-10 event type %j is never sent', (eventType) => {
    expect(() => bodyFor({ eventType })).toThrow(ConnectorInputError);
  });

  test('RG-11 zero revenue is sent, not left out', () => {
    expect(JSON.parse(bodyFor({ revenueCents: 0 }) ?? '').revenueCents).toBe(0);
  });

  test.each([99.5, -1, Number.NaN, 2 ** 53])('RG-11 revenueCents %d is never sent', (revenueCents) => {
    expect(() => bodyFor({ revenueCents })).toThrow(/whole number of cents/);
  });

  test('RG-12 metadata goes out as it was stored: big ids keep their digits', () => {
    const metadata = '{ "id": 12345678901234567890, "note": "naïve 🦊" }';
    expect(bodyFor({ metadata })).toContain(`"metadata":${metadata}}`);
    expect(JSON.parse(bodyFor({ metadata }) ?? '').metadata.note).toBe('naïve 🦊');
  });

  test('RG-12 metadata null is left out', () => {
    expect(JSON.parse(bodyFor({ metadata: 'null' }) ?? '')).not.toHaveProperty('metadata');
  });

  test.each(['[1]', '"text"', '{"a":', '', '{},"rgta_ref":"x"'])(
    'RG-12 metadata %j is never sent',
    (metadata) => {
      expect(() => bodyFor({ metadata })).toThrow(ConnectorInputError);
    },
  );

  test('RG-13 the same message gives the same request on every retry', () => {
    expect(buildPostback(input, account)).toEqual(
      buildPostback(structuredClone(input), structuredClone(account)),
    );
  });

  test.each<Record<string, string>>([{}, { apiKey: '' }, { apiKey: 'rgt_live_a\r\nx: y' }])(
    'RG-27 a missing or broken key %j is never sent',
    (credentials) => {
      expect(() => buildPostback(input, { ...account, credentials })).toThrow(/API key of this account/);
    },
  );

  test('RG-09 the error about a broken key does not repeat the key', () => {
    const credentials = { apiKey: 'rgt_live_secret value' };
    expect(() => buildPostback(input, { ...account, credentials })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') }),
    );
  });
});

describe('other calls', () => {
  test('RG-36 dispute with its reason', () => {
    const request = buildDispute({ networkLeadId: 'lead-uuid', reason: 'Refund re_1 "ü"' }, account);
    expect(request).toMatchObject({ method: 'POST', url: `${account.baseUrl}/leads/lead-uuid/dispute` });
    expect(request.body).toBe('{"reason":"Refund re_1 \\"ü\\""}');
  });

  test.each([1, 2000])('RG-36 a reason of %d characters is sent', (length) => {
    const reason = 'r'.repeat(length);
    expect(buildDispute({ networkLeadId: 'l', reason }, account).body).toBe(JSON.stringify({ reason }));
  });

  test.each([0, 2001])('RG-36 a reason of %d characters is never sent', (length) => {
    const build = () => buildDispute({ networkLeadId: 'l', reason: 'r'.repeat(length) }, account);
    expect(build).toThrow(/takes 1 to 2000/);
  });

  test('RG-44 RG-48 campaign calls encode the id and have no body', () => {
    expect(buildFetch('a/b ?', account)).toMatchObject({
      method: 'GET',
      url: `${account.baseUrl}/campaigns/a%2Fb%20%3F`,
      body: null,
    });
    expect(buildActivate('camp-uuid', account)).toMatchObject({
      method: 'POST',
      url: `${account.baseUrl}/campaigns/camp-uuid/activate`,
      body: null,
    });
  });

  test.each(['', '.', '..', '\ud800'])('an id %j that would reach another address is never sent', (id) => {
    expect(() => buildFetch(id, account)).toThrow(ConnectorInputError);
    expect(() => buildActivate(id, account)).toThrow(ConnectorInputError);
    expect(() => buildDispute({ networkLeadId: id, reason: 'r' }, account)).toThrow(ConnectorInputError);
  });
});

test.each([
  ['', /missing/],
  ['rgt_live_', /whole key/],
  ['rgt_test_abc', /starts with rgt_live_/],
  ['rgt_live_abc ', /space or a line break/],
  ['rgt_live_äbc', /character that no key has/],
])('RG-09 key %j is refused with a reason', (value, reason) => {
  expect(CREDENTIAL_FIELDS[0]?.check(value)).toMatch(reason);
});
