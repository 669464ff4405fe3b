import type { PracticeRegatta } from '#app/practice/regatta/index.ts';
import { beginBulk, endBulk, runBulk } from './bulk.ts';
import type { Host } from './host.ts';
import { type Act, actionsByRound } from './incoming.ts';
import { type Crew, personActs, secondActs } from './people.ts';
import { type Place, rulesForProduct, TERMS } from './terms.ts';
import type { Log, Scenario } from './types.ts';

/** Longer than the ten seconds of undo: what was decided in a round leaves in it. */
export const BREATH_MS = 11_000;
const LANES = 12;

/** Plays a scenario against a running Leadline and its network; answers what was decided and answered on the way. */
export async function play(
  scenario: Scenario,
  parts: { host: Host; regatta: PracticeRegatta; places: Place[] },
): Promise<Log> {
  const { host, regatta, places } = parts;
  const log: Log = {
    decisions: [],
    bulks: [],
    seconds: [],
    hands: new Map(),
    reversals: new Map(),
    problems: [],
    stops: 0,
    interrupted: 0,
  };
  const plans = new Map(scenario.orders.map((order) => [order.externalId, order]));
  const crew: Crew = { scenario, host, log, asked: new Map(), plans };
  const byRound = actionsByRound(scenario, { host, places, log });
  await host.operate(
    'prepare',
    TERMS.map((terms, i) => ({ campaignId: (places[i] as Place).campaignId, rules: rulesForProduct(terms) })),
  );
  for (const [round, time] of scenario.times.entries()) {
    const resting = round >= scenario.busy;
    if (resting) regatta.setFaults([]);
    else
      regatta.setFaults([
        ...regatta.faults(),
        ...scenario.orders.filter((order) => order.round === round).flatMap((order) => order.faults),
      ]);
    const { eyes } = scenario;
    if (round === eyes.from) await host.operate('eyes', { enabled: true, above: eyes.above });
    if (round === eyes.to) await host.operate('eyes', { enabled: false, above: {} });
    await turn(host, regatta, time);
    await comeIn(round, byRound.get(round) ?? [], crew);
    await host.operate('settle');
    await personActs(round, crew);
    await secondActs(round, crew);
    const begun = await beginBulk(round, crew, regatta);
    if (resting || scenario.retries.has(round)) await host.operate('retryStopped');
    const after = time + BREATH_MS;
    if (begun?.bulk.fate === 'crash')
      regatta.changeClock({ freeze: true, setTo: new Date(after).toISOString() });
    else await turn(host, regatta, after);
    if (begun) await runBulk(begun, after, crew);
    await host.operate('settle');
    if (begun) await endBulk(begun, round, crew);
  }
  return log;
}

/** What happens in a round by itself, in lanes, around a restart and beside the clock where the plan says so. */
async function comeIn(round: number, actions: Act[], { scenario, host, log }: Crew): Promise<void> {
  const calm = !scenario.rush.has(round);
  if (calm) await host.operate('settle');
  const how = scenario.restarts.get(round);
  const half = Math.ceil(actions.length / 2);
  const first = inLanes(actions.slice(0, half));
  if (how) {
    log.stops++;
    await host.restart(how);
  }
  await Promise.all([first, inLanes(actions.slice(half)), calm ? null : host.operate('tick')]);
}

/** Both clocks; the network's first, so that nothing reaches it before its time. */
async function turn(host: Host, regatta: PracticeRegatta, time: number): Promise<void> {
  regatta.changeClock({ freeze: true, setTo: new Date(time).toISOString() });
  await host.operate('turn', time);
}

async function inLanes(actions: readonly Act[]): Promise<void> {
  const queue = actions.values();
  const lane = async (): Promise<void> => {
    for (const act of queue) await act();
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
