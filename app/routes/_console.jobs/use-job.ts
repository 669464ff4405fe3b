import { useCallback, useEffect, useRef, useState } from 'react';
import type { JobView } from '#app/modules/triage/job-schema.ts';
import { useLive } from '#app/ui/use-live.ts';
import { isActive } from './job-words.ts';

/** A job as far as it is known: the whole of it, or only the id that starting it answered. */
export type KnownJob = JobView | { id: string };

const whole = (job: KnownJob): JobView | null => ('state' in job ? job : null);
/** A finished job no longer changes; one that stopped or was canceled still has rows under way until then. */
const changes = (job: JobView | null): boolean => job === null || isActive(job) || job.finishedAt === null;

/**
 * Keeps a job in view up to date by itself, so that the page around it need not be read again. A read that fails is
 * tried again with the next notice; what was known stays.
 */
export function useJob(known: KnownJob): JobView | null {
  const [read, setRead] = useState<JobView | null>(null);
  const given = whole(known);
  const fresh = read?.id === known.id ? read : given;
  const running = useRef<AbortController | null>(null);
  const { id } = known;
  const refresh = useCallback(async () => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    try {
      const response = await fetch(`/jobs/${encodeURIComponent(id)}/state`, { signal: controller.signal });
      if (!response.ok || response.redirected) return;
      setRead(((await response.json()) as { job: JobView }).job);
    } catch (error) {
      // the page is left, or the line is down: the next notice reads again
      if (!(error instanceof TypeError || (error instanceof DOMException && error.name === 'AbortError')))
        throw error;
    }
  }, [id]);
  const alive = changes(fresh);
  useLive(['jobs'], () => {
    if (alive) void refresh();
  });
  useEffect(() => {
    // started a moment ago: only its id is known, and its first notices may have come before this page listened
    if (given === null) void refresh();
    return () => running.current?.abort();
  }, [given, refresh]);
  return fresh;
}
