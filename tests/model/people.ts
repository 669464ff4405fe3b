import { type Host, Refused } from './host.ts';
import { unlessRefused } from './incoming.ts';
import type { Log, Order, Scenario } from './types.ts';

export interface Crew {
  scenario: Scenario;
  host: Host;
  log: Log;
  /** By what is asked: the round in which it was first seen. */
  asked: Map<string, number>;
  plans: ReadonlyMap<string, Order>;
}

/** A refund that a person decides about now, as its order's plan says. */
export interface Due {
  id: string;
  refundId: string;
  externalId: string;
  order: Order;
  choice: 'dispute' | 'let_pass';
}

/** What waits for a decision and is due by its plan. */
export async function dueReviews(round: number, { host, log, asked, plans }: Crew): Promise<Due[]> {
  const due: Due[] = [];
  for (const { id, refundId, externalId } of await host.operate('reviews')) {
    const order = plans.get(externalId);
    const refund = order?.refunds.find((one) => one.id === refundId);
    if (!order || !refund) {
      log.problems.push(`${externalId}: ${refundId} waits for a decision and was never told`);
      continue;
    }
    const since = asked.get(refundId) ?? round;
    asked.set(refundId, since);
    const { choice, after } = order.review;
    if (choice === 'none' || round < since + after) continue;
    // what another person did not want is not asked for again
    const no = log.seconds.some((one) => one.externalId === externalId && one.ok && one.does !== 'approve');
    if (no && order.n % 2 === 0) continue;
    due.push({ id, refundId, externalId, order, choice: no ? 'let_pass' : choice });
  }
  return due;
}

/** The scripted person decides about refunds one by one. */
export async function personActs(round: number, crew: Crew): Promise<void> {
  const { host, log } = crew;
  for (const { id, refundId, order, choice } of await dueReviews(round, crew)) {
    if (choice === 'dispute' && order.review.bulk) continue;
    const done = await unlessRefused(() => host.operate('decide', { id, choice }));
    if (done)
      log.decisions.push({
        round,
        refundId,
        choice,
        became: done.disposition,
        asked: done.approvalId !== null,
      });
  }
}

/** Who asked, and another person, decide about disputes that wait for another person. */
export async function secondActs(round: number, { host, log, asked, plans }: Crew): Promise<void> {
  for (const { id, externalId, refundId } of await host.operate('approvals')) {
    const order = plans.get(externalId);
    if (!order) {
      log.problems.push(`${externalId} waits for approval and was never told`);
      continue;
    }
    const since = asked.get(id) ?? round;
    asked.set(id, since);
    const { does, after } = order.second;
    if (does === 'none' || round < since + after) continue;
    if (does !== 'withdraw') await ownMustNot(id, externalId, { host, log });
    const ok = (await unlessRefused(async () => !(await host.operate('second', { id, does })))) !== null;
    log.seconds.push({ round, externalId, refundId, does, ok });
  }
}

/** Who asked cannot agree to it. */
async function ownMustNot(id: string, externalId: string, { host, log }: Pick<Crew, 'host' | 'log'>) {
  try {
    await host.operate('second', { id, does: 'approve_own' });
    log.problems.push(`${externalId}: who asked for its dispute approved it`);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // over: said before who may decide is looked at
    if (!['FORBIDDEN', 'CONFLICT'].includes(error.code))
      log.problems.push(`${externalId}: own approval was refused with ${error.code}`);
  }
}
