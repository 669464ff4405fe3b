import type { OpenAccount } from '#app/modules/campaigns/index.server.ts';
import {
  claimDue,
  type Dispatcher,
  type LeasedMessage,
  nextDueAt,
  recoverLeases,
} from '#app/modules/outbox/index.server.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { describeStoreFault } from '#app/platform/db/store-errors.server.ts';
import { messageOf } from '#app/platform/errors.ts';
import { createAlarm } from './alarm.ts';
import { type AttemptDeps, makeAttempt } from './attempt.server.ts';
import type { DeliveryGate, Hold } from './gate.ts';
import { createSettler, type OnOutcome, whileStoreFails } from './settler.server.ts';

export interface WorkerOptions {
  attempt: AttemptDeps;
  accountById(id: string): Promise<OpenAccount>;
  onOutcome: OnOutcome;
  /** Asked before every attempt: what is held back is parked instead of sent. */
  gate: DeliveryGate;
  /** Messages in flight at once. */
  concurrency: number;
  leaseMs: number;
  /** Looks at least this often, should a notice of new work get lost (or never come: SQLite, web apart). */
  idleMs: number;
  /** Takes back every lease at start: only where no other worker can be running. */
  alone: boolean;
}

export interface Worker extends Dispatcher {
  start(): Promise<void>;
  /** Takes nothing new, lets what is under way finish and settle, then returns. */
  stop(): Promise<void>;
  readonly inFlight: number;
}

/** How soon a worker with some free places looks again while most are taken. */
const HALF_FULL_MS = 100;

/**
 * Delivers what is due. Woken by commits and by the next due time, never by short polling. Everything claimed is
 * sent or parked at once, so a lease means "under way". Settlements share commits.
 */
