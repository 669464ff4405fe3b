import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { describeStoreFault } from '#app/platform/db/store-errors.server.ts';
import { EVIDENCE_WAIT_MS, PROBE_GIVEN_UP_MS, probeWaitMs, REASON_WORDS } from './breaker-policy.ts';
import type { OpenBreaker } from './breaker-rows.server.ts';
import type { Gate } from './gate.server.ts';
import { ensureReleaseJob } from './insert-job.server.ts';
import { startProbe } from './probe.server.ts';

export interface BreakerWatch {
  /** Looks soon after every notice about breakers; the clock calls `tick` besides. */
  start(): void;
  stop(): Promise<void>;
  /** One look: probes that are due, releases without a job, probes that are over. One statement while all is well. */
  tick(): Promise<void>;
}

/** Statuses in which a probe is on its way. */
const MOVING = new Set(['queued', 'sending', 'retrying']);

/**
 * What breakers do by the clock. Everything is decided by the rows, by conditional updates: several workers may watch,
 * and a restart goes on where the last one was. Rests on the gate's reading, which it renews.
 */
export function createBreakerWatch(ctx: Ctx, gate: Pick<Gate, 'reload' | 'breakers'>): BreakerWatch {
  /** The newest fix that was seen for a breaker, by its id: each is worth one early probe. */
  const seen = new Map<string, number>();
  let unsubscribe: (() => void) | null = null;
  let running: Promise<void> | null = null;
  let again = false;

  const look = async (): Promise<void> => {
    await gate.reload();
    for (const id of seen.keys()) if (!gate.breakers.some((breaker) => breaker.id === id)) seen.delete(id);
    for (const breaker of gate.breakers)
      if (breaker.state === 'releasing') await seeReleased(ctx, breaker);
      else await seeOpen(ctx, breaker, seen);
  };
  /** Never two looks at once; a call during one leads to another after it. */
  const tick = (): Promise<void> => {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        await look();
      } while (again);
    })().finally(() => {
      running = null;
    });
    return running;
  };
  return {
    tick,
    start() {
      unsubscribe = ctx.live.subscribe((topic) => {
        if (topic !== 'breakers') return;
        tick().catch((error) =>
          ctx.log.error(
            { fault: describeStoreFault(error) },
            'cannot look after breakers; the clock looks again',
          ),
        );
      });
    },
    async stop() {
      unsubscribe?.();
      await running?.catch((error) =>
        ctx.log.error({ fault: describeStoreFault(error) }, 'a look after breakers failed at the stop'),
      );
    },
  };
}

/** What is to be released has a job that does it: made here and not where the proof is settled, so that it survives. */
async function seeReleased(ctx: Ctx, { id: breakerId, issueId, reason }: OpenBreaker): Promise<void> {
  const active = { breakerId, state: { in: ['collecting', 'probing', 'running'] } };
  if (await ctx.store.prisma.bulkJob.findFirst({ where: active, select: { id: true } })) return;
  await ctx.store.transaction(async (tx) => {
    // takes the row's lock, so that two workers do not both start one
    const { count } = await tx.prisma.breaker.updateMany({
      where: { id: breakerId, state: 'releasing' },
      data: { state: 'releasing' },
    });
    if (count === 0) return;
    const name = `Release what was held back: ${REASON_WORDS[reason]}`;
    await ensureReleaseJob(tx, ctx, { breakerId, issueId, name });
  });
  for (const topic of ['jobs', 'issues'] as const) ctx.live.publish(topic);
}

async function seeOpen(ctx: Ctx, breaker: OpenBreaker, seen: Map<string, number>): Promise<void> {
  if (breaker.probeMessageId !== null) return seeProbe(ctx, breaker);
  if (breaker.provenBy === 'by_hand') return;
  const now = nowOf(ctx).getTime();
  const due = await dueAfterEvidence(ctx, breaker, seen, now);
  if (due !== null && due <= now) await startProbe(ctx, breaker.id);
}

/** When the next probe is due: sooner where something was put right here since the last refusal. */
async function dueAfterEvidence(
  ctx: Ctx,
  breaker: OpenBreaker,
  seen: Map<string, number>,
  now: number,
): Promise<number | null> {
  const due = breaker.nextProbeAt?.getTime() ?? null;
  const evidence = Math.max(breaker.accountSavedAt?.getTime() ?? 0, breaker.campaignWellAt?.getTime() ?? 0);
  if (evidence <= Math.max(seen.get(breaker.id) ?? 0, breaker.trippedAt.getTime())) return due;
  seen.set(breaker.id, evidence);
  const soon = now + EVIDENCE_WAIT_MS;
  if (due !== null && due <= soon) return due;
  await ctx.store.prisma.breaker.updateMany({
    where: { id: breaker.id, state: 'open', probeMessageId: null },
    data: { nextProbeAt: new Date(soon) },
  });
  return soon;
}

/**
 * A probe's own settlement ends it; here is what that does not see: one that was canceled, parked again, or settled by
 * a worker that did not know of it, and one without an answer for a quarter of an hour.
 */
async function seeProbe(ctx: Ctx, breaker: OpenBreaker): Promise<void> {
  const now = nowOf(ctx);
  const moving = breaker.probeStatus !== null && MOVING.has(breaker.probeStatus);
  const givenUp =
    breaker.probeStartedAt !== null && now.getTime() - breaker.probeStartedAt.getTime() >= PROBE_GIVEN_UP_MS;
  if (moving && !givenUp) return;
  const { count } = await ctx.store.prisma.breaker.updateMany({
    where: { id: breaker.id, state: 'open', probeMessageId: breaker.probeMessageId },
    data: {
      probeMessageId: null,
      nextProbeAt:
        breaker.provenBy === 'by_hand' ? null : new Date(now.getTime() + probeWaitMs(breaker.probes)),
      updatedAt: now,
    },
  });
  if (count > 0) ctx.live.publish('breakers');
}
