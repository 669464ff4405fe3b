import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { inTurn } from './in-turn.server.ts';
import { QUIET_AFTER_MS, QUIET_WINDOW_MS, quietness } from './policy.ts';
import { remember } from './remember.server.ts';
import type { Traffic } from './schema.ts';

type Context = Pick<Ctx, 'store' | 'clock'>;
const DAY_MS = 86_400_000;
const DAYS_BACK = 7;

/** The newest conversion that came, and an alarm when they stay out. Reads one row, and counts on an index. */
export async function readFlow(ctx: Context): Promise<Pick<Traffic, 'lastConversionAt' | 'quiet'>> {
  const { store } = ctx;
  const newest = await store.prisma.conversion.findFirst({
    orderBy: { id: 'desc' },
    select: { createdAt: true },
  });
  if (!newest) return { lastConversionAt: null, quiet: null };
  const last = newest.createdAt.getTime();
  const now = nowOf(ctx).getTime();
  const lastConversionAt = newest.createdAt.toISOString();
  const silence = now - last;
  if (silence < QUIET_AFTER_MS) return { lastConversionAt, quiet: null };
  const window = Math.min(silence, QUIET_WINDOW_MS);
  // counted in whole quarters of an hour, so that the memory below is of use
  const end = Math.floor(now / 900_000) * 900_000;
  const counts = await inTurn(
    store,
    Array.from({ length: DAYS_BACK }, (_, i) => () => {
      const until = end - (i + 1) * DAY_MS;
      return countPostbacks(ctx, until - window, until);
    }),
  );
  const usual = quietness(silence, counts);
  return { lastConversionAt, quiet: usual === null ? null : { since: lastConversionAt, usual } };
}

/** Postbacks made between two moments, tests left out (RG-49). */
export function countPostbacks(ctx: Context, from: number, to: number): Promise<number> {
  const { dialect } = ctx.store;
  const round = (ms: number) => Math.floor(ms / 60_000) * 60_000;
  return remember(ctx.store, `postbacks ${round(from)} ${round(to)}`, 60_000, async () => {
    const [row] = await ctx.store.query<{ n: number | bigint }>(
      `SELECT count(*) AS "n" FROM "OutboxMessage" WHERE "kind" = 'postback' AND "createdAt" >= ${dialect.p(1)} AND "createdAt" < ${dialect.p(2)} AND "status" <> 'test'`,
      dialect.time(round(from)),
      dialect.time(round(to)),
    );
    return Number(row?.n ?? 0);
  });
}
