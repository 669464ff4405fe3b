import { refuse } from './answers.ts';
import type { RegattaState } from './state.ts';
import type { Advertiser, Answer } from './types.ts';

/** The caller, or the answer to give instead. */
export type Caller = { ok: true; advertiser: Advertiser } | { ok: false; answer: Answer };

const BEARER = /^bearer +(\S+)$/i;

/**
 * Finds whose key a request carries (RG-27, RG-28): no header is AUTH_MISSING, a malformed, unknown or
 * revoked key AUTH_INVALID_KEY; then the account must be an advertiser's, verified and active. Any number
 * of keys of one account may be active at once (RG-09).
 */
export function authenticate(state: RegattaState, authorization: string | undefined): Caller {
  if (!authorization) return no(401, 'AUTH_MISSING', 'Authorization header is missing');
  const key = state.keys.get(BEARER.exec(authorization)?.[1] ?? '');
  if (key?.state !== 'active') return no(401, 'AUTH_INVALID_KEY', 'API key is invalid or has been revoked');
  const advertiser = state.advertisers.get(key.advertiserId);
  if (!advertiser) return no(401, 'AUTH_INVALID_KEY', 'API key is invalid or has been revoked');
  if (advertiser.kind !== 'ADVERTISER') {
    return no(403, 'FORBIDDEN', 'This API key is not for an ADVERTISER account');
  }
  if (!advertiser.emailVerified) return no(403, 'EMAIL_NOT_VERIFIED', 'Verify your email address first');
  if (advertiser.agentStatus !== 'ACTIVE') {
    return no(403, 'AGENT_INACTIVE', `Agent account is ${advertiser.agentStatus}`);
  }
  return { ok: true, advertiser };
}

function no(status: number, code: string, message: string): Caller {
  return { ok: false, answer: refuse(status, code, message) };
}
