import { useRevalidator } from '@remix-run/react';
import { CirclePause } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { Dialog } from '#app/ui/dialog.tsx';
import { TextArea } from '#app/ui/text-area.tsx';
import { notify } from '#app/ui/toast.tsx';
import { post } from '../_console.leads/post.ts';
import { PAUSE_NOTE_MAX } from './act-schema.ts';

interface Subject {
  accountId: string;
  /** The network's campaign id; left out pauses the whole account. */
  networkCampaignId?: string;
  /** What people call it. */
  name: string;
}

/** "Pause": holds back what would be sent, with a note that says why. */
export function PauseButton({ subject, small = true }: { subject: Subject; small?: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="quiet"
        small={small}
        icon={CirclePause}
        aria-label={`Pause ${subject.name}`}
        onClick={() => setOpen(true)}
      >
        Pause
      </Button>
      {open && <PauseDialog subject={subject} onClose={() => setOpen(false)} />}
    </>
  );
}

function PauseDialog({ subject, onClose }: { subject: Subject; onClose: () => void }) {
  const form = useId();
  const { revalidate } = useRevalidator();
  const [state, setState] = useState<{ working: boolean; field: string[]; refused: string | null }>({
    working: false,
    field: [],
    refused: null,
  });
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (state.working) return;
    const note = String(new FormData(event.currentTarget).get('note') ?? '').trim();
    if (note === '' || [...note].length > PAUSE_NOTE_MAX) {
      const fault =
        note === '' ? 'Say why, so that the others know.' : `At most ${PAUSE_NOTE_MAX} characters.`;
      return setState({ working: false, field: [fault], refused: null });
    }
    setState({ working: true, field: [], refused: null });
    const answer = await post('/issues/act', {
      intent: 'pause',
      account: subject.accountId,
      campaign: subject.networkCampaignId ?? '',
      note,
    });
    if ('error' in answer) return setState({ working: false, field: [], refused: answer.error.message });
    revalidate();
    onClose();
    notify({
      meaning: 'good',
      title: `Paused: ${subject.name}`,
      detail: 'Nothing of it is sent until it is resumed.',
    });
  };
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title={`Pause ${subject.name}?`}
      description="What would be sent waits in its order instead. Nothing is dropped."
      note="Disputes still go out: their deadlines do not wait."
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" form={form} variant="primary" kbd="⌘⏎" working={state.working && 'Pausing'}>
            Pause
          </Button>
        </>
      }
    >
      {state.refused !== null && (
        <div role="alert">
          <Callout meaning="lost" title="Not paused.">
            {state.refused}
          </Callout>
        </div>
      )}
      <form id={form} onSubmit={submit}>
        <TextArea
          id={`${form}-note`}
          name="note"
          label="Why"
          rows={2}
          max={PAUSE_NOTE_MAX}
          errors={state.field}
          help="Shown wherever somebody asks why it waits."
          autoFocus
        />
      </form>
    </Dialog>
  );
}
