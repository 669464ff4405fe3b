import { setTimeout as sleep } from 'node:timers/promises';
import type { TurnableClock } from '#app/platform/clock.ts';
import type { Runtime } from '#app/server/runtime.server.ts';

const TURNS = 60;

/** Runs everything that is due until nothing moves. */
export async function settle(runtime: Runtime, clock: TurnableClock): Promise<void> {
  const { ctx, intake, worker, clockwork } = runtime;
  let before = '';
  let same = 0;
  for (let turn = 0; turn < TURNS; turn++) {
    await intake.idle();
    await quiet(runtime, clock);
    // twice: what is running already may have begun before the clock was turned
    await clockwork?.tick();
    worker?.wake();
    await quiet(runtime, clock);
    const rows = await ctx.store.query<{ status: string; n: number | bigint }>(
      `SELECT "kind" || ' ' || "status" AS "status", count(*) AS "n" FROM "OutboxMessage" GROUP BY 1 UNION ALL SELECT "disposition", count(*) FROM "Refund" GROUP BY 1
       UNION ALL SELECT "holdState", count(*) FROM "Lead" GROUP BY 1 UNION ALL SELECT 'attempts', sum("attempts") FROM "OutboxMessage" ORDER BY 1`,
    );
    const now = rows.map(({ status, n }) => `${status} ${n}`).join(', ');
    same = now === before ? same + 1 : 0;
    if (same === 1) return;
    before = now;
  }
  throw new Error(`Leadline does not come to rest: ${before}`);
}

/** Waits until nothing is under way and nothing is due. */
async function quiet({ ctx }: Runtime, clock: TurnableClock): Promise<void> {
  const { dialect } = ctx.store;
  const end = performance.now() + 60_000;
  for (;;) {
    const now = dialect.time(clock.now());
    const [row] = await ctx.store.query<{ n: number | bigint }>(
      `SELECT (SELECT count(*) FROM "OutboxMessage" WHERE "status" IN ('queued', 'retrying') AND "dueAt" <= ${dialect.p(1)})
         + (SELECT count(*) FROM "OutboxMessage" WHERE "status" = 'sending') AS "n"`,
      now,
    );
    if (Number(row?.n ?? 0) === 0) return;
    if (performance.now() > end) throw new Error(`${row?.n} messages are under way or due and do not move`);
    await sleep(10);
  }
}
