import { describe, expect, test } from 'vitest';
import { answer, failure } from '../shared/testing/http.ts';
import { parseLocator, readActivate, readFetch } from './campaigns.ts';
import activated from './fixtures/campaign-activated.json' with { type: 'json' };
import created from './fixtures/campaign-created.json' with { type: 'json' };
import { campaignPage } from './metadata.ts';

const full = {
  id: 'camp-uuid',
  name: 'Spring',
  testTrackingCode: '7xKpQm2N',
  compensationModel: 'REV_SHARE',
  payoutPerUnitCents: null,
  payoutPercentage: 12.5,
  holdingPeriodDays: 0,
  budgetCents: 500_000,
  status: 'DRAFT',
  trackingConfirmedAt: '2026-04-13T10:30:00.000Z',
};

describe('reading a campaign', () => {
  test('RG-44 at data.campaign; what is not told is null, never zero', () => {
    expect(readFetch(answer(200, created))).toMatchObject({
      outcome: 'accepted',
      errorCode: null,
      campaign: {
        networkCampaignId: 'camp-uuid',
        testTrackingCode: '7xKpQm2N',
        name: null,
        status: null,
        compensationModel: null,
        payoutPerUnitCents: null,
        payoutPercentage: null,
        currency: null,
        holdingPeriodDays: null,
        budgetCents: null,
        spentCents: null,
        trackingConfirmedAt: null,
        landingUrl: null,
      },
    });
  });

  test('RG-44 at data, with every field of the guide; zero holding days stay zero', () => {
    const { id, ...fields } = full;
    const expected = { networkCampaignId: id, ...fields, currency: null, spentCents: null, landingUrl: null };
    expect(readFetch(answer(200, { success: true, data: full })).campaign).toEqual(expected);
    expect(readFetch(answer(200, { success: true, data: { campaign: full } })).campaign).toEqual(expected);
  });

  test('RG-44 fields outside the guide are taken where they are there', () => {
    const data = {
      id: 'c',
      title: 'T',
      destinationUrl: 'https://shop.example',
      currency: 'EUR',
      spentCents: 10,
    };
    expect(readFetch(answer(200, { data })).campaign).toMatchObject({
      name: 'T',
      landingUrl: 'https://shop.example',
      currency: 'EUR',
      spentCents: 10,
    });
  });

  test('RG-44 wrong types are not guessed', () => {
    const data = { ...full, payoutPercentage: '12.5', holdingPeriodDays: 30.5, budgetCents: '1', status: 1 };
    expect(readFetch(answer(200, { data })).campaign).toMatchObject({
      payoutPercentage: null,
      holdingPeriodDays: null,
      budgetCents: null,
      status: null,
    });
  });

  test.each(['', '[]', '{"data":{}}', '{"data":{"campaign":{"name":"no id"}}}'])(
    'RG-44 200 with %j is no campaign',
    (body) => {
      expect(readFetch(answer(200, body))).toMatchObject({
        outcome: 'rejected',
        errorCode: 'UNREADABLE_SUCCESS',
        campaign: null,
      });
    },
  );

  test('RG-23 errors and transport failures', () => {
    const body = { success: false, error: { code: 'NOT_FOUND', message: 'No campaign' } };
    expect(readFetch(answer(404, body))).toMatchObject({
      outcome: 'rejected',
      errorCode: 'NOT_FOUND',
      campaign: null,
    });
    expect(readFetch(failure('reset'))).toMatchObject({
      outcome: 'retryable',
      errorCode: 'RESET',
      campaign: null,
    });
  });
});

describe('activation', () => {
  test('RG-48 id, ACTIVE, updatedAt', () => {
    expect(readActivate(answer(200, activated))).toMatchObject({
      outcome: 'accepted',
      activation: { networkCampaignId: 'camp-uuid', status: 'ACTIVE', updatedAt: '2026-04-13T10:35:00.000Z' },
    });
  });

  test('RG-47 the words of the network are kept', () => {
    const error = { code: 'VALIDATION_ERROR', message: 'Fund your wallet before activating this campaign' };
    expect(readActivate(answer(400, { success: false, error }))).toMatchObject({
      outcome: 'rejected',
      errorMessage: 'Fund your wallet before activating this campaign',
      activation: null,
    });
  });

  test('RG-48 200 with another status or none is kept for a person', () => {
    expect(readActivate(answer(200, { data: { id: 'c', status: 'PENDING' } }))).toMatchObject({
      outcome: 'rejected',
      errorCode: 'UNEXPECTED_BODY',
      activation: { status: 'PENDING', updatedAt: null },
    });
    expect(readActivate(answer(200, { data: { id: 'c' } }))).toMatchObject({
      errorCode: 'UNREADABLE_SUCCESS',
    });
    expect(readActivate(failure('tls'))).toMatchObject({ outcome: 'retryable', activation: null });
  });
});

describe('what a person pastes', () => {
  test.each([
    ['camp-uuid', 'camp-uuid'],
    ['  camp-uuid\n', 'camp-uuid'],
    ['https://regatta.network/dashboard/campaigns/camp-uuid', 'camp-uuid'],
    ['https://regatta.network/dashboard/campaigns/camp-uuid/?tab=1#top', 'camp-uuid'],
    ['regatta.network/dashboard/campaigns/camp-uuid/edit', 'camp-uuid'],
    ['/campaigns/a%20b', null],
    ['/campaigns/caf%C3%A9', 'café'],
    ['https://regatta.network/api/v1/campaigns/c1/activate', 'c1'],
    ['campaigns/c1', 'c1'],
    ['https://regatta.network/login?next=/dashboard/campaigns/c1', null],
    ['https://regatta.network/dashboard/settings', null],
    ['https://regatta.network/dashboard/campaigns/', null],
    ['/campaigns/%E0%A4%A', null],
    ['/campaigns/%2e%2e', null],
    ['/campaigns/a%2Fb', null],
    ['two words', null],
    ['x'.repeat(128), 'x'.repeat(128)],
    ['x'.repeat(129), null],
    ['', null],
  ])('RG-44 %j', (text, id) => {
    expect(parseLocator(text)).toBe(id);
  });

  test('RG-51 the page of a campaign leads back to the same campaign', () => {
    expect(campaignPage('camp-uuid')).toBe('https://regatta.network/dashboard/campaigns/camp-uuid');
    expect(parseLocator(campaignPage('c?é#%'))).toBe('c?é#%');
  });
});
