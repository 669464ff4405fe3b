import { explainAnswer, quoted } from '../shared/explain-answer.ts';
import { explainNoAnswer } from '../shared/explain-no-answer.ts';
import type { Connector, ConnectorCall, Explanation } from '../types.ts';
import { CALL_TEXTS, postbackWithoutData, REPEAT_WORDS } from './call-texts.ts';
import { GUIDE_TEXTS, type GuideText } from './explanations.ts';
import { campaignPage, SETTINGS_PAGE } from './metadata.ts';
import { isTransient } from './read-error.ts';
import { FIELD_VALIDATION_TEXT, serviceText } from './service-messages.ts';

type Context = Parameters<Connector['explain']>[2];

const NETWORK = 'Regatta';

/**
 * Explains a code of Regatta's (guide, "Error responses") or of the transport (RG-24…RG-31, RG-47, RG-50, RG-51).
 * A code the guide does not know is said to be unknown and shown with the network's words. `retry` always agrees
 * with what the reader does with the status.
 */
export function explain(errorCode: string, errorMessage: string | null, context: Context): Explanation {
  const text =
    transportText(errorCode, errorMessage, context) ??
    guideText(errorCode, errorMessage, context.call ?? 'postback') ??
    unknownText(errorCode, errorMessage);
  const { page, ...rest } = text;
  return { ...rest, ...agreed(rest, context.httpStatus), link: linkTo(page, context.networkCampaignId) };
}

function transportText(code: string, message: string | null, context: Context): GuideText | null {
  const { httpStatus } = context;
  const words = { network: NETWORK, repeat: REPEAT_WORDS[context.call ?? 'postback'] };
  if (code === 'UNREADABLE_SUCCESS' && httpStatus !== null && (context.call ?? 'postback') === 'postback')
    return postbackWithoutData(httpStatus);
  // With a status, TIMEOUT and the like are the network's own words and none of ours.
  const text =
    (httpStatus === null ? explainNoAnswer(code, words) : null) ??
    explainAnswer(code, {
      ...words,
      status: httpStatus,
      message,
      transient: httpStatus !== null && isTransient(httpStatus),
    });
  return text === null ? null : { ...text, page: null };
}

function guideText(code: string, message: string | null, call: ConnectorCall): GuideText | null {
  const known = CALL_TEXTS[call].get(code) ?? GUIDE_TEXTS.get(code);
  if (known !== undefined && code === 'INTERNAL_ERROR') {
    return { ...known, meaning: `${known.meaning} ${REPEAT_WORDS[call]}` };
  }
  if (known !== undefined && code !== 'VALIDATION_ERROR') return known;
  const byMessage = serviceText(message);
  if (byMessage !== null) return byMessage;
  if (code !== 'VALIDATION_ERROR') return null;
  const text = known ?? FIELD_VALIDATION_TEXT;
  return { ...text, meaning: `${text.meaning}${quoted(NETWORK, message)}` };
}

function unknownText(code: string, message: string | null): GuideText {
  const none = message === null || message === '' ? ' It gave no words with it.' : quoted(NETWORK, message);
  return {
    short: 'unknown answer',
    title: `Regatta answered with a code the guide does not know: ${code}`,
    meaning: `The guide gives this code no meaning, so none is guessed here.${none}`,
    whatToDo:
      "Read Regatta's words and the answer kept with the attempt; ask its support if they do not help.",
    who: 'ops',
    retry: 'after_fix',
    page: null,
  };
}

/** The reader goes by status, so a known code under an unusual status is retried as that status is. */
function agreed(text: Omit<GuideText, 'page'>, httpStatus: number | null): Partial<Explanation> {
  if (httpStatus === null) return {};
  if (isTransient(httpStatus)) {
    return text.retry === 'automatic'
      ? {}
      : { retry: 'automatic', whatToDo: `It is retried by itself. ${text.whatToDo}` };
  }
  if (text.retry !== 'automatic') return {};
  return { retry: 'after_fix', who: 'ops', whatToDo: RETRY_BY_HAND };
}

const RETRY_BY_HAND =
  'It is not retried by itself, because the status says that the request was refused. Read the answer, then retry by hand.';

function linkTo(page: GuideText['page'], networkCampaignId: string | null): Explanation['link'] {
  if (page === 'settings') return { label: 'API keys at Regatta', url: SETTINGS_PAGE };
  if (page === null || networkCampaignId === null) return null;
  return { label: 'This campaign at Regatta', url: campaignPage(networkCampaignId) };
}
