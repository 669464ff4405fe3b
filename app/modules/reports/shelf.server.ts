import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Store } from '#app/platform/db/store.server.ts';
import { describeStoreFault } from '#app/platform/db/store-errors.server.ts';
import type { Reading } from './reading-schema.ts';
import { answerBy, isDue } from './shelf-policy.ts';

/** By the process's own clock, which nobody turns. */
type Now = () => number;

interface Kept {
  read: () => Promise<unknown>;
  value: unknown;
  /** When the reading began, as people are told it. */
  at: string;
  beganAt: number;
  tookMs: number;
}

interface Place {
  kept: Kept | null;
  askedAt: number;
  underWay: Promise<Kept> | null;
}

/** Past this many reports the one that nobody asked for longest goes. */
const MAX = 60;

/**
 * Reports that were read, kept for who looks next (see `shelf-policy.ts`). Two who ask at once share a reading; a
 * failed one leaves nothing behind, so that the next who asks reads anew and sees why.
 */
export class Shelf {
  readonly #places = new Map<string, Place>();
  readonly #now: Now;

  constructor(now: Now = () => performance.now()) {
    this.#now = now;
  }

  /** The report called `key`. `read` must depend on nothing else: it may be called again later. Throws what it throws. */
  async ask<T>(
    ctx: Pick<Ctx, 'clock' | 'log'>,
    key: string,
    read: () => Promise<T>,
  ): Promise<{ value: T; reading: Reading }> {
    const now = this.#now();
    const place = this.#places.get(key) ?? { kept: null, askedAt: now, underWay: null };
    place.askedAt = now;
    // the last one asked for stands last
    this.#places.delete(key);
    this.#places.set(key, place);
    const longest = this.#places.size > MAX ? this.#places.keys().next().value : undefined;
    if (longest !== undefined) this.#places.delete(longest);
    const { kept } = place;
    const by = kept ? answerBy({ tookMs: kept.tookMs, ageMs: now - kept.beganAt }) : 'read';
    if (!kept || by === 'read') return told<T>(await this.#renew(ctx, key, place, read), false);
    // who asks gets what is known; should the reading fail, the next one to ask reads anew, and is told
    if (by === 'renew')
      void this.#renew(ctx, key, place, read).catch((error: unknown) =>
        ctx.log.error({ fault: describeStoreFault(error) }, 'a report could not be read anew'),
      );
    return told<T>(kept, by === 'renew');
  }

  /** Reads anew the report that has been due for it longest. False where none is. Throws what its reading throws. */
  async renewDue(ctx: Pick<Ctx, 'clock'>): Promise<boolean> {
    const now = this.#now();
    const due = [...this.#places]
      .flatMap(([key, place]) => {
        if (!place.kept || place.underWay) return [];
        const { tookMs, beganAt, read } = place.kept;
        const known = { tookMs, ageMs: now - beganAt, askedMsAgo: now - place.askedAt };
        return isDue(known) ? [{ key, place, read, beganAt }] : [];
      })
      .sort((a, b) => a.beganAt - b.beganAt)[0];
    if (!due) return false;
    await this.#renew(ctx, due.key, due.place, due.read);
    return true;
  }

  #renew(ctx: Pick<Ctx, 'clock'>, key: string, place: Place, read: () => Promise<unknown>): Promise<Kept> {
    place.underWay ??= this.#read(ctx, read).then(
      (kept) => {
        place.kept = kept;
        place.underWay = null;
        return kept;
      },
      (error: unknown) => {
        place.underWay = null;
        if (this.#places.get(key) === place) this.#places.delete(key);
        throw error;
      },
    );
    return place.underWay;
  }

  async #read(ctx: Pick<Ctx, 'clock'>, read: () => Promise<unknown>): Promise<Kept> {
    const [at, beganAt] = [nowOf(ctx).toISOString(), this.#now()];
    const value = await read();
    return { read, value, at, beganAt, tookMs: this.#now() - beganAt };
  }
}

const told = <T>(kept: Kept, renewing: boolean): { value: T; reading: Reading } => ({
  value: kept.value as T,
  reading: { at: kept.at, renewing },
});

/** One shelf a store, so that two Leadlines in one process (tests) never share a number. */
const shelves = new WeakMap<Store, Shelf>();

/** The shelf of a store's reports. */
export function shelfOf(store: Store): Shelf {
  const shelf = shelves.get(store) ?? new Shelf();
  shelves.set(store, shelf);
  return shelf;
}

export interface ReportKeeper {
  start(): void;
  /** Lets the reading under way end, then returns. */
  stop(): Promise<void>;
}

const LOOK_MS = 15_000;

/**
 * Keeps reports ready that people looked at lately, wherever pages are served. It rests nine times as long as a
 * reading took: it never takes more than a tenth of the time.
 */
export function createReportKeeper(ctx: Pick<Ctx, 'store' | 'clock' | 'log'>): ReportKeeper {
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> | null = null;
  let running = false;
  const look = async (): Promise<void> => {
    const begun = performance.now();
    let restMs = LOOK_MS;
    try {
      if (await shelfOf(ctx.store).renewDue(ctx)) restMs = 9 * (performance.now() - begun);
    } catch (error) {
      ctx.log.error({ fault: describeStoreFault(error) }, 'a report could not be kept ready');
    }
    if (running) wait(restMs);
  };
  const wait = (ms: number): void => {
    timer = setTimeout(() => {
      looking = look();
    }, ms);
    timer.unref();
  };
  return {
    start() {
      if (running) return;
      running = true;
      wait(LOOK_MS);
    },
    async stop() {
      running = false;
      if (timer) clearTimeout(timer);
      await looking;
    },
  };
}
