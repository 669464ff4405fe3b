import type { PracticeRegatta } from '#app/practice/regatta/index.ts';
import { timeoutOf } from './draw-faults.ts';
import { Refused } from './host.ts';
import { unlessRefused } from './incoming.ts';
import { type Crew, dueReviews } from './people.ts';
import type { Bulk } from './types.ts';

/** A batch that was begun in this round. */
export interface Begun {
  id: string;
  bulk: Bulk;
}

/** The scripted person begins a batch with all that is due and planned for one. Null where there is none. */
export async function beginBulk(round: number, crew: Crew, regatta: PracticeRegatta): Promise<Begun | null> {
  const bulk = crew.scenario.bulks.get(round);
  if (!bulk) return null;
  const picked = await pickFor(round, bulk, crew);
  if (picked.length === 0 && !bulk.of.startsWith('matching')) return null;
  if (bulk.slow)
    regatta.setFaults([
      ...picked.slice(0, 3).map(({ externalId }, i) => timeoutOf(i, externalId)),
      ...regatta.faults(),
    ]);
  const { host, log } = crew;
  try {
    const id = await host.operate('bulk', { of: bulk.of, ids: picked.map((one) => one.id) });
    if (bulk.fate === 'undo') await undo(id, crew);
    return { id, bulk };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // nothing of it could be disputed: the model says whether that is so
    for (const { externalId, refundId } of picked)
      log.bulks.push({ round, fate: bulk.fate, externalId, refundId, state: 'left_out' });
    return null;
  }
}

interface Picked {
  id: string;
  externalId: string;
  refundId: string | null;
}

async function pickFor(round: number, { of }: Bulk, crew: Crew): Promise<Picked[]> {
  const { host, asked, scenario } = crew;
  const reviews = (await dueReviews(round, crew)).filter(
    (one) => one.choice === 'dispute' && one.order.review.bulk,
  );
  if (of === 'refunds') return reviews;
  if (of !== 'leads') return [];
  const hands = scenario.orders.filter(
    ({ hand, externalId }) => hand?.bulk && hand.round <= round && !asked.has(`bulk ${externalId}`),
  );
  for (const { externalId } of hands) asked.set(`bulk ${externalId}`, round);
  const wanted = [...hands, ...reviews].map((one) => one.externalId);
  const leads = await host.operate('leads', [...new Set(wanted)]);
  return leads.map(({ id, externalId }) => ({ id, externalId, refundId: null }));
}

async function undo(id: string, { host, log }: Crew): Promise<void> {
  // the runner comes by in the ten seconds
  await host.operate('tick');
  // it is over already where no row could wait so long; which could is the model's to say
  const answered = await unlessRefused(() => host.operate('stopBulk', { id, how: 'undo' }));
  await compareStopped(id, answered?.stopped ?? 0, 'undo', { host, log });
}

async function compareStopped(
  id: string,
  stopped: number,
  how: string,
  { host, log }: Pick<Crew, 'host' | 'log'>,
): Promise<void> {
  const { rows } = await host.operate('readBulk', id);
  const left = rows.filter((row) => row.state === 'waiting').length;
  if (left !== stopped) log.problems.push(`${how} of a batch said ${stopped} stayed: ${left} did`);
}

/** Its ten seconds are over (the clocks stand there): it runs, is canceled meanwhile, or is interrupted. */
export async function runBulk({ id, bulk }: Begun, now: number, crew: Crew): Promise<void> {
  const { host, log } = crew;
  if (bulk.fate === 'crash') {
    const { rows } = await host.operate('readBulk', id);
    const { rows: done, committed } = bulk.crash;
    const left = rows.filter((row) => row.state === 'waiting').length - done - (committed ? 1 : 0);
    log.interrupted += Math.max(0, left);
    log.stops++;
    await host.crash({ now, ...bulk.crash });
  }
  if (bulk.fate !== 'cancel') return;
  if (await unlessRefused(() => host.operate('stopBulk', { id, how: 'undo' })))
    log.problems.push('a batch was undone after its ten seconds');
  const running = host.operate('tick');
  // null: it was faster
  const answered = await unlessRefused(() => host.operate('stopBulk', { id, how: 'cancel' }));
  await running;
  await compareStopped(id, answered?.stopped ?? 0, 'cancel', crew);
}

/** What it came to, once all has come to rest. */
export async function endBulk({ id, bulk }: Begun, round: number, { host, log }: Crew): Promise<void> {
  const { state, rows } = await host.operate('readBulk', id);
  if (state === 'running' || state === 'collecting')
    log.problems.push(`the batch of round ${round} is still ${state} after its round`);
  for (const { externalId, refundId, state } of rows)
    log.bulks.push({ round, fate: bulk.fate, externalId, refundId, state });
}
