import type { Bench } from './bench.ts';
import { startChild } from './child.ts';
import type { Timing } from './processes/asking.ts';
import type { Exported } from './processes/console.ts';
import type { Line, Report } from './report.ts';
import type { Place } from './stores.ts';

/** What somebody waits for without noticing, ms. */
const UNNOTICED_MS = 100;
/** What an export may add to the heap, MB: some chunks, however long it is. */
const HEAP_MB = 20;
/** How much shorter the store is that each question is asked of beside. */
const SHORTER = 100;

/** Exports, with the query of each and the part of the fill that it holds. */
const EXPORTS = [
  { list: 'audit', query: '', rows: (count: number) => count },
  { list: 'jobs', query: '', rows: (count: number) => count },
  { list: 'batches', query: '', rows: (count: number) => count },
  { list: 'approvals', query: 'view=decided', rows: (count: number) => count / 2 },
  { list: 'alert-deliveries', query: '', rows: (count: number) => count },
  {
    list: 'webhook-events',
    query: 'endpoint=whk_one',
    rows: (count: number) => count - Math.floor(count / 101),
  },
  { list: 'campaigns', query: '', rows: (count: number) => count },
  { list: 'refunds', query: 'view=all', rows: (count: number) => count },
  { list: 'losses', query: '', rows: (count: number) => count },
  { list: 'reconcile', query: 'id=1&reason=all', rows: (count: number) => count },
];

async function filters(bench: Bench, store: Place['store'], long: Place, short: Place): Promise<Line[]> {
  const child = startChild('console', bench.profileDir);
  const asked = await child.call<Record<string, { long: Timing; short: Timing }>>('ask', {
    long,
    short,
    times: bench.quick ? 20 : 50,
  });
  await child.stop();
  return Object.entries(asked).map(([what, { long: ours, short: reference }]) => ({
    what,
    store,
    reference: reference.p95,
    ours: ours.p95,
    unit: 'ms p95',
    judged: { name: 'ratio', value: ours.p95 / reference.p95 },
    target: { text: `≤ ${UNNOTICED_MS} ms`, met: ours.p95 <= UNNOTICED_MS },
    cpu: { reference: reference.cpu, ours: ours.cpu },
  }));
}

async function exported(bench: Bench, store: Place['store'], place: Place, count: number): Promise<Line[]> {
  const lines: Line[] = [];
  for (const { list, query, rows } of EXPORTS) {
    // each in a process of its own, so that the heap is its own
    const child = startChild('console', bench.profileDir);
    const done = await child.call<Exported>('run', { place, list, query });
    await child.stop();
    if (done.rows !== rows(count)) throw new Error(`${list}.csv has ${done.rows} of ${rows(count)} rows`);
    const added = done.heap.most - done.heap.start;
    lines.push({
      what: `${list}.csv`,
      store,
      reference: done.heap.start,
      ours: done.heap.most,
      unit: 'MB heap',
      judged: { name: 'more', value: added },
      target: { text: `≤ ${HEAP_MB} MB`, met: added <= HEAP_MB },
      cpu: { reference: null, ours: (done.cpu * 1e6) / done.rows },
      note: `${done.rows.toLocaleString('en-US')} rows in ${done.seconds.toFixed(1)} s, ${done.cpu.toFixed(1)} s of CPU; at most ${done.rss.toFixed(0)} MB resident; others waited ${done.held.toFixed(0)} ms at most`,
    });
  }
  return lines;
}

/** The lists beside postbacks in a large store: what each filter costs, and each export read to its end. */
export async function benchConsole(bench: Bench): Promise<Report> {
  const count = bench.quick ? 100_000 : 1_000_000;
  const lines: Line[] = [];
  for (const store of bench.stores.kinds) {
    const [long, short] = [
      await bench.stores.make(store, 'console'),
      await bench.stores.make(store, 'short'),
    ];
    const child = startChild('console');
    await child.call('fill', { place: long, count });
    await child.call('fill', { place: short, count: count / SHORTER });
    await child.stop();
    lines.push(...(await filters(bench, store, long, short)), ...(await exported(bench, store, long, count)));
    await bench.stores.drop(long);
    await bench.stores.drop(short);
  }
  return {
    name: 'console',
    title: `Lists that people and providers fill, with ${count.toLocaleString('en-US')} rows each: filters, and exports to the end`,
    lines,
    notes: [
      `The reference of a filter is the same question in a store with a ${SHORTER}th of the rows; that of an export its heap before the first row.`,
      ...(bench.quick ? ['--quick: a tenth of the rows.'] : []),
    ],
  };
}
