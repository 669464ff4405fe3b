import { type Child, startChild } from './child.ts';
import type { Report } from './report.ts';
import type { Place, Stores } from './stores.ts';

/** What a benchmark is given. */
export interface Bench {
  stores: Stores;
  /** Fewer and shorter rounds. */
  quick: boolean;
  /** Where CPU profiles of Leadline go, if anywhere. */
  profileDir: string | undefined;
}

export type Benchmark = (bench: Bench) => Promise<Report>;

/** A Leadline of its own with a sink for a network. */
export interface Rig {
  leadline: Child;
  sink: Child;
  sinkPort: number;
  place: Place;
  port: number;
  key: string;
  stop(): Promise<void>;
}

/** Starts Leadline in `role` on a new store. */
export async function startRig(
  bench: Bench,
  store: Place['store'],
  role: 'web' | 'all',
  name: string,
): Promise<Rig> {
  const place = await bench.stores.make(store, name);
  const sink = startChild('sink');
  const leadline = startChild('leadline', bench.profileDir);
  const sinkPort = await sink.call<number>('listen');
  const { port, key } = await leadline.call<{ port: number; key: string }>('start', {
    place,
    sinkPort,
    role,
  });
  return {
    leadline,
    sink,
    sinkPort,
    place,
    port,
    key,
    async stop() {
      await leadline.stop();
      await sink.stop();
      await bench.stores.drop(place);
    },
  };
}
