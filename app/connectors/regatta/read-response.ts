import type { BodyReading, HttpResponse, JsonRecord } from '../shared/body.ts';
import {
  asRecord,
  bodyRecord,
  instantField,
  readJsonBody,
  textField,
  wholeNumberField,
} from '../shared/body.ts';
import { cleanReading, reading, readTransportFailure } from '../shared/transport.ts';
import type { HttpResult, NetworkLead, PostbackReading, Reading } from '../types.ts';
import { networkWords, readUnsuccessful } from './read-error.ts';

/**
 * Reads the answer to a postback. 201 is a new lead and 200 a duplicate, judged by HTTP status and never by what
 * the body claims (RG-18); the one exception the guide makes is 200 with `data.test: true`, a test (RG-19). A
 * success whose body cannot be read stays a success, with `lead: null` and the code UNREADABLE_SUCCESS (RG-43).
 */
export function readPostback(result: HttpResult): PostbackReading {
  if (result.kind === 'failure') return { ...readTransportFailure(result), lead: null, test: null };
  if (result.status === 201) return readLead(result, 'accepted');
  if (result.status === 200) return readTest(result) ?? readLead(result, 'duplicate');
  return { ...readUnsuccessful(result), lead: null, test: null };
}

function readTest(response: HttpResponse): PostbackReading | null {
  const data = dataOf(readJsonBody(response));
  if (data?.test !== true) return null;
  return {
    ...cleanReading('test'),
    lead: null,
    test: {
      networkCampaignId: textField(data, 'campaignId'),
      trackingConfirmedAt: instantField(data, 'trackingConfirmedAt'),
      message: textField(data, 'message'),
    },
  };
}

function readLead(response: HttpResponse, outcome: 'accepted' | 'duplicate'): PostbackReading {
  const body = readJsonBody(response);
  const data = dataOf(body);
  const lead = data === null ? null : leadOf(data);
  if (lead !== null) return { ...cleanReading(outcome), lead, test: null };
  return { ...unreadableSuccess(response, body, 'the id of the lead', outcome), lead: null, test: null };
}

/** Only the fields the guide calls stable contract are read (RG-20); a wrong type is null, never a guess. */
function leadOf(data: JsonRecord): NetworkLead | null {
  const networkLeadId = textField(data, 'id');
  if (networkLeadId === null) return null;
  return {
    networkLeadId,
    status: textField(data, 'status'),
    trackingCode: textField(data, 'trackingCode'),
    payoutCents: wholeNumberField(data, 'payoutCents'),
    currency: textField(data, 'currency'),
    networkCampaignId: textField(data, 'campaignId'),
    affiliateId: textField(data, 'affiliateId'),
  };
}

/** The `data` object of an answer, or null. */
export function dataOf(body: BodyReading): JsonRecord | null {
  return asRecord(bodyRecord(body)?.data);
}

/**
 * A reading for a success status whose body lacks `missing`. The outcome is the caller's: `accepted` where the
 * guide tells to judge by status, `rejected` where a person has to look.
 */
export function unreadableSuccess(
  response: HttpResponse,
  body: BodyReading,
  missing: string,
  outcome: Reading['outcome'],
): Reading {
  const why = {
    empty: 'its body is empty',
    not_json: 'its body is not JSON',
    truncated: 'its body is longer than what is read of an answer',
    json: `its body lacks ${missing}`,
  }[body.kind];
  const words = networkWords(body);
  const said = words === null ? '' : ` It says: ${words}`;
  return reading(outcome, 'UNREADABLE_SUCCESS', `Regatta answered ${response.status}, but ${why}.${said}`);
}
