import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import type { JobDeps } from './job-deps.server.ts';
import { finishJob, stopJob, topicsOf } from './job-end.server.ts';
import { actOnWaiting, type ItemRow, letGo, readItems } from './job-items.server.ts';
import { type JobRow, NOTHING, patchJob, type Stepped } from './job-row.server.ts';
import { noWave, PROBES_MAX, readWave, WINDOW_MIN } from './job-rules.ts';
import { answerWords, countsAfter, settleUnderWay } from './job-settle.server.ts';

const UNTOUCHED = 'Nothing else was touched.';

/** One step of a job whose oldest row goes first and decides. */
export async function probeJob(tx: Conn, ctx: Ctx, deps: JobDeps, job: JobRow): Promise<Stepped> {
  const now = nowOf(ctx);
  const settled = await settleUnderWay(tx, job, now, false);
  if (settled.pending > 0) return NOTHING;
  const after = { ...job, ...countsAfter(job, settled) };
  const [well, unread, failed, dropped, held] = [
    settled.well[0],
    settled.unread[0],
    settled.failed[0],
    settled.dropped[0],
    settled.heldBack[0],
  ];
  if (well || unread || failed || dropped || held) await patchJob(tx, job.id, countsAfter(job, settled));
  if (held)
    return stopJob(tx, ctx, deps, after, `The probe was held back again before it left. ${UNTOUCHED}`);
  if (well && well.status !== 'test') {
    await patchJob(tx, job.id, { state: 'running', window: WINDOW_MIN, wave: JSON.stringify(noWave()) });
    return { moved: true, topics: ['jobs'] };
  }
  if (unread)
    return stopJob(
      tx,
      ctx,
      deps,
      after,
      `The probe was answered ${unread.httpStatus ?? 'with a success'}, but without the data of a success. ${UNTOUCHED}`,
    );
  if (failed && failed.errorCode !== null && failed.errorCode === readWave(job.wave).probeCode)
    return stopJob(tx, ctx, deps, after, `The probe was refused again: ${answerWords(failed)}. ${UNTOUCHED}`);
  return nextProbe(tx, ctx, deps, after, well ?? failed ?? dropped ?? null);
}

/** Lets the next row go as the probe; `last` is the one before it, which settled nothing. */
async function nextProbe(
  tx: Conn,
  ctx: Ctx,
  deps: JobDeps,
  job: JobRow,
  last: ItemRow | null,
): Promise<Stepped> {
  const now = nowOf(ctx);
  const wave = readWave(job.wave);
  const probes = [...(wave.probes ?? []), ...(last ? [answerWords(last)] : [])];
  if (probes.length >= PROBES_MAX)
    return stopJob(
      tx,
      ctx,
      deps,
      job,
      `${probes.length} were tried one after the other, and none was accepted: ${probes.join('; ')}. ${UNTOUCHED}`,
    );
  const [next] = await readItems(tx, job.id, 'waiting', 1);
  if (!next) {
    const ended = await finishJob(tx, ctx, deps, job);
    return ended ? { moved: true, topics: topicsOf(job) } : NOTHING;
  }
  const issueId = job.issueId ?? next.issueId;
  // somebody else's probe is under way: its answer comes first
  if (issueId !== null && !(await deps.noteProbe(tx, { issueId, messageId: next.messageId })))
    return last ? { moved: true, topics: ['jobs'] } : NOTHING;
  const probeCode = next.errorCode ?? (await codeOfIssue(tx, issueId));
  const { acted, skipped } = await actOnWaiting(tx, job, now, {
    limit: 1,
    change: letGo(tx, now),
    state: 'under_way',
    outcome: null,
  });
  if (acted.length + skipped === 0 && !last) return NOTHING;
  await patchJob(tx, job.id, {
    started: job.started + acted.length,
    skipped: job.skipped + skipped,
    wave: JSON.stringify({ ...wave, probes, probeCode }),
  });
  return { moved: true, topics: ['jobs', 'outbox', 'postbacks', ...topicsOf(job)] };
}

/** A row that was held back without being sent has no code of its own: its cause's counts. */
async function codeOfIssue(tx: Conn, issueId: string | null): Promise<string | null> {
  if (issueId === null) return null;
  const issue = await tx.prisma.issue.findUnique({ where: { id: issueId }, select: { errorCode: true } });
  return issue?.errorCode ?? null;
}
