import type { GuideText } from './explanations.ts';

/**
 * VALIDATION_ERRORs of the service layer, which the guide tells apart by message alone (RG-24, RG-47). `phrase` is
 * lower-case and looked for anywhere in the network's message.
 */
const SERVICE_TEXTS: readonly { phrase: string; text: GuideText }[] = [
  {
    phrase: 'campaign is not active',
    text: {
      short: 'campaign not active',
      title: 'The campaign is not active',
      meaning:
        'Regatta takes conversions for active campaigns only. This one is not activated yet or is paused.',
      whatToDo:
        'Activate the campaign: confirm its tracking in the wizard first if that is still to be done. Then retry everything under this cause.',
      who: 'account_owner',
      retry: 'after_fix',
      page: 'campaign',
    },
  },
  {
    phrase: 'revenuecents is required',
    text: {
      short: 'revenue missing',
      title: 'The revenue is missing',
      meaning:
        'The campaign pays a percentage of the sale (REV_SHARE), so every postback must carry revenueCents. This one does not.',
      whatToDo:
        'Make the backend report revenueCents (in cents, 9900 for $99.00) with every conversion of this campaign. A retry sends the same body, so this conversion is refused again as long as the campaign stays REV_SHARE.',
      who: 'developer',
      retry: 'after_fix',
      page: null,
    },
  },
  {
    phrase: 'no escrow account',
    text: {
      short: 'no escrow account',
      title: 'The campaign has no escrow account at Regatta',
      meaning: 'Something is set up wrongly on the side of Regatta; nothing you send can change it.',
      whatToDo:
        'Contact the support of Regatta with the id of the campaign. Retry once they have repaired it.',
      who: 'network_support',
      retry: 'after_fix',
      page: null,
    },
  },
  {
    phrase: 'fund your wallet',
    text: {
      short: 'wallet empty',
      title: 'The wallet is empty',
      meaning:
        'Regatta says “Fund your wallet before activating this campaign”. A campaign draws on the wallet when it converts, so the wallet must hold something before activation; the escrow of the campaign need not be funded.',
      whatToDo: 'Fund the wallet in the Regatta dashboard, then activate the campaign again.',
      who: 'account_owner',
      retry: 'after_fix',
      page: null,
    },
  },
];

/** The text for a message of the service layer, or null where the guide names no such message. */
export function serviceText(errorMessage: string | null): GuideText | null {
  const message = errorMessage?.toLowerCase() ?? '';
  return SERVICE_TEXTS.find(({ phrase }) => message.includes(phrase))?.text ?? null;
}

/** A field of a postback was refused (guide: Zod field validation). */
export const FIELD_VALIDATION_TEXT: GuideText = {
  short: 'field refused',
  title: 'Regatta refused a field of the request',
  meaning:
    'A required field is missing or has a value Regatta does not take. The messages per field name it; where there are none, the message itself is the cause.',
  whatToDo:
    'Correct where the backend takes the value from. A retry sends the same body, so it helps only where the cause lay at Regatta.',
  who: 'developer',
  retry: 'after_fix',
  page: null,
};
