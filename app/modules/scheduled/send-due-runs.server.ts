import { recordAudit } from '#app/modules/audit/index.server.ts';
import { type Ctx, nowOf, SYSTEM } from '#app/platform/context.server.ts';
import { attemptRun, type RunAnswer } from './attempt-run.server.ts';
import { setPaused } from './change-schedule.server.ts';
import { claimRun, holdRun, type LeasedRun, LeaseLost } from './claim-run.server.ts';
import type { ScheduleDeps } from './deps.ts';
import { ATTEMPTS_MAX, nextWaitMs } from './ladder.ts';

/**
 * Sends what is due, one after the other, until nothing is. Each run is leased by one worker at a time; one whose
 * worker died is taken up when the lease ends, under the same Message-ID. Where `signal` aborts, what is under way goes
 * back unsent. Answers how many were tried.
 */
export async function sendDueRuns(ctx: Ctx, deps: ScheduleDeps, signal: AbortSignal): Promise<number> {
  for (let tried = 0; ; tried++) {
    const run = signal.aborted ? null : await claimRun(ctx);
    if (!run) return tried;
    ctx.live.publish('alerts');
    try {
      const spent = run.attempts > ATTEMPTS_MAX;
      await settle(ctx, run, spent ? ENDLESS : await attemptRun(ctx, deps, run, holdRun(ctx, run), signal));
    } catch (error) {
      if (!signal.aborted && !(error instanceof LeaseLost)) throw error;
      if (signal.aborted) await giveBack(ctx, run);
    }
    ctx.live.publish('alerts');
  }
}

/** A run that ended every process which took it up (no memory, no disk) must not do so for ever. */
const ENDLESS: RunAnswer = {
  ok: false,
  status: null,
  words: `It was taken up ${ATTEMPTS_MAX} times, and each time Leadline stopped before it came to an end. Narrow its filters, then send it now.`,
  final: true,
  pause: null,
  told: null,
};

const mine = ({ id, attempts }: LeasedRun) => ({ id, status: 'sending', attempts });

/** This process stops: the attempt does not count, and another worker may take it up at once. */
const giveBack = (ctx: Ctx, run: LeasedRun) =>
  ctx.store.prisma.exportRun.updateMany({
    where: mine(run),
    data: { status: 'queued', attempts: run.attempts - 1, leaseUntil: null, tryAt: nowOf(ctx) },
  });

/** Writes down what came of an attempt, while the lease is still this worker's. */
async function settle(ctx: Ctx, run: LeasedRun, answer: RunAnswer): Promise<void> {
  const now = nowOf(ctx);
  const wait = answer.ok || answer.final ? null : nextWaitMs(run.attempts);
  const { told } = answer;
  await ctx.store.transaction(async (tx) => {
    const { count } = await tx.prisma.exportRun.updateMany({
      where: mine(run),
      data: {
        status: answer.ok ? 'sent' : wait === null ? 'failed' : 'queued',
        leaseUntil: null,
        responseStatus: answer.status,
        words: answer.words,
        ...(told
          ? { query: told.query, rows: told.rows, bytes: BigInt(told.bytes), attached: told.attached }
          : {}),
        ...(answer.ok ? { sentAt: now } : {}),
        ...(wait === null ? {} : { tryAt: new Date(now.getTime() + wait) }),
      },
    });
    if (count === 0) return;
    if (answer.pause !== null) await setPaused(tx, ctx, { id: run.exportId, name: run.name }, answer.pause);
    if (answer.ok && told)
      await recordAudit(tx, ctx, {
        actor: SYSTEM,
        action: 'scheduled_export_sent',
        subjectType: 'scheduled_export',
        subjectId: run.exportId,
        detail: {
          name: run.name,
          list: run.list,
          filter: told.query,
          rows: told.rows,
          bytes: told.bytes,
          attached: told.attached,
          to: told.to,
        },
      });
  });
}
