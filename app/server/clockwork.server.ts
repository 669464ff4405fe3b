import {
  type AlertDeps,
  evaluateAlerts,
  sendDueAlerts,
  soonAfter,
} from '#app/modules/alerts/index.server.ts';
import { syncDueCampaigns } from '#app/modules/campaigns/index.server.ts';
import {
  endGraces,
  freeStoppedDisputes,
  measureSkews,
  recordMissedDeadlines,
  rematchRefunds,
  runBatches,
  tendApprovals,
} from '#app/modules/disputes/index.server.ts';
import type { Intake } from '#app/modules/intake/index.server.ts';
import { releaseDueLeads } from '#app/modules/leads/index.server.ts';
import { advanceReconciliations } from '#app/modules/reconcile/index.server.ts';
import {
  type BreakerWatch,
  settleIssues,
  sortUnsorted,
  sweepStrays,
} from '#app/modules/triage/index.server.ts';
import { clearOldBodies, processWaiting } from '#app/modules/webhooks/index.server.ts';
import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { describeStoreFault } from '#app/platform/db/store-errors.server.ts';
import type { Wiring } from './wiring.server.ts';

/** What happens by the clock rather than by a request. Each runs by itself; a failure of one is logged and repeated. */
export interface Clockwork {
  start(): void;
  /** Stops and waits for what is running. */
  stop(): Promise<void>;
  /** Runs all of it once, now: after the clock was turned. */
  tick(): Promise<void>;
}

/** A storm of failures asks for one look at the rules, not for a thousand. */
const ALERT_SOON_MS = 1_000;

export function createClockwork(
  ctx: Ctx,
  wiring: Wiring,
  parts: { workerId: string; watch: BreakerWatch; alerts: AlertDeps; intake: Intake; turned: boolean },
): Clockwork {
  const { workerId, watch, alerts, intake } = parts;
  const startedAt = nowOf(ctx);
  const beat = async (): Promise<void> => {
    const beatAt = nowOf(ctx);
    await ctx.store.prisma.workerBeat.upsert({
      where: { id: workerId },
      create: { id: workerId, startedAt, beatAt },
      update: { beatAt },
    });
    await ctx.store.prisma.workerBeat.deleteMany({
      where: { beatAt: { lt: new Date(beatAt.getTime() - 86_400_000) } },
    });
  };
  const release = async (): Promise<void> => {
    while ((await releaseDueLeads(ctx, (tx, leads) => recordMissedDeadlines(tx, ctx, leads))) === 1000);
  };
  const jobs: { name: string; everyMs: number; run(): Promise<unknown> }[] = [
    { name: 'release leads', everyMs: 1_000, run: release },
    { name: 'fetch campaigns', everyMs: 2_000, run: () => syncDueCampaigns(ctx, wiring.campaigns) },
    { name: 'match refunds', everyMs: 5_000, run: () => rematchRefunds(ctx, wiring.disputes) },
    {
      name: 'take up waiting webhooks',
      everyMs: 5_000,
      run: () => processWaiting(ctx, { intake, disputes: wiring.disputes }),
    },
    { name: 'clear old webhook bodies', everyMs: 60_000, run: () => clearOldBodies(ctx) },
    { name: 'end grace times', everyMs: 5_000, run: () => endGraces(ctx, wiring.disputes) },
    { name: 'work off batches of disputes', everyMs: 500, run: () => runBatches(ctx, wiring.disputes) },
    { name: 'close approvals', everyMs: 5_000, run: () => tendApprovals(ctx) },
    { name: 'free stopped disputes', everyMs: 5_000, run: () => freeStoppedDisputes(ctx) },
    // a clock that is turned here and there says nothing of the difference between real ones
    ...(parts.turned ? [] : [{ name: 'measure clocks', everyMs: 60_000, run: () => measureSkews(ctx) }]),
    { name: 'look after breakers', everyMs: 1_000, run: () => watch.tick() },
    { name: 'take up stray postbacks', everyMs: 5_000, run: () => sweepStrays(ctx) },
    { name: 'sort failures into issues', everyMs: 5_000, run: () => sortUnsorted(ctx, wiring.triage) },
    { name: 'settle issues', everyMs: 30_000, run: () => settleIssues(ctx) },
    { name: 'look for alerts', everyMs: 10_000, run: () => evaluateAlerts(ctx, alerts) },
    { name: 'send alerts', everyMs: 2_000, run: () => sendDueAlerts(ctx, alerts) },
    { name: 'reconcile files', everyMs: 1_000, run: () => advanceReconciliations(ctx) },
    { name: 'worker beat', everyMs: 10_000, run: beat },
  ];
  const running = new Map<string, Promise<void>>();
  const timers: NodeJS.Timeout[] = [];

  const run = (job: (typeof jobs)[number]): Promise<void> => {
    const busy = running.get(job.name);
    if (busy) return busy;
    const work = job
      .run()
      .catch((error) =>
        ctx.log.error(
          { job: job.name, fault: describeStoreFault(error) },
          'a clockwork job failed; it runs again',
        ),
      )
      .then(() => void running.delete(job.name));
    running.set(job.name, work);
    return work;
  };

  let stopListening = (): void => {};
  /** What just went wrong is told without waiting for the next turn. */
  const alertSoon = (): void => {
    for (const job of jobs) if (job.name.endsWith('alerts')) void run(job);
  };

  return {
    start() {
      for (const job of jobs) {
        void run(job);
        timers.push(setInterval(() => void run(job), job.everyMs));
      }
      stopListening = soonAfter(ctx.live, ['issues', 'breakers'], ALERT_SOON_MS, alertSoon);
    },
    async stop() {
      stopListening();
      for (const timer of timers) clearInterval(timer);
      await Promise.all(running.values());
    },
    async tick() {
      for (const job of jobs) await run(job);
    },
  };
}
