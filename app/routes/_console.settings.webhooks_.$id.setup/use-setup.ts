import { useFetcher } from '@remix-run/react';
import { useEffect } from 'react';
import { notify } from '#app/ui/toast.tsx';

export interface SetupAnswer {
  intent: string;
  failed?: string;
}

/** A form of the set-up: what came of it is said in a toast (`done`), a refusal beside it (`failed`). */
export function useSetup(done: { title: string; detail: string }, onDone?: () => void) {
  const fetcher = useFetcher<SetupAnswer>();
  const { data: answer, state } = fetcher;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the answer is the trigger
  useEffect(() => {
    if (state !== 'idle' || !answer || answer.failed !== undefined) return;
    notify({ meaning: 'good', ...done });
    onDone?.();
  }, [state, answer]);
  return {
    Form: fetcher.Form,
    working: state !== 'idle',
    failed: state === 'idle' ? answer?.failed : undefined,
  };
}
