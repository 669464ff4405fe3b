import { CircleCheck, CircleDashed, Hourglass, RotateCw, Send, TriangleAlert } from 'lucide-react';
import type { RunView } from '#app/modules/scheduled/schema.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { Time } from '#app/ui/time.tsx';

/** What has become of a sending, and what happens next. */
export function RunState({ run, inTable = false }: { run: RunView | null; inTable?: boolean }) {
  if (run === null)
    return <StatusBadge meaning="neutral" icon={CircleDashed} label="Not sent yet" inTable={inTable} />;
  const { status, attempts, sentAt, tryAt } = run;
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
        then={attempts > 1 ? `after ${attempts} tries` : undefined}
        inTable={inTable}
      />
    );
  return attempts > 0 ? (
    <StatusBadge
      meaning="needs"
      icon={RotateCw}
      label="Trying again"
      then={
        <>
          at <Time at={tryAt} />
        </>
      }
      inTable={inTable}
    />
  ) : (
    <StatusBadge meaning="waiting" icon={Hourglass} label="In a moment" inTable={inTable} />
  );
}
