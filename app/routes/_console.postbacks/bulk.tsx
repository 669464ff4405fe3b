import { Ban, Check, RotateCw } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { writeFilter } from '#app/modules/outbox/filter-schema.ts';
import type { JobKind } from '#app/modules/triage/schema.ts';
import { Button } from '#app/ui/button.tsx';
import { SelectionBar } from '#app/ui/selection-bar.tsx';
import type { Selection } from '#app/ui/use-selection.ts';
import { BulkDialog } from '../_console.jobs/bulk-dialog.tsx';
import { JobBanner } from '../_console.jobs/job-banner.tsx';
import type { ListState } from './filters.ts';

export interface Bulk {
  /** Asks before acting on what is selected, or on these rows where nothing is. */
  ask: (kind: JobKind, rows: readonly { id: string }[]) => void;
  bar: ReactNode;
  /** The question, to be rendered once. */
  dialog: ReactNode;
  /** The job that was started here, above the table. */
  banner: ReactNode;
}

/** Bulk actions on the selection: by hand by its ids, "all matching" by the filter itself. */
export function useBulk({
  state,
  selection,
  matching,
  offerAll,
  onEnd,
}: {
  state: ListState;
  selection: Selection;
  /** "1,284", or null where there are more than are counted. */
  matching: string | null;
  offerAll: boolean;
  onEnd: () => void;
}): Bulk {
  const [asked, setAsked] = useState<{ kind: JobKind; filter: string } | null>(null);
  const [job, setJob] = useState<{ id: string } | null>(null);
  const ask = (kind: JobKind, rows: readonly { id: string }[] = []) => {
    const ids = selection.isEmpty ? rows.map((row) => row.id) : [...selection.ids];
    if (!selection.allMatching && ids.length === 0) return;
    const filter = writeFilter(selection.allMatching ? state.filter : { ids });
    setAsked({ kind, filter: new URLSearchParams(filter).toString() });
  };
  return {
    ask,
    bar: (
      <SelectionBar selection={selection} matching={matching} offerAll={offerAll}>
        <Button small icon={RotateCw} kbd="E" onClick={() => ask('retry')}>
          Retry
        </Button>
        <Button small icon={Check} kbd="A" onClick={() => ask('acknowledge')}>
          Acknowledge
        </Button>
        <Button small icon={Ban} onClick={() => ask('cancel')}>
          Cancel
        </Button>
      </SelectionBar>
    ),
    dialog: asked && (
      <BulkDialog
        open
        onOpenChange={(open) => !open && setAsked(null)}
        {...asked}
        onStarted={({ jobId }) => {
          setAsked(null);
          setJob({ id: jobId });
          selection.clear();
        }}
      />
    ),
    banner: job && (
      <div className="jobbar">
        <JobBanner key={job.id} job={job} onDismiss={() => setJob(null)} onEnd={onEnd} />
      </div>
    ),
  };
}
