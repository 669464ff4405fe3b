import { type Ctx, nowOf } from '#app/platform/context.server.ts';

/** How the installation is doing, for the people who run it. Times are UTC, ISO 8601. */
export interface Diagnostics {
  store: 'sqlite' | 'postgres';
  workers: { id: string; startedAt: string; beatAt: string; alive: boolean }[];
  /** Messages that are due and not taken by a worker yet; stops at 1,001. */
  waiting: number;
  /** Since when the oldest of them has been due, or null. */
  waitingSince: string | null;
}

/** A worker that has not given a sign for this long is taken for dead, as /readyz does. */
const BEAT_MS = 35_000;
const CAP = 1_001;

/** Looks at workers and at what waits for them. Bounded by the index of what is due. */
export async function readDiagnostics(ctx: Pick<Ctx, 'store' | 'clock'>): Promise<Diagnostics> {
  const { store } = ctx;
  const now = nowOf(ctx);
  const due = `FROM "OutboxMessage" WHERE "status" IN ('queued', 'retrying') AND "dueAt" <= ${store.dialect.p(1)}`;
  const [beats, oldest, waiting] = await Promise.all([
    store.prisma.workerBeat.findMany({ orderBy: { startedAt: 'asc' } }),
    store.query<{ dueAt: Date }>(
      `SELECT "dueAt" ${due} ORDER BY "dueAt", "id" LIMIT 1`,
      store.dialect.time(now),
    ),
    store.query<{ n: number | bigint }>(
      `SELECT count(*) AS "n" FROM (SELECT 1 ${due} LIMIT ${CAP}) t`,
      store.dialect.time(now),
    ),
  ]);
  return {
    store: store.dialect.name,
    workers: beats.map(({ id, startedAt, beatAt }) => ({
      id,
      startedAt: startedAt.toISOString(),
      beatAt: beatAt.toISOString(),
      alive: now.getTime() - beatAt.getTime() < BEAT_MS,
    })),
    waiting: Number(waiting[0]?.n ?? 0),
    waitingSince: oldest[0]?.dueAt.toISOString() ?? null,
  };
}
