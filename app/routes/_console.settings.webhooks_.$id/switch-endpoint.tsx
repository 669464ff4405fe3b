import { useFetcher } from '@remix-run/react';
import { useEffect } from 'react';
import { Button } from '#app/ui/button.tsx';
import { notify } from '#app/ui/toast.tsx';

export interface SwitchAnswer {
  enabled?: boolean;
  failed?: string;
}

/** Switches an endpoint on or off, and says what that means. */
export function SwitchEndpoint({ id, enabled }: { id: string; enabled: boolean }) {
  const fetcher = useFetcher<SwitchAnswer>();
  const { data: answer, state } = fetcher;
  useEffect(() => {
    if (state !== 'idle' || !answer) return;
    if (answer.failed !== undefined) notify({ meaning: 'lost', title: 'Not changed', detail: answer.failed });
    else
      notify({
        meaning: 'good',
        title: answer.enabled ? 'The endpoint is on' : 'The endpoint is off',
        detail: answer.enabled ? 'What is sent from now on is taken.' : 'What is sent is answered 404.',
      });
  }, [state, answer]);
  return (
    <fetcher.Form method="post" action={`/settings/webhooks/${id}`}>
      <input type="hidden" name="enabled" value={String(!enabled)} />
      <Button type="submit" small working={state !== 'idle' && 'Changing it'}>
        {enabled ? 'Switch off' : 'Switch on'}
      </Button>
    </fetcher.Form>
  );
}
