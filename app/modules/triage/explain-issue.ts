import type { Connector, Explanation } from '#app/connectors/types.ts';

/** Codes that Leadline gives itself, whatever the network. */
const OURS: ReadonlyMap<string, Omit<Explanation, 'link'>> = new Map<string, Omit<Explanation, 'link'>>([
  [
    'PAUSED',
    {
      short: 'paused by hand',
      title: 'Somebody paused it',
      meaning:
        'Postbacks are held back on purpose: nothing is sent and nothing is lost. The note says who paused it and why.',
      whatToDo: 'Press Resume when it may go on: what was held back then goes out in its order.',
      who: 'ops',
      retry: 'after_fix',
    },
  ],
  [
    'UNKNOWN',
    {
      short: 'no cause told',
      title: 'It failed without a code',
      meaning: 'Neither the network nor Leadline gave a code for it. The attempts hold all there is.',
      whatToDo: 'Read the last attempt of one of these postbacks, then try one again.',
      who: 'ops',
      retry: 'after_fix',
    },
  ],
]);

/** A cause in plain words: by us for our own codes, else by the connector of the account. */
export function explainIssue(
  connector: Pick<Connector, 'explain'>,
  issue: {
    errorCode: string;
    message: string;
    sampleMessage: string | null;
    networkCampaignId: string | null;
    httpStatus: number | null;
  },
): Explanation {
  const ours = OURS.get(issue.errorCode);
  if (ours) {
    const words = issue.errorCode === 'PAUSED' ? issue.sampleMessage : null;
    return { ...ours, ...(words ? { meaning: `${words}. ${ours.meaning}` } : {}), link: null };
  }
  const explanation = connector.explain(issue.errorCode, issue.sampleMessage ?? (issue.message || null), {
    networkCampaignId: issue.networkCampaignId,
    httpStatus: issue.httpStatus,
    call: 'postback',
  });
  return explanation.retry === 'automatic' ? { ...explanation, ...USED_UP } : explanation;
}

/** What stands under an issue no longer repeats by itself: a cause that passes has outlasted the ladder (RG-30). */
const USED_UP = {
  whatToDo:
    'All attempts are used up, so nothing is repeated by itself any more. Look whether it still lasts, then try one and release the rest. If it lasts, tell the support of the network.',
  who: 'ops',
  retry: 'after_fix',
} as const;
