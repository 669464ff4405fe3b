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
  /** Called for each notice published here, to be told to other processes. */
  onPublish(forward: (topic: Topic) => void): void;
}

/** In-process notices; `platform/db/notify.server.ts` carries them between processes on PostgreSQL. */
export function createLive(): Live {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  let forward: ((topic: Topic) => void) | null = null;
  return {
    publish(topic) {
      emitter.emit('change', topic);
      forward?.(topic);
    },
    receive: (topic) => void emitter.emit('change', topic),
    subscribe(listener) {
      emitter.on('change', listener);
      return () => emitter.off('change', listener);
    },
    onPublish(fn) {
      forward = fn;
    },
  };
}
