import { useRevalidator } from '@remix-run/react';
import { X } from 'lucide-react';
import type { JobView } from '#app/modules/triage/job-schema.ts';
import { Button } from '#app/ui/button.tsx';
import { JobProgress } from '#app/ui/progress.tsx';
import { TextLink } from '#app/ui/text-link.tsx';
import { isActive, jobSentence, progressOf } from './job-words.ts';
import { CancelRun, useOnEnd } from './run-acts.tsx';
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
  useOnEnd(job, isActive, onEnd);
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
  return (
    <CancelRun
      kind="job"
      name={job.name}
      at={`/jobs/${encodeURIComponent(job.id)}`}
      stopped={() => 'What is under way finishes; the rest is left as it was.'}
      onDone={revalidate}
    />
  );
}
