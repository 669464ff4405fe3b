import { useEffect, useRef, useSyncExternalStore } from 'react';
import { createPacer } from './live-pacer.ts';
import { createLiveStore, type LiveStore, type LiveTopic, type StreamState } from './live-store.ts';

export type { LiveTopic } from './live-store.ts';

/** A hidden page keeps its stream this long: switching tabs back and forth costs nothing. */
const HIDDEN_REST_MS = 30_000;
let shared: LiveStore | null = null;

/** The page's one stream of notices; made with the first listener. Browser only. */
function liveStore(): LiveStore {
  if (shared) return shared;
  const store = createLiveStore(() => new EventSource('/live'));
  let timer: ReturnType<typeof setTimeout> | null = null;
  document.addEventListener('visibilitychange', () => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (document.hidden) timer = setTimeout(() => store.setHidden(true), HIDDEN_REST_MS);
    else store.setHidden(false);
  });
  shared = store;
  return store;
}

/**
 * Calls `onChange` when one of `topics` changed on the server: at once, then at most every `everyMs` (default one
 * second), and never loses the last one. Also after a broken stream is back. `first: 'later'` waits `everyMs` before
 * the first call too: for pages that read what the server keeps for some seconds. `onChange` may be a new function
 * on every render.
 */
export function useLive(
  topics: readonly LiveTopic[],
  onChange: () => void,
  everyMs = 1_000,
  first: 'now' | 'later' = 'now',
): void {
  const latest = useRef(onChange);
  latest.current = onChange;
  const wanted = topics.join(',');
  useEffect(() => {
    const pacer = createPacer(() => latest.current(), everyMs, first);
    const stop = liveStore().listen(wanted.split(',') as LiveTopic[], pacer.ask);
    return () => {
      stop();
      pacer.stop();
    };
  }, [wanted, everyMs, first]);
}

const watch = (onState: () => void) => liveStore().watch(onState);

/** Whether notices arrive, for the `LiveIndicator`. "live" until the contrary is known. */
export const useLiveState = (): StreamState =>
  useSyncExternalStore<StreamState>(
    watch,
    () => liveStore().state(),
    () => 'live',
  );
