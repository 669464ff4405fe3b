import { useEffect, useRef, useSyncExternalStore } from 'react';
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
 * second), and never loses the last one. Also after a broken stream is back. `onChange` may be a new function on
 * every render.
 */
export function useLive(topics: readonly LiveTopic[], onChange: () => void, everyMs = 1_000): void {
  const latest = useRef(onChange);
  latest.current = onChange;
  const wanted = topics.join(',');
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let again = false;
    const run = () => {
      latest.current();
      timer = setTimeout(() => {
        timer = null;
        if (!again) return;
        again = false;
        run();
      }, everyMs);
    };
    const stop = liveStore().listen(wanted.split(',') as LiveTopic[], () => {
      if (timer) again = true;
      else run();
    });
    return () => {
      stop();
      if (timer) clearTimeout(timer);
    };
  }, [wanted, everyMs]);
}

const watch = (onState: () => void) => liveStore().watch(onState);

/** Whether notices arrive, for the `LiveIndicator`. "live" until the contrary is known. */
export const useLiveState = (): StreamState =>
  useSyncExternalStore<StreamState>(
    watch,
    () => liveStore().state(),
    () => 'live',
  );
