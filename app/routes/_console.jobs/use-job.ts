import { useEffect } from 'react';
import type { JobView } from '#app/modules/triage/job-schema.ts';
import { useFresh } from '#app/ui/use-fresh.ts';
import { useLive } from '#app/ui/use-live.ts';
import { isActive } from './job-words.ts';

/** A job as far as it is known: the whole of it, or only the id that starting it answered. */
export type KnownJob = JobView | { id: string };

const whole = (job: KnownJob): JobView | null => ('state' in job ? job : null);
/** A finished job no longer changes; one that stopped or was canceled still has rows under way until then. */
const changes = (job: JobView | null): boolean => job === null || isActive(job) || job.finishedAt === null;

/** Keeps a job in view up to date by itself, until nothing of it changes any more. */
export function useJob(known: KnownJob): JobView | null {
  const { id } = known;
  const given = whole(known);
  const { read, refresh, stop } = useFresh<{ job: JobView }>(`/jobs/${encodeURIComponent(id)}/state`);
  const fresh = read?.job.id === id ? read.job : given;
  const alive = changes(fresh);
  useLive(['jobs'], () => {
    if (alive) void refresh();
  });
  useEffect(() => {
    // started a moment ago: only its id is known, and its first notices may have come before this page listened
    if (given === null) void refresh();
    // what the page was given since is newer than what is being read
    return stop;
  }, [given, refresh, stop]);
  return fresh;
}
