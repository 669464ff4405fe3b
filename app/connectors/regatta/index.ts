import type { Connector } from '../types.ts';
import { buildPostback } from './build-request.ts';
import { buildActivate, buildFetch, parseLocator, readActivate, readFetch } from './campaigns.ts';
import { buildDispute, readDispute } from './dispute.ts';
import { explain } from './explain.ts';
import { holdback } from './holdback.ts';
import { lintPostback } from './lint.ts';
import {
  CAPTURE_PARAMETERS,
  CREDENTIAL_FIELDS,
  campaignPage,
  DEFAULT_BASE_URL,
  DEFAULT_HOLDING_PERIOD_DAYS,
  DISPUTE_REASON_LIMITS,
  EVENT_TYPES,
  LIMITS,
  RETRY_SCHEDULE_SECONDS,
} from './metadata.ts';
import { expectedPayoutCents } from './payout.ts';
import { readPostback } from './read-response.ts';

/** Regatta, the main network. Pure: what is sent and what an answer means, nothing else. */
export const regatta: Connector = {
  id: 'regatta',
  label: 'Regatta',
  capabilities: { dispute: true, campaigns: true, activation: true, holdingPeriod: true, testCode: true },
  defaultBaseUrl: DEFAULT_BASE_URL,
  captureParameters: CAPTURE_PARAMETERS,
  eventTypes: EVENT_TYPES,
  limits: LIMITS,
  credentialFields: CREDENTIAL_FIELDS,
  retryScheduleSeconds: RETRY_SCHEDULE_SECONDS,
  defaultHoldingPeriodDays: DEFAULT_HOLDING_PERIOD_DAYS,
  buildPostback,
  readPostback,
  lintPostback,
  expectedPayoutCents,
  dispute: { reasonLimits: DISPUTE_REASON_LIMITS, build: buildDispute, read: readDispute },
  campaigns: { parseLocator, buildFetch, readFetch, buildActivate, readActivate, pageUrl: campaignPage },
  holdback,
  explain,
};
