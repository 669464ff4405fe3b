import { recordAudit } from '#app/modules/audit/index.server.ts';
import { requireCan } from '#app/modules/operators/index.server.ts';
import { type Actor, type Ctx, nowOf } from '#app/platform/context.server.ts';
import type { AlertDeps } from './deps.ts';
import { findChannel } from './save-channel.server.ts';
import type { AlertBody } from './schema.ts';
import { attempt, LEASE_MS, type Leased, settle } from './send-due-alerts.server.ts';

export interface TestAnswer {
  ok: boolean;
  status: number | null;
  /** What the other side said, or why nothing could be sent. */
  words: string;
  deliveryId: string;
}

/**
 * Sends a test alert to a channel now, once, and answers what the other side said. It stands in the log like any other.
 * Throws FORBIDDEN, NOT_FOUND.
 */
export async function testChannel(
  ctx: Ctx,
  deps: AlertDeps,
  input: { id: string; actor: Actor },
): Promise<TestAnswer> {
  requireCan(input.actor, 'manage_settings');
  const channel = await findChannel(ctx.store, input.id);
  const now = nowOf(ctx);
  const id = ctx.newId('alr');
  const title = 'Test: alerts of Leadline arrive here';
  const body = testBody(title, now, input.actor.name);
  const leased: Leased = {
    id,
    channelId: channel.id,
    title,
    body: JSON.stringify(body),
    attempts: 1,
    createdAt: now,
  };
  await ctx.store.transaction(async (tx) => {
    await tx.prisma.alertDelivery.create({
      data: {
        ...leased,
        ruleId: null,
        eventKey: `test ${id}`,
        transition: 'test',
        status: 'sending',
        leaseUntil: new Date(now.getTime() + LEASE_MS),
        dueAt: now,
      },
    });
    await recordAudit(tx, ctx, {
      actor: input.actor,
      action: 'alert_channel_tested',
      subjectType: 'alert_channel',
      subjectId: channel.id,
      detail: { name: channel.name },
    });
  });
  const answer = await attempt(ctx, deps, leased);
  // a person looks at the answer and presses again: no ladder
  await settle(ctx, leased, answer, false);
  ctx.live.publish('alerts');
  const words = [answer.words, answer.note].filter(Boolean).join(' ');
  return { ok: answer.ok, status: answer.status, words, deliveryId: id };
}

const testBody = (title: string, now: Date, by: string): AlertBody => ({
  kind: 'one',
  more: 0,
  alerts: [
    {
      transition: 'test',
      at: now.toISOString(),
      rule: 'Test',
      kind: null,
      subject: 'test',
      title,
      what: `${by} pressed Test in Settings. A real alert says here what happened and since when.`,
      money: [],
      unknown: 0,
      todo: 'Nothing. A real alert says here what to do.',
      path: '/settings/alerts',
      linkLabel: 'Open the settings of alerts',
    },
  ],
});
