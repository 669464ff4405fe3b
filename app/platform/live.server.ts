import { EventEmitter } from 'node:events';

/** What changed, told after the commit. Listeners read the store; a notice carries no data of its own. */
export type Topic =
  | 'outbox'
  | 'postbacks'
  | 'leads'
  | 'refunds'
  | 'captures'
  | 'conversions'
  | 'campaigns'
  | 'accounts'
  | 'keys'
  | 'issues'
  | 'breakers'
  | 'jobs'
  | 'alerts'
  | 'webhooks';

export interface Live {
  publish(topic: Topic): void;
  subscribe(listener: (topic: Topic) => void): () => void;
  /** Passes a notice that came from another process on to the listeners here. */
  receive(topic: Topic): void;
  /** What was told within the last `ms`: a page that begins to listen now may have read itself before that. */
  recent(ms: number): Topic[];
  /** Called for each notice published here, to be told to other processes. */
  onPublish(forward: (topic: Topic) => void): void;
}

/** In-process notices (`now` in ms, of a clock that only goes forward); `platform/db/notify.server.ts` carries them between processes on PostgreSQL. */
export function createLive(now: () => number = () => performance.now()): Live {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  let forward: ((topic: Topic) => void) | null = null;
  // by the process's own clock, which nobody turns
  const toldAt = new Map<Topic, number>();
  const tell = (topic: Topic): void => {
    toldAt.set(topic, now());
    emitter.emit('change', topic);
  };
  return {
    publish(topic) {
      tell(topic);
      forward?.(topic);
    },
    receive: tell,
    recent: (ms) => [...toldAt].filter(([, at]) => now() - at <= ms).map(([topic]) => topic),
    subscribe(listener) {
      emitter.on('change', listener);
      return () => emitter.off('change', listener);
    },
    onPublish(fn) {
      forward = fn;
    },
  };
}