export function createWorker(ctx: Ctx, options: WorkerOptions): Worker {
  const owner = ctx.newId('wrk');
  let inFlight = 0;
  let reserved = 0;
  let running = false;
  let looking = false;
  let lookAgain = false;
  let recoveryTimer: NodeJS.Timeout | null = null;
  const settler = createSettler(ctx, options.onOutcome);
  const flights = new Set<Promise<void>>();
  /** Ids of what this worker has in flight: its leases are never stale, whatever the clock says. */
  const held = new Set<string>();
  let lookingNow: Promise<void> = Promise.resolve();

  /** Waits for a store that cannot be read now: given up, the message would be told as interrupted though nothing left. */
  const accountOf = (message: LeasedMessage): Promise<OpenAccount> =>
    whileStoreFails(
      () => options.accountById(message.accountId),
      () => !running || ctx.clock.now() > message.attemptStartedAt.getTime() + options.leaseMs / 2,
      (fault) => ctx.log.warn({ message: message.id, fault }, 'the account cannot be read; trying again'),
    );

  /** Parks what the gate holds back. Answers false when it may leave after all. */
  const heldBack = async (message: LeasedMessage): Promise<boolean> => {
    for (;;) {
      const hold = options.gate.check(message);
      if (!hold) return false;
      if ('wait' in hold) await hold.wait;
      else if ((await park(message, hold)) !== 'free') return true;
    }
  };

  /** Waits for a store that is at fault: given up, the message would be told as interrupted though nothing left. */
  const park = (message: LeasedMessage, hold: Hold): Promise<'parked' | 'gone' | 'free'> =>
    whileStoreFails(
      () => options.gate.park(message, hold),
      () => !running,
      (fault) => ctx.log.warn({ message: message.id, fault }, 'cannot park a postback; trying again'),
    );

  const attempt = async (message: LeasedMessage, account: OpenAccount): Promise<void> => {
    const finished = await makeAttempt(options.attempt, message, account);
    const told = options.gate.notice(finished, account);
    try {
      await settler.settle(finished);
    } finally {
      await told?.();
    }
    if (finished.settlement.dueAt) wakeBy(finished.settlement.dueAt.getTime());
  };

  const fly = async (message: LeasedMessage): Promise<void> => {
    try {
      let account: OpenAccount;
      do {
        // first of all: a crash before it is parked leaves a lease, and that reads as "may have been sent"
        if (options.gate.check(message) && (await heldBack(message))) return;
        account = await accountOf(message);
        // a refusal may have been read while the account was
      } while (options.gate.check(message));
      await attempt(message, account);
    } catch (error) {
      // the lease runs out and the message is taken over; the fault is ours and must be seen
      ctx.log.error({ message: message.id, error: messageOf(error) }, 'an attempt could not be completed');
    }
  };

  const launch = (message: LeasedMessage): void => {
    inFlight++;
    held.add(message.id);
    const flight = fly(message).finally(() => {
      inFlight--;
      held.delete(message.id);
      flights.delete(flight);
      if (lookAgain) lookWithRoom();
    });
    flights.add(flight);
  };

  /**
   * Claims are made in bulk: not for each place that comes free, but once half of them are. A network that hangs
   * must not make the rest wait for that: then a little later with what there is.
   */
  const lookWithRoom = (): void => {
    if (free() >= options.concurrency / 2 || inFlight === 0) wake();
    else if (free() > 0) alarm.within(HALF_FULL_MS);
  };

  const free = (): number => Math.max(0, options.concurrency - inFlight - reserved);

  const look = async (): Promise<void> => {
    if (looking || !running) {
      lookAgain = true;
      return;
    }
    looking = true;
    lookAgain = false;
    try {
      await claimAll();
      // with every place taken it is a finished flight that looks again, not the clock
      if (lookAgain) return;
      const next = await nextDueAt(ctx.store);
      wakeBy(next ? next.getTime() : ctx.clock.now() + options.idleMs);
    } catch (error) {
      ctx.log.error({ fault: describeStoreFault(error) }, 'cannot read what is due; trying again');
      alarm.within(1_000);
    } finally {
      looking = false;
      if (lookAgain) lookWithRoom();
    }
  };

  /** `stop` waits for a look: what it is just claiming is leased to this worker and must be sent. */
  const lookSoon = (): void => {
    if (looking) lookAgain = true;
    else lookingNow = look();
  };

  /** Claims and sends until nothing is due or no place is free; then a finished flight looks again. */
  const claimAll = async (): Promise<void> => {
    while (running) {
      const limit = Math.min(free(), 256);
      if (limit === 0) {
        lookAgain = true;
        return;
      }
      reserved += limit;
      let claimed: LeasedMessage[] = [];
      try {
        claimed = await claimDue(ctx.store, {
          owner,
          now: new Date(ctx.clock.now()),
          leaseMs: options.leaseMs,
          limit,
        });
      } finally {
        reserved -= limit;
      }
      for (const message of claimed) launch(message);
      if (claimed.length < limit) return;
    }
  };

  const alarm = createAlarm(lookSoon, options.idleMs);
  /** Looks no later than `at` (time of the clock). */
  const wakeBy = (at: number): void => {
    if (running) alarm.within(at - ctx.clock.now());
  };
  const wake = (): void => {
    if (running) setImmediate(lookSoon);
  };

  const recover = async (all: boolean): Promise<void> => {
    try {
      if ((await recoverLeases(ctx, { all, held })) > 0) wake();
    } catch (error) {
      ctx.log.error(
        { fault: describeStoreFault(error) },
        'cannot look for interrupted attempts; trying again',
      );
    }
  };

  return {
    owner,
    leaseMs: options.leaseMs,
    get inFlight() {
      return inFlight;
    },
    reserve(wanted) {
      const places = running ? Math.min(wanted, free()) : 0;
      reserved += places;
      return places;
    },
    accept(messages) {
      reserved -= messages.length;
      for (const message of messages) launch(message);
    },
    release(places) {
      reserved -= places;
      if (lookAgain) wake();
    },
    wake,
    async start() {
      running = true;
      await recover(options.alone);
      ctx.live.subscribe((topic) => {
        if (topic === 'outbox') wake();
      });
      recoveryTimer = setInterval(() => void recover(false), Math.max(1_000, options.leaseMs / 4));
      recoveryTimer.unref();
      wake();
    },
    async stop() {
      running = false;
      if (recoveryTimer) clearInterval(recoveryTimer);
      await lookingNow;
      alarm.clear();
      while (flights.size > 0) await Promise.allSettled(flights);
      await settler.idle();
    },
  };
}
