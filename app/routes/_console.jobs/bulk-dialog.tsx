import { useRevalidator } from '@remix-run/react';
import { Ban, Check, RotateCw } from 'lucide-react';
import { useRef, useState } from 'react';
import type { JobKind } from '#app/modules/triage/schema.ts';
import { formatCount } from '#app/platform/time-format.ts';
import { Button } from '#app/ui/button.tsx';
import { Callout } from '#app/ui/callout.tsx';
import { Checkbox } from '#app/ui/checkbox.tsx';
import { Dialog } from '#app/ui/dialog.tsx';
import { Skeleton } from '#app/ui/skeleton.tsx';
import { post } from '../_console.leads/post.ts';
import { PreviewFigures } from './preview-figures.tsx';
import { usePreview } from './use-preview.ts';

const ICONS = { retry: RotateCw, cancel: Ban, acknowledge: Check } as const;

const SAID: Record<JobKind, { verb: string; description: string; button(n: string): string; note: string }> =
  {
    retry: {
      verb: 'Retry',
      description: 'The same messages with the same externalIds: nothing can be paid twice.',
      button: (n) => `Retry ${n}`,
      note: 'Oldest first, slowly at first. It stops by itself when half are refused again.',
    },
    cancel: {
      verb: 'Cancel',
      description: 'Only what cannot have reached the network. Canceled postbacks are never sent.',
      button: (n) => `Cancel ${n}`,
      note: 'It cannot be undone.',
    },
    acknowledge: {
      verb: 'Acknowledge',
      description: 'They leave the queue of what needs a person; nothing is sent or dropped.',
      button: (n) => `Acknowledge ${n}`,
      note: 'One that fails again comes back.',
    },
  };

export type BulkDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  kind: JobKind;
  /** The list's own query string: what is selected. For rows by hand `ids=…`. */
  filter: string;
  /** Called once the job is on its way; the dialog has closed itself. */
  onStarted: (started: { jobId: string; matched: number; name: string }) => void;
  /** The issue whose rows these are: its history tells of the job. */
  issueId?: string;
  /** Whether one goes first by default; people may change it. */
  probe?: boolean;
};

/** What a bulk action would do, before it does it: eligible, duplicates expected, not allowed and why, money. */
export function BulkDialog(props: BulkDialogProps) {
  if (!props.open) return null;
  return <OpenDialog key={`${props.kind}?${props.filter}`} {...props} />;
}

function OpenDialog({ onOpenChange, kind, filter, onStarted, issueId, probe = false }: BulkDialogProps) {
  const { preview, problem, again } = usePreview(kind, filter);
  const [first, setFirst] = useState(probe);
  const { start, starting, refusal } = useStart((started) => {
    onOpenChange(false);
    onStarted(started);
  });
  const said = SAID[kind];
  const n = preview ? counted(preview.eligible) : '';
  const byHand = new URLSearchParams(filter).has('ids');
  const ready = preview !== null && preview.eligible > 0;
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={`${said.verb} ${byHand ? 'the selected rows' : 'everything that matches'}`}
      description={said.description}
      note={said.note}
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>{ready || !preview ? 'Not now' : 'Close'}</Button>
          <Button
            variant={kind === 'cancel' ? 'danger' : 'primary'}
            {...(kind === 'cancel' ? { 'data-primary': '' } : {})}
            icon={ICONS[kind]}
            kbd="⌘⏎"
            disabled={!ready}
            working={starting && 'Starting'}
            onClick={() =>
              preview &&
              start({ kind, filter, newestId: preview.newestId, issueId, probe: kind === 'retry' && first })
            }
          >
            {preview ? said.button(n) : 'Counting'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3" aria-live="polite" aria-busy={!preview && !problem}>
        {preview ? (
          <PreviewFigures preview={preview} />
        ) : problem ? (
          <Callout
            meaning="needs"
            title="It could not be counted."
            link={
              <Button small onClick={again}>
                Count again
              </Button>
            }
          >
            {problem}
          </Callout>
        ) : (
          <Skeleton lines={4} label="Counting what matches" />
        )}
        {ready && kind === 'retry' && preview.eligible > 1 && (
          <Checkbox
            checked={first}
            onChange={(event) => setFirst(event.currentTarget.checked)}
            label="Try one first"
            note="The oldest goes; if it is refused again, nothing else is touched."
          />
        )}
        {refusal && (
          <Callout meaning="needs" title="Not started.">
            {refusal}
          </Callout>
        )}
      </div>
    </Dialog>
  );
}

const counted = (n: number): string => formatCount(Math.min(n, 100_000), n > 100_000);

interface Start {
  kind: JobKind;
  filter: string;
  newestId: string;
  issueId: string | undefined;
  probe: boolean;
}

const UNKNOWN =
  'Leadline could not be reached: whether the job was started is not known. Look at Bulk jobs before you start it again.';

/** Starts the job. What went wrong is said in the dialog, which stays: a lost line must not take the page with it. */
function useStart(onStarted: BulkDialogProps['onStarted']) {
  const { revalidate } = useRevalidator();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [starting, setStarting] = useState(false);
  const underWay = useRef(false);
  const start = async ({ kind, filter, newestId, issueId, probe }: Start): Promise<void> => {
    if (underWay.current) return;
    underWay.current = true;
    setStarting(true);
    const answer = await post<{ jobId: string; matched: number; name: string }>('/jobs/start', {
      kind,
      filter,
      newestId,
      probe: probe ? '1' : '',
      ...(issueId ? { issueId } : {}),
    });
    underWay.current = false;
    setStarting(false);
    if ('error' in answer)
      return setRefusal(answer.error.code === 'UNAVAILABLE' ? UNKNOWN : answer.error.message);
    revalidate();
    onStarted({ jobId: answer.jobId, matched: answer.matched, name: answer.name });
  };
  return { start, starting, refusal: starting ? null : refusal };
}
