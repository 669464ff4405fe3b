import { CircleDashed } from 'lucide-react';
import type { RunView } from '#app/modules/scheduled/schema.ts';
import { SentState } from '#app/ui/sent-state.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';

/** What has become of a sending, and what happens next. */
export function RunState({ run, inTable = false }: { run: RunView | null; inTable?: boolean }) {
  if (run === null)
    return <StatusBadge meaning="neutral" icon={CircleDashed} label="Not sent yet" inTable={inTable} />;
  return (
    <SentState item={{ ...run, nextAt: run.tryAt }} waits={{ label: 'In a moment' }} inTable={inTable} />
  );
}
