import { CircleCheck, Hourglass, RotateCw, Send, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { StatusBadge } from './status-badge.tsx';
import { Time } from './time.tsx';

type Sending = {
  status: 'queued' | 'sending' | 'sent' | 'failed';
  /** Tries so far. */
  attempts: number;
  /** UTC ISO. */
  sentAt: string | null;
  /** When it is tried, or tried again: UTC ISO. */
  nextAt: string;
};

/** What became of something that goes out with retries (an alert, a scheduled export), and what happens next. */
export function SentState({
  item: { status, attempts, sentAt, nextAt },
  waits,
  inTable = false,
}: {
  item: Sending;
  /** Before its first try: a word, and until when. */
  waits: { label: string; until?: ReactNode };
  inTable?: boolean;
}) {
  if (status === 'sent')
    return (
      <StatusBadge
        meaning="good"
        icon={CircleCheck}
        label="Sent"
        then={<Time at={sentAt} />}
        inTable={inTable}
      />
    );
  if (status === 'sending')
    return <StatusBadge meaning="waiting" icon={Send} label="Sending" inTable={inTable} />;
  if (status === 'failed')
    return (
      <StatusBadge
        meaning="lost"
        icon={TriangleAlert}
        label="Failed"
        then={attempts > 1 ? `after ${attempts} attempts` : undefined}
        inTable={inTable}
      />
    );
  if (attempts > 0)
    return (
      <StatusBadge
        meaning="waiting"
        icon={RotateCw}
        label="Trying again"
        then={
          <>
            at <Time at={nextAt} />
          </>
        }
        inTable={inTable}
      />
    );
  return (
    <StatusBadge
      meaning="waiting"
      icon={Hourglass}
      label={waits.label}
      then={waits.until}
      inTable={inTable}
    />
  );
}
