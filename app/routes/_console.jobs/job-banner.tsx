import { useRevalidator } from '@remix-run/react';
import { Ban, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { JobView } from '#app/modules/triage/job-schema.ts';
import { Button } from '#app/ui/button.tsx';
import { JobProgress } from '#app/ui/progress.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { notify } from '#app/ui/toast.tsx';
import { post } from '../_console.leads/post.ts';
import { isActive, jobSentence, progressOf } from './job-words.ts';
import { type KnownJob, useJob } from './use-job.ts';

/**
 * A bulk job in place: its progress as it goes, the way to stop it, a link to its rows. `job` may be only `{id}`, as
 * starting it answers. `link={false}` on the job's own page; `onDismiss` shows a cross once it is over; `onEnd` is
 * called once when it ends while in view (to read the rows around it again).
 */
export function JobBanner({
  job: known,
  mayCancel = true,
  link = true,
  onDismiss,
  onEnd,
}: {
  job: KnownJob;
  mayCancel?: boolean;
  link?: boolean;
  onDismiss?: () => void;
  onEnd?: (job: JobView) => void;
}) {
  const job = useJob(known);
  useOnEnd(job, onEnd);
  if (!job)
    return (
      <JobProgress title="Bulk job" done={0} total={0}>
        Starting.
      </JobProgress>
    );
  const { done, total } = progressOf(job);
  return (
    <JobProgress
      title={job.name}
      done={done}
      total={total}
      action={
        isActive(job) ? (
          mayCancel && <CancelJob job={job} />
        ) : onDismiss ? (
          <Button variant="quiet" small icon={X} aria-label="Close" onClick={onDismiss} />
        ) : undefined
      }
    >
      {jobSentence(job)}{' '}
      {link && <TextLink to={`/jobs/${encodeURIComponent(job.id)}`}>See its rows</TextLink>}
    </JobProgress>
  );
}

/** Stops a job: what waits is left as it is, what is under way finishes. */
export function CancelJob({ job }: { job: Pick<JobView, 'id' | 'name'> }) {
  const { revalidate } = useRevalidator();
  const [working, setWorking] = useState(false);
  const cancel = async (): Promise<void> => {
    setWorking(true);
    const answer = await post(`/jobs/${encodeURIComponent(job.id)}/act`, { intent: 'cancel' });
    setWorking(false);
    if ('error' in answer)
      return void notify({ meaning: 'needs', title: 'Not canceled', detail: answer.error.message });
    revalidate();
    notify({
      meaning: 'neutral',
      title: `Canceled: ${job.name}`,
      detail: 'What is under way finishes; the rest is left as it was.',
    });
  };
  return (
    <Button
      small
      icon={Ban}
      aria-label={`Cancel the job: ${job.name}`}
      working={working && 'Canceling'}
      onClick={cancel}
    >
      Cancel
    </Button>
  );
}

function useOnEnd(job: JobView | null, onEnd: ((job: JobView) => void) | undefined): void {
  const wasActive = useRef(false);
  const latest = useRef(onEnd);
  latest.current = onEnd;
  const active = job === null || isActive(job);
  useEffect(() => {
    if (job && !active && wasActive.current) latest.current?.(job);
    wasActive.current = active;
  }, [job, active]);
}
