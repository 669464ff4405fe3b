import type { Bench } from './bench.ts';
import { startChild } from './child.ts';
import type { Line, Report } from './report.ts';
import type { Place } from './stores.ts';

interface Timing {
  p50: number;
  p95: number;
  cpu: number;
}

/** What somebody waits for without noticing, ms. */
const UNNOTICED_MS = 100;

async function onStore(
  bench: Bench,
  store: Place['store'],
  count: number,
): Promise<{ lines: Line[]; note: string }> {
  const child = startChild('lists', bench.profileDir);
  const place = await bench.stores.make(store, 'lists');
  const followed = await child.call<{ cpu: number; ms: number }>('fill', { place, count });
  const asked = await child.call<Record<string, { ours: Timing; raw: Timing; statements: number }>>('ask', {
    place,
    count,
    times: bench.quick ? 20 : 50,
  });
  await child.stop();
  await bench.stores.drop(place);
  const lines = Object.entries(asked).map(
    ([what, { ours, raw }]): Line => ({
      what,
      store,
      reference: raw.p95,
      ours: ours.p95,
      unit: 'ms p95',
      judged: { name: 'ratio', value: ours.p95 / raw.p95 },
      target: { text: `≤ ${UNNOTICED_MS} ms`, met: ours.p95 <= UNNOTICED_MS },
      cpu: { reference: raw.cpu, ours: ours.cpu },
      note: `medians ${raw.p50.toFixed(2)} and ${ours.p50.toFixed(2)} ms`,
    }),
  );
  const note = `${store}: counting and indexing the words of an attempt cost ${followed.cpu.toFixed(1)} µs of this process's CPU (${Math.round(followed.ms / 1000)} s for all).`;
  return { lines, note };
}

/** Every list, filter and search of the console in a large store, beside the SQL it asks for run raw. */
export async function benchLists(bench: Bench): Promise<Report> {
  const count = bench.quick ? 100_000 : 1_000_000;
  const lines: Line[] = [];
  const notes: string[] = [];
  for (const store of bench.stores.kinds) {
    const done = await onStore(bench, store, count);
    lines.push(...done.lines);
    notes.push(done.note);
  }
  return {
    name: 'lists',
    title: `Lists, filters and searches with ${count.toLocaleString('en-US')} postbacks, attempts and their bodies`,
    lines,
    notes: [
      'The reference is the same SQL on the driver, statement after statement; what goes through Prisma models is not in it.',
      ...notes,
      ...(bench.quick ? ['--quick: a tenth of the rows.'] : []),
    ],
  };
}
