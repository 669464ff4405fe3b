import type { ConnectorCall } from '../types.ts';
import type { GuideText } from './explanations.ts';

const LEAD_UNKNOWN: GuideText = {
  short: 'unknown lead',
  title: 'Regatta knows no lead with this id',
  meaning:
    'The dispute names a lead that Regatta does not find for this key. The guide lists no errors for disputes, so this is read from the code alone.',
  whatToDo:
    'Check that the dispute goes through the account that reported the conversion, then dispute again before the holding period ends.',
  who: 'ops',
  retry: 'after_fix',
  page: null,
};

const DISPUTE_REFUSED: GuideText = {
  short: 'dispute refused',
  title: 'Regatta refused the dispute',
  meaning:
    'The guide lists no errors for disputes. It says that a dispute needs a reason of 1–2000 characters and a payout that is still held: after the holding period the money cannot be recovered.',
  whatToDo:
    "Read Regatta's words. If the payout is already released, it is a loss; if the lead is already disputed, nothing is left to do.",
  who: 'ops',
  retry: 'after_fix',
  page: null,
};

const DISPUTE_FORBIDDEN: GuideText = {
  short: 'not allowed for this key',
  title: 'This key may not dispute this lead',
  meaning: 'The key does not belong to an advertiser account, or the lead is not its own.',
  whatToDo: 'Dispute through the account that reported the conversion, before the holding period ends.',
  who: 'ops',
  retry: 'after_fix',
  page: 'settings',
};

const CAMPAIGN_UNKNOWN: GuideText = {
  short: 'unknown campaign',
  title: 'Regatta knows no campaign with this id',
  meaning: 'No campaign of this advertiser has the id, at least none that this key may see.',
  whatToDo:
    "Copy the link of the campaign's page from the Regatta dashboard and paste it whole; check that the account is the owner's.",
  who: 'ops',
  retry: 'after_fix',
  page: null,
};

const CAMPAIGN_FORBIDDEN: GuideText = {
  short: 'not allowed for this key',
  title: 'This key may not see this campaign',
  meaning: 'Only the advertiser who owns a campaign may read or activate it by API key.',
  whatToDo: 'Use the account that owns the campaign.',
  who: 'ops',
  retry: 'after_fix',
  page: 'settings',
};

const ACTIVATION_REFUSED: GuideText = {
  short: 'activation refused',
  title: 'Regatta refused to activate the campaign',
  meaning: 'Activation needs confirmed tracking and a wallet balance above zero.',
  whatToDo: "Read Regatta's words, put that right, then activate again.",
  who: 'account_owner',
  retry: 'after_fix',
  page: 'campaign',
};

/**
 * A success whose data is missing (RG-43), for a postback. By the status Regatta has the conversion (RG-18); by the body
 * it may never have seen it.
 */
export function postbackWithoutData(status: number): GuideText {
  return {
    short: 'success without its data',
    title: 'The answer means success, but brought no lead',
    meaning: `By its status (${status}) Regatta has the conversion, but the id of the lead is missing from the body or cannot be read. Either the id was lost, or something in between (a proxy, a firewall) answered in Regatta’s place and the conversion never arrived. Without the id the lead cannot be disputed after a refund. Nothing is sent again by itself.`,
    whatToDo: `Read the body of the attempt: it often names what answered. Put that right (the base URL of the account, the proxy for outgoing requests), then send one again and release the rest. ${REPEAT_WORDS.postback} If it lasts, send the body to the support of Regatta.`,
    who: 'ops',
    retry: 'after_fix',
    page: null,
  };
}

/** Codes that mean something else outside a postback. What stands in no call here reads as in the guide's table. */
export const CALL_TEXTS: Record<ConnectorCall, ReadonlyMap<string, GuideText>> = {
  postback: new Map(),
  dispute: new Map([
    ['NOT_FOUND', LEAD_UNKNOWN],
    ['VALIDATION_ERROR', DISPUTE_REFUSED],
    ['FORBIDDEN', DISPUTE_FORBIDDEN],
  ]),
  campaign: new Map([
    ['NOT_FOUND', CAMPAIGN_UNKNOWN],
    ['FORBIDDEN', CAMPAIGN_FORBIDDEN],
  ]),
  activate: new Map([
    ['NOT_FOUND', CAMPAIGN_UNKNOWN],
    ['VALIDATION_ERROR', ACTIVATION_REFUSED],
    ['FORBIDDEN', CAMPAIGN_FORBIDDEN],
  ]),
};

/** Whether sending the same call twice can do harm, as far as the guide says. */
export const REPEAT_WORDS: Record<ConnectorCall, string> = {
  postback: 'A repeat is safe: Regatta recognises the same externalId and pays nothing twice.',
  dispute: 'The guide does not say how a second dispute of the same lead is answered.',
  campaign: 'Asking again changes nothing.',
  activate:
    "The guide does not say how a second activation is answered; the campaign's page shows its status.",
};
