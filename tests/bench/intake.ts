import { type Bench, type Rig, startRig } from './bench.ts';
import { type Child, startChild } from './child.ts';
import type { Line, Report } from './report.ts';
import { medianOf } from './stats.ts';
import type { Place } from './stores.ts';

const CLIENTS = 128;
type Mode = 'ours' | 'none' | 'create';

interface Round {
  perSecond: number;
  /** CPU µs of the server an operation. */
  cpu: number;
}

async function round(load: Child, rig: Rig, mode: Mode, ms: number): Promise<Round> {
  await rig.leadline.call('mode', mode);
  const before = await rig.leadline.call<number>('cpu');
  const target = {
    port: rig.port,
    path: '/api/v1/conversions',
    key: rig.key,
    expect: 202,
    prefix: `order_${mode}_`,
  };
  const { count, seconds } = await load.call<{ count: number; seconds: number }>('closed', {
    ...target,
    clients: CLIENTS,
    ms,
  });
  const after = await rig.leadline.call<number>('cpu');
  return { perSecond: count / seconds, cpu: (after - before) / count };
}

/** Interleaves the modes; the first round of each is for warming up. */
async function rounds(
  load: Child,
  rig: Rig,
  modes: readonly Mode[],
  count: number,
  ms: number,
): Promise<Map<Mode, Round[]>> {
  const kept = new Map<Mode, Round[]>(modes.map((mode) => [mode, []]));
  for (let n = 0; n <= count; n++) {
    for (const mode of modes) {
      const measured = await round(load, rig, mode, n === 0 ? Math.min(ms, 1_000) : ms);
      if (n > 0) kept.get(mode)?.push(measured);
    }
  }
  return kept;
}

const middle = (all: Map<Mode, Round[]>, mode: Mode): Round => {
  const of = all.get(mode) ?? [];
  return { perSecond: medianOf(of, (r) => r.perSecond), cpu: medianOf(of, (r) => r.cpu) };
};

function line(
  what: string,
  store: string,
  reference: Round,
  ours: Round,
  target: { text: string; least: number } | null,
): Line {
  const value = ours.perSecond / reference.perSecond;
  return {
    what,
    store,
    reference: reference.perSecond,
    ours: ours.perSecond,
    unit: 'requests/s',
    judged: { name: 'ratio', value },
    target: target && { text: target.text, met: value >= target.least },
    cpu: { reference: reference.cpu, ours: ours.cpu },
  };
}

async function onStore(bench: Bench, store: Place['store']): Promise<Line[]> {
  const load = startChild('load');
  const [count, ms] = bench.quick ? [1, 800] : [5, 1_500];
  const rig = await startRig(bench, store, 'web', 'intake');
  const alone = await rounds(load, rig, ['none', 'ours', 'create'], count, ms);
  await rig.stop();
  const busy = await startRig(bench, store, 'all', 'busy');
  const working = await rounds(load, busy, ['ours'], bench.quick ? 1 : 3, ms);
  await load.stop();
  await busy.stop();
  return [
    line('no store, same server', store, middle(alone, 'none'), middle(alone, 'ours'), {
      text: '≥ 0.40',
      least: 0.4,
    }),
    line('one Prisma create a request', store, middle(alone, 'create'), middle(alone, 'ours'), {
      text: '≥ 12',
      least: 12,
    }),
    line('worker on, beside worker off', store, middle(alone, 'ours'), middle(working, 'ours'), null),
  ];
}

/** POST /api/v1/conversions at 128 keep-alive clients, each answer after its commit. */
export async function benchIntake(bench: Bench): Promise<Report> {
  const lines: Line[] = [];
  for (const store of bench.stores.kinds) lines.push(...(await onStore(bench, store)));
  return {
    name: 'intake',
    title: `Intake: POST /api/v1/conversions, ${CLIENTS} keep-alive clients, 202 after the commit`,
    lines,
    notes: [
      'CPU is of the server process alone. Measured with the worker off (LEADLINE_ROLE=web), but for the row that says so: there the same process also delivers what it takes, to a sink on the same machine.',
    ],
  };
}
