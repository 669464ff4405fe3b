import { Send } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { formatCount } from '#app/platform/time-format.ts';
import { Button } from '#app/ui/button.tsx';
import { SelectionBar } from '#app/ui/selection-bar.tsx';
import { notify, undoToast } from '#app/ui/toast.tsx';
import type { Selection } from '#app/ui/use-selection.ts';
import { post } from '../_console.leads/post.ts';
import type { BatchStarted, Picked } from './ask.ts';
import { BatchBanner } from './batch-banner.tsx';
import { BatchDialog } from './batch-dialog.tsx';

/** What is disputing in bulk on a list: the bar of its selection, the question, and the batch started here. */
export interface BulkDispute {
  ask: () => void;
  bar: ReactNode;
  dialog: ReactNode;
  banner: ReactNode;
}

/**
 * Disputes what is selected in a list: rows by their ids, "all matching" by the list's own query. Ten seconds of undo
 * for the whole batch, though the page has changed.
 */
export function useBulkDispute({
  of,
  query,
  selection,
  matching,
  offerAll,
  refresh,
}: {
  of: 'leads' | 'refunds';
  /** The list's query string. */
  query: string;
  selection: Selection;
  /** "1,284", or null where there are more than are counted. */
  matching: string | null;
  offerAll: boolean;
  refresh: () => void;
}): BulkDispute {
  const [asked, setAsked] = useState<Picked | null>(null);
  const [started, setStarted] = useState<string | null>(null);
  const ask = () => {
    if (selection.isEmpty) return;
    setAsked(selection.allMatching ? { of, matching: query } : { of, ids: [...selection.ids] });
  };
  return {
    ask,
    bar: (
      <SelectionBar selection={selection} matching={matching} offerAll={offerAll}>
        <Button small icon={Send} kbd="E" onClick={ask}>
          Dispute…
        </Button>
      </SelectionBar>
    ),
    dialog: asked && (
      <BatchDialog
        picked={asked}
        onClose={() => setAsked(null)}
        onStarted={(batch) => {
          setAsked(null);
          setStarted(batch.batchId);
          selection.clear();
          offerUndo(batch, refresh);
          refresh();
        }}
      />
    ),
    banner: started !== null && (
      <div className="jobbar">
        <BatchBanner key={started} id={started} onDismiss={() => setStarted(null)} onEnd={refresh} />
      </div>
    ),
  };
}

/** Says that a batch waits, and takes all of it back when asked within the time. */
function offerUndo({ batchId, eligible, atOnce, undoMs }: BatchStarted, refresh: () => void): void {
  const seconds = Math.floor(undoMs / 1000);
  const leads = `${formatCount(eligible)} ${eligible === 1 ? 'lead' : 'leads'}`;
  if (atOnce > 0)
    notify({
      meaning: 'waiting',
      title: `${formatCount(atOnce)} of ${leads} left at once`,
      detail: 'Their deadline is too near to wait.',
    });
  if (seconds < 1) return;
  undoToast({
    title: `Disputing ${leads}`,
    seconds,
    onElapsed: refresh,
    onUndo: async () => {
      const answer = await post<{ stopped: number; gone: number }>(
        `/batches/${encodeURIComponent(batchId)}/act`,
        { intent: 'undo' },
      );
      if ('error' in answer)
        notify({ meaning: 'needs', title: 'The batch was not undone', detail: answer.error.message });
      else
        notify({
          meaning: answer.gone === 0 ? 'good' : 'needs',
          title: `Not disputed: ${formatCount(answer.stopped)}`,
          detail:
            answer.gone === 0
              ? 'Nothing was sent. Every lead is as it was.'
              : `${formatCount(answer.gone)} had left already: their deadline was too near.`,
        });
      refresh();
    },
  });
}
