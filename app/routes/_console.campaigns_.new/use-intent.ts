import { useFetcher } from '@remix-run/react';
import type { IntentResult } from './intents.server.ts';

/**
 * One of the wizard's forms and how it stands: under way, refused with these words, or done. A fetcher and not
 * action data, because what arrives live reads the page anew, and that forgets action data.
 */
export function useIntent(intent: string) {
  const fetcher = useFetcher<IntentResult>({ key: `wizard-${intent}` });
  const working = fetcher.state !== 'idle';
  const answer = working ? undefined : fetcher.data;
  return {
    Form: fetcher.Form,
    working,
    refused: answer?.error?.message ?? null,
    done: answer?.error === null ? answer : null,
  };
}
