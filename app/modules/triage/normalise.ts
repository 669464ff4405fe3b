import { createHash } from 'node:crypto';
import { normaliseText } from '#app/platform/normalise.ts';

/** Characters of a network's message that tell one cause from another. */
const MESSAGE_MAX = 300;

/** A network's message as causes are told apart by it: no ids, numbers, quotations. None at all is ''. */
export const normaliseMessage = (message: string | null): string =>
  message === null ? '' : normaliseText(message, MESSAGE_MAX);

/** Key of a normalised message: 16 hex characters of its SHA-256. */
export const messageKey = (normalised: string): string =>
  createHash('sha256').update(normalised).digest('hex').slice(0, 16);
