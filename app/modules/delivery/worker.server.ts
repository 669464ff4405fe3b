import type { OpenAccount } from '#app/modules/campaigns/index.server.ts';
import {
  claimDue,
  type Dispatcher,
  type LeasedMessage,
  nextDueAt,
  recoverLeases,
  settleAttempts,
} from '#app/modules/outbox/index.server.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { describeStoreFault, isStoreFault } from '#app/platform/db/store-errors.server.ts';
import { messageOf } from '#app/platform/errors.ts';
import { createGroup } from '#app/platform/group.server.ts';
import type { Topic } from '#app/platform/live.server.ts';
import { type AttemptDeps, type FinishedAttempt, makeAttempt } from './attempt.server.ts';

export interface WorkerOptions {
  attempt: AttemptDeps;
  accountById(id: string): Promise<OpenAccount>;
  /**
   * Applies outcomes in the transaction that settles them: leads, tests, disputes. Answers what to tell once it is
   * committed: told earlier, a listener would look and find nothing.
   */
  onOutcome(tx: Conn, finished: readonly FinishedAttempt[]): Promise<readonly Topic[]>;
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

/**
 * Delivers what is due. Woken by commits and by the next due time, never by short polling. Everything claimed is
 * sent at once, so a lease means "under way". Settlements share commits.
 */
export function createWorker(ctx: Ctx, options: WorkerOptions): Worker {
  const owner = ctx.newId('wrk');
  let inFlight = 0;
  let reserved = 0;
  let running = false;
  let looking = false;
  let lookAgain = false;
  let timer: NodeJS.Timeout | null = null;
  let recoveryTimer: NodeJS.Timeout | null = null;
  const flights = new Set<Promise<void>>();
  /** Ids of what this worker has in flight: its leases are never stale, whatever the clock says. */
  const held = new Set<string>();
  let lookingNow: Promise<void> = Promise.resolve();

  const settlements = createGroup<FinishedAttempt, void>({
    max: 256,
    lanes: ctx.store.lanes,
    failsForAll: isStoreFault,
    async flush(finished) {
      const changed = await ctx.store.transaction(async (tx) => {
        const moved = await settleAttempts(
          tx,
          finished.map((f) => f.settlement),
          finished.map((f) => f.attempt),
        );
        const owned = finished.filter((f) => moved.has(f.message.id));
        return owned.length > 0 ? options.onOutcome(tx, owned) : [];
      });
      for (const topic of ['postbacks', ...changed] as const) ctx.live.publish(topic);
      return finished.map(() => undefined);
    },
  });

  /** Keeps an answer until the store takes it: an attempt that reached the network must have its row. */
  const settle = async (finished: FinishedAttempt): Promise<void> => {
    for (let wait = 100; ; wait = Math.min(wait * 2, 5_000)) {
      try {
        return await settlements.push(finished);
      } catch (error) {
        if (!isStoreFault(error)) throw error;
        ctx.log.error(
          { message: finished.message.id, fault: describeStoreFault(error) },
          'the store does not take an answer; trying again',
        );
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  };

  /** Waits for a store that cannot be read now: given up, the message would be told as interrupted though nothing left. */
  const accountOf = async (message: LeasedMessage): Promise<OpenAccount> => {
    for (let wait = 100; ; wait = Math.min(wait * 2, 5_000)) {
      try {
        return await options.accountById(message.accountId);
      } catch (error) {
        const late = ctx.clock.now() > message.attemptStartedAt.getTime() + options.leaseMs / 2;
        if (!isStoreFault(error) || !running || late) throw error;
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  };

  const fly = async (message: LeasedMessage): Promise<void> => {
    try {
      const account = await accountOf(message);
      const finished = await makeAttempt(options.attempt, message, account);
      await settle(finished);
      if (finished.settlement.dueAt) wakeBy(finished.settlement.dueAt.getTime());
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
      // claims are made in bulk: not for each place that comes free, but once a good part of them is
      if (lookAgain && (free() >= options.concurrency / 2 || inFlight === 0)) wake();
    });
    flights.add(flight);
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
      schedule(1_000);
    } finally {
      looking = false;
      if (lookAgain && free() >= options.concurrency / 2) wake();
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

  // measured by a clock that cannot be turned: a jump of the other must not leave a stale alarm standing
  let alarmAt = Number.POSITIVE_INFINITY;
  const schedule = (ms: number): void => {
    if (timer) clearTimeout(timer);
    alarmAt = performance.now() + ms;
    timer = setTimeout(
      () => {
        alarmAt = Number.POSITIVE_INFINITY;
        lookSoon();
      },
      Math.max(0, Math.min(ms, options.idleMs)),
    );
  };
  /** Looks no later than `at` (time of the clock). */
  const wakeBy = (at: number): void => {
    const ms = at - ctx.clock.now();
    if (running && performance.now() + ms < alarmAt) schedule(ms);
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
      if (timer) clearTimeout(timer);
      if (recoveryTimer) clearInterval(recoveryTimer);
      await lookingNow;
      if (timer) clearTimeout(timer);
      while (flights.size > 0) await Promise.allSettled(flights);
      await settlements.idle();
    },
  };
}
