import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Benchmark } from './bench.ts';
import { benchConsole } from './console.ts';
import { benchDelivery } from './delivery.ts';
import { benchIntake } from './intake.ts';
import { benchLatency } from './latency.ts';
import { benchLists } from './lists.ts';
import { benchMillion } from './million.ts';
import { machine, type Report, saveJson, table } from './report.ts';
import { benchReports } from './reports.ts';
import { openStores } from './stores.ts';

const BENCHMARKS: Record<string, Benchmark> = {
  intake: benchIntake,
  delivery: benchDelivery,
  latency: benchLatency,
  million: benchMillion,
  lists: benchLists,
  console: benchConsole,
  reports: benchReports,
};

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    store: { type: 'string' },
    profile: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(
    `node tests/bench/run.ts [--quick] [--only ${Object.keys(BENCHMARKS).join('|')}] [--store sqlite|postgres] [--profile DIR]`,
  );
  process.exit(0);
}
const chosen = values.only ? values.only.split(',') : Object.keys(BENCHMARKS);
for (const name of chosen)
  if (!BENCHMARKS[name])
    throw new Error(`There is no benchmark "${name}". Known: ${Object.keys(BENCHMARKS).join(', ')}`);

const root = path.resolve(import.meta.dirname, '../..');
process.chdir(root);
const begun = performance.now();
const { cores, node } = machine();
console.log(
  `Leadline's benchmarks: ${cores} cores, Node ${node}. Each reference is measured in the same run, in turns with ours; figures are medians of rounds.`,
);
const stores = await openStores(values.store ?? null);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void stores.stop().then(() => process.exit(1)));
const reports: Report[] = [];
try {
  for (const name of chosen) {
    const report = await (BENCHMARKS[name] as Benchmark)({
      stores,
      quick: values.quick,
      profileDir: values.profile,
    });
    reports.push(report);
    console.log(table(report));
  }
} finally {
  await stores.stop();
}
const seconds = Math.round((performance.now() - begun) / 1000);
console.log(`\n${seconds} s. Also in ${saveJson(root, reports, { quick: values.quick, seconds })}`);
