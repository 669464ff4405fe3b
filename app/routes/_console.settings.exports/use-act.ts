import { useFetcher } from '@remix-run/react';
import { useEffect } from 'react';
import { notify } from '#app/ui/toast.tsx';
import type { ActAnswer } from './act.server.ts';

/** Presses a button on a scheduled export and says what came of it. `pending` is the intent under way. */
export function useAct(id: string) {
  const fetcher = useFetcher<ActAnswer>();
  const { data, state } = fetcher;
  useEffect(() => {
    if (state !== 'idle' || !data) return;
    if (data.failed !== undefined) notify({ meaning: 'lost', title: 'Not done', detail: data.failed });
    else if (data.done) notify({ meaning: 'good', ...data.done });
  }, [state, data]);
  return {
    pending: state === 'idle' ? null : String(fetcher.formData?.get('intent') ?? ''),
    act: (intent: string) => fetcher.submit({ intent, id }, { method: 'post', action: '/settings/exports' }),
  };
}
