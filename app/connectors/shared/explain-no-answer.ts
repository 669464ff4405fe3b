import type { Explanation } from '../types.ts';

/** What differs from network to network in these texts. */
export interface NetworkWords {
  /** The network's name, e.g. "Regatta". */
  network: string;
  /** One sentence: whether sending the same message twice can do harm. */
  repeat: string;
}

type Text = Omit<Explanation, 'link'>;

/** Explains a code that stands where no complete answer came, or null where `code` is not one of those. */
export function explainNoAnswer(code: string, words: NetworkWords): Text | null {
  const build = TEXTS.get(code);
  return build === undefined ? null : build(words);
}

const LADDER = 'Nothing for now: it is retried by itself on the ladder.';

const TEXTS: ReadonlyMap<string, (words: NetworkWords) => Text> = new Map<
  string,
  (words: NetworkWords) => Text
>([
  [
    'TIMEOUT',
    ({ network, repeat }) => ({
      short: 'no answer in time',
      title: `${network} did not answer in time`,
      meaning: `No answer came within the time limit. ${network} may or may not have acted on it. ${repeat}`,
      whatToDo: `${LADDER} If it lasts, ask ${network} whether it is having trouble.`,
      who: 'nobody_yet',
      retry: 'automatic',
    }),
  ],
  [
    'DNS',
    ({ network }) => ({
      short: 'host name not found',
      title: `The host name of ${network} could not be resolved`,
      meaning: 'The look-up of the address failed, so nothing was sent.',
      whatToDo: `${LADDER} If it lasts, check the base URL of the account and the name servers of the machine.`,
      who: 'ops',
      retry: 'automatic',
    }),
  ],
  [
    'REFUSED',
    ({ network }) => ({
      short: 'connection refused',
      title: `${network} refused the connection`,
      meaning: 'Nothing listens at that address and port right now, so nothing was sent.',
      whatToDo: `${LADDER} If it lasts, check the base URL of the account and any firewall in between.`,
      who: 'nobody_yet',
      retry: 'automatic',
    }),
  ],
  [
    'RESET',
    ({ network, repeat }) => ({
      short: 'connection broken',
      title: 'The connection broke before an answer came',
      meaning: `${network} may or may not have acted on the request. ${repeat}`,
      whatToDo: LADDER,
      who: 'nobody_yet',
      retry: 'automatic',
    }),
  ],
  [
    'TLS',
    ({ network }) => ({
      short: 'certificate not trusted',
      title: `No trusted encrypted connection to ${network}`,
      meaning:
        'The certificate was refused or the handshake failed, so neither the key nor the request was sent.',
      whatToDo: `${LADDER} If it lasts, check the base URL, the clock and the root certificates of the machine, and any proxy that intercepts traffic.`,
      who: 'ops',
      retry: 'automatic',
    }),
  ],
  [
    'INCOMPLETE_RESPONSE',
    ({ network, repeat }) => ({
      short: 'answer broke off',
      title: 'The answer broke off before its end',
      meaning: `${network} most likely acted on the request, but its answer was lost. ${repeat}`,
      whatToDo: LADDER,
      who: 'nobody_yet',
      retry: 'automatic',
    }),
  ],
  [
    'NETWORK',
    ({ network, repeat }) => ({
      short: 'request failed',
      title: 'The request failed on the way',
      meaning: `The request did not come through in a way that has no name of its own here; the attempt holds the exact words. ${repeat}`,
      whatToDo: `${LADDER} If it lasts, check the connection of the machine to ${network}.`,
      who: 'nobody_yet',
      retry: 'automatic',
    }),
  ],
  [
    'BLOCKED_ADDRESS',
    ({ network }) => ({
      short: 'address not allowed',
      title: 'The address is private or not allowed',
      meaning: `The base URL of the ${network} account leads to a private, link-local or metadata address. Nothing was sent.`,
      whatToDo:
        'Correct the base URL in Settings, or name the range in ALLOW_PRIVATE_DESTINATIONS if it is meant; then retry.',
      who: 'ops',
      retry: 'after_fix',
    }),
  ],
  [
    'INTERRUPTED',
    ({ network, repeat }) => ({
      short: 'interrupted',
      title: 'Leadline stopped while this attempt was in flight',
      meaning: `It is not known whether ${network} received the request. ${repeat}`,
      whatToDo: 'Nothing: the same message is sent again by itself.',
      who: 'nobody_yet',
      retry: 'automatic',
    }),
  ],
  [
    'CANNOT_BUILD',
    ({ network }) => ({
      short: 'cannot be written',
      title: 'The request could not be written',
      meaning: `A value or a credential that ${network} needs is missing or of the wrong form. Nothing was sent.`,
      whatToDo: 'Read the message, put the value or the account right, then retry.',
      who: 'developer',
      retry: 'after_fix',
    }),
  ],
]);
