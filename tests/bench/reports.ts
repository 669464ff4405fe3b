import type { Bench } from './bench.ts';
import { startChild } from './child.ts';
import type { Line, Report } from './report.ts';
import type { Place } from './stores.ts';

interface Timing {
  p50: number;
  p95: number;
  cpu: number;
}
/** What a report costs: read anew, the same SQL run raw, and looked at again; and how long it holds the process. */
export interface ReportCost {
  anew: Timing;
  raw: Timing;
  again: Timing;
  heldMs: number;
}

/** Nothing may hold the process longer, ms: it takes conversions meanwhile. */
const HELD_MS = 50;
/** A page that was looked at before is there at once. */
const AT_ONCE_MS = 300;

async function onStore(bench: Bench, store: Place['store'], count: number): Promise<Line[]> {
  const child = startChild('reports', bench.profileDir);
  const place = await bench.stores.make(store, 'reports');
  await child.call('fill', { place, count });
  const asked = await child.call<Record<string, ReportCost>>('ask', { place, times: bench.quick ? 5 : 10 });
  await child.stop();
  await bench.stores.drop(place);
  return Object.entries(asked).flatMap(([what, { anew, raw, again, heldMs }]): Line[] => [
    {
      what,
      store,
      reference: raw.p50,
      ours: anew.p50,
      unit: 'ms p50',
      judged: { name: 'held ms', value: heldMs },
      target: { text: `≤ ${HELD_MS} ms held`, met: heldMs <= HELD_MS },
      cpu: { reference: raw.cpu, ours: anew.cpu },
    },
    {
      what: `${what}, looked at again`,
      store,
      reference: anew.p95,
      ours: again.p95,
      unit: 'ms p95',
      judged: { name: 'ratio', value: again.p95 / anew.p95 },
      target: { text: `≤ ${AT_ONCE_MS} ms`, met: again.p95 <= AT_ONCE_MS },
    },
  ]);
}

/** The reports of finance in a store of a million leads: read anew beside their SQL run raw, and looked at again. */
export async function benchReports(bench: Bench): Promise<Report> {
  const count = bench.quick ? 100_000 : 1_000_000;
  const lines: Line[] = [];
  for (const store of bench.stores.kinds) lines.push(...(await onStore(bench, store, count)));
  return {
    name: 'reports',
    title: `Reports with ${count.toLocaleString('en-US')} leads of 3 networks, 36 campaigns, 500 affiliates and 4 currencies`,
    lines,
    notes: [
      'Held: the most CPU that the thread which takes conversions spends on a report between two turns of its loop.',
      'The reference of what is looked at again is the same report read anew.',
      ...(bench.quick ? ['--quick: a tenth of the rows.'] : []),
    ],
  };
}
