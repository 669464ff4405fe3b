import type { Explanation } from '../types.ts';

/** A text of the table; `page` names the page of Regatta where the guide says it is put right, if any (RG-51). */
export type GuideText = Omit<Explanation, 'link'> & { page: 'settings' | 'campaign' | null };

/** The guide's error table for postbacks, by code. VALIDATION_ERROR is told apart by message: see service-messages. */
export const GUIDE_TEXTS: ReadonlyMap<string, GuideText> = new Map<string, GuideText>([
  [
    'CAMPAIGN_BUDGET_EXHAUSTED',
    {
      short: 'campaign budget used up',
      title: 'The budget of the campaign is used up',
      meaning:
        'The campaign has reached its cap. The conversion was not paid. The wallet is a separate matter: topping it up does not raise the cap.',
      whatToDo: 'Raise the budget of the campaign at Regatta, then retry everything under this cause.',
      who: 'account_owner',
      retry: 'after_fix',
      page: 'campaign',
    },
  ],
  [
    'ADVERTISER_WALLET_INSUFFICIENT_BALANCE',
    {
      short: 'wallet empty',
      title: 'The wallet holds too little for this conversion',
      meaning:
        "The advertiser's wallet balance is too low to cover the payout. The conversion was not paid. The budget of the campaign is a separate matter and was not what ran out.",
      whatToDo: 'Top up the wallet in the Regatta dashboard, then retry everything under this cause.',
      who: 'account_owner',
      retry: 'after_fix',
      page: null,
    },
  ],
  [
    'AUTH_MISSING',
    {
      short: 'key missing',
      title: 'Regatta saw no API key',
      meaning:
        'The request reached Regatta without its Authorization header. Leadline always sends one, so something in between (a proxy) took it off.',
      whatToDo:
        'Check the base URL of the account and any proxy for outgoing requests. Then retry everything under this cause.',
      who: 'ops',
      retry: 'after_fix',
      page: 'settings',
    },
  ],
  [
    'AUTH_INVALID_KEY',
    {
      short: 'key refused',
      title: 'Regatta does not accept the API key',
      meaning: 'The key is malformed or matches no active key; perhaps it was revoked or replaced.',
      whatToDo:
        "Get a valid key from Regatta's settings page, save it in the account under Settings, then retry everything under this cause.",
      who: 'ops',
      retry: 'after_fix',
      page: 'settings',
    },
  ],
  [
    'FORBIDDEN',
    {
      short: 'not allowed for this key',
      title: 'This key may not report for this tracking code',
      meaning:
        "Either the key does not belong to an advertiser account, or the tracking code belongs to another advertiser's campaign.",
      whatToDo:
        'Check that the account in Settings is the one that owns the campaign the link was made for. With several accounts, check that the conversion went through the right one. Then retry one, and once it is taken everything under this cause.',
      who: 'ops',
      retry: 'after_fix',
      page: 'settings',
    },
  ],
  [
    'EMAIL_NOT_VERIFIED',
    {
      short: 'email not verified',
      title: "The advertiser's email address is not verified",
      meaning: 'Regatta takes no conversions from an advertiser before the email address is verified.',
      whatToDo:
        'The owner of the Regatta account opens the verification message. Then retry everything under this cause.',
      who: 'account_owner',
      retry: 'after_fix',
      page: null,
    },
  ],
  [
    'AGENT_INACTIVE',
    {
      short: 'account suspended',
      title: 'The advertiser account is suspended or deleted',
      meaning: 'The API key is valid, but the account behind it is no longer active.',
      whatToDo: 'Contact the support of Regatta. Retry only once the account is active again.',
      who: 'network_support',
      retry: 'after_fix',
      page: null,
    },
  ],
  [
    'NOT_FOUND',
    {
      short: 'unknown tracking code',
      title: 'Regatta knows no partner with this tracking code',
      meaning:
        'No enrolment matches the tracking code exactly. Most often a letter changed case or whitespace slipped in on the way from the link to the postback; or the code was encoded or cut off.',
      whatToDo:
        'Compare the code byte by byte in the trace (URL, cookie, record, body) and repair the first place that changes it. If it is unchanged, ask the partner whether the enrolment is still active. Retrying alone does not help.',
      who: 'developer',
      retry: 'after_fix',
      page: null,
    },
  ],
  [
    'INTERNAL_ERROR',
    {
      short: 'error at the network',
      title: 'Regatta had an error of its own',
      meaning: 'Something failed on the side of Regatta.',
      whatToDo:
        'Nothing for now: it is retried by itself on the ladder. If it lasts, tell the support of Regatta.',
      who: 'nobody_yet',
      retry: 'automatic',
      page: null,
    },
  ],
]);
