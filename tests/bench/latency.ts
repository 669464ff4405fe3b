import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, type Rig, startRig } from './bench.ts';
import { type Child, startChild } from './child.ts';
import type { Line, Report } from './report.ts';
import { medianOf, quantile } from './stats.ts';
import type { Place } from './stores.ts';

const PER_SECOND = 300;
interface Round {
  p50: number;
  p95: number;
  p99: number;
}

/** From the client's sending a conversion to the sink's having the postback, ms. */
async function round(
  load: Child,
  rig: Rig,
  port: number,
  path: string,
  prefix: string,
  ms: number,
): Promise<Round> {
  await rig.sink.call('note');
  const sent = await load.call<[string, number][]>('open', {
    port,
    path,
    key: rig.key,
    expect: 202,
    prefix,
    perSecond: PER_SECOND,
    ms,
  });
  await sleep(300);
  const arrived = new Map(await rig.sink.call<[string, number][]>('arrivals'));
  const took = sent.map(([externalId, at]) => {
    const arrival = arrived.get(externalId);
    if (arrival === undefined) throw new Error(`${externalId} did not reach the sink`);
    return arrival - at;
  });
  return { p50: quantile(took, 0.5), p95: quantile(took, 0.95), p99: quantile(took, 0.99) };
}

async function onStore(bench: Bench, store: Place['store']): Promise<Line[]> {
  const [count, ms] = bench.quick ? [1, 1_500] : [5, 3_000];
  const load = startChild('load');
  const bare = startChild('bare');
  const rig = await startRig(bench, store, 'all', 'latency');
  const passPort = await bare.call<number>('passThrough', { sinkPort: rig.sinkPort });
  const reference: Round[] = [];
  const ours: Round[] = [];
  for (let n = 0; n <= count; n++) {
    const length = n === 0 ? Math.min(ms, 1_000) : ms;
    const plain = await round(load, rig, passPort, '/', `pass${n}_`, length);
    const through = await round(load, rig, rig.port, '/api/v1/conversions', `order${n}_`, length);
    if (n > 0) {
      reference.push(plain);
      ours.push(through);
    }
  }
  await load.stop();
  await bare.stop();
  await rig.stop();
  return (['p50', 'p95', 'p99'] as const).map((name) => {
    const value = medianOf(ours, (r) => r[name]) - medianOf(reference, (r) => r[name]);
    return {
      what: `pass-through server, ${name}`,
      store,
      reference: medianOf(reference, (r) => r[name]),
      ours: medianOf(ours, (r) => r[name]),
      unit: 'ms',
      judged: { name: 'adds', value },
      target: name === 'p50' ? { text: '≤ 2 ms', met: value <= 2 } : null,
    };
  });
}

/** What storing first adds to a conversion's way to the network. */
export async function benchLatency(bench: Bench): Promise<Report> {
  const lines: Line[] = [];
  for (const store of bench.stores.kinds) lines.push(...(await onStore(bench, store)));
  return {
    name: 'latency',
    title: `Latency: a conversion's way from the request to the network, ${PER_SECOND} a second`,
    lines,
    notes: [],
  };
}
