import { type Bench, startRig } from './bench.ts';
import { startChild } from './child.ts';
import type { Line, Report } from './report.ts';
import { medianOf } from './stats.ts';
import type { Place } from './stores.ts';

const CONCURRENCY = 256;
interface Took {
  ms: number;
  cpu: number;
}

async function onStore(bench: Bench, store: Place['store']): Promise<Line> {
  const [count, rounds] = bench.quick ? [5_000, 1] : [20_000, 3];
  const rig = await startRig(bench, store, 'all', 'delivery');
  const bare = startChild('bare');
  await rig.leadline.call('hold');
  const ours: Took[] = [];
  const reference: Took[] = [];
  const warmUp = bench.quick ? 2_000 : 5_000;
  for (let n = 0; n <= rounds; n++) {
    const size = n === 0 ? warmUp : count;
    await rig.leadline.call('backlog', { count: size, prefix: `round${n}_` });
    const loop = await bare.call<Took>('loop', {
      sinkPort: rig.sinkPort,
      count: size,
      concurrency: CONCURRENCY,
      prefix: `bare${n}_`,
    });
    const drained = await rig.leadline.call<Took>('drain');
    if (n > 0) {
      reference.push(loop);
      ours.push(drained);
    }
  }
  const stored = warmUp + rounds * count;
  const { delivered, other, attempts, leads } =
    await rig.leadline.call<Record<'delivered' | 'other' | 'attempts' | 'leads', number>>('counts');
  if (delivered !== stored || other !== 0 || attempts !== stored || leads !== stored) {
    throw new Error(
      `of ${stored} postbacks ${delivered} are delivered and ${other} are not, with ${attempts} attempts and ${leads} leads`,
    );
  }
  await bare.stop();
  await rig.stop();
  const rate = (took: Took): number => (count / took.ms) * 1000;
  const value = medianOf(ours, rate) / medianOf(reference, rate);
  return {
    what: `bare POST loop, backlog ${count.toLocaleString('en-US')}`,
    store,
    reference: medianOf(reference, rate),
    ours: medianOf(ours, rate),
    unit: 'postbacks/s',
    judged: { name: 'ratio', value },
    target: { text: '≥ 0.50', met: value >= 0.5 },
    cpu: {
      reference: medianOf(reference, (took) => took.cpu / count),
      ours: medianOf(ours, (took) => took.cpu / count),
    },
  };
}

/** A backlog drained by the worker, beside a loop that only posts the same bodies. */
export async function benchDelivery(bench: Bench): Promise<Report> {
  const lines: Line[] = [];
  for (const store of bench.stores.kinds) lines.push(await onStore(bench, store));
  return {
    name: 'delivery',
    title: `Delivery: claim, send, write the attempt, settle and open the lead; ${CONCURRENCY} under way at once`,
    lines,
    notes: ['Checked after the run: every postback delivered once, with one attempt and one lead.'],
  };
}
