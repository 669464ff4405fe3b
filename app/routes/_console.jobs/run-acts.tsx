import { Ban } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '#app/ui/button.tsx';
import { notify } from '#app/ui/toast.tsx';
import { post } from '../_console.leads/post.ts';

/**
 * Stops what runs in the background, a bulk job or a batch. `at` is its address; `stopped` says what came of it in
 * words. `onDone` is called whatever came, for the rows may have changed.
 */
export function CancelRun<Answer>({
  kind,
  name,
  at,
  stopped,
  onDone,
}: {
  kind: 'job' | 'batch';
  name: string;
  at: string;
  stopped: (answer: Answer) => string;
  onDone: () => void;
}) {
  const [working, setWorking] = useState(false);
  const cancel = async (): Promise<void> => {
    setWorking(true);
    const answer = await post<Answer>(`${at}/act`, { intent: 'cancel' });
    setWorking(false);
    if ('error' in answer) notify({ meaning: 'needs', title: 'Not canceled', detail: answer.error.message });
    else notify({ meaning: 'neutral', title: `Canceled: ${name}`, detail: stopped(answer) });
    onDone();
  };
  return (
    <Button
      small
      icon={Ban}
      aria-label={`Cancel the ${kind}: ${name}`}
      working={working && 'Canceling'}
      onClick={cancel}
    >
      Cancel
    </Button>
  );
}

/** Calls `onEnd` once when a run ends while in view; `run` is null until it was read, and it may be over by then. */
export function useOnEnd<Run>(
  run: Run | null,
  isActive: (run: Run) => boolean,
  onEnd: ((run: Run) => void) | undefined,
): void {
  const wasActive = useRef(false);
  const latest = useRef(onEnd);
  latest.current = onEnd;
  const active = run === null || isActive(run);
  useEffect(() => {
    if (run !== null && !active && wasActive.current) latest.current?.(run);
    wasActive.current = active;
  }, [run, active]);
}
