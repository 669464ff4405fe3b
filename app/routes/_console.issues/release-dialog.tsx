import { useState } from 'react';
import { networkName } from '#app/platform/network-name.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { Button } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { Dialog } from '#app/ui/dialog.tsx';
import { KeyFigures } from '#app/ui/facts.tsx';
import { postbacks, unpaidWords } from './issue-words.ts';
import { ReleaseFlow, releaseLabel } from './release-flow.tsx';
import type { ReleaseSubject } from './use-issue-actions.tsx';

/** Says what a release will do before it does it: one goes first, and decides. ⌘⏎ starts it. */
export function ReleaseDialog({
  subject,
  onClose,
  onConfirm,
}: {
  subject: ReleaseSubject;
  onClose: () => void;
  /** Answers why it was not started, or null. */
  onConfirm: (subject: ReleaseSubject) => Promise<string | null>;
}) {
  const [state, setState] = useState<{ working: boolean; refused: string | null }>({
    working: false,
    refused: null,
  });
  const { held, counts, explanation } = subject;
  const network = networkName(subject.network, subject.connector);
  const confirm = async () => {
    setState({ working: true, refused: null });
    setState({ working: false, refused: await onConfirm(subject) });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={held === 1 ? 'Try it again?' : `Try one, then release ${formatCount(held - 1)}?`}
      description={explanation.title}
      note="The same externalIds: none can be paid twice."
      actions={
        <>
          <Button variant="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            kbd="⌘⏎"
            autoFocus
            working={state.working && 'Starting'}
            onClick={confirm}
          >
            {releaseLabel(held)}
          </Button>
        </>
      }
    >
      <KeyFigures
        items={[
          { term: 'Held up', value: postbacks(held) },
          { term: 'Unpaid', value: unpaidWords(subject.unpaid, subject.unpaidUnknown) },
          counts.unread > 0
            ? { term: 'Sent, without the lead’s data', value: formatCount(counts.unread) }
            : { term: 'Never sent yet', value: formatCount(counts.parked) },
        ]}
      />
      <p className="c2 mt-3">
        The oldest goes first.{' '}
        {counts.unread > 0 ? 'If it comes back without its data again' : `If ${network} refuses it again`}, it
        says so here and nothing else is touched
        {held > 1
          ? '. If it is accepted, the others follow, oldest first, at a pace the network can take'
          : ''}
        .
      </p>
      <ReleaseFlow subject={subject} />
      {counts.unread > 0 && (
        <Callout meaning="needs" title={`By its answers, ${network} has these already.`}>
          Each is sent again with its externalId: what {network} has comes back as a duplicate with its data;
          what it never saw, because something in between answered, opens its lead now.
        </Callout>
      )}
      {explanation.retry === 'no' && (
        <Callout meaning="needs" title="It will most likely be refused again.">
          {explanation.whatToDo}
        </Callout>
      )}
      {state.refused !== null && (
        <div role="alert">
          <Callout meaning="lost" title="Not started.">
            {state.refused}
          </Callout>
        </div>
      )}
    </Dialog>
  );
}
