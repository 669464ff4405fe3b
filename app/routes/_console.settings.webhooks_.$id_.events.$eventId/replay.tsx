import { useFetcher } from '@remix-run/react';
import { RotateCw } from 'lucide-react';
import { useEffect } from 'react';
import type { EventState } from '#app/modules/webhooks/schema.ts';
import { Button } from '#app/ui/button.tsx';
import { notify } from '#app/ui/toast.tsx';

export interface ReplayAnswer {
  state?: EventState;
  words?: string;
  refused?: string;
}

const TITLES: Partial<Record<EventState, string>> = {
  handled: 'It was processed',
  ignored: 'Processed: nothing follows',
  failed: 'It failed again',
  waiting: 'It still waits',
};

/** Processes the event once more; what it became before is found again, not doubled. */
export function Replay({ state: was }: { state: EventState }) {
  const fetcher = useFetcher<ReplayAnswer>();
  const { data: answer, state } = fetcher;
  useEffect(() => {
    if (state !== 'idle' || !answer) return;
    if (answer.refused !== undefined) {
      notify({ meaning: 'lost', title: 'Not replayed', detail: answer.refused });
      return;
    }
    const after = answer.state ?? 'handled';
    notify({
      meaning: after === 'failed' ? 'needs' : after === 'waiting' ? 'waiting' : 'good',
      title: TITLES[after] ?? 'It was processed',
      ...(answer.words ? { detail: answer.words } : {}),
    });
  }, [state, answer]);
  return (
    <fetcher.Form method="post" className="form-acts mt-4">
      <Button
        type="submit"
        icon={RotateCw}
        variant={was === 'failed' || was === 'waiting' ? 'primary' : 'default'}
        working={state !== 'idle' && 'Replaying'}
      >
        Replay
      </Button>
      <span className="c3 text-12">
        Processes this event once more with the mapping of now. What it became before is found again, not
        doubled.
      </span>
    </fetcher.Form>
  );
}
