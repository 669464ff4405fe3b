import { useRevalidator } from '@remix-run/react';
import { type ReactNode, useCallback, useState } from 'react';
import { notify, undoToast } from '#app/ui/toast.tsx';
import { DisputeDialog, type DisputeSubject, type SentDispute } from './dispute-dialog.tsx';
import { post } from './post.ts';

/** Says that a dispute waits, and takes it back when asked within the time. Works though the page has changed. */
export function offerUndo(
  lead: { id: string; externalId: string },
  leavesInMs: number,
  refresh: () => void,
): void {
  const seconds = Math.floor(leavesInMs / 1000);
  if (seconds < 1) {
    notify({
      meaning: 'waiting',
      title: `Disputing ${lead.externalId}`,
      detail: 'It left at once: the deadline is near.',
    });
    return;
  }
  undoToast({
    title: `Disputing ${lead.externalId}`,
    seconds,
    onElapsed: refresh,
    onUndo: async () => {
      const answer = await post(`/leads/${encodeURIComponent(lead.id)}/act`, { intent: 'undo' });
      if ('error' in answer)
        notify({ meaning: 'needs', title: `${lead.externalId} is disputed`, detail: answer.error.message });
      else
        notify({
          meaning: 'good',
          title: `Not disputed: ${lead.externalId}`,
          detail: 'Nothing was sent. Its refund waits for a decision again.',
        });
      refresh();
    },
  });
}

/** Says that a dispute does not leave before another person approves it. */
export function sayAsked(externalId: string): void {
  notify({
    meaning: 'waiting',
    title: `Asked for approval: ${externalId}`,
    detail: 'Its dispute leaves when another person approves it.',
  });
}

/** The dispute dialog of a page and what follows it: toast, ten seconds of undo, fresh rows. */
export function useDispute(): { ask: (lead: DisputeSubject) => void; dialog: ReactNode } {
  const [subject, setSubject] = useState<DisputeSubject | null>(null);
  const { revalidate } = useRevalidator();
  const close = useCallback(() => setSubject(null), []);
  const sent = useCallback(
    (lead: DisputeSubject, { leavesInMs, approvalId }: SentDispute) => {
      setSubject(null);
      if (approvalId === null) offerUndo(lead, leavesInMs, revalidate);
      else sayAsked(lead.externalId);
      revalidate();
    },
    [revalidate],
  );
  return {
    ask: setSubject,
    dialog: subject && <DisputeDialog key={subject.id} lead={subject} onClose={close} onSent={sent} />,
  };
}
