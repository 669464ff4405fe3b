import { Pause, Play, Send } from 'lucide-react';
import { useState } from 'react';
import type { ScheduleView } from '#app/modules/scheduled/schema.ts';
import { Button, ButtonLink } from '#app/ui/button.tsx';
import { Dialog } from '#app/ui/dialog.tsx';
import { useAct } from '../_console.settings.exports/use-act.ts';

/** What can be done with a scheduled export. */
export function Acts({ schedule: { id, name, status } }: { schedule: ScheduleView }) {
  const [removing, setRemoving] = useState(false);
  const { act, remove, pending } = useAct(id);
  const paused = status === 'paused';
  return (
    <div className="form-acts mt-4 flex-wrap">
      <Button
        icon={Send}
        variant={paused ? 'default' : 'primary'}
        working={pending === 'send' && 'Sending'}
        onClick={() => act('send')}
      >
        Send now
      </Button>
      <Button
        icon={paused ? Play : Pause}
        variant={paused ? 'primary' : 'default'}
        working={(pending === 'pause' && 'Pausing') || (pending === 'resume' && 'Resuming')}
        onClick={() => act(paused ? 'resume' : 'pause')}
      >
        {paused ? 'Resume' : 'Pause'}
      </Button>
      <ButtonLink to={`/settings/exports/${id}/change`}>Change</ButtonLink>
      <Button variant="quiet" onClick={() => setRemoving(true)}>
        Remove
      </Button>
      <Dialog
        open={removing}
        onOpenChange={setRemoving}
        size="narrow"
        title={`Remove ${name}?`}
        actions={
          <>
            <Button onClick={() => setRemoving(false)}>Keep it</Button>
            <Button
              variant="danger"
              data-primary=""
              working={pending === 'remove' && 'Removing'}
              onClick={remove}
            >
              Remove
            </Button>
          </>
        }
      >
        <p className="c2">Nothing more is sent, and its log goes. The audit keeps who got what.</p>
      </Dialog>
    </div>
  );
}
