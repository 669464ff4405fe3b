import type { Live, Topic } from '#app/platform/live.server.ts';

/**
 * Calls `run` soon after one of `topics` changed, at most once every `paceMs`: a storm of failures asks for one look,
 * not for a thousand. Answers what stops it.
 */
export function soonAfter(live: Live, topics: readonly Topic[], paceMs: number, run: () => void): () => void {
  let timer: NodeJS.Timeout | null = null;
  const stop = live.subscribe((topic) => {
    if (!topics.includes(topic)) return;
    timer ??= setTimeout(() => {
      timer = null;
      run();
    }, paceMs);
  });
  return () => {
    stop();
    if (timer) clearTimeout(timer);
  };
}
