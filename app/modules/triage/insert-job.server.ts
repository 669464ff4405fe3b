import type { PostbackFilter } from '#app/modules/outbox/postback-schema.ts';
import { type Actor, type Ctx, nowOf, SYSTEM } from '#app/platform/context.server.ts';
import type { Conn } from '#app/platform/db/store.server.ts';
import { addEvents } from './issue-events.server.ts';
import { ACTIVE } from './job-row.server.ts';
import { WINDOW_MIN } from './job-rules.ts';
import type { JobKind } from './schema.ts';

export interface NewJob {
  kind: JobKind;
  name: string;
  filter: PostbackFilter;
  /** Rows above this id are not in it; '' where only what a breaker holds back is. */
  newestId: string;
  issueId?: string | null | undefined;
  breakerId?: string | null | undefined;
  probe?: boolean | undefined;
  actor: Actor;
}

/** Writes a job on an open transaction; the runner takes it from there. Tell topic `jobs` once it is committed. */
export async function insertJob(
  tx: Conn,
  ctx: Pick<Ctx, 'clock' | 'newId'>,
  job: NewJob,
): Promise<{ jobId: string }> {
  const now = nowOf(ctx);
  const jobId = ctx.newId('job');
  const { kind, name, newestId, issueId = null, breakerId = null, probe = false, actor } = job;
  await tx.prisma.bulkJob.create({
    data: {
      id: jobId,
      kind,
      name,
      filter: JSON.stringify(job.filter),
      newestId,
      issueId,
      breakerId,
      probe: kind === 'retry' && probe,
      // what a breaker holds back is taken in as it goes on: there is nothing to collect before
      state: breakerId !== null && newestId === '' ? 'running' : 'collecting',
      window: WINDOW_MIN,
      createdBy: actor.id,
      createdByName: actor.name,
      ip: actor.ip,
      createdAt: now,
      updatedAt: now,
    },
  });
  if (issueId !== null && kind === 'retry')
    await addEvents(tx, ctx, [{ issueId, kind: 'release_started', body: name, actor }]);
  return { jobId };
}

/**
 * Sees to it that what a breaker held back goes out, on the transaction that found its cause gone: a retry job that
 * works on the same issue takes it in, else Leadline starts one of its own. Harmless when repeated.
 */
export async function ensureReleaseJob(
  tx: Conn,
  ctx: Pick<Ctx, 'clock' | 'newId'>,
  input: { breakerId: string; issueId: string; name: string; actor?: Actor },
): Promise<{ jobId: string; started: boolean }> {
  const { breakerId, issueId } = input;
  const running = await tx.prisma.bulkJob.findMany({
    where: { state: { in: [...ACTIVE] }, kind: 'retry', OR: [{ breakerId }, { issueId, breakerId: null }] },
    orderBy: { id: 'asc' },
    select: { id: true, breakerId: true },
  });
  const own = running.find((job) => job.breakerId === breakerId);
  if (own) return { jobId: own.id, started: false };
  for (const { id } of running) {
    const { count } = await tx.prisma.bulkJob.updateMany({
      where: { id, state: { in: [...ACTIVE] }, breakerId: null },
      data: { breakerId, updatedAt: nowOf(ctx) },
    });
    if (count > 0) return { jobId: id, started: false };
  }
  const { jobId } = await insertJob(tx, ctx, {
    kind: 'retry',
    name: input.name,
    filter: { issue: [issueId], status: ['parked'] },
    newestId: '',
    issueId,
    breakerId,
    actor: input.actor ?? SYSTEM,
  });
  return { jobId, started: true };
}
