import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { localTime } from '#app/platform/time-format.ts';
import { inTurn } from './in-turn.server.ts';
import { QUIET_WINDOW_MS } from './policy.ts';
import { countPostbacks } from './traffic.server.ts';

type Context = Pick<Ctx, 'store' | 'clock'>;
const WEEK_MS = 7 * 86_400_000;

export interface Silence {
  /** The newest conversion that was reported, UTC ISO; null where there never was one. Tests are left out (RG-49). */
  lastAt: string | null;
  /** How long it is ago, in ms. */
  silenceMs: number;
  /** The oldest conversion. */
  firstAt: string | null;
  /** Conversions in the same hours of the same weekday, one, two, … weeks before; none from before the oldest one. */
  windows: number[];
}

/**
 * How long conversions have stayed out, and how many came in that time in the weeks before. The same hours are those
 * of the wall clock in `zone`, also across the days on which it is put forward or back. Looks at no week while the
 * silence is shorter than `fromMs`; of a silence of days, at its last 24 hours.
 */
export async function readSilence(
  ctx: Context,
  input: { zone: string; weeks: number; fromMs: number },
): Promise<Silence> {
  const [last, first] = [await edge(ctx, 'DESC'), await edge(ctx, 'ASC')];
  if (!last || !first) return { lastAt: null, silenceMs: 0, firstAt: null, windows: [] };
  const now = nowOf(ctx).getTime();
  const silenceMs = Math.max(0, now - last.getTime());
  const known = { lastAt: last.toISOString(), silenceMs, firstAt: first.toISOString() };
  const window = Math.min(silenceMs, QUIET_WINDOW_MS);
  if (silenceMs < input.fromMs) return { ...known, windows: [] };
  const ends = Array.from({ length: input.weeks }, (_, i) => sameWallClock(now, i + 1, input.zone));
  const windows = await inTurn(
    ctx.store,
    ends
      .filter((end) => end - window >= first.getTime())
      .map((end) => () => countPostbacks(ctx, end - window, end)),
  );
  return { ...known, windows };
}

/** When the newest or oldest postback was made. Walks the index from its end; only tests are stepped over. */
async function edge(ctx: Context, order: 'ASC' | 'DESC'): Promise<Date | null> {
  const [row] = await ctx.store.query<{ createdAt: Date }>(
    `SELECT "createdAt" FROM "OutboxMessage" WHERE "kind" = 'postback' AND "status" <> 'test' ORDER BY "createdAt" ${order} LIMIT 1`,
  );
  return row?.createdAt ?? null;
}

/** The moment `weeks` weeks before `at` that shows the same time on the wall clock of `zone`. */
export function sameWallClock(at: number, weeks: number, zone: string): number {
  const plain = at - weeks * WEEK_MS;
  const offset = (ms: number): number => {
    const t = localTime(ms, zone);
    return Date.UTC(t.year, t.month - 1, t.day, t.hour, t.minute, t.second) - Math.floor(ms / 1000) * 1000;
  };
  return plain + offset(at) - offset(plain);
}
