import { CircleCheck, Hourglass, RotateCw, Send, TriangleAlert } from 'lucide-react';
import type { DeliveryView } from '#app/modules/alerts/view-schema.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { Time } from '#app/ui/time.tsx';

/** What has become of a delivery, and what happens next. */
export function DeliveryState({ item, inTable = false }: { item: DeliveryView; inTable?: boolean }) {
  const { status, attempts, dueAt, sentAt } = item;
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
  const at = <Time at={dueAt} />;
  return attempts > 0 ? (
    <StatusBadge
      meaning="waiting"
      icon={RotateCw}
      label="Trying again"
      then={<>at {at}</>}
      inTable={inTable}
    />
  ) : (
    <StatusBadge meaning="waiting" icon={Hourglass} label="Waits" then={<>until {at}</>} inTable={inTable} />
  );
}
