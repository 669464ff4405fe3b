import { Ban, CircleCheck, CircleX, Clock, Trash2 } from 'lucide-react';
import type { RunState, RunView, Source } from '#app/modules/reconcile/schema.ts';
import type { Look } from '#app/ui/meaning.ts';

export const SOURCE_LABELS: Record<Source, string> = {
  billing: 'Billing',
  network: 'Network export',
};

const STATES: Record<RunState, Look> = {
  uploading: { meaning: 'waiting', icon: Clock, label: 'Uploading' },
  draft: { meaning: 'needs', icon: Clock, label: 'To be mapped' },
  running: { meaning: 'waiting', icon: Clock, label: 'Reading the file' },
  comparing: { meaning: 'waiting', icon: Clock, label: 'Looking the other way' },
  done: { meaning: 'good', icon: CircleCheck, label: 'Done' },
  failed: { meaning: 'lost', icon: CircleX, label: 'Failed' },
  canceled: { meaning: 'neutral', icon: Ban, label: 'Canceled' },
  deleting: { meaning: 'neutral', icon: Trash2, label: 'Being deleted' },
};

/** The badge of a run's state. */
export const stateOf = (run: Pick<RunView, 'state'>) => STATES[run.state];

/** Whether the runner works on it, so that its page looks again. */
export const isWorking = (run: Pick<RunView, 'state'>): boolean =>
  run.state === 'running' || run.state === 'comparing' || run.state === 'uploading';
