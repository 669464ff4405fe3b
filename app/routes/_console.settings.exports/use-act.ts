import { useFetcher, useNavigation, useSubmit } from '@remix-run/react';
import { useEffect } from 'react';
import { notify } from '#app/ui/toast.tsx';
import { useFormAnswer } from '#app/ui/use-form-answer.ts';
import type { ActAnswer } from './act.server.ts';

/**
 * Presses a button on the page of a scheduled export and says what came of it. `pending` is the intent under way.
 *
 * Removing is a navigation: it ends a reading of the page that is under way, which would find no export any more and
 * show that instead of the list.
 */
export function useAct(id: string) {
  const fetcher = useFetcher<ActAnswer>();
  const submit = useSubmit();
  const leaving = useNavigation().formData?.get('intent');
  const { data, state } = fetcher;
  useEffect(() => {
    if (state === 'idle' && data) tell(data);
  }, [state, data]);
  const answer = useFormAnswer<ActAnswer>();
  useEffect(() => {
    if (answer) tell(answer);
  }, [answer]);
  const intent = state === 'idle' ? leaving : fetcher.formData?.get('intent');
  return {
    pending: intent == null ? null : String(intent),
    act: (pressed: string) => fetcher.submit({ intent: pressed, id }, { method: 'post' }),
    remove: () => submit({ intent: 'remove', id }, { method: 'post' }),
  };
}

function tell({ failed, done }: ActAnswer): void {
  if (failed !== undefined) notify({ meaning: 'lost', title: 'Not done', detail: failed });
  else if (done) notify({ meaning: 'good', ...done });
}
