import { useNavigate } from '@remix-run/react';
import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import type { JobView } from '#app/modules/triage/job-schema.ts';
import { Button } from '#app/ui/button.tsx';
import { BulkDialog } from '../_console.jobs/bulk-dialog.tsx';

/** After a retry that did not bring everything through: what still needs a person, as a job of its own. */
export function RetryLeft({
  job,
}: {
  job: Pick<JobView, 'id' | 'kind' | 'finishedAt' | 'matched' | 'succeeded'>;
}) {
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  if (job.kind !== 'retry' || job.finishedAt === null || job.succeeded >= job.matched) return null;
  const filter = new URLSearchParams({ job: job.id, status: 'failed,exhausted,parked' }).toString();
  return (
    <>
      <Button small icon={RotateCw} onClick={() => setOpen(true)}>
        Retry what is left
      </Button>
      <BulkDialog
        open={open}
        onOpenChange={setOpen}
        kind="retry"
        filter={filter}
        probe
        onStarted={({ jobId }) => navigate(`/jobs/${encodeURIComponent(jobId)}`)}
      />
    </>
  );
}
