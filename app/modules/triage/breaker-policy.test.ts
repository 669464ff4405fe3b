import { describe, expect, test } from 'vitest';
import type { Holdback } from '#app/connectors/types.ts';
import {
  type Answered,
  covers,
  type HeldScope,
  nextProbeWaitMs,
  probeWaitMs,
  proves,
  scopeKeyOf,
} from './breaker-policy.ts';

const badKey: Holdback = { scope: 'account', reason: 'bad_key', provenBy: 'any_answer' };
const inactive: Holdback = { scope: 'account', reason: 'inactive_account', provenBy: 'any_answer' };
const wallet: Holdback = { scope: 'account', reason: 'empty_wallet', provenBy: 'accepted' };
const answer = (fields: Partial<Answered>): Answered => ({
  outcome: 'rejected',
  httpStatus: 404,
  errorCode: 'NOT_FOUND',
  holdback: null,
  ...fields,
});

describe('proves', () => {
  test('RG-27 whatever the network answers past its door shows that the key works again', () => {
    expect(proves('any_answer', answer({}))).toBe(true);
    for (const outcome of ['accepted', 'duplicate', 'test'] as const)
      expect(proves('any_answer', answer({ outcome, httpStatus: 200, errorCode: null }))).toBe(true);
    expect(proves('any_answer', answer({ errorCode: wallet.reason, holdback: wallet }))).toBe(true);
  });

  test.each([
    ['the same refusal', answer({ httpStatus: 401, errorCode: 'AUTH_INVALID_KEY', holdback: badKey })],
    [
      'a refusal at another of its doors',
      answer({ httpStatus: 403, errorCode: 'AGENT_INACTIVE', holdback: inactive }),
    ],
    ['no answer', answer({ outcome: 'retryable', httpStatus: null, errorCode: 'TIMEOUT' })],
    [
      'a fault of the network',
      answer({ outcome: 'retryable', httpStatus: 503, errorCode: 'INTERNAL_ERROR' }),
    ],
    [
      'being asked to slow down',
      answer({ outcome: 'retryable', httpStatus: 429, errorCode: 'RATE_LIMITED' }),
    ],
    ['a redirect', answer({ httpStatus: 307, errorCode: 'REDIRECT' })],
    ['a page of a firewall', answer({ httpStatus: 403, errorCode: 'NOT_JSON' })],
    [
      'RG-43 a success without its data',
      answer({ outcome: 'accepted', httpStatus: 201, errorCode: 'UNREADABLE_SUCCESS' }),
    ],
    ['what was never sent', answer({ httpStatus: null, errorCode: 'INVALID_INPUT' })],
  ])('RG-27 %s shows nothing of the key', (_name, given) => {
    expect(proves('any_answer', given)).toBe(false);
  });

  test('RG-25 only a conversion that was accepted shows that there is budget: a duplicate draws on none', () => {
    expect(proves('accepted', answer({ outcome: 'accepted', httpStatus: 201, errorCode: null }))).toBe(true);
    expect(proves('accepted', answer({ outcome: 'duplicate', httpStatus: 200, errorCode: null }))).toBe(
      false,
    );
    expect(proves('accepted', answer({}))).toBe(false);
    const proxy = answer({ outcome: 'accepted', httpStatus: 201, errorCode: 'UNREADABLE_SUCCESS' });
    expect(proves('accepted', proxy)).toBe(false);
  });

  test('a pause is ended by nothing but a person', () => {
    expect(proves('by_hand', answer({ outcome: 'accepted', httpStatus: 201, errorCode: null }))).toBe(false);
  });
});

describe('covers', () => {
  const held = (fields: Partial<HeldScope> = {}): HeldScope => ({
    scope: 'campaign',
    networkCampaignId: 'c1',
    codes: new Set(['aB3']),
    testCode: 'T3st',
    ...fields,
  });
  test('an account holds back all of it', () => {
    expect(covers(held({ scope: 'account' }), { networkCampaignId: 'c2', ref: null })).toBe(true);
  });
  test('RG-06 a campaign holds back what names it, or carries one of its codes exactly', () => {
    expect(covers(held(), { networkCampaignId: 'c1', ref: 'other' })).toBe(true);
    expect(covers(held(), { networkCampaignId: null, ref: 'aB3' })).toBe(true);
    expect(covers(held(), { networkCampaignId: null, ref: 'ab3' })).toBe(false);
    expect(covers(held(), { networkCampaignId: 'c2', ref: 'aB3' })).toBe(false);
  });
  test('RG-19 RG-46 its test code passes: it works on a campaign that is not active', () => {
    expect(covers(held(), { networkCampaignId: 'c1', ref: 'T3st' })).toBe(false);
  });
  test('a code whose campaign is not known holds back that code alone', () => {
    const code = held({ networkCampaignId: null, testCode: null });
    expect(covers(code, { networkCampaignId: 'c9', ref: 'aB3' })).toBe(true);
    expect(covers(code, { networkCampaignId: null, ref: 'x' })).toBe(false);
  });
});

test('scope keys tell apart account, campaign, and a code of an unknown campaign', () => {
  expect(scopeKeyOf('account', 'c1', 'r')).toBe('account');
  expect(scopeKeyOf('campaign', 'c1', 'r')).toBe('campaign:c1');
  expect(scopeKeyOf('campaign', null, ' r ')).toBe('code: r ');
});

test('probes come after 30 s, 1, 5 and 15 minutes, then every 15', () => {
  expect([0, 1, 2, 3, 4, 50].map(probeWaitMs)).toEqual([30_000, 60_000, 300_000, 900_000, 900_000, 900_000]);
});

test('a probe that proved nothing is followed at once, ten times in a row; one without an answer by the timetable', () => {
  expect([1, 2, 9, 10, 11, 20].map((probes) => nextProbeWaitMs(probes, false))).toEqual([
    0, 0, 0, 900_000, 0, 900_000,
  ]);
  expect(nextProbeWaitMs(1, true)).toBe(60_000);
});
