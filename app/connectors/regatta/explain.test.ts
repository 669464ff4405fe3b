import { describe, expect, test } from 'vitest';
import { answer } from '../shared/testing/http.ts';
import { explain } from './explain.ts';
import guideErrors from './fixtures/guide-errors.json' with { type: 'json' };
import { readPostback } from './read-response.ts';

const at = (httpStatus: number | null, networkCampaignId: string | null = 'camp-uuid') => ({
  httpStatus,
  networkCampaignId,
});
const CAMPAIGN_PAGE = 'https://regatta.network/dashboard/campaigns/camp-uuid';
const SETTINGS_PAGE = 'https://regatta.network/dashboard/settings';

describe("the guide's table", () => {
  test.each(guideErrors)(
    'RG-24…RG-30 $status $code $message is "$short"',
    ({ status, code, message, short }) => {
      const got = explain(code, message, at(status));
      expect(got.short).toBe(short);
      const outcome = readPostback(answer(status, { error: { code, message } })).outcome;
      expect(got.retry).toBe(outcome === 'retryable' ? 'automatic' : 'after_fix');
    },
  );

  test('RG-24 each service message leads to its own advice', () => {
    const advice = (message: string) => explain('VALIDATION_ERROR', message, at(400));
    expect(advice('Campaign is not active')).toMatchObject({
      whatToDo: expect.stringMatching(/^Activate the campaign/),
      link: { url: CAMPAIGN_PAGE },
    });
    expect(advice('revenueCents is required on postbacks for REV_SHARE campaigns').who).toBe('developer');
    expect(advice('Campaign has no escrow account').who).toBe('network_support');
  });

  test('RG-23 RG-24 any other validation message is shown', () => {
    expect(explain('VALIDATION_ERROR', 'rgta_ref too long', at(400)).meaning).toContain(
      '“rgta_ref too long”',
    );
  });

  test('RG-25 RG-50 a used-up budget is not an empty wallet', () => {
    const budget = explain('CAMPAIGN_BUDGET_EXHAUSTED', null, at(400));
    expect(budget.meaning).toContain('does not raise the cap');
    expect(budget.link?.url).toBe(CAMPAIGN_PAGE);
    const wallet = explain('ADVERTISER_WALLET_INSUFFICIENT_BALANCE', null, at(400));
    expect(wallet.meaning).toContain('budget of the campaign is a separate matter');
    expect(wallet.whatToDo).toContain('Top up the wallet');
  });

  test('RG-27 RG-51 a refused key links to the page where keys are made', () => {
    expect(explain('AUTH_INVALID_KEY', null, at(401)).link?.url).toBe(SETTINGS_PAGE);
    expect(explain('AUTH_MISSING', null, at(401)).link?.url).toBe(SETTINGS_PAGE);
  });

  test('RG-28 a suspended account is for the support of the network', () => {
    expect(explain('AGENT_INACTIVE', null, at(403)).who).toBe('network_support');
  });

  test('RG-29 an unknown tracking code points at case and whitespace', () => {
    expect(explain('NOT_FOUND', null, at(404)).meaning).toMatch(/case or whitespace/);
  });

  test('RG-47 an empty wallet at activation shows the words of the network', () => {
    const words = 'Fund your wallet before activating this campaign';
    for (const code of ['VALIDATION_ERROR', 'WALLET_EMPTY']) {
      const got = explain(code, words, { ...at(400), call: 'activate' });
      expect(got.meaning).toContain(words);
      expect(got.meaning).toContain('escrow of the campaign need not be funded');
    }
  });

  test('RG-51 no link to a campaign that is not known', () => {
    expect(explain('CAMPAIGN_BUDGET_EXHAUSTED', null, at(400, null)).link).toBeNull();
    expect(explain('CAMPAIGN_BUDGET_EXHAUSTED', null, at(400, '\ud800 /')).link?.url).toMatch(
      /campaigns\/%EF%BF%BD%20%2F$/,
    );
  });
});

