import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { BatchView } from '#app/modules/disputes/batch-schema.ts';
import { Button } from '#app/ui/button.tsx';
import { JobProgress } from '#app/ui/progress.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { CancelRun, useOnEnd } from '../_console.jobs/run-acts.tsx';
import { isActive, progressOf, tallyWords } from './batch-words.ts';
import { useBatch } from './use-batch.ts';

/** A batch that was started on this page, above its table: how far it is, the way to stop it, and to its rows. */
export function BatchBanner({
  id,
  onDismiss,
  onEnd,
}: {
  id: string;
  onDismiss: () => void;
  onEnd: () => void;
}) {
  const batch = useBatch(id);
  useOnEnd(batch, isActive, onEnd);
  if (!batch)
    return (
      <JobProgress title="Disputes" done={0} total={0}>
        Starting.
      </JobProgress>
    );
  return (
    <BatchProgress
      batch={batch}
      action={
        isActive(batch) ? (
          <CancelBatch batch={batch} onDone={onEnd} />
        ) : (
          <Button variant="quiet" small icon={X} aria-label="Close" onClick={onDismiss} />
        )
      }
    >
      <TextLink to={`/batches/${encodeURIComponent(id)}`}>See its rows</TextLink>
    </BatchProgress>
  );
}

/** How far a batch is, in a bar and in words. */
export function BatchProgress({
  batch,
  action,
  children,
}: {
  batch: BatchView;
  action?: ReactNode;
  children?: ReactNode;
}) {
  const { done, total } = progressOf(batch);
  return (
    <JobProgress title={batch.name} done={done} total={total} action={action}>
      {tallyWords(batch)}.{isActive(batch) && ' You can leave; it goes on.'} {children}
    </JobProgress>
  );
}

/** Stops a batch: what has not gone stays as it is. */
export function CancelBatch({
  batch,
  onDone,
}: {
  batch: Pick<BatchView, 'id' | 'name'>;
  onDone: () => void;
}) {
  return (
    <CancelRun<{ stopped: number; gone: number }>
      kind="batch"
      name={batch.name}
      at={`/batches/${encodeURIComponent(batch.id)}`}
      stopped={({ stopped, gone }) => `${stopped} left as they were, ${gone} had gone.`}
      onDone={onDone}
    />
  );
}
