import type { JsonRecord } from '../shared/body.ts';
import {
  asRecord,
  instantField,
  numberField,
  readJsonBody,
  textField,
  wholeNumberField,
} from '../shared/body.ts';
import { cleanReading, reading, readTransportFailure } from '../shared/transport.ts';
import { pathSegment } from '../shared/url.ts';
import type {
  ActivationReading,
  CampaignReading,
  ConnectorAccount,
  HttpResult,
  NetworkCampaign,
  RequestSpec,
} from '../types.ts';
import { buildCall } from './build-request.ts';
import { readUnsuccessful } from './read-error.ts';
import { dataOf, unreadableSuccess } from './read-response.ts';

const MAX_ID_LENGTH = 128;

/**
 * Finds a campaign id in what a person pasted: a bare id, or a link or path with `/campaigns/{id}` in it (such as
 * the dashboard page of RG-51, or the API's own address); query and hash are ignored. Null where there is none.
 */
export function parseLocator(text: string): string | null {
  const path = text.trim().replace(/[?#].*$/s, '');
  const found = path.includes('/') ? /(?:^|\/)campaigns\/([^/]+)/.exec(path)?.[1] : path;
  if (found === undefined) return null;
  const id = path.includes('/') ? decoded(found) : found;
  return id !== null && isCampaignId(id) ? id : null;
}

function isCampaignId(id: string): boolean {
  return id !== '.' && id !== '..' && id.length <= MAX_ID_LENGTH && /^[^\s/]+$/.test(id) && id.isWellFormed();
}

function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A stray % in what was pasted: there is no id to be had from it.
    return null;
  }
}

/** Writes `GET /campaigns/{id}` (RG-44). */
export function buildFetch(networkCampaignId: string, account: ConnectorAccount): RequestSpec {
  return buildCall('GET', `/campaigns/${pathSegment('networkCampaignId', networkCampaignId)}`, null, account);
}

/** Writes `POST /campaigns/{id}/activate`, which has no body (RG-48). */
export function buildActivate(networkCampaignId: string, account: ConnectorAccount): RequestSpec {
  const path = `/campaigns/${pathSegment('networkCampaignId', networkCampaignId)}/activate`;
  return buildCall('POST', path, null, account);
}

/** Reads a campaign at `data.campaign` or at `data` (RG-44). 200 without an id in it is kept for a person. */
export function readFetch(result: HttpResult): CampaignReading {
  if (result.kind === 'failure') return { ...readTransportFailure(result), campaign: null };
  if (result.status !== 200) return { ...readUnsuccessful(result), campaign: null };
  const body = readJsonBody(result);
  const data = dataOf(body);
  const campaign = data === null ? null : (campaignOf(asRecord(data.campaign)) ?? campaignOf(data));
  if (campaign !== null) return { ...cleanReading('accepted'), campaign };
  return { ...unreadableSuccess(result, body, 'the id of the campaign', 'rejected'), campaign: null };
}

/** The name, landing page, currency and spend are not in the guide: taken where they are there, else "not told". */
function campaignOf(record: JsonRecord | null): NetworkCampaign | null {
  const networkCampaignId = record === null ? null : textField(record, 'id');
  if (record === null || networkCampaignId === null) return null;
  const landing = ['landingUrl', 'landingPageUrl', 'destinationUrl'].map((name) => textField(record, name));
  return {
    networkCampaignId,
    name: textField(record, 'name') ?? textField(record, 'title'),
    status: textField(record, 'status'),
    compensationModel: textField(record, 'compensationModel'),
    payoutPerUnitCents: wholeNumberField(record, 'payoutPerUnitCents'),
    payoutPercentage: numberField(record, 'payoutPercentage'),
    currency: textField(record, 'currency'),
    holdingPeriodDays: wholeNumberField(record, 'holdingPeriodDays'),
    budgetCents: wholeNumberField(record, 'budgetCents'),
    spentCents: wholeNumberField(record, 'spentCents'),
    testTrackingCode: textField(record, 'testTrackingCode'),
    trackingConfirmedAt: instantField(record, 'trackingConfirmedAt'),
    landingUrl: landing.find((url) => url !== null) ?? null,
  };
}

/** Reads an activation (RG-48): 200 with ACTIVE. A 200 that says anything else is kept for a person. */
export function readActivate(result: HttpResult): ActivationReading {
  if (result.kind === 'failure') return { ...readTransportFailure(result), activation: null };
  if (result.status !== 200) return { ...readUnsuccessful(result), activation: null };
  const body = readJsonBody(result);
  const data = dataOf(body);
  const networkCampaignId = data === null ? null : textField(data, 'id');
  const status = data === null ? null : textField(data, 'status');
  if (data === null || networkCampaignId === null || status === null) {
    const missing = 'the id and status of the campaign';
    return { ...unreadableSuccess(result, body, missing, 'rejected'), activation: null };
  }
  const activation = { networkCampaignId, status, updatedAt: instantField(data, 'updatedAt') };
  if (status === 'ACTIVE') return { ...cleanReading('accepted'), activation };
  const words = `Regatta answered 200, but the campaign's status is ${JSON.stringify(status)}, not ACTIVE.`;
  return { ...reading('rejected', 'UNEXPECTED_BODY', words), activation };
}
