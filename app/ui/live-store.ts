/** What a notice can be about; the words of the server's live stream. */
export const LIVE_TOPICS = [
  'outbox',
  'postbacks',
  'leads',
  'refunds',
  'captures',
  'conversions',
  'campaigns',
  'accounts',
  'keys',
  'issues',
  'breakers',
  'jobs',
  'alerts',
  'webhooks',
] as const;
export type LiveTopic = (typeof LIVE_TOPICS)[number];

/** live: notices arrive. reconnecting: the stream broke a moment ago. offline: it has been gone for a while. */
export type StreamState = 'live' | 'reconnecting' | 'offline';

type Source = Pick<EventTarget, 'addEventListener'> & { close(): void };

export interface LiveStore {
  /**
   * Calls back with the topics that changed; at once where one did just before. After a break all of them: nobody
   * knows what was missed.
   */
  listen(topics: readonly LiveTopic[], onChange: (changed: ReadonlySet<LiveTopic>) => void): () => void;
  /** For useSyncExternalStore: told when `state` changes. Keeps the stream open while anybody listens. */
  watch(onState: () => void): () => void;
  state(): StreamState;
  /** The page was hidden or shown: a hidden page gives its connection back, because browsers have few of them. */
  setHidden(hidden: boolean): void;
}

/** Waits before the next try, in milliseconds; the last goes on for ever. */
const BACKOFF_MS = [1_000, 2_000, 5_000, 10_000, 30_000];
/** Tries that failed before the stream is called gone rather than broken. */
const GIVE_UP_AFTER = 3;

/** A page that is gone to within the console was read this much earlier at most, in milliseconds. */
const BEFORE_LISTENING_MS = 5_000;

/** One stream for the whole page, opened with the first listener. `open` makes an EventSource (injected for tests). */
export function createLiveStore(open: () => Source): LiveStore {
  const listeners = new Map<
    object,
    { topics: readonly LiveTopic[]; onChange: (changed: ReadonlySet<LiveTopic>) => void }
  >();
  const watchers = new Set<() => void>();
  let source: Source | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let failures = 0;
  let broken = false;
  let hidden = false;
  let state: StreamState = 'live';

  const setState = (next: StreamState) => {
    if (next === state) return;
    state = next;
    for (const watcher of [...watchers]) watcher();
  };
  const toldAt = new Map<LiveTopic, number>();
  const tell = (changed: ReadonlySet<LiveTopic>) => {
    for (const topic of changed) toldAt.set(topic, Date.now());
    for (const { topics, onChange } of [...listeners.values()]) {
      if (topics.some((topic) => changed.has(topic))) onChange(changed);
    }
  };
  const close = () => {
    if (timer) clearTimeout(timer);
    timer = null;
    source?.close();
    source = null;
  };
  const onHello = (event: Event) => {
    failures = 0;
    setState('live');
    // the page was read before it listens: the server says what changed in between
    const changed = new Set(broken ? LIVE_TOPICS : topicsOf(event));
    broken = false;
    if (changed.size > 0) tell(changed);
  };
  const onError = () => {
    close();
    broken = true;
    setState(failures >= GIVE_UP_AFTER ? 'offline' : 'reconnecting');
    timer = setTimeout(connect, BACKOFF_MS[Math.min(failures, BACKOFF_MS.length - 1)]);
    failures++;
  };
  const connect = () => {
    timer = null;
    if (source || hidden || watchers.size + listeners.size === 0) return;
    const opened = open();
    source = opened;
    opened.addEventListener('hello', onHello);
    opened.addEventListener('change', (event) => tell(new Set(topicsOf(event))));
    opened.addEventListener('error', () => {
      if (source === opened) onError();
    });
  };
  const rest = () => {
    if (watchers.size + listeners.size === 0) close();
  };
  return {
    listen(topics, onChange) {
      const key = {};
      listeners.set(key, { topics, onChange });
      connect();
      const since = Date.now() - BEFORE_LISTENING_MS;
      const justNow = topics.filter((topic) => (toldAt.get(topic) ?? 0) > since);
      if (justNow.length > 0) onChange(new Set(justNow));
      return () => {
        listeners.delete(key);
        rest();
      };
    },
    watch(onState) {
      watchers.add(onState);
      connect();
      return () => {
        watchers.delete(onState);
        rest();
      };
    },
    state: () => state,
    setHidden(next) {
      if (next === hidden) return;
      hidden = next;
      if (hidden) {
        broken = true;
        close();
      } else {
        failures = 0;
        connect();
      }
    },
  };
}

function topicsOf(event: Event): LiveTopic[] {
  const text = String((event as MessageEvent<unknown>).data ?? '');
  return LIVE_TOPICS.filter((topic) => text.split(',').includes(topic));
}
