import type { DeliveryView } from '#app/modules/alerts/view-schema.ts';
import { SentState } from '#app/ui/sent-state.tsx';
import { Time } from '#app/ui/time.tsx';

/** What has become of a delivery, and what happens next. */
export function DeliveryState({ item, inTable = false }: { item: DeliveryView; inTable?: boolean }) {
  const until = (
    <>
      until <Time at={item.dueAt} />
    </>
  );
  return (
    <SentState item={{ ...item, nextAt: item.dueAt }} waits={{ label: 'Waits', until }} inTable={inTable} />
  );
}
