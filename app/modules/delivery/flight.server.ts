import type { OpenAccount } from '#app/modules/campaigns/index.server.ts';
import type { LeasedMessage } from '#app/modules/outbox/index.server.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { messageOf } from '#app/platform/errors.ts';
import { type AttemptDeps, makeAttempt } from './attempt.server.ts';
import type { DeliveryGate, Hold } from './gate.ts';
import { type Settler, whileStoreFails } from './settler.server.ts';

export interface FlightOptions {
  attempt: AttemptDeps;
  accountById(id: string): Promise<OpenAccount>;
  /** Asked before every attempt: what is held back is parked instead of sent. */
  gate: DeliveryGate;
  leaseMs: number;
}

interface FlightDeps extends FlightOptions {
  settler: Settler;
  /** False once the worker stops: what waits for the store then gives up. */
  running(): boolean;
  /** Tells the worker when (ms of the clock) an attempt is to be made again. */
  wakeBy(at: number): void;
}

/** Answers what takes one leased message to its end: parked by the gate, or sent and settled. It never rejects. */
export function createFlight(ctx: Ctx, deps: FlightDeps): (message: LeasedMessage) => Promise<void> {
  const { gate, running } = deps;

  /** Waits for a store that cannot be read now: given up, the message would be told as interrupted though nothing left. */
  const accountOf = (message: LeasedMessage): Promise<OpenAccount> =>
    whileStoreFails(
      () => deps.accountById(message.accountId),
      () => !running() || ctx.clock.now() > message.attemptStartedAt.getTime() + deps.leaseMs / 2,
      (fault) => ctx.log.warn({ message: message.id, fault }, 'the account cannot be read; trying again'),
    );

  /** Parks what the gate holds back. Answers false when it may leave after all. */
  const heldBack = async (message: LeasedMessage): Promise<boolean> => {
    for (;;) {
      const hold = gate.check(message);
      if (!hold) return false;
      if ('wait' in hold) await hold.wait;
      else if ((await park(message, hold)) !== 'free') return true;
    }
  };

  /** Waits for a store that is at fault: given up, the message would be told as interrupted though nothing left. */
  const park = (message: LeasedMessage, hold: Hold): Promise<'parked' | 'gone' | 'free'> =>
    whileStoreFails(
      () => gate.park(message, hold),
      () => !running(),
      (fault) => ctx.log.warn({ message: message.id, fault }, 'cannot park a postback; trying again'),
    );

  const attempt = async (message: LeasedMessage, account: OpenAccount): Promise<void> => {
    const finished = await makeAttempt(deps.attempt, message, account);
    const told = gate.notice(finished, account);
    try {
      await deps.settler.settle(finished);
    } finally {
      await told?.();
    }
    if (finished.settlement.dueAt) deps.wakeBy(finished.settlement.dueAt.getTime());
  };

  return async (message) => {
    try {
      let account: OpenAccount;
      do {
        // first of all: a crash before it is parked leaves a lease, and that reads as "may have been sent"
        if (gate.check(message) && (await heldBack(message))) return;
        account = await accountOf(message);
        // a refusal may have been read while the account was
      } while (gate.check(message));
      await attempt(message, account);
    } catch (error) {
      // the lease runs out and the message is taken over; the fault is ours and must be seen
      ctx.log.error({ message: message.id, error: messageOf(error) }, 'an attempt could not be completed');
    }
  };
}
