import type { Explanation } from '../types.ts';
import type { NetworkWords } from './explain-no-answer.ts';

/** What an explanation of an answer may lean on. `status` and `message` are null where they are not known. */
export interface AnswerContext extends NetworkWords {
  status: number | null;
  message: string | null;
  /** True where the connector retries this status by itself. */
  transient: boolean;
}

type Text = Omit<Explanation, 'link'>;

/** Explains a code of ours for an answer that could not be read as the guide describes, or null for other codes. */
export function explainAnswer(code: string, context: AnswerContext): Text | null {
  const build = TEXTS.get(code);
  return build === undefined ? null : build(context);
}

/** The words of the network for the end of a paragraph, or nothing where it gave none. */
export function quoted(network: string, message: string | null): string {
  return message === null || message === '' ? '' : ` ${network}'s words: “${message}”.`;
}

const status = (context: AnswerContext) => (context.status === null ? 'an HTTP status' : context.status);

/** Both kinds of unreadable answer share who acts: nobody while the ladder runs, else a person. */
function next(context: AnswerContext): Pick<Text, 'whatToDo' | 'who' | 'retry'> {
  return context.transient
    ? {
        whatToDo: `Nothing for now: it is retried by itself on the ladder. If it lasts, send the body of the attempt to ${context.network}.`,
        who: 'nobody_yet',
        retry: 'automatic',
      }
    : {
        whatToDo:
          'Read the body of the attempt: it often names a proxy or a firewall. Check the base URL of the account, then retry by hand.',
        who: 'ops',
        retry: 'after_fix',
      };
}

const TEXTS: ReadonlyMap<string, (context: AnswerContext) => Text> = new Map<
  string,
  (context: AnswerContext) => Text
>([
  [
    'NOT_JSON',
    (context) => ({
      short: 'answer is not JSON',
      title: `${context.network} answered something that is not JSON`,
      meaning: `The answer was ${status(context)} with a body in another form, usually a page of a proxy or a gateway rather than of ${context.network} itself. The body is kept as it came.`,
      ...next(context),
    }),
  ],
  [
    'UNEXPECTED_BODY',
    (context) => ({
      short: 'unknown answer',
      title: 'The answer does not have the form the guide describes',
      meaning: `The answer was ${status(context)} with JSON that lacks what the guide promises, so nothing was concluded from it.${quoted(context.network, context.message)}`,
      ...next(context),
    }),
  ],
  [
    'RESPONSE_TOO_LARGE',
    (context) => ({
      short: 'answer too large',
      title: 'The answer was larger than what is read',
      meaning: `The answer was ${status(context)} with more than 64 KB; the first 64 KB are kept and do not make sense on their own.`,
      ...next(context),
    }),
  ],
  [
    'RATE_LIMITED',
    ({ network }) => ({
      short: 'too many requests',
      title: `${network} asks to slow down`,
      meaning: 'More requests arrived than it accepts for now. Nothing is wrong with this one.',
      whatToDo: 'Nothing: it is retried by itself, not before the time the network named.',
      who: 'nobody_yet',
      retry: 'automatic',
    }),
  ],
  [
    'REDIRECT',
    (context) => ({
      short: 'redirected',
      title: `${context.network} pointed to another address`,
      meaning: `The answer was ${status(context)}. A redirect is never followed, because the key would go with it to an address nobody chose.`,
      whatToDo: 'Check the base URL of the account (https, right host, right path), then retry by hand.',
      who: 'ops',
      retry: 'after_fix',
    }),
  ],
  [
    'UNEXPECTED_STATUS',
    (context) => ({
      short: 'unknown status',
      title: `The guide does not know the status ${context.network} answered with`,
      meaning: `The answer was ${status(context)}, which the guide does not give a meaning to, so neither success nor failure was concluded. ${context.repeat}`,
      whatToDo: `Read the answer, look at ${context.network}'s own page, and retry by hand if the request has not taken effect.`,
      who: 'ops',
      retry: 'after_fix',
    }),
  ],
  [
    'UNREADABLE_SUCCESS',
    (context) => ({
      short: 'success without its data',
      title: 'The answer means success, but its body could not be read',
      meaning: `The answer was ${status(context)}, but the data that belongs to it (such as the id of the lead) is missing or unreadable. Without the id of a lead, that lead cannot be disputed.`,
      whatToDo: `Retry by hand to obtain the data. ${context.repeat} If it stays like this, send the body of the attempt to ${context.network}.`,
      who: 'ops',
      retry: 'after_fix',
    }),
  ],
]);
