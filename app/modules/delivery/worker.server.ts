import {
  claimDue,
  type Dispatcher,
  type LeasedMessage,
  nextDueAt,
  recoverLeases,
} from '#app/modules/outbox/index.server.ts';
import type { Ctx } from '#app/platform/context.server.ts';
import { describeStoreFault } from '#app/platform/db/store-errors.server.ts';
import { createAlarm } from './alarm.ts';
import { createFlight, type FlightOptions } from './flight.server.ts';
import { createSettler, type OnOutcome } from './settler.server.ts';

export interface WorkerOptions extends FlightOptions {
  onOutcome: OnOutcome;
  /** Messages in flight at once. */
  concurrency: number;
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
  const fly = createFlight(ctx, { ...options, settler, running: () => running, wakeBy: (at) => wakeBy(at) });
  const flights = new Set<Promise<void>>();
  /** Ids of what this worker has in flight: its leases are never stale, whatever the clock says. */
  const held = new Set<string>();
  let lookingNow: Promise<void> = Promise.resolve();

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
