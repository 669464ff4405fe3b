import { useEffect, useState } from 'react';
import type { JobPreview } from '#app/modules/triage/job-schema.ts';
import type { JobKind } from '#app/modules/triage/schema.ts';

type Answer = { preview: JobPreview } | { error: { message: string } };

const OFFLINE = 'Leadline could not be reached, so nothing was counted and nothing was started.';

/** Asks what a bulk action would do. Never throws: what went wrong is said in `problem`. */
export function usePreview(
  kind: JobKind,
  filter: string,
): { preview: JobPreview | null; problem: string | null; again: () => void } {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks again
  useEffect(() => {
    const controller = new AbortController();
    setAnswer(null);
    read(kind, filter, controller.signal).then(
      (got) => !controller.signal.aborted && setAnswer(got),
      () => !controller.signal.aborted && setAnswer({ error: { message: OFFLINE } }),
    );
    return () => controller.abort();
  }, [kind, filter, turn]);
  return {
    preview: answer && 'preview' in answer ? answer.preview : null,
    problem: answer && 'error' in answer ? answer.error.message : null,
    again: () => setTurn((n) => n + 1),
  };
}

async function read(kind: JobKind, filter: string, signal: AbortSignal): Promise<Answer> {
  const query = new URLSearchParams({ kind, filter });
  const response = await fetch(`/jobs/preview?${query}`, { signal });
  if (response.redirected)
    return { error: { message: 'You are signed out. Sign in again, then repeat this.' } };
  if (response.headers.get('content-type')?.includes('json')) return (await response.json()) as Answer;
  return { error: { message: `Leadline could not count it (answer ${response.status}).` } };
}
