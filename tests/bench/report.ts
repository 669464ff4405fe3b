import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { show } from './stats.ts';

/** One comparison: ours beside its reference. Without a target it is there to be seen. */
export interface Line {
  what: string;
  store: string;
  reference: number;
  ours: number;
  unit: string;
  /** What is judged: a ratio or a difference, in words and as a number. */
  judged: { name: string; value: number };
  target: { text: string; met: boolean } | null;
  /** CPU of the process per operation, µs. */
  cpu?: { reference: number | null; ours: number };
  note?: string;
}

export interface Report {
  name: string;
  title: string;
  lines: Line[];
  notes: string[];
}

const HEAD = ['', 'store', 'reference', 'ours', 'unit', 'judged', 'target', '', 'CPU µs/op ref', 'ours'];

const cells = (line: Line): string[] => [
  line.what,
  line.store,
  show(line.reference),
  show(line.ours),
  line.unit,
  `${line.judged.name} ${show(line.judged.value)}`,
  line.target?.text ?? '',
  line.target ? (line.target.met ? 'met' : 'NOT MET') : '',
  line.cpu && line.cpu.reference !== null ? show(line.cpu.reference) : '',
  line.cpu ? show(line.cpu.ours) : '',
];

/** A benchmark's table, as text. */
export function table(report: Report): string {
  const rows = [HEAD, ...report.lines.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '),
  );
  lines.splice(1, 0, widths.map((width) => '-'.repeat(width)).join('  '));
  const notes = [
    ...report.notes,
    ...report.lines.flatMap((line) => (line.note ? [`${line.what}, ${line.store}: ${line.note}`] : [])),
  ];
  return [`\n${report.title}`, ...lines, ...notes.map((note) => `  ${note}`)].join('\n');
}

/** Writes everything to `tests/.results/bench.json`; answers the path. */
export function saveJson(
  root: string,
  reports: readonly Report[],
  run: { quick: boolean; seconds: number },
): string {
  const file = path.join(root, 'tests/.results/bench.json');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...machine(), ...run, reports }, null, 2)}\n`);
  return path.relative(root, file);
}

/** What a figure depends on and may be told: cores and the version of Node. */
export const machine = (): { cores: number; node: string } => ({
  cores: availableParallelism(),
  node: process.version,
});
