import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { collectParked } from './job-collect.server.ts';
import type { JobDeps } from './job-deps.server.ts';
import { finishJob, stopJob, topicsOf } from './job-end.server.ts';
import { actOnWaiting, letGo, markSeen, takeBack } from './job-items.server.ts';
import { type JobRow, NOTHING, patchJob, type Stepped } from './job-row.server.ts';
import { judgeWave, readWave, type Verdict, type Wave } from './job-rules.ts';
import { answerWords, anySettled, countsAfter, type Settled, settleUnderWay } from './job-settle.server.ts';
import { stopWords } from './job-words.ts';

/** Messages that one step cancels or acknowledges. */
const AT_ONCE = 500;

/** One step of a retry: writes down what settled, judges it, and lets go what the window has room for. */
export async function runRetry(tx: Conn, ctx: Ctx, deps: JobDeps, job: JobRow): Promise<Stepped> {
  const now = nowOf(ctx);
  const settled = await settleUnderWay(tx, job, now, false);
  const counted = { ...job, ...countsAfter(job, settled) };
  const breaker = await breakerOf(tx, job);
  const verdict = judgeWave(job.window, add(readWave(job.wave), settled, breaker?.errorCode ?? null));
  const after = { ...counted, window: verdict.window, wave: JSON.stringify(verdict.wave) };
  if (anySettled(settled)) {
    const { started, succeeded, failed, skipped, window, wave } = after;
    await patchJob(tx, job.id, { started, succeeded, failed, skipped, window, wave });
  }
  const stop = verdict.stop ? refusedWords(settled, verdict.stop) : heldWords(settled, breaker);
  if (stop !== null) return stopJob(tx, ctx, deps, after, stop);
  const room = verdict.window - settled.pending;
  const { acted, skipped } =
    room <= 0
      ? { acted: [], skipped: 0 }
      : await actOnWaiting(tx, job, now, {
          limit: room,
          change: letGo(tx, now),
          state: 'under_way',
          outcome: null,
        });
  const moved = acted.length + skipped > 0;
  if (moved)
    await patchJob(tx, job.id, { started: after.started + acted.length, skipped: after.skipped + skipped });
  if (moved) return { moved, topics: acted.length > 0 ? ['jobs', 'outbox', 'postbacks'] : ['jobs'] };
  if (room > 0) return runDry(tx, ctx, deps, after, settled.pending, anySettled(settled));
  return anySettled(settled) ? { moved: true, topics: ['jobs'] } : NOTHING;
}

/** Nothing waits any more: takes in what a breaker held back meanwhile, or ends once nothing is under way. */
async function runDry(
  tx: Conn,
  ctx: Ctx,
  deps: JobDeps,
  job: JobRow,
  pending: number,
  changed: boolean,
): Promise<Stepped> {
  const [waiting] = await tx.query(
    `SELECT 1 AS "one" FROM "BulkItem" WHERE "jobId" = ${tx.dialect.p(1)} AND "state" = 'waiting' LIMIT 1`,
    job.id,
  );
  // held by somebody else right now: the next step takes it
  if (waiting) return changed ? { moved: true, topics: ['jobs'] } : NOTHING;
  const taken = job.breakerId === null ? 0 : await collectParked(tx, job, job.breakerId, nowOf(ctx));
  if (taken > 0) {
    await patchJob(tx, job.id, { matched: job.matched + taken });
    return { moved: true, topics: ['jobs'] };
  }
  if (pending > 0 || !(await finishJob(tx, ctx, deps, job)))
    return changed ? { moved: true, topics: ['jobs'] } : NOTHING;
  return { moved: true, topics: topicsOf(job) };
}

interface ReleasedBreaker {
  state: string;
  errorCode: string;
}

async function breakerOf(tx: Conn, job: JobRow): Promise<ReleasedBreaker | null> {
  if (job.breakerId === null) return null;
  const breaker = await tx.prisma.breaker.findUnique({
    where: { id: job.breakerId },
    select: { state: true, issueId: true },
  });
  if (!breaker) return null;
  const issue = await tx.prisma.issue.findUnique({
    where: { id: breaker.issueId },
    select: { errorCode: true },
  });
  return { state: breaker.state, errorCode: issue?.errorCode ?? '' };
}

/**
 * Adds what settled to the wave. A row that was held back had not failed before: for a release its refusal counts
 * only where it is the one that held it back; all others it would have got anyway.
 */
function add(wave: Wave, settled: Settled, releases: string | null): Wave {
  const refused = { ...wave.refused };
  for (const row of settled.failed) {
    if (releases !== null && row.before === 'parked' && row.errorCode !== releases) continue;
    const code = row.errorCode ?? row.status;
    refused[code] = (refused[code] ?? 0) + 1;
  }
  // a proxy that answers 200 to everything would else swallow the whole job
  for (const { errorCode } of settled.unread)
    if (errorCode !== null) refused[errorCode] = (refused[errorCode] ?? 0) + 1;
  const { well, unread, failed } = settled;
  return {
    ...wave,
    refused,
    settled: wave.settled + well.length + unread.length + failed.length,
    ...(unread.length > 0 ? { unread: (wave.unread ?? 0) + unread.length } : {}),
  };
}

/** In the words of the newest answer of each code. */
function refusedWords(settled: Settled, stop: NonNullable<Verdict['stop']>): string {
  return stopWords(stop, (code) => {
    const sample = [...settled.failed, ...settled.unread].findLast(
      (row) => (row.errorCode ?? row.status) === code,
    );
    return sample ? answerWords(sample) : code;
  });
}

function heldWords(settled: Settled, breaker: ReleasedBreaker | null): string | null {
  if (breaker?.state === 'open')
    return `Held back again: ${breaker.errorCode || 'the same refusal'} came once more. The rest stays held back.`;
  if (settled.heldBack.length === 0 || breaker?.state === 'releasing') return null;
  return 'Held back again: what holds these postbacks back is still there. The rest was left as it was.';
}

/** One step of a job that cancels or acknowledges. */
export async function runAtOnce(tx: Conn, ctx: Ctx, deps: JobDeps, job: JobRow): Promise<Stepped> {
  const now = nowOf(ctx);
  const cancels = job.kind === 'cancel';
  const { acted, skipped } = await actOnWaiting(tx, job, now, {
    limit: AT_ONCE,
    change: cancels ? takeBack(tx, now, `Canceled by ${job.createdByName}: ${job.name}`) : markSeen(tx, now),
    ...(cancels ? { guard: '"firstMaySentAt" IS NULL' } : {}),
    state: 'done',
    outcome: cancels ? 'canceled' : 'acknowledged',
  });
  const n = acted.length;
  if (n + skipped > 0) {
    await patchJob(tx, job.id, {
      started: job.started + n,
      succeeded: job.succeeded + n,
      skipped: job.skipped + skipped,
    });
    return { moved: true, topics: ['jobs', 'postbacks', 'issues'] };
  }
  const [waiting] = await tx.query(
    `SELECT 1 AS "one" FROM "BulkItem" WHERE "jobId" = ${tx.dialect.p(1)} AND "state" = 'waiting' LIMIT 1`,
    job.id,
  );
  if (waiting || !(await finishJob(tx, ctx, deps, job))) return NOTHING;
  return { moved: true, topics: [...topicsOf(job), 'postbacks', 'issues'] };
}
