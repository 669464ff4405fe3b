import { type Ctx, nowOf } from '#app/platform/context.server.ts';
import { messageOf } from '#app/platform/errors.ts';
import type { AlertDeps } from './deps.ts';
import { nextWaitMs } from './ladder.ts';
import { openTarget } from './rows.server.ts';
import type { AlertBody } from './schema.ts';
import { type SendAnswer, sendToChannel } from './send-to-channel.server.ts';

/** Longer than any attempt can take (REQUEST_TIMEOUT_SECONDS is at most 120). */
export const LEASE_MS = 180_000;
/** Taken at once, and sent side by side. */
const AT_ONCE = 8;

/** A delivery that this worker holds. `attempts` is the number of this attempt: nobody else can have the same. */
export interface Leased {
  id: string;
  channelId: string;
  title: string;
  body: string;
  attempts: number;
  createdAt: Date;
}

/**
 * Sends what is due, until nothing is. Each delivery is leased by one worker at a time; one whose worker died is taken
 * up when the lease ends, under the same id, so that a receiver that keeps ids takes it once. Answers how many were tried.
 */
export async function sendDueAlerts(ctx: Ctx, deps: AlertDeps): Promise<number> {
  let tried = 0;
  for (;;) {
    const leased = await claim(ctx);
    if (leased.length === 0) return tried;
    tried += leased.length;
    await Promise.all(leased.map((delivery) => deliver(ctx, deps, delivery)));
    ctx.live.publish('alerts');
  }
}

/** Takes leases on what is due and on what a dead worker left, oldest first. */
async function claim(ctx: Ctx): Promise<Leased[]> {
  const { dialect } = ctx.store;
  const { p, time } = dialect;
  const now = nowOf(ctx).getTime();
  const skip = dialect.name === 'postgres' ? ' FOR UPDATE SKIP LOCKED' : '';
  const take = (condition: string, since: number) =>
    ctx.store.query<Leased>(
      `UPDATE "AlertDelivery" SET "status" = 'sending', "attempts" = "attempts" + 1, "leaseUntil" = ${p(1)}
       WHERE "id" IN (SELECT "id" FROM "AlertDelivery" WHERE ${condition} <= ${p(2)} ORDER BY "dueAt", "id" LIMIT ${AT_ONCE}${skip})
       RETURNING "id", "channelId", "title", "body", "attempts", "createdAt"`,
      time(now + LEASE_MS),
      time(since),
    );
  const due = await take(`"status" = 'queued' AND "dueAt"`, now);
  return due.length > 0 ? due : take(`"status" = 'sending' AND "leaseUntil"`, now);
}

async function deliver(ctx: Ctx, deps: AlertDeps, leased: Leased): Promise<void> {
  const answer = await attempt(ctx, deps, leased);
  await settle(ctx, leased, answer);
}

/** One attempt at a delivery. Never throws: a channel that cannot be used is an answer, too. */
export async function attempt(ctx: Ctx, deps: AlertDeps, leased: Leased): Promise<SendAnswer> {
  const refused = (words: string): SendAnswer => ({
    ok: false,
    status: null,
    words,
    note: null,
    askedMs: null,
    final: true,
  });
  const channel = await ctx.store.prisma.alertChannel.findUnique({ where: { id: leased.channelId } });
  if (!channel) return refused('The channel was removed before this was sent.');
  if (!channel.enabled) return refused('The channel is switched off. Switch it on, then send this again.');
  try {
    const { id, title, createdAt } = leased;
    const body = JSON.parse(leased.body) as AlertBody;
    return await sendToChannel(
      deps,
      openTarget(ctx.vault, channel.target),
      { id, title, createdAt, body },
      nowOf(ctx).getTime(),
    );
  } catch (error) {
    ctx.log.error({ channel: channel.name, error: messageOf(error) }, 'an alert could not be sent');
    return refused(messageOf(error).slice(0, 500));
  }
}

/** Writes down what came of an attempt, while the lease is still this worker's. */
export async function settle(ctx: Ctx, leased: Leased, answer: SendAnswer, again = true): Promise<void> {
  const now = nowOf(ctx);
  const wait =
    answer.ok || answer.final || !again ? null : nextWaitMs(Number(leased.attempts), answer.askedMs);
  await ctx.store.prisma.alertDelivery.updateMany({
    where: { id: leased.id, status: 'sending', attempts: Number(leased.attempts) },
    data: {
      status: answer.ok ? 'sent' : wait === null ? 'failed' : 'queued',
      leaseUntil: null,
      responseStatus: answer.status,
      lastError: answer.ok ? answer.note : answer.words,
      ...(answer.ok ? { sentAt: now } : {}),
      ...(wait === null ? {} : { dueAt: new Date(now.getTime() + wait) }),
    },
  });
}
