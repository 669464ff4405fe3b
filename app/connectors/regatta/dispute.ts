import { instantField, readJsonBody, textField } from '../shared/body.ts';
import { ConnectorInputError } from '../shared/input-error.ts';
import { cleanReading, reading, readTransportFailure } from '../shared/transport.ts';
import { pathSegment } from '../shared/url.ts';
import type { ConnectorAccount, DisputeReading, HttpResult, RequestSpec } from '../types.ts';
import { buildCall } from './build-request.ts';
import { DISPUTE_REASON_LIMITS } from './metadata.ts';
import { readUnsuccessful } from './read-error.ts';
import { dataOf, unreadableSuccess } from './read-response.ts';

/** Writes `POST /leads/{leadId}/dispute` (RG-36). Throws ConnectorInputError for a reason outside 1–2000 characters. */
export function buildDispute(
  input: { networkLeadId: string; reason: string },
  account: ConnectorAccount,
): RequestSpec {
  const { min, max } = DISPUTE_REASON_LIMITS;
  if (input.reason.length < min || input.reason.length > max) {
    const words = `The reason has ${input.reason.length} characters; Regatta takes ${min} to ${max}.`;
    throw new ConnectorInputError('reason', words);
  }
  const path = `/leads/${pathSegment('networkLeadId', input.networkLeadId)}/dispute`;
  return buildCall('POST', path, JSON.stringify({ reason: input.reason }), account);
}

/**
 * Reads the answer to a dispute (RG-37). Only 200 with `data.status` DISPUTED is a dispute. Any other 200 is kept
 * for a person: believing a dispute that did not happen would let the deadline pass unseen.
 */
export function readDispute(result: HttpResult): DisputeReading {
  if (result.kind === 'failure') return { ...readTransportFailure(result), dispute: null };
  if (result.status !== 200) return { ...readUnsuccessful(result), dispute: null };
  const body = readJsonBody(result);
  const data = dataOf(body);
  const status = data === null ? null : textField(data, 'status');
  if (data === null || status === null) {
    return { ...unreadableSuccess(result, body, 'the status of the lead', 'rejected'), dispute: null };
  }
  const dispute = {
    networkLeadId: textField(data, 'id'),
    status,
    disputedAt: instantField(data, 'disputedAt'),
    disputeReason: textField(data, 'disputeReason'),
  };
  if (status === 'DISPUTED') return { ...cleanReading('accepted'), dispute };
  const words = `Regatta answered 200, but the lead's status is ${JSON.stringify(status)}, not DISPUTED.`;
  return { ...reading('rejected', 'UNEXPECTED_BODY', words), dispute };
}
