import { useFetcher } from '@remix-run/react';
import { Ban, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { JobView } from '#app/modules/triage/job-schema.ts';
import { Button } from '#app/ui/button.tsx';
import { JobProgress } from '#app/ui/progress.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { notify } from '#app/ui/toast.tsx';
import type { JobAnswer } from '../_console.jobs_.$id/action.server.ts';
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
  const fetcher = useFetcher<JobAnswer>();
  const told = useRef<unknown>(null);
  const { data } = fetcher;
  useEffect(() => {
    if (!data || told.current === data) return;
    told.current = data;
    if ('error' in data) notify({ meaning: 'needs', title: 'Not canceled', detail: data.error.message });
    else
      notify({
        meaning: 'neutral',
        title: `Canceled: ${job.name}`,
        detail: 'What is under way finishes; the rest is left as it was.',
      });
  }, [data, job.name]);
  return (
    <fetcher.Form method="post" action={`/jobs/${encodeURIComponent(job.id)}`}>
      <input type="hidden" name="intent" value="cancel" />
      <Button
        type="submit"
        small
        icon={Ban}
        aria-label={`Cancel the job: ${job.name}`}
        working={fetcher.state !== 'idle' && 'Canceling'}
      >
        Cancel
      </Button>
    </fetcher.Form>
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
