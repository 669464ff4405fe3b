import { useFetcher } from '@remix-run/react';
import { useEffect } from 'react';
import { notify } from '#app/ui/toast.tsx';
import type { ActAnswer } from './act.server.ts';

/** Sends a button's intent and says what came of it; `pending` is the intent and id under way. */
export function useAct(onDone?: (answer: ActAnswer) => void) {
  const fetcher = useFetcher<ActAnswer>();
  const { data, state } = fetcher;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer is the trigger
  useEffect(() => {
    if (state !== 'idle' || !data) return;
    if (data.failed !== undefined) notify({ meaning: 'lost', title: 'Not done', detail: data.failed });
    else if (data.done) notify({ meaning: 'good', ...data.done });
    onDone?.(data);
  }, [state, data]);
  const pending =
    state === 'idle' ? null : `${fetcher.formData?.get('intent')} ${fetcher.formData?.get('id') ?? ''}`;
  return {
    data,
    pending,
    act: (intent: string, fields: Record<string, string> = {}) =>
      fetcher.submit({ intent, ...fields }, { method: 'post', action: '/settings/alerts' }),
  };
}
