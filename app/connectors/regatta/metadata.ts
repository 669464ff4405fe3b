import type { CaptureParameter, CredentialField } from '../types.ts';

/** Regatta's own site; its pages (RG-51) and the default API address are derived from it. */
export const REGATTA_ORIGIN = 'https://regatta.network';

/** Guide section 2, "Endpoint". */
export const DEFAULT_BASE_URL = `${REGATTA_ORIGIN}/api/v1`;

/** Labels only: they do not change a payout (RG-10). */
export const EVENT_TYPES = ['PURCHASE', 'SIGNUP', 'INSTALL', 'SUBSCRIPTION', 'CUSTOM'] as const;

/** Characters for `ref` and `externalId`, bytes for metadata ("~10KB") (RG-10, RG-12). */
export const LIMITS = { ref: 64, externalId: 255, metadataBytes: 10 * 1024 } as const;

/** 1–2000 characters (RG-36). */
export const DISPUTE_REASON_LIMITS = { min: 1, max: 2000 } as const;

/** 1 s, 5 s, 30 s, 5 min, 1 h (RG-30). */
export const RETRY_SCHEDULE_SECONDS = [1, 5, 30, 300, 3600] as const;

/** Days a payout is held where the campaign does not say (RG-33). */
export const DEFAULT_HOLDING_PERIOD_DAYS = 30;

/** Query and cookie names of RG-01, RG-02 and RG-07. The guide gives no length for a promo code: 255 is ours. */
export const CAPTURE_PARAMETERS: readonly CaptureParameter[] = [
  { kind: 'ref', query: 'rgta_ref', cookie: 'rgta_ref', maxLength: LIMITS.ref },
  { kind: 'promo', query: 'promo', cookie: 'rgta_promo', maxLength: 255 },
];

const KEY_PREFIX = 'rgt_live_';

/** The one credential of an account (RG-09). */
export const CREDENTIAL_FIELDS: readonly CredentialField[] = [
  {
    name: 'apiKey',
    label: 'API key',
    help: `The secret key of the advertiser account, from ${REGATTA_ORIGIN}/dashboard/settings. To rotate it, create the new key, save it here, then revoke the old one.`,
    placeholder: `${KEY_PREFIX}…`,
    check: checkApiKey,
  },
];

/** Says what is wrong with an API key, or null (RG-09). Never repeats the key itself. */
export function checkApiKey(value: string): string | null {
  if (value === '')
    return 'The API key is missing. Copy it from the settings page of your Regatta dashboard.';
  if (/\s/.test(value)) {
    return 'The API key contains a space or a line break. Copy it again without anything around it.';
  }
  if (!value.startsWith(KEY_PREFIX)) {
    return `A Regatta API key starts with ${KEY_PREFIX}. This looks like the key of something else.`;
  }
  if (value === KEY_PREFIX) return `Only the prefix ${KEY_PREFIX} is there. Copy the whole key.`;
  if (!isHeaderSafe(value)) return 'The API key contains a character that no key has. Copy it again.';
  return null;
}

/** True where a value can stand in a header: visible ASCII only. */
export function isHeaderSafe(value: string): boolean {
  return /^[\x21-\x7e]+$/.test(value);
}

/** The page where API keys are made and revoked (RG-51). */
export const SETTINGS_PAGE = `${REGATTA_ORIGIN}/dashboard/settings`;

/** The network's own page of a campaign (RG-51). */
export function campaignPage(networkCampaignId: string): string {
  return `${REGATTA_ORIGIN}/dashboard/campaigns/${encodeURIComponent(networkCampaignId.toWellFormed())}`;
}
