import type { Bench } from './bench.ts';
import { type Child, startChild } from './child.ts';
import type { Line, Report } from './report.ts';
import type { Place } from './stores.ts';

const PAGE_SIZE = 50;
interface Timing {
  p50: number;
  p95: number;
  cpu: number;
}

const line = (what: string, store: string, reference: Timing, ours: Timing, most: number | null): Line => {
  const value = ours.p95 / reference.p95;
  return {
    what,
    store,
    reference: reference.p95,
    ours: ours.p95,
    unit: 'ms p95',
    judged: { name: 'ratio', value },
    target: most === null ? null : { text: `≤ ${most}`, met: value <= most },
    cpu: { reference: reference.cpu, ours: ours.cpu },
    note: `medians ${reference.p50.toFixed(2)} and ${ours.p50.toFixed(2)} ms`,
  };
};

async function onStore(bench: Bench, store: Place['store'], count: number): Promise<Line[]> {
  const child: Child = startChild('million', bench.profileDir);
  const [long, short] = [await bench.stores.make(store, 'long'), await bench.stores.make(store, 'short')];
  const claimed = bench.quick ? 10 : 30;
  await child.call('fill', { place: long, count });
  await child.call('fill', { place: short, count: (claimed + 4) * 256 });
  const page = count / (2 * PAGE_SIZE);
  const listed = await child.call<Record<'first' | 'deep' | 'rawFirst' | 'rawDeep', Timing>>('pages', {
    place: long,
    page,
    size: PAGE_SIZE,
    times: bench.quick ? 150 : 500,
  });
  const claims = await child.call<Record<'long' | 'short', Timing>>('claims', {
    long,
    short,
    times: claimed,
  });
  await child.stop();
  await bench.stores.drop(long);
  await bench.stores.drop(short);
  const name = page.toLocaleString('en-US');
  return [
    line(`page ${name} beside page 1`, store, listed.first, listed.deep, 1.3),
    line(`page ${name} beside its SQL run raw`, store, listed.rawDeep, listed.deep, null),
    line(`a claim of 256 beside one with a short backlog`, store, claims.short, claims.long, null),
  ];
}

/** The Postbacks list and the claims of the worker on a store of a million messages, each with an attempt. */
export async function benchMillion(bench: Bench): Promise<Report> {
  const count = bench.quick ? 100_000 : 1_000_000;
  const lines: Line[] = [];
  for (const store of bench.stores.kinds) lines.push(...(await onStore(bench, store, count)));
  return {
    name: 'million',
    title: `Postbacks list and claims with ${count.toLocaleString('en-US')} messages and attempts, ${PAGE_SIZE} rows a page`,
    lines,
    notes: bench.quick ? ['--quick: a tenth of the rows.'] : [],
  };
}