describe('codes of ours', () => {
  test.each([
    ['TIMEOUT', null, 'automatic'],
    ['DNS', null, 'automatic'],
    ['REFUSED', null, 'automatic'],
    ['RESET', null, 'automatic'],
    ['TLS', null, 'automatic'],
    ['INCOMPLETE_RESPONSE', null, 'automatic'],
    ['NETWORK', null, 'automatic'],
    ['INTERRUPTED', null, 'automatic'],
    ['BLOCKED_ADDRESS', null, 'after_fix'],
    ['CANNOT_BUILD', null, 'after_fix'],
    ['NOT_JSON', 502, 'automatic'],
    ['NOT_JSON', 404, 'after_fix'],
    ['RESPONSE_TOO_LARGE', 500, 'automatic'],
    ['RESPONSE_TOO_LARGE', 400, 'after_fix'],
    ['UNEXPECTED_BODY', 503, 'automatic'],
    ['UNEXPECTED_BODY', 400, 'after_fix'],
    ['RATE_LIMITED', 429, 'automatic'],
    ['REDIRECT', 302, 'after_fix'],
    ['UNEXPECTED_STATUS', 204, 'after_fix'],
    ['UNREADABLE_SUCCESS', 201, 'after_fix'],
  ] as const)('RG-30 RG-31 %s with status %s: %s', (code, status, retry) => {
    const got = explain(code, null, at(status));
    expect(got.retry).toBe(retry);
    expect(got.title).not.toContain('the guide does not know:');
  });

  test('RG-30 after an ambiguous attempt it says that a repeat is safe', () => {
    for (const code of ['TIMEOUT', 'RESET', 'INCOMPLETE_RESPONSE', 'INTERRUPTED']) {
      expect(explain(code, null, at(null)).meaning).toContain('pays nothing twice');
    }
  });

  test("a network's own TIMEOUT code is not taken for a timeout of ours", () => {
    expect(explain('TIMEOUT', 'Upstream', at(400)).short).toBe('unknown answer');
  });
});

describe('codes that mean something else in another call', () => {
  const inCall = (code: string, call: 'dispute' | 'campaign' | 'activate') =>
    explain(code, 'm', { ...at(404), call }).short;

  test('RG-38 RG-44 NOT_FOUND is about what was asked for', () => {
    expect(inCall('NOT_FOUND', 'dispute')).toBe('unknown lead');
    expect(inCall('NOT_FOUND', 'campaign')).toBe('unknown campaign');
    expect(inCall('NOT_FOUND', 'activate')).toBe('unknown campaign');
  });

  test('RG-38 a refused dispute shows the words of the network', () => {
    const got = explain('VALIDATION_ERROR', 'Hold already released', { ...at(400), call: 'dispute' });
    expect(got).toMatchObject({
      short: 'dispute refused',
      meaning: expect.stringContaining('Hold already released'),
    });
  });

  test('RG-27 what is the same everywhere stays the same', () => {
    expect(inCall('AUTH_INVALID_KEY', 'dispute')).toBe('key refused');
  });

  test('RG-30 outside a postback no safety of the externalId is claimed', () => {
    expect(explain('INTERNAL_ERROR', null, { ...at(500), call: 'dispute' }).meaning).not.toContain(
      'externalId',
    );
    expect(explain('TIMEOUT', null, { ...at(null), call: 'dispute' }).meaning).not.toContain('externalId');
  });
});

test('an unknown code is said to be unknown, with the words of the network', () => {
  const got = explain('LEAD_ON_HOLD', 'Wait for review', at(400));
  expect(got).toMatchObject({ who: 'ops', retry: 'after_fix', link: null });
  expect(got.title).toContain('LEAD_ON_HOLD');
  expect(got.meaning).toContain('“Wait for review”');
});

test('RG-30 an unknown code under 5xx is retried by itself, and says so', () => {
  const got = explain('LEAD_ON_HOLD', null, at(503));
  expect(got.retry).toBe('automatic');
  expect(got.whatToDo).toMatch(/^It is retried by itself/);
});
