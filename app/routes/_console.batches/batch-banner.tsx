import { Ban, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { BatchView } from '#app/modules/disputes/batch-schema.ts';
import { Button } from '#app/ui/button.tsx';
import { JobProgress } from '#app/ui/progress.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { notify } from '#app/ui/toast.tsx';
import { post } from '../_console.leads/post.ts';
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
  const wasActive = useRef(false);
  const latest = useRef(onEnd);
  latest.current = onEnd;
  const active = batch !== null && isActive(batch);
  useEffect(() => {
    if (batch && !active && wasActive.current) latest.current();
    wasActive.current = active;
  }, [batch, active]);
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
        active ? (
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
  const [sending, setSending] = useState(false);
  const cancel = async () => {
    setSending(true);
    const answer = await post<{ stopped: number; gone: number }>(
      `/batches/${encodeURIComponent(batch.id)}/act`,
      { intent: 'cancel' },
    );
    setSending(false);
    if ('error' in answer) notify({ meaning: 'needs', title: 'Not canceled', detail: answer.error.message });
    else
      notify({
        meaning: 'neutral',
        title: `Canceled: ${batch.name}`,
        detail: `${answer.stopped} left as they were, ${answer.gone} had gone.`,
      });
    onDone();
  };
  return (
    <Button
      small
      icon={Ban}
      aria-label={`Cancel the batch: ${batch.name}`}
      working={sending && 'Canceling'}
      onClick={cancel}
    >
      Cancel
    </Button>
  );
}
