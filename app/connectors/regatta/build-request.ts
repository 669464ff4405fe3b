import { ConnectorInputError } from '../shared/input-error.ts';
import { joinUrl } from '../shared/url.ts';
import type { ConnectorAccount, PostbackInput, RequestSpec } from '../types.ts';
import { EVENT_TYPES, isHeaderSafe } from './metadata.ts';

const SECRET_HEADERS = ['authorization'] as const;

/**
 * Writes the postback of guide section 2 (RG-08, RG-10…RG-14). Ref and externalId go out byte for byte. Throws
 * ConnectorInputError for an event type outside the five, revenue that is not a non-negative integer, metadata that
 * is not a JSON object, and a missing key: none of them can be right, and nothing has been sent.
 */
export function buildPostback(input: PostbackInput, account: ConnectorAccount): RequestSpec {
  return buildCall('POST', '/postback', postbackBody(input), account);
}

/**
 * Writes one authorised call (guide section 2, "Authentication"). `path` starts with a slash and is already
 * encoded; `body` is JSON text or null. Throws ConnectorInputError where the key is missing or cannot be a header.
 */
export function buildCall(
  method: RequestSpec['method'],
  path: string,
  body: string | null,
  account: ConnectorAccount,
): RequestSpec {
  const apiKey = account.credentials.apiKey ?? '';
  if (!isHeaderSafe(apiKey)) {
    throw new ConnectorInputError('apiKey', 'The API key of this account is missing or cannot be sent.');
  }
  return {
    method,
    url: joinUrl(account.baseUrl, path),
    headers: {
      authorization: `Bearer ${apiKey}`,
      accept: 'application/json',
      ...(body === null ? {} : { 'content-type': 'application/json' }),
    },
    secretHeaders: SECRET_HEADERS,
    body,
  };
}

function postbackBody(input: PostbackInput): string {
  const { ref, externalId, eventType, revenueCents } = input;
  if (!EVENT_TYPES.some((known) => known === eventType)) {
    const known = EVENT_TYPES.join(', ');
    throw new ConnectorInputError('eventType', `${JSON.stringify(eventType)} is not one of ${known}.`);
  }
  if (revenueCents !== null && !(Number.isSafeInteger(revenueCents) && revenueCents >= 0)) {
    throw new ConnectorInputError(
      'revenueCents',
      `${revenueCents} is not a whole number of cents, 0 or more.`,
    );
  }
  const revenue = revenueCents === null ? {} : { revenueCents };
  const fields = JSON.stringify({ rgta_ref: ref, externalId, eventType, ...revenue });
  const metadata = metadataText(input.metadata);
  return metadata === null ? fields : `${fields.slice(0, -1)},"metadata":${metadata}}`;
}

/** The stored text goes out as it is: parsing and writing it again would round ids above 2^53. */
function metadataText(text: string | null): string | null {
  if (text === null) return null;
  const value = parseMetadata(text);
  if (value === null) return null;
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new ConnectorInputError('metadata', 'The metadata must be a JSON object of keys and values.');
  }
  return text;
}

function parseMetadata(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ConnectorInputError('metadata', 'The metadata is not valid JSON.');
  }
}
